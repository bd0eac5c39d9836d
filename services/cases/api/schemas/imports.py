"""Imports, their reports, and the mappings of columns."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.fields import (
    BothLanguages,
    CellText,
    ColumnName,
    ConstantText,
    FieldPath,
    MappingName,
    Paged,
    Separator,
)
from services.cases.domain.import_mapping import ColumnMapping, Mapping
from services.cases.domain.imports import (
    ImportDelimiter,
    ImportEncoding,
    ImportFormat,
    ImportLocale,
    ImportState,
    RowOutcome,
)
from shared.web.external_ids import SystemName
from shared.web.fields import RequestModel, ResponseModel


class ValueMap(RequestModel):
    from_: CellText = Field(alias="from", description="As it stands in the cell.")
    to: ConstantText | None = Field(description="As the field takes it; null: nothing.")


class MappedColumn(RequestModel):
    column: ColumnName = Field(examples=["Aufnahmedatum"])
    field: FieldPath = Field(
        examples=["openedOn", "client.familyName", "member2.birthDate"],
        description="A field of a line (`CaseImportLine`), of the client or of another member.",
    )
    values: list[ValueMap] = Field(
        default_factory=list,
        max_length=500,
        description="Codes of the file; with any, a value not listed is refused.",
    )
    separator: Separator | None = Field(
        None, description="Between several values in one cell, where the field takes a list."
    )


class Constant(RequestModel):
    field: FieldPath
    value: ConstantText


class MappingBody(RequestModel):
    """Columns of a CSV file → fields; columns that are not named are not read."""

    columns: list[MappedColumn] = Field(min_length=1, max_length=100)
    constants: list[Constant] = Field(default_factory=list, max_length=50)

    def mapping(self) -> Mapping:
        return Mapping.checked(
            tuple(
                ColumnMapping(
                    column=one.column,
                    field=one.field,
                    values={pair.from_: pair.to for pair in one.values},
                    separator=one.separator,
                )
                for one in self.columns
            ),
            {one.field: one.value for one in self.constants},
        )


class ImportBody(RequestModel):
    """What will be sent, said before it is: nothing about the file is guessed."""

    source_system: SystemName = Field(examples=["lissa"])
    format: ImportFormat
    encoding: ImportEncoding
    locale: ImportLocale = Field(description="How dates are written: 31.12.2022 or 2022-12-31.")
    delimiter: ImportDelimiter | None = None
    mapping_name: MappingName | None = None
    mapping: MappingBody | None = None
    dry_run: StrictBool = False


class ImportView(ResponseModel):
    id: UUID
    version: int
    source_system: str
    format: ImportFormat
    encoding: ImportEncoding
    locale: ImportLocale
    delimiter: ImportDelimiter | None
    mapping_name: str | None
    mapping_version: int | None
    is_dry_run: bool
    state: ImportState
    sha256: str | None
    size_bytes: int | None
    rows_read: int
    rows_created: int
    rows_changed: int
    rows_unchanged: int
    rows_refused: int
    failure: str | None
    failure_line: int | None
    failure_column: str | None
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    is_report_kept: bool
    unit_id: str
    failure_message: BothLanguages | None = None
    available_transitions: list[str] | None = None


class ImportPage(Paged):
    items: list[ImportView]


class ReportFault(ResponseModel):
    pointer: str
    column: str | None
    code: str
    message: BothLanguages


class ReportLine(ResponseModel):
    """One line of the report, which is NDJSON in the order of the file."""

    line: int
    outcome: RowOutcome
    case_id: UUID | None
    person_ids: list[UUID]
    errors: list[ReportFault]


class MappedColumnView(ResponseModel):
    column: str
    field: str
    values: dict[str, str | None]
    separator: str | None


class MappingView(ResponseModel):
    id: UUID
    version: int
    name: str
    columns: list[MappedColumnView]
    constants: dict[str, str]
    recorded_by: str
    updated_at: datetime
    unit_id: str


class MappingPage(Paged):
    items: list[MappingView]


class LineFault(ResponseModel):
    pointer: str
    code: str
    message: str


class LineReport(ResponseModel):
    line: int
    key: str | None
    status: Literal["created", "changed", "unchanged", "refused"]
    case_id: UUID | None
    errors: list[LineFault]


class ImportReport(ResponseModel):
    is_dry_run: bool
    rows: int
    created: int
    changed: int
    unchanged: int
    refused: int
    report: list[LineReport]
