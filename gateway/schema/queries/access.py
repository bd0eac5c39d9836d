"""What can be asked about the caller's own sight."""

import strawberry

from gateway.context import Info
from gateway.schema.access_explanation import AccessExplanation, access_explanation
from gateway.schema.published import both
from gateway.schema.reads import Id


@strawberry.type
class AccessQueries:
    @strawberry.field(
        description=both(
            "Which rules let the caller see a case, person, referral, award or allocation, and"
            " which hide parts of it. Null when it is unknown or hidden.",
            "Welche Regeln einen Fall, eine Person, eine Überleitung, einen Bescheid oder eine"
            " Weiterleitung zeigen und welche Teile davon verbergen. Null, wenn unbekannt oder"
            " nicht sichtbar.",
        )
    )
    async def explain_access(self, info: Info, id_: Id) -> AccessExplanation | None:
        return await access_explanation(info, id_)
