"""Put on the books what was granted before there were books: `python -m … open_books`.

    python -m services.funding.operations.ledger.open_books --dry-run
    python -m services.funding.operations.ledger.open_books --tenant 05570

Every award that is granted and has no entries gets them, with its versions and allocations, in the
order in which they were released and with the value dates they have. Each award is one
transaction; what is on the books already is left alone, so the command may run again. Ends with 1
when an award could not be opened: it says why, and has stored nothing of it.
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import AwardState
from services.funding.operations.put_on_books import (
    book_activation,
    book_allocation_amendment,
    book_amendment,
    book_grant,
    book_release,
    book_revocation,
)
from services.funding.settings import Settings
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.awards import AWARD_LINES_FOR_UPDATE, AWARD_LINES_OF_VERSION
from services.funding.storage.queries.ledger import TENANTS
from services.funding.storage.queries.opening import (
    ALLOCATION_VERSIONS,
    ALLOCATIONS_TO_OPEN,
    APPROVED_VERSIONS,
    AWARDS_TO_OPEN,
    ENTRIES_OF_AWARD,
    HAS_ENTRIES,
)
from shared.database.connection import Database, open_database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.clock import berlin_date
from shared.kernel.errors import Refusal
from shared.kernel.money import ZERO, Money

PART = "open-books"
Step = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of one award; `refusal` is the code of what stood against it."""

    tenant_id: str
    award_id: UUID
    entries: int = 0
    refusal: str = ""

    @property
    def line(self) -> str:
        said = f"refused: {self.refusal}" if self.refusal else f"{self.entries} entries"
        return f"{self.tenant_id} award {self.award_id}: {said}"


async def open_books(
    database: Database,
    *,
    tenants: Sequence[str] = (),
    is_dry_run: bool = False,
    tell: Callable[[Opened], None] = lambda _: None,
) -> list[Opened]:
    """Open every award without entries, of all tenants or the given ones; `tell` hears each."""
    opened = []
    for tenant_id in tenants or await _tenants(database):
        caller = system_caller(tenant_id=tenant_id, unit_id="", part=PART)
        async with database.transaction(caller) as tx:
            award_ids = [row["id"] for row in await tx.rows(AWARDS_TO_OPEN)]
        begin = database.rehearsal if is_dry_run else database.transaction
        for award_id in award_ids:
            try:
                async with begin(caller) as tx:
                    count = await open_award(tx, award_id)
                    await tx.connection.execute("set constraints all immediate")
                one = Opened(tenant_id, award_id, count)
            except Refusal as refusal:
                one = Opened(tenant_id, award_id, refusal=refusal.code)
            except asyncpg.IntegrityConstraintViolationError as violation:
                one = Opened(tenant_id, award_id, refusal=violation.constraint_name or "")
            tell(one)
            opened.append(one)
    return opened


async def _tenants(database: Database) -> list[str]:
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        return [row["tenant_id"] for row in await tx.rows(TENANTS)]


async def open_award(tx: Transaction, award_id: UUID) -> int:
    """How many entries it took; 0 when it was opened meanwhile.

    Raises NotFound, PeriodIsClosed, InsufficientFunds.
    """
    award = await load_award(tx, award_id)
    await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award_id)
    if await tx.value(HAS_ENTRIES, award_id=award_id):
        return 0
    steps = [*await _of_versions(tx, award), *await _of_allocations(tx, award)]
    for _, step in sorted(steps, key=lambda one: one[0]):
        await step()
    await _of_ends(tx, award)
    return int(await tx.value(ENTRIES_OF_AWARD, award_id=award_id))


async def _of_versions(tx: Transaction, award: asyncpg.Record) -> list[tuple[datetime, Step]]:
    """The grant, then what every released amendment changed, line by line."""
    versions = await tx.rows(APPROVED_VERSIONS, award_id=award["id"])
    steps: list[tuple[datetime, Step]] = []
    if versions:
        first = versions[0]
        steps.append((first["approved_at"], lambda: book_grant(tx, award, first["id"])))
    for before, after in pairwise(versions):
        deltas = await _deltas(tx, before["id"], after["id"])
        steps.append((after["approved_at"], _amending(tx, award, after, deltas)))
    return steps


def _amending(
    tx: Transaction, award: asyncpg.Record, version: asyncpg.Record, deltas: dict[UUID, Money]
) -> Step:
    return lambda: book_amendment(tx, award, version, deltas)


async def _deltas(tx: Transaction, before: UUID, after: UUID) -> dict[UUID, Money]:
    old, new = [
        {
            row["award_line_id"]: row["amount_cents"]
            for row in await tx.rows(AWARD_LINES_OF_VERSION, version_id=version_id)
        }
        for version_id in (before, after)
    ]
    return {key: Money(new.get(key, 0) - old.get(key, 0)) for key in sorted(old.keys() | new)}


async def _of_allocations(tx: Transaction, award: asyncpg.Record) -> list[tuple[datetime, Step]]:
    """What was released to recipients; the level above was released before."""
    steps: list[tuple[datetime, Step]] = []
    for row in await tx.rows(ALLOCATIONS_TO_OPEN, award_id=award["id"]):
        versions = await tx.rows(ALLOCATION_VERSIONS, allocation_id=row["id"])
        for before, after in pairwise((None, *versions)):
            assert after is not None
            known = _as_it_was(row, before or after)
            step = _activating(tx, known, award) if before is None else _changing(tx, known, after)
            steps.append((after["approved_at"], step))
    return steps


def _as_it_was(row: asyncpg.Record, version: asyncpg.Record) -> dict[str, Any]:
    return dict(row) | {
        "amount_cents": version["amount_cents"],
        "valid_from": version["valid_from"],
    }


def _activating(tx: Transaction, row: dict[str, Any], award: asyncpg.Record) -> Step:
    return lambda: book_activation(tx, row, award["awarded_on"])


def _changing(tx: Transaction, row: dict[str, Any], version: asyncpg.Record) -> Step:
    return lambda: book_allocation_amendment(tx, row, version)


async def _of_ends(tx: Transaction, award: asyncpg.Record) -> None:
    """Terminated contracts give back what they held; a revoked award lapses as a whole."""
    for row in await tx.rows(ALLOCATIONS_TO_OPEN, award_id=award["id"]):
        if row["state"] == "TERMINATED":
            day = row["early_end_on"] or berlin_date(row["updated_at"])
            await book_release(tx, row, day)
    if award["state"] == AwardState.REVOKED:
        lines = await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award["id"])
        whole = {line["id"]: Money(line["amount_cents"]) for line in lines}
        day = award["revocation_effective_on"] or award["awarded_on"]
        await book_revocation(
            tx, award, day, {key: money for key, money in whole.items() if money > ZERO}
        )


async def run(arguments: argparse.Namespace) -> int:
    settings = Settings()
    database = await open_database(
        settings.database_dsn.get_secret_value(), application=PART, connections_max=2
    )
    try:
        opened = await open_books(
            database,
            tenants=arguments.tenant,
            is_dry_run=arguments.dry_run,
            tell=lambda one: print(one.line, flush=True),  # noqa: T201 - the progress of a command
        )
    finally:
        await database.close()
    refused = sum(1 for one in opened if one.refusal)
    entries = sum(one.entries for one in opened)
    would = "would get" if arguments.dry_run else "got"
    sys.stdout.write(f"{len(opened)} awards {would} {entries} entries, {refused} refused\n")
    return 1 if refused else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m services.funding.operations.ledger.open_books",
        description="Put on the books what was granted before there were books.",
    )
    parser.add_argument("--tenant", action="append", default=[], help="only this Kreis (5 digits)")
    parser.add_argument("--dry-run", action="store_true", help="try everything, store nothing")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
