"""The exported books, read by three programs that have nothing to do with this one.

They are installed by `.ci/run`; where a machine lacks one, its test is skipped, but never in CI.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.ledger.export import ExportFormat, export_book
from services.funding.operations.ledger.post import reverse
from services.funding.storage.book_records import BookScope
from shared.kernel.money import ZERO, Money
from tests.accounting_tools import CHECKS, balances, check
from tests.services.funding.bookkeeping import Books, entry, grant
from tests.services.funding.desk import Desk


@pytest.fixture
async def a_year(books: Books, line: UUID, other_line: UUID) -> None:
    """A year of events: granted, called, spent in parts, reserved, reversed, repaid, carried."""
    spent = Recognition(Money.parse("5500.00"), Money.parse("499.99"), ZERO, Money.parse("0.01"))
    whole = Money.parse("6000.00")
    called = Money.parse("9000.00")
    await books.post(
        grant(line, "10000.00", on=date(2022, 1, 1)),
        grant(other_line, "9000.00", on=date(2022, 1, 1)),
        entry(line, LedgerEvent.RESERVED, rules.reserved(line, whole), on=date(2022, 2, 1)),
        entry(
            line, LedgerEvent.DRAWDOWN_REQUESTED, rules.requested(line, called), on=date(2022, 3, 1)
        ),
        entry(line, LedgerEvent.DRAWDOWN_PAID, rules.received(line, called), on=date(2022, 3, 15)),
        # 5,500.00 are used and 4,000.00 free: the reservation is given back in the same entry.
        entry(
            line,
            LedgerEvent.EXPENDITURE_BOOKED,
            (
                *rules.spent(line, CostKind.ADMIN_ASSISTANCE, spent, None),
                *rules.reservation_used(line, whole),
            ),
            on=date(2022, 2, 28),
        ),
    )
    reserved = await books.post(
        entry(line, LedgerEvent.RESERVED, rules.reserved(line, Money(100)), on=date(2022, 6, 1))
    )
    await books.within(lambda tx: reverse(tx, reserved[0].id, date(2022, 6, 2), "CANCELLED"))
    await books.post(
        entry(line, LedgerEvent.REPAYMENT_OWED, rules.owed(line, Money.parse("3000.00"))),
        entry(
            line,
            LedgerEvent.REPAID,
            rules.repaid(line, Money.parse("3000.00")),
            on=date(2023, 3, 31),
        ),
    )


async def exported(officer: Desk, tmp_path: Path, form: str, **query: str) -> Path:
    answer = await officer.get("/v1/ledger/export", format=form, **query)
    assert answer.status_code == 200, answer.text
    path = tmp_path / f"books.{form}"
    path.write_bytes(answer.content)
    return path


@pytest.mark.parametrize("form", sorted(CHECKS))
@pytest.mark.usefixtures("a_year")
async def test_the_exported_books_pass_all_three_tools_and_balance_as_the_api_does(
    officer: Desk, tmp_path: Path, form: str
) -> None:
    path = await exported(officer, tmp_path, form)

    accepted = check(form, path)

    assert accepted.returncode == 0, accepted.stderr + accepted.stdout
    accounts = (await officer.read("/v1/ledger/accounts"))["items"]
    expected = {
        one["path"]: Decimal(one["balance"]) * (1 if one["side"] == "D" else -1) for one in accounts
    }
    assert balances(form, path) == {path: cents for path, cents in expected.items() if cents}
    assert len(expected) == 12


@pytest.mark.parametrize("form", sorted(CHECKS))
@pytest.mark.usefixtures("a_year")
async def test_one_cent_off_is_noticed_by_each_of_the_three(
    officer: Desk, tmp_path: Path, form: str
) -> None:
    """The balance of one account is stated one cent wrong; everything else stays."""
    path = await exported(officer, tmp_path, form)
    text = path.read_text(encoding="utf-8")
    line = next(
        line
        for line in reversed(text.splitlines())
        if "Deferred:Free" in line and ("= " in line or " balance " in line)
    )
    amount = next(part for part in reversed(line.split()) if "." in part)
    wrong = line.replace(amount, str(Decimal(amount) + Decimal("0.01")))
    path.write_text(text.replace(line, wrong), encoding="utf-8")

    assert check(form, path).returncode != 0


@pytest.mark.usefixtures("a_year")
async def test_a_part_of_the_books_passes_the_tools_as_well(officer: Desk, tmp_path: Path) -> None:
    """Up to a day, and by fiscal year: what stands in the file is whole in itself."""
    for query in ({"asOf": "2022-03-01"}, {"fiscalYear": "2022"}, {"fiscalYear": "2031"}):
        for form in sorted(CHECKS):
            path = await exported(officer, tmp_path, form, **query)
            accepted = check(form, path)
            assert accepted.returncode == 0, (query, form, accepted.stderr)


async def test_an_export_of_many_entries_is_one_consistent_book(
    books: Books, line: UUID, tmp_path: Path
) -> None:
    """More than one batch, while somebody else posts in between."""
    wishes = [entry(line, LedgerEvent.RESERVED, rules.reserved(line, Money(100)))] * 1100
    await books.post(grant(line, "2000.00"))
    await books.post(*wishes)
    path = tmp_path / "books.journal"

    pieces = await export_book(
        books.database, books.caller, BookScope(Book.LIVE), ExportFormat.HLEDGER
    )
    text = [await anext(pieces)]
    await books.post(*wishes[:5])
    text += [piece async for piece in pieces]
    path.write_bytes(b"".join(text))

    assert check("hledger", path).returncode == 0
    assert path.read_text(encoding="utf-8").count(") RESERVED\n") == 1100
