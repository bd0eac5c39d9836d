"""Take over running cases of an older system in one request: for small files, with the report as
the answer. Larger ones are imports of their own (`keep_imports`, `run_imports`); the rows are the
same.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from services.cases.domain.imports import RowOutcome
from services.cases.operations.deliver_rows import RowResult, deliver_rows
from services.cases.operations.import_rows import ImportRow, RefusedRow
from services.cases.operations.record_delivery import Source
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.errors import FieldFault
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


async def import_cases(
    tx: Transaction, source: Source, rows: Sequence[ImportRow | RefusedRow], *, is_dry_run: bool
) -> Answer:
    """Store every acceptable row; of a known case what the source says otherwise than before."""
    results = await deliver_rows(tx, source, _once(rows), is_dry_run=is_dry_run)
    language = current_request().language
    report = [_line(result, language) for result in results]
    counts = {
        outcome.value: sum(result.outcome is outcome for result in results)
        for outcome in RowOutcome
    }
    body = {"isDryRun": is_dry_run, "rows": len(report), **counts, "report": report}
    return Answer(Document(orjson.dumps(body), None))


def _once(rows: Sequence[ImportRow | RefusedRow]) -> list[ImportRow | RefusedRow]:
    """A key that an earlier line has is refused: which of two is right, nobody here knows."""
    keys: set[str] = set()
    once: list[ImportRow | RefusedRow] = []
    for row in rows:
        is_again = isinstance(row, ImportRow) and row.key in keys
        once.append(RefusedRow(line=row.line, key=row.key, faults=(TWICE,)) if is_again else row)
        if isinstance(row, ImportRow):
            keys.add(row.key)
    return once


def _line(result: RowResult, language: str) -> dict[str, Any]:
    return {
        "line": result.line,
        "key": result.key,
        "status": result.outcome,
        "caseId": result.case_id and str(result.case_id),
        "errors": [
            {
                "pointer": fault.pointer,
                "code": fault.code,
                "message": fault.message.in_language(language),
            }
            for fault in result.faults
        ],
    }
