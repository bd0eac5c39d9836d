"""What can be asked."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.allocation import Allocation
from gateway.schema.award import Award
from gateway.schema.case import Case
from gateway.schema.filters import (
    AllocationFilter,
    AwardFilter,
    CaseFilter,
    PositionFilter,
    ReferralFilter,
)
from gateway.schema.finding_nodes import find_nodes
from gateway.schema.node import Node, record_id
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.position import Position
from gateway.schema.published import both
from gateway.schema.referral import ManualReferral, Referral
from gateway.schema.scalars import Date
from gateway.schema.status_report import StatusReport, status_report
from gateway.schema.viewer import Viewer, viewer_of

Id = Annotated[strawberry.ID, strawberry.argument(name="id", description=both("UUID.", "UUID."))]
Ids = Annotated[
    list[strawberry.ID],
    strawberry.argument(description=both("UUIDs, 100 at most.", "UUIDs, höchstens 100.")),
]
AsOf = Annotated[Date, strawberry.argument(description=both("The day.", "Der Stichtag."))]
FILTER = strawberry.argument(name="filter", description=both("Which rows.", "Welche Zeilen."))


@strawberry.type(
    description=both(
        "What can be asked. A field that a service answers is null, with an entry in `errors`,"
        " when the service does not answer; the other fields stay.",
        "Was gefragt werden kann. Antwortet ein Dienst nicht, ist sein Feld null und `errors` hat"
        " einen Eintrag; die anderen Felder bleiben.",
    )
)
class Query:
    @strawberry.field(description=both("Who asks.", "Wer fragt."))
    def viewer(self, info: Info) -> Viewer:
        return viewer_of(info.context.caller)

    @strawberry.field(
        description=both(
            "The record with this id; null when it is unknown or hidden.",
            "Der Datensatz mit dieser Kennung; null, wenn er unbekannt oder nicht sichtbar ist.",
        )
    )
    async def node(self, info: Info, id_: Id) -> Node | None:
        return (await find_nodes(info, [id_]))[0]

    @strawberry.field(
        description=both(
            "The records with these ids, in the same order.",
            "Die Datensätze mit diesen Kennungen, in derselben Reihenfolge.",
        )
    )
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        return await find_nodes(info, ids)

    @strawberry.field(
        description=both(
            "One case; null when it is unknown or hidden.",
            "Ein Fall; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def case(self, info: Info, id_: Id) -> Case | None:
        known = record_id(id_)
        if known is None:
            return None
        return Case.from_optional(await info.context.services.cases.case(known))

    @strawberry.field(
        description=both(
            "Cases of the caller's unit, the newest first.",
            "Fälle der eigenen Stelle, die neuesten zuerst.",
        )
    )
    async def cases(
        self,
        info: Info,
        filter_: Annotated[CaseFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Case] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.cases.cases(asked)
        return connection(page, Case.from_record, after)

    @strawberry.field(
        description=both(
            "One referral; null when it is unknown or hidden.",
            "Eine Überleitung; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def referral(self, info: Info, id_: Id) -> Referral | None:
        known = record_id(id_)
        if known is None:
            return None
        return Referral.from_optional(await info.context.services.referrals.referral(known))

    @strawberry.field(
        description=both(
            "Referrals sent to the caller's unit.", "Überleitungen an die eigene Stelle."
        )
    )
    async def referral_inbox(
        self,
        info: Info,
        filter_: Annotated[ReferralFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Referral] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.referrals.inbox(asked)
        return connection(page, Referral.from_record, after)

    @strawberry.field(
        description=both("Referrals of the caller's unit.", "Überleitungen der eigenen Stelle.")
    )
    async def referral_outbox(
        self,
        info: Info,
        filter_: Annotated[ReferralFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Referral] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.referrals.outbox(asked)
        return connection(page, Referral.from_record, after)

    @strawberry.field(
        description=both(
            "Referrals whose unit a person must find.",
            "Überleitungen, deren Stelle ein Mensch finden muss.",
        )
    )
    async def manual_queue(
        self,
        info: Info,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[ManualReferral] | None:
        asked = asked_page(info, first, after)
        page = await info.context.services.referrals.manual_queue(asked)
        return connection(page, ManualReferral.from_record, after)

    @strawberry.field(
        description=both(
            "One award; null when it is unknown or hidden.",
            "Ein Bescheid; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def award(self, info: Info, id_: Id) -> Award | None:
        known = record_id(id_)
        if known is None:
            return None
        return Award.from_optional(await info.context.services.funding.award(known))

    @strawberry.field(
        description=both(
            "Awards, the newest fiscal year first.", "Bescheide, das neueste Haushaltsjahr zuerst."
        )
    )
    async def awards(
        self,
        info: Info,
        filter_: Annotated[AwardFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Award] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.funding.awards(asked)
        return connection(page, Award.from_record, after)

    @strawberry.field(
        description=both(
            "One allocation; null when it is unknown or hidden.",
            "Eine Weiterleitung; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def allocation(self, info: Info, id_: Id) -> Allocation | None:
        known = record_id(id_)
        if known is None:
            return None
        return Allocation.from_optional(await info.context.services.funding.allocation(known))

    @strawberry.field(description=both("Allocations.", "Weiterleitungen."))
    async def allocations(
        self,
        info: Info,
        filter_: Annotated[AllocationFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Allocation] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.funding.allocations(asked)
        return connection(page, Allocation.from_record, after)

    @strawberry.field(
        description=both(
            "One post; null when it is unknown or hidden.",
            "Eine Stelle; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def position(self, info: Info, id_: Id) -> Position | None:
        known = record_id(id_)
        if known is None:
            return None
        return Position.from_optional(await info.context.services.funding.position(known))

    @strawberry.field(description=both("Posts as of today.", "Stellen am heutigen Tag."))
    async def positions(
        self,
        info: Info,
        filter_: Annotated[PositionFilter | None, FILTER] = None,
        first: First = PAGE_DEFAULT,
        after: After = None,
    ) -> Connection[Position] | None:
        asked = asked_page(info, first, after, filter_)
        page = await info.context.services.funding.positions(asked)
        return connection(page, Position.from_record, after)

    @strawberry.field(
        description=both(
            "The status report of the caller's area on a day.",
            "Der Statusbericht des eigenen Gebiets an einem Tag.",
        )
    )
    async def status_report(self, info: Info, as_of: AsOf) -> StatusReport:
        return await status_report(info.context.services, as_of)
