"""Rows of a delivery, each accepted or refused by itself: the one way in for every import."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from services.cases.domain.choices import Origin
from services.cases.domain.imports import RowOutcome
from services.cases.operations.deliver_record import (
    deliver_case,
    deliver_person,
    says_nothing_new,
)
from services.cases.operations.import_rows import (
    ImportRow,
    NewCase,
    RefusedRow,
    member_numbers,
    records_of,
)
from services.cases.operations.known_deliveries import Known, find_known
from services.cases.operations.locate_faults import faults_of
from services.cases.operations.open_case import reference
from services.cases.operations.record_delivery import KnownRecord, Source
from services.cases.storage.queries.cases import NEXT_REFERENCES
from services.cases.storage.tables import AuditEntry
from shared.audit.entries import record_changes
from shared.database.statements import insert_statement
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, Refusal
from shared.web.problems import ConstraintViolated

PART_ROWS_MAX = 200
CONSTRAINT = (FieldFault("", ConstraintViolated.code, ConstraintViolated.title),)
DATA_FAULTS = (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    line: int
    outcome: RowOutcome
    key: str | None = None
    case_id: UUID | None = None
    person_ids: tuple[UUID, ...] = ()
    faults: tuple[FieldFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fresh:
    row: ImportRow
    case: NewCase


async def deliver_rows(
    tx: Transaction,
    source: Source,
    rows: Sequence[ImportRow | RefusedRow],
    *,
    is_dry_run: bool = False,
) -> list[RowResult]:
    """What became of each row, in their order.

    In a dry run everything is really tried, then taken back: only the answer remains.
    """
    trial = tx.connection.transaction()
    await trial.start()
    try:
        results: list[RowResult] = []
        for part in _parts(rows):
            results += await _deliver_part(tx, source, part)
    except BaseException:
        await trial.rollback()
        raise
    if not is_dry_run:
        await trial.commit()
        return results
    await trial.rollback()
    return [
        RowResult(line=one.line, outcome=one.outcome, key=one.key, faults=one.faults)
        if one.outcome is RowOutcome.CREATED
        else one
        for one in results
    ]


async def store_cases(tx: Transaction, fresh: Sequence[NewCase], today: date) -> None:
    """New cases with their people, in as few statements as there are tables."""
    last = await tx.value(
        NEXT_REFERENCES, tenant_id=tx.caller.tenant_id, year=today.year, count=len(fresh)
    )
    numbers = {case.case_id: last - offset for offset, case in enumerate(reversed(fresh))}
    records: dict[type[SQLModel], list[dict[str, Any]]] = {}
    for case in fresh:
        for table, values in case.made:
            values["tenant_id"] = tx.caller.tenant_id
            if "reference" in values:
                values["reference"] = reference(today.year, numbers[values["id"]])
            records.setdefault(table, []).append(values)
    for table in sorted(records, key=_order):
        rows = records[table]
        statement = insert_statement(table, tuple(sorted(rows[0])))
        await tx.connection.executemany(statement.sql, [statement.arguments(one) for one in rows])
    await record_changes(
        tx,
        AuditEntry,
        action="import-cases",
        kind="case",
        record_ids=[case.case_id for case in fresh],
        changes={"origin": Origin.IMPORT, "count": len(fresh)},
    )


def numbers_of(row: ImportRow) -> tuple[str, ...]:
    return tuple(number for number in member_numbers(row) if number)


def _parts(rows: Sequence[ImportRow | RefusedRow]) -> Iterator[list[ImportRow | RefusedRow]]:
    """Runs of rows in which no number comes twice, so that each row sees those before it."""
    part: list[ImportRow | RefusedRow] = []
    numbers: set[str] = set()
    for row in rows:
        own = {f"case {row.key}", *numbers_of(row)} if isinstance(row, ImportRow) else set()
        if len(part) >= PART_ROWS_MAX or not numbers.isdisjoint(own):
            yield part
            part, numbers = [], set()
        part.append(row)
        numbers |= own
    if part:
        yield part


async def _deliver_part(
    tx: Transaction, source: Source, part: list[ImportRow | RefusedRow]
) -> list[RowResult]:
    readable = [row for row in part if isinstance(row, ImportRow)]
    numbers = [number for row in readable for number in numbers_of(row)]
    known = await find_known(tx, source, [row.key for row in readable], numbers)
    today = berlin_date(now())
    results: dict[int, RowResult] = {}
    fresh: list[_Fresh] = []
    for row in part:
        if isinstance(row, RefusedRow):
            results[row.line] = _refused(row, row.faults)
            continue
        try:
            if row.key in known.cases:
                results[row.line] = await _deliver_known(tx, source, row, known, today)
            else:
                known.require_not_erased(row)
                case = records_of(row, tx.caller, source, known.persons, today=today)
                await deliver_members(tx, source, row, known)
                fresh.append(_Fresh(row=row, case=case))
        except Refusal as refusal:
            results[row.line] = _refused(row, faults_of(refusal, row, today))
        except DATA_FAULTS:
            results[row.line] = _refused(row, CONSTRAINT)
    for result in await _store(tx, fresh, today):
        results[result.line] = result
    return [results[row.line] for row in part]


async def _deliver_known(
    tx: Transaction, source: Source, row: ImportRow, known: Known, today: date
) -> RowResult:
    case = known.cases[row.key]
    if says_nothing_new(row, case, known.persons):
        # No savepoint, no statement: most rows of a repeated file.
        person_ids = tuple(known.persons[number].id for number in numbers_of(row))
        return _delivered(row, RowOutcome.UNCHANGED, case, person_ids)
    async with tx.connection.transaction():
        is_changed, person_ids = await deliver_case(
            tx, source, row, case, known.persons, today=today
        )
    outcome = RowOutcome.CHANGED if is_changed else RowOutcome.UNCHANGED
    return _delivered(row, outcome, case, person_ids)


def _delivered(
    row: ImportRow, outcome: RowOutcome, case: KnownRecord, person_ids: tuple[UUID, ...]
) -> RowResult:
    return RowResult(
        line=row.line, outcome=outcome, key=row.key, case_id=case.id, person_ids=person_ids
    )


async def deliver_members(tx: Transaction, source: Source, row: ImportRow, known: Known) -> None:
    """People known from another case, whom a new case names again."""
    named = [
        (known.persons[number], member.person)
        for member, number in zip(row.members, member_numbers(row), strict=True)
        if number is not None and number in known.persons
    ]
    if not named:
        return
    async with tx.connection.transaction():
        for person, told in named:
            await deliver_person(tx, source, person, told)


async def _store(tx: Transaction, fresh: list[_Fresh], today: date) -> list[RowResult]:
    """All at once; should the database refuse one of them, one by one."""
    if not fresh:
        return []
    try:
        async with tx.connection.transaction():
            await store_cases(tx, [one.case for one in fresh], today)
    except DATA_FAULTS:
        if len(fresh) == 1:
            return [_refused(fresh[0].row, CONSTRAINT)]
        return [result for one in fresh for result in await _store(tx, [one], today)]
    return [
        RowResult(
            line=one.row.line,
            outcome=RowOutcome.CREATED,
            key=one.row.key,
            case_id=one.case.case_id,
            person_ids=one.case.person_ids,
        )
        for one in fresh
    ]


def _refused(row: ImportRow | RefusedRow, faults: tuple[FieldFault, ...]) -> RowResult:
    return RowResult(line=row.line, outcome=RowOutcome.REFUSED, key=row.key, faults=faults)


_TABLES = (
    "family", "person", "person_search", "family_member", "case_record", "case_file",
    "case_phase", "external_id", "delivery",
)  # fmt: skip


def _order(table: type[SQLModel]) -> int:
    """What foreign keys point to comes first."""
    return _TABLES.index(str(table.__tablename__))
