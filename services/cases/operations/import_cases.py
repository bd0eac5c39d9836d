"""Take over running cases of an older system: many rows, each accepted or refused by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import SQLModel

from services.cases.domain.choices import Origin
from services.cases.operations.import_rows import ImportRow, RefusedRow, records_of
from services.cases.operations.open_case import reference
from services.cases.storage.queries.cases import KNOWN_IMPORT_KEYS, NEXT_REFERENCES
from services.cases.storage.tables import AuditEntry
from shared.audit.entries import record_changes
from shared.database.statements import insert_statement
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, Refusal
from shared.kernel.text import Text
from shared.observability.request import current_request
from shared.service.writes import Answer

TWICE = FieldFault(
    "/key",
    "import-key-twice",
    Text(
        de="Dieser Schlüssel steht schon in einer früheren Zeile.",
        en="An earlier line has this key already.",
    ),
)


@dataclass(slots=True)
class _Report:
    """One line for each line of the file, in its order."""

    lines: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(
        self,
        line: int,
        key: str | None,
        status: str,
        case_id: UUID | None = None,
        faults: Sequence[FieldFault] = (),
    ) -> None:
        language = current_request().language
        self.lines[line] = {
            "line": line,
            "key": key,
            "status": status,
            "caseId": str(case_id) if case_id else None,
            "errors": [
                {
                    "pointer": fault.pointer,
                    "code": fault.code,
                    "message": fault.message.in_language(language),
                }
                for fault in faults
            ],
        }

    def document(self, *, is_dry_run: bool) -> Document:
        report = [self.lines[line] for line in sorted(self.lines)]
        counts = {
            status: sum(line["status"] == status for line in report)
            for status in ("created", "unchanged", "refused")
        }
        body = {"isDryRun": is_dry_run, "rows": len(report), **counts, "report": report}
        return Document(orjson.dumps(body), None)


async def import_cases(
    tx: Transaction, rows: Sequence[ImportRow | RefusedRow], *, is_dry_run: bool
) -> Answer:
    """Store every acceptable row; a key known from before stays as it is, so that a file can be
    sent again. In a dry run nothing is stored and the report says what would be.
    """
    report = _Report()
    known = await _known_keys(tx, rows)
    accepted: dict[str, ImportRow] = {}
    today = berlin_date(now())
    records: dict[type[SQLModel], list[dict[str, Any]]] = {}
    case_ids: list[UUID] = []
    for row in rows:
        if isinstance(row, RefusedRow):
            report.add(row.line, row.key, "refused", faults=row.faults)
        elif row.key in known:
            report.add(row.line, row.key, "unchanged", known[row.key])
        elif row.key in accepted:
            report.add(row.line, row.key, "refused", faults=(TWICE,))
        else:
            try:
                case_id, made = records_of(row, tx.caller, today=today)
            except Refusal as refusal:
                report.add(row.line, row.key, "refused", faults=_faults(refusal))
                continue
            accepted[row.key] = row
            case_ids.append(case_id)
            report.add(row.line, row.key, "created", None if is_dry_run else case_id)
            for table, values in made:
                records.setdefault(table, []).append(values)
    if case_ids and not is_dry_run:
        await _store(tx, records, case_ids, today)
    return Answer(report.document(is_dry_run=is_dry_run))


async def _known_keys(tx: Transaction, rows: Sequence[ImportRow | RefusedRow]) -> dict[str, UUID]:
    found = await tx.rows(
        KNOWN_IMPORT_KEYS,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        keys=[row.key for row in rows if row.key],
    )
    return {row["import_key"]: row["id"] for row in found}


async def _store(
    tx: Transaction,
    records: dict[type[SQLModel], list[dict[str, Any]]],
    case_ids: list[UUID],
    today: date,
) -> None:
    last = await tx.value(
        NEXT_REFERENCES, tenant_id=tx.caller.tenant_id, year=today.year, count=len(case_ids)
    )
    first = last - len(case_ids) + 1
    numbers = {case_id: first + offset for offset, case_id in enumerate(case_ids)}
    for table, values in records.items():
        for one in values:
            one["tenant_id"] = tx.caller.tenant_id
            if "reference" in one:
                one["reference"] = reference(today.year, numbers[one["id"]])
        statement = insert_statement(table, tuple(sorted(values[0])))
        await tx.connection.executemany(statement.sql, [statement.arguments(one) for one in values])
    await record_changes(
        tx,
        AuditEntry,
        action="import-cases",
        kind="case",
        record_ids=case_ids,
        changes={"origin": Origin.IMPORT, "count": len(case_ids)},
    )


def _faults(refusal: Refusal) -> tuple[FieldFault, ...]:
    return refusal.faults or (FieldFault("", refusal.code, refusal.detail),)
