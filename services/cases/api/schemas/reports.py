"""Figures, imports, code lists and the audit log."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.cases import NewMemberBody
from services.cases.api.schemas.fields import (
    Actor,
    BothLanguages,
    Contact,
    ImportKey,
    Language,
    Pseudonym,
    ShortReason,
)
from services.cases.domain.choices import OtherBasis
from services.cases.domain.codes import ClosingReason, DeclineReason
from services.cases.domain.facts import CaseState
from services.cases.domain.statistics import CountingUnit
from services.cases.operations.import_rows import ImportRow
from services.cases.operations.open_case import NewMember
from shared.web.fields import Ags, Code, LegalDate, RequestModel, ResponseModel


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
    unit: CountingUnit
    small_cell_min: int
    families: Families
    by_state: list[FiguresOfState]
    municipalities_as_of: date = Field(
        description="Last day of a quarter: by place there are figures for fixed days only."
    )
    by_municipality: list[FiguresOfMunicipality]


class CaseExtract(ResponseModel):
    state: CaseState
    opened_year: int
    closing_reason: ClosingReason | None
    fields_of_action: list[str]


class CaseExtracts(ResponseModel):
    items: list[CaseExtract]


class CaseImportLine(RequestModel):
    """One line of the NDJSON file: a running or ended case of an older system."""

    key: ImportKey = Field(description="The older system's own key; a known one changes nothing.")
    state: CaseState
    opened_on: LegalDate
    state_since: LegalDate | None = None
    closed_on: LegalDate | None = None
    closing_reason: ClosingReason | None = None
    decline_reason: DeclineReason | None = None
    pseudonym: Pseudonym | None = None
    contact: Contact | None = None
    language: Language | None = None
    municipality_ags: Ags | None = None
    arrival_cohort: Code | None = None
    other_basis: OtherBasis | None = None
    other_basis_reason: ShortReason | None = None
    case_manager: Actor | None = None
    members: list[NewMemberBody] = Field(default_factory=list, max_length=30)

    def row(self, line: int) -> ImportRow:
        plain = {name: getattr(self, name) for name in self.model_fields_set - {"members"}}
        members = tuple(
            NewMember(role=member.role, person=member.person.particulars())
            for member in self.members
        )
        return ImportRow(line=line, members=members, **plain)


class LineFault(ResponseModel):
    pointer: str
    code: str
    message: str


class LineReport(ResponseModel):
    line: int
    key: str | None
    status: Literal["created", "unchanged", "refused"]
    case_id: UUID | None
    errors: list[LineFault]


class ImportReport(ResponseModel):
    is_dry_run: bool
    rows: int
    created: int
    unchanged: int
    refused: int
    report: list[LineReport]


class CodeView(ResponseModel):
    code: str
    iso: str | None
    label: BothLanguages
    norms: list[str]
    valid_from: date | None
    valid_to: date | None


class CodeListView(ResponseModel):
    name: str
    version: str
    urn: str
    title: BothLanguages
    codes: list[CodeView]


class CodeListNames(ResponseModel):
    """`items` are the names, `lists` the same lists in full."""

    items: list[str]
    lists: list[CodeListView]
