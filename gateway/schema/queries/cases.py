"""What can be asked about cases and people."""

import strawberry

from gateway.schema.case import Case
from gateway.schema.filters import CaseFilter
from gateway.schema.reads import record, records


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
