"""What can be asked about cases and people."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.paging import PAGE_DEFAULT
from gateway.schema.case import Case
from gateway.schema.case_timeline import CaseTimelineConnection
from gateway.schema.codes.case_timeline import CaseTimelineKind
from gateway.schema.filters import CaseFilter
from gateway.schema.finding_timeline import case_timeline
from gateway.schema.node import record_id
from gateway.schema.pages import After, First, page_size
from gateway.schema.published import both
from gateway.schema.reads import record, records

CaseId = Annotated[
    strawberry.ID, strawberry.argument(description=both("UUID of the case.", "UUID des Falls."))
]
Kinds = Annotated[
    list[CaseTimelineKind] | None,
    strawberry.argument(description=both("Only these; else all.", "Nur diese; sonst alle.")),
]


@strawberry.type
class CaseQueries:
    case = record("cases /v1/cases", Case, en="One case.", de="Ein Fall.")
    cases = records(
        "cases /v1/cases",
        Case,
        CaseFilter,
        en="Cases of the caller's unit, the newest first.",
        de="Fälle der eigenen Stelle, die neuesten zuerst.",
    )

    @strawberry.field(
        description=both(
            "What was recorded about a case, over all services in one cursor, the latest first."
            " Null when the case is unknown or hidden.",
            "Was zu einem Fall erfasst wurde, über alle Dienste in einem Cursor, das Neueste"
            " zuerst. Null, wenn der Fall unbekannt oder nicht sichtbar ist.",
        )
    )
    async def case_timeline(
        self,
        info: Info,
        case_id: CaseId,
        first: First = PAGE_DEFAULT,
        after: After = None,
        kinds: Kinds = None,
    ) -> CaseTimelineConnection | None:
        known = record_id(case_id)
        if known is None:
            return None
        return await case_timeline(info.context.services, known, page_size(first), after, kinds)
