"""Imports of tables: what is answered line by line."""

from datetime import date
from typing import Self
from uuid import UUID

from services.funding.api.schemas.fields import FindingView
from services.funding.domain.position_tables import TableFault, TableLine, TableReading
from shared.kernel.money import fte_text
from shared.web.fields import ResponseModel


class ImportedLineView(ResponseModel):
    """A line that was read; `postType` is empty for the total."""

    line: int
    label: str
    post_type: str | None
    is_total: bool
    approved_fte: str
    filled_fte: str
    reported_vacant_fte: str | None

    @classmethod
    def of(cls, one: TableLine) -> Self:
        vacant = one.figures.reported_vacant
        return cls(
            line=one.line,
            label=one.label,
            post_type=one.row.post_type.value if one.row else None,
            is_total=one.row is None,
            approved_fte=fte_text(one.figures.approved),
            filled_fte=fte_text(one.figures.filled),
            reported_vacant_fte=None if vacant is None else fte_text(vacant),
        )


class TableFaultView(ResponseModel):
    line: int
    column: str | None
    code: str
    message_de: str
    message_en: str

    @classmethod
    def of(cls, fault: TableFault) -> Self:
        return cls(
            line=fault.line,
            column=fault.column.value if fault.column else None,
            code=fault.code.value,
            message_de=fault.message.de,
            message_en=fault.message.en,
        )


class PositionTableImportView(ResponseModel):
    """What was read, line by line. After a dry run `reportId` is empty: nothing was stored."""

    is_dry_run: bool
    is_acceptable: bool
    report_id: UUID | None
    reported_on: date
    lines: list[ImportedLineView]
    faults: list[TableFaultView]
    findings: list[FindingView]

    @classmethod
    def of(cls, reading: TableReading, reported_on: date, report_id: UUID | None) -> Self:
        findings = reading.table.findings if reading.is_acceptable else ()
        return cls(
            is_dry_run=report_id is None,
            is_acceptable=reading.is_acceptable,
            report_id=report_id,
            reported_on=reported_on,
            lines=[ImportedLineView.of(line) for line in reading.lines],
            faults=[TableFaultView.of(fault) for fault in reading.faults],
            findings=[FindingView.of(finding) for finding in findings],
        )
