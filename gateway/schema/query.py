"""What can be asked."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.award import Award
from gateway.schema.node import record_id
from gateway.schema.published import both
from gateway.schema.referral import Referral
from gateway.schema.viewer import Viewer, viewer_of

Id = Annotated[strawberry.ID, strawberry.argument(name="id", description=both("UUID.", "UUID."))]


@strawberry.type(description=both("What can be asked.", "Was gefragt werden kann."))
class Query:
    @strawberry.field(description=both("Who asks.", "Wer fragt."))
    def viewer(self, info: Info) -> Viewer:
        return viewer_of(info.context.caller)

    @strawberry.field(
        description=both(
            "One referral; null when it is unknown or hidden.",
            "Eine Überleitung; null, wenn sie unbekannt oder nicht sichtbar ist.",
        )
    )
    async def referral(self, info: Info, id_: Id) -> Referral | None:
        known = record_id(id_)
        if known is None:
            return None
        return Referral.from_optional(await info.context.services.referrals.referral(known))

    @strawberry.field(
        description=both(
            "One award; null when it is unknown or hidden.",
            "Ein Bescheid; null, wenn er unbekannt oder nicht sichtbar ist.",
        )
    )
    async def award(self, info: Info, id_: Id) -> Award | None:
        known = record_id(id_)
        if known is None:
            return None
        return Award.from_optional(await info.context.services.funding.award(known))
