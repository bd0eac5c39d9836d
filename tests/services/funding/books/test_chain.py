"""The chain of a book: verified in the database and without it."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.operations.ledger.verify_file import main
from shared.kernel.money import Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, entry, grant
from tests.services.funding.desk import Desk


async def _three(books: Books, line: UUID) -> None:
    await books.post(
        grant(line, "100.00"),
        entry(line, LedgerEvent.RESERVED, rules.reserved(line, Money.parse("60.00"))),
        entry(line, LedgerEvent.RESERVED, rules.reserved(line, Money.parse("10.00"))),
    )


def _tamper(postgres: PostgresServer, database: ServiceDatabase, statement: str) -> None:
    """As the administrator of the database, whom no grant holds back."""
    postgres.psql(database.name, statement=f"set session_replication_role = replica; {statement}")


async def test_an_untouched_book_is_intact(officer: Desk, books: Books, line: UUID) -> None:
    await _three(books, line)

    check = await officer.read("/v1/ledger/verify")

    assert check == {
        "book": "LIVE",
        "isIntact": True,
        "entries": 3,
        "headSequence": 3,
        "headHash": (await officer.read("/v1/journal-entries"))["items"][0]["hash"],
        "firstBroken": None,
        "balancesDiffering": 0,
        "periods": [],
    }


SECOND = "(select id from ledger_entry where sequence = 2)"
ONE_CENT = "update ledger_posting set amount_cents = 1"


@pytest.mark.parametrize(
    ("statement", "first_broken", "balances"),
    [
        (f"{ONE_CENT} where entry_id = {SECOND} and ordinal = 1", 2, 1),
        ("update ledger_entry set value_date = '2022-01-01' where sequence = 2", 2, 0),
        ("update ledger_entry set recorded_by = 'kreis|x' where sequence = 3", 3, 0),
        ("update ledger_entry set recorded_at = '2022-01-01' where sequence = 1", 1, 0),
        (f"delete from ledger_posting where entry_id = {SECOND}", 2, 2),
        ("delete from ledger_entry where sequence = 2", 2, 0),
        ("update ledger_balance set balance_cents = 0", None, 3),
    ],
)
async def test_the_chain_breaks_where_a_row_was_changed(
    officer: Desk,
    books: Books,
    line: UUID,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    statement: str,
    first_broken: int | None,
    balances: int,
) -> None:
    await _three(books, line)
    _tamper(postgres, funding_database, statement)

    check = await officer.read("/v1/ledger/verify")

    assert check["isIntact"] is False
    assert check["firstBroken"] == first_broken
    assert check["balancesDiffering"] == balances


async def _exported(officer: Desk, tmp_path: Path) -> Path:
    answer = await officer.get("/v1/ledger/export", format="ndjson")
    assert answer.headers["content-type"] == "application/x-ndjson"
    path = tmp_path / "books.ndjson"
    path.write_bytes(answer.content)
    return path


def _verified(path: Path) -> tuple[int, str]:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main([str(path)])
    return code, said.getvalue().strip()


async def test_an_exported_journal_verifies_without_the_database(
    officer: Desk, books: Books, line: UUID, tmp_path: Path
) -> None:
    await _three(books, line)
    path = await _exported(officer, tmp_path)
    head = (await officer.read("/v1/ledger/verify"))["headHash"]

    assert _verified(path) == (0, f"intact: 3 entries, head {head}")

    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("-6000,", "-6001,"), encoding="utf-8")
    assert _verified(path) == (1, "broken at 2")
    path.write_text("\n".join(text.splitlines()[:-1]), encoding="utf-8")
    assert _verified(path) == (1, "broken at 3")
    path.write_text(text.replace("kim-ledger-1", "kim-ledger-9"), encoding="utf-8")
    assert _verified(path)[0] == 2


async def test_a_book_is_verified_whole_or_not_at_all(officer: Desk) -> None:
    answer = await officer.get("/v1/ledger/export", format="ndjson", fiscalYear="2022")

    assert (answer.status_code, answer.json()["code"]) == (422, "chain-not-whole")


async def test_an_empty_book_is_intact(officer: Desk, tmp_path: Path) -> None:
    check: dict[str, Any] = await officer.read("/v1/ledger/verify")

    assert (check["isIntact"], check["headHash"]) == (True, "00" * 32)
    assert _verified(await _exported(officer, tmp_path))[0] == 0


async def test_the_database_and_the_program_compute_the_same_hash(
    books: Books, line: UUID, funding_database: ServiceDatabase
) -> None:
    """Names with signs beyond ASCII and the separator itself are covered as they are."""
    odd = books.caller.__class__(**{**_fields(books), "subject": "jürgen|ß|☃"})
    await Books(books.database, odd).post(grant(line, "1.00"))

    connection = await asyncpg.connect(funding_database.app_dsn)
    await connection.execute(
        "select set_config('app.tenant', '05570', false),"
        " set_config('app.roles', ',funding_officer,', false)"
    )
    assert await connection.fetchval("select recorded_by from ledger_entry") == "kreis|jürgen|ß|☃"
    await connection.close()


def _fields(books: Books) -> dict[str, Any]:
    caller = books.caller
    return {name: getattr(caller, name) for name in caller.__dataclass_fields__}
