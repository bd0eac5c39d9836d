"""Figures and code lists."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, WithJsonSchema

from services.cases.api.schemas.fields import (
    BothLanguages,
)
from services.cases.domain.codes import ClosingReason
from services.cases.domain.facts import CaseState
from services.cases.domain.statistics import CountingUnit
from shared.web.fields import ResponseModel


class Figures(ResponseModel):
    """Null is a small cell that is not shown (§ 16 BStatG)."""

    families: int | None
    thereof_fled_ukraine: int | None
    others: int | None


class FiguresOfState(Figures):
    state: CaseState


class FiguresOfMunicipality(Figures):
    municipality_ags: str | None


class Families(ResponseModel):
    total: int | None
    thereof_fled_ukraine: int | None
    others: int | None


class CaseStatistics(ResponseModel):
    as_of: date
    counted_on: date = Field(
        description="Last day of a quarter, up to `asOf`: there are figures for fixed days only."
    )
    unit: CountingUnit
    small_cell_min: int
    families: Families
    by_state: list[FiguresOfState]
    municipalities_as_of: date = Field(description="The same day as `countedOn`.")
    by_municipality: list[FiguresOfMunicipality]


# Published as one list of codes: clients need no choice between two kinds of text.
_OUTCOMES: Final = {"type": "string", "enum": [*(one.value for one in ClosingReason), "RUNNING"]}
OutcomeOfCase = Annotated[ClosingReason | Literal["RUNNING"], WithJsonSchema(_OUTCOMES)]


class CasesOfOutcome(ResponseModel):
    """`outcome` is a closing reason, or RUNNING. Null is a small group, or one that hides one."""

    outcome: OutcomeOfCase
    cases: int | None


class CaseOutcomes(ResponseModel):
    """Cases that were open in the year, up to `countedUntil`."""

    year: int
    counted_until: date
    unit: CountingUnit
    small_cell_min: int
    cases: int | None
    outcomes: list[CasesOfOutcome]


class CasesOfGroup(ResponseModel):
    """`value` is a code of the list that the group is named for. Null is not shown."""

    value: str
    label: BothLanguages
    cases: int | None


class CaseControlling(ResponseModel):
    """`openBefore` and `opened` together are `closed` and `openAtEnd` together. Groups are of the
    cases open at the end, but `closedByReason`, which is empty for a quarter.
    """

    from_on: date
    to_on: date
    edition_on: date = Field(description="Until the next one the same figures are told.")
    unit: CountingUnit
    small_cell_min: int
    open_before: int | None
    opened: int | None
    closed: int | None
    open_at_end: int | None
    by_phase: list[CasesOfGroup]
    by_field_of_action: list[CasesOfGroup] = Field(
        description="With need in the field; a case may be in several, so they do not add up."
    )
    by_target_group: list[CasesOfGroup] = Field(
        description="Code list arrival-cohorts; NONE where no cohort was told."
    )
    by_age: list[CasesOfGroup] = Field(description="How long the cases have been open.")
    closed_by_reason: list[CasesOfGroup]


class CaseExtract(ResponseModel):
    state: CaseState
    opened_year: int
    closing_reason: ClosingReason | None
    fields_of_action: list[str]


class CaseExtracts(ResponseModel):
    items: list[CaseExtract]


class CodeGroupView(ResponseModel):
    code: str
    label: BothLanguages


class CodeView(ResponseModel):
    """`isSelectable` says whether it may be chosen today; of a code that is not, records keep it.
    `group` is the wider code under which it stands.
    """

    code: str
    iso: str | None
    label: BothLanguages
    norms: list[str]
    valid_from: date | None
    valid_to: date | None
    is_selectable: bool
    group: CodeGroupView | None


class CodeListView(ResponseModel):
    name: str
    version: str
    urn: str
    title: BothLanguages
    note: BothLanguages | None
    codes: list[CodeView]


class CodeListNames(ResponseModel):
    """`items` are the names, `lists` the same lists in full."""

    items: list[str]
    lists: list[CodeListView]
