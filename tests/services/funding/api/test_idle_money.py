"""Drawn money and its use: what lies idle is shown and costs nothing until an act says so."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import pytest

from deploy.local.postgres import PostgresServer
from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.follow_use import follow_use
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.api.test_recoveries import with_rates
from tests.services.funding.bookkeeping import Books, entry, open_books
from tests.services.funding.desk import Desk
from tests.services.funding.money import called_for, left_behind, received


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def test_unused_money_shows_interest_and_posts_none(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await called_for(books, officer, approver, "120000.00")
    line_id = award["lines"][0]["id"]
    drawdown = await received(officer, approver, line_id, "120000.00")
    for amount, day in (("70000.00", date(2023, 4, 28)), ("50000.00", date(2023, 6, 15))):
        whole = Recognition(Money.parse(amount), ZERO, ZERO, ZERO)
        cost = rules.spent(UUID(line_id), CostKind.EVENTS, whole)
        await books.post(entry(UUID(line_id), LedgerEvent.EXPENDITURE_BOOKED, cost, on=day))
    path = f"/v1/drawdowns/{drawdown['id']}/exposure"

    guessed = await officer.get(path, asOf="2023-12-31")
    assert (guessed.status_code, guessed.json()["code"]) == (422, "base-rate-missing")
    await with_rates(officer)
    before = left_behind(postgres, funding_database)
    shown = await officer.read(path, asOf="2023-12-31")
    in_time = await officer.read(path, asOf="2023-05-01")
    unknown = await officer.get(path, asOf="2027-01-01")

    assert (shown["usedAmount"], shown["unusedAmount"]) == ("120000.00", "0.00")
    assert (shown["useBy"], shown["interest"]) == ("2023-05-01", "408.08")
    assert [(one["amount"], one["days"], one["percent"]) for one in shown["pieces"]] == [
        ("50000.00", 45, "6.62")
    ]
    assert [one["code"] for one in shown["assumptions"]] == [
        "RECIPIENT_PAYMENT_IS_USE",
        "INTEREST_AFTER_GRACE",
        "DAYS_OF_365",
    ]
    assert (in_time["unusedAmount"], in_time["interest"]) == ("50000.00", "0.00")
    assert unknown.status_code == 200
    assert left_behind(postgres, funding_database) == before
    await books.within(lambda tx: follow_use(tx, UUID(line_id), date(2023, 7, 1)))
    assert (await officer.read(f"/v1/drawdowns/{drawdown['id']}"))["state"] == "USED"


async def test_what_is_unused_is_paid_back(books: Books, officer: Desk, approver: Desk) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    drawdown = await received(officer, approver, line_id, "600.00")

    back = await officer.act("drawdowns", drawdown, "repay", {"repaidOn": "2023-06-15"})

    assert (back["state"], back["repaidAmount"]) == ("REPAID", "600.00")
    assert await books.balances(UUID(line_id)) == {"CLAIM": "400.00", "FREE": "400.00"}


async def test_what_went_back_by_a_recovery_is_idle_no_more_and_not_paid_back_twice(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    await with_rates(officer)
    line_id = award["lines"][0]["id"]
    drawdown = await received(officer, approver, line_id, "600.00")
    body = {"direction": "UPWARD", "awardLineId": line_id, "ground": "UNSPENT"}
    recovery = await officer.create(
        "/v1/recoveries", body | {"amount": "600.00", "claimSince": "2023-05-10"}
    )
    act = {"actReference": "BRA-1", "demandedOn": "2023-05-10", "dueOn": "2023-06-10"}
    recovery = await approver.act("recoveries", recovery, "demand", act)
    paid = {"paidOn": "2023-05-31", "amount": "600.00", "bankReference": "LK-1"}
    await officer.act("recoveries", recovery, "record-payment", paid)
    stood = await books.balances(UUID(line_id))

    path = f"/v1/drawdowns/{drawdown['id']}"
    shown = await officer.read(f"{path}/exposure", asOf="2023-12-31")
    again = await officer.try_act(
        "drawdowns", await officer.read(path), "repay", {"repaidOn": "2023-06-15"}
    )

    assert [(one["lastDay"], one["days"]) for one in shown["pieces"]] == [("2023-05-31", 30)]
    assert shown["unusedAmount"] == "0.00"
    assert again.status_code in {409, 422}
    assert await books.balances(UUID(line_id)) == stood
