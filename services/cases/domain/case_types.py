"""Case types: a versioned catalogue of what a kind of case offers, asks for and keeps.

A version is written in DRAFT, published once and never changed after that; a change is the next
version. A case keeps the version under which it was opened.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.cases.domain.codes import CLOSING_REASONS
from shared.kernel.errors import Conflict, FieldFault, RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text

# The type that ships with the product. It belongs to the key of no county and every tenant reads
# it; who wants another one publishes a version of its own under the same code.
SHARED_CATALOGUE: Final = "00000"
KIM_CODE: Final = "KIM"
KIM_TYPE_ID: Final = UUID("019ab000-0000-7000-8000-000000000001")


class CaseTypeUnknown(Conflict):
    code = "case-type-unknown"
    title = Text(
        de="Diesen Falltyp gibt es nicht oder er ist nicht veröffentlicht.",
        en="There is no such case type, or it is not published.",
    )


class CaseTypeIsPublished(Conflict):
    code = "case-type-is-published"
    title = Text(
        de="Diese Fassung ist veröffentlicht; Änderungen brauchen eine neue Fassung.",
        en="This version is published; changes need a new version.",
    )


class ResultsUnacceptable(RuleViolated):
    code = "results-unacceptable"
    title = Text(
        de="Ergebnisse sind Abschlussgründe der Codeliste, jeder höchstens einmal.",
        en="Results are closing reasons of the code list, each at most once.",
    )


class CaseTypeState(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class CaseTypeAction(StrEnum):
    PUBLISH = "publish"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class CaseTypeFacts:
    offers_results: bool = False


OFFERS_RESULTS: Final[Guard[CaseTypeFacts]] = Guard(
    "offers-results",
    lambda f: f.offers_results,
    Text(de="Der Falltyp bietet noch kein Ergebnis an.", en="The case type offers no result yet."),
    "C14",
)
S, A = CaseTypeState, CaseTypeAction
CASE_TYPE_LIFECYCLE: Final[Lifecycle[CaseTypeState, CaseTypeAction, CaseTypeFacts]] = Lifecycle(
    "case-type",
    states=CaseTypeState,
    actions=CaseTypeAction,
    initial=S.DRAFT,
    moves={
        S.DRAFT: {A.PUBLISH: Move(S.PUBLISHED, "T1", (OFFERS_RESULTS,))},
        S.PUBLISHED: {A.RETIRE: Move(S.RETIRED, "T2")},
        S.RETIRED: {},
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A closing reason that a type offers, and how many whole years the record is kept after the
    year of closing (retention rule as data).
    """

    closing_reason: str
    retention_years: int


def check_results(results: Collection[Result]) -> None:
    """Raises ResultsUnacceptable with a pointer for each closing reason unknown or given twice."""
    seen: set[str] = set()
    faults = []
    for position, result in enumerate(results):
        if result.closing_reason not in CLOSING_REASONS or result.closing_reason in seen:
            pointer = f"/results/{position}/closingReason"
            faults.append(FieldFault(pointer, "result-unacceptable", ResultsUnacceptable.title))
        seen.add(result.closing_reason)
    if faults:
        raise ResultsUnacceptable(faults=tuple(faults))
