"""Rückforderung: what goes back is raised, heard, demanded, paid, and bears interest."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import (
    arrived,
    coordination,
    left_behind,
    on_the_books,
    ready,
    sent,
)
from tests.services.funding.steps import active, released, share

RATES = (("2023-01-01", "1.62"), ("2023-07-01", "3.12"), ("2024-01-01", "3.62"))
WAIVER = {"reference": "KA-2023-9", "reason": "Die Zinsen wären geringfügig."}


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def with_rates(officer: Desk) -> None:
    for day, percent in RATES:
        rate = {"validFrom": day, "percent": percent, "source": "Bundesbank"}
        await officer.create("/v1/base-rates", rate)


async def funded(books: Books, officer: Desk, approver: Desk, total: str) -> Record:
    """An award of 2022 whose money has come."""
    body = coordination(total, 2022)
    award = await on_the_books(books, await active(officer, approver, body))
    drawdown = {"awardLineId": award["lines"][0]["id"], "amount": total}
    needs = [{"dueOn": "2022-04-10", "amount": total, "costKind": "EVENTS"}]
    drafted = await officer.create("/v1/drawdowns", {**drawdown, "needs": needs})
    asked = {"requestedOn": "2022-02-15"}
    drafted = await approver.act("drawdowns", drafted, "submit", asked)
    drafted = await approver.act("drawdowns", drafted, "approve")
    paid = {"valueDate": "2022-06-01", "bankReference": "BRA-22"}
    await officer.act("drawdowns", drafted, "pay", paid)
    return award


def owed(line_id: str, amount: str, since: str, **more: Any) -> Record:
    body = {"direction": "UPWARD", "awardLineId": line_id, "ground": "UNSPENT"}
    return {**body, "amount": amount, "claimSince": since, **more}


DEMAND = {"actReference": "BRA-36-2023", "demandedOn": "2023-02-10", "dueOn": "2023-03-31"}


async def test_warendorf_unspent_money_is_owed_and_repaid(
    books: Books, officer: Desk, approver: Desk
) -> None:
    await with_rates(officer)
    award = await funded(books, officer, approver, "770000.00")
    line_id = award["lines"][0]["id"]
    raised = await officer.create("/v1/recoveries", owed(line_id, "350900.00", "2023-01-31"))
    assert await books.balances(UUID(line_id)) == {"FREE": "770000.00", "CASH": "770000.00"}

    demanded = await approver.act("recoveries", raised, "demand", DEMAND)
    assert await books.balances(UUID(line_id)) == {
        "FREE": "419100.00",
        "REPAYABLE": "350900.00",
        "CASH": "770000.00",
    }
    part = {"paidOn": "2023-03-31", "amount": "350900.00", "bankReference": "SPK-2023-1"}
    paid = await officer.act("recoveries", demanded, "record-payment", part)
    early = await officer.try_act("recoveries", paid, "settle")
    act = {"actReference": "BRA-36-Z", "fixedOn": "2023-05-02"}
    fixed = await approver.act("recoveries", paid, "fix-interest", act)
    assert (fixed["interestAmount"], fixed["dayCount"]) == ("3754.92", "ACT_365")
    due = await books.balances(UUID(line_id))
    assert (due["INTEREST"], due["INTEREST_DUE"]) == ("3754.92", "3754.92")
    interest = {"paidOn": "2023-05-20", "interestAmount": "3754.92", "bankReference": "SPK-2"}
    all_paid = await officer.act("recoveries", fixed, "record-payment", interest)
    settled = await officer.act("recoveries", all_paid, "settle")

    assert (early.status_code, early.json()["guards"]) == (422, ["interest-settled"])
    assert (settled["state"], settled["allowedActions"]) == ("SETTLED", [])
    assert [one["amount"] for one in settled["payments"]] == ["350900.00", "0.00"]
    assert await books.balances(UUID(line_id)) == {
        "FREE": "419100.00",
        "CASH": "415345.08",
        "INTEREST": "3754.92",
    }


async def test_f27_interest_is_told_by_day_and_posts_nothing(
    books: Books, officer: Desk, approver: Desk
) -> None:
    await with_rates(officer)
    award = await funded(books, officer, approver, "20000.00")
    line_id = award["lines"][0]["id"]
    before = await books.balances(UUID(line_id))
    raised = await officer.create("/v1/recoveries", owed(line_id, "10000.00", "2023-05-31"))
    path = f"/v1/recoveries/{raised['id']}/interest"

    told = await officer.read(path, paidOn="2023-08-31")
    bank = await officer.read(path, paidOn="2023-08-31", dayCount="ACT_360")
    months = await officer.read(path, paidOn="2023-08-31", dayCount="E30_360")

    assert [told["amount"], bank["amount"], months["amount"]] == ["192.34", "195.01", "190.50"]
    assert [(one["firstDay"], one["days"], one["percent"]) for one in told["pieces"]] == [
        ("2023-06-01", 30, "6.62"),
        ("2023-07-01", 62, "8.12"),
    ]
    assert await books.balances(UUID(line_id)) == before
    early = await officer.create("/v1/recoveries", owed(line_id, "5.00", "2022-05-31"))
    unknown = await officer.get(f"/v1/recoveries/{early['id']}/interest", paidOn="2023-08-31")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "base-rate-missing")
    assert unknown.json()["day"] == "2022-06-01"


async def test_interest_is_waived_only_with_a_decision(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    raised = await officer.create("/v1/recoveries", owed(line_id, "100.00", "2023-01-31"))
    demanded = await approver.act("recoveries", raised, "demand", DEMAND)
    part = {"paidOn": "2023-03-31", "amount": "100.00", "bankReference": "SPK-1"}
    paid = await officer.act("recoveries", demanded, "record-payment", part)
    before = left_behind(postgres, funding_database)

    empty = await approver.try_act("recoveries", paid, "waive-interest", {**WAIVER, "reason": " "})
    alone = await officer.try_act("recoveries", paid, "waive-interest", WAIVER)
    unsettled = await officer.try_act("recoveries", paid, "settle")

    assert [empty.status_code, alone.status_code, unsettled.status_code] == [422, 403, 422]
    assert left_behind(postgres, funding_database) == before
    waived = await approver.act("recoveries", paid, "waive-interest", WAIVER)
    twice = await approver.try_act("recoveries", waived, "waive-interest", WAIVER)
    settled = await officer.act("recoveries", waived, "settle")
    assert (twice.status_code, twice.json()["guards"]) == (422, ["interest-open"])
    assert (settled["state"], settled["waiverReference"]) == ("SETTLED", "KA-2023-9")


async def test_revocation_raises_a_recovery_once(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    award = await officer.read(f"/v1/awards/{award['id']}")
    act = {
        "reason": "Auflage verletzt",
        "effectiveOn": "2023-01-31",
        "hearingOn": "2023-01-10",
        "knownSince": "2026-09-01",
    }
    partly = {**act, "revokedAmount": "300.00"}

    award = await approver.act("awards", award, "revoke-partly", partly)
    [first] = (await officer.read("/v1/recoveries", awardId=award["id"]))["items"]
    await approver.act("awards", award, "revoke", {**act, "effectiveOn": "2023-02-28"})
    _, rest = (await officer.read("/v1/recoveries", awardId=award["id"]))["items"]

    assert (first["principalAmount"], first["ground"], first["state"]) == (
        "300.00",
        "REVOKED",
        "DRAFT",
    )
    assert (rest["principalAmount"], rest["claimSince"]) == ("700.00", "2023-02-28")
    unheard = await approver.try_act("recoveries", first, "demand", DEMAND)
    assert (unheard.status_code, unheard.json()["guards"]) == (422, ["self-declared"])
    heard = await officer.act("recoveries", first, "hear", {"heardOn": "2023-02-05"})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)
    assert demanded["state"] == "DEMANDED"
    again = owed(first["awardLineId"], "300.00", "2023-01-31", ground="REVOKED")
    refused = await officer.send("POST", "/v1/recoveries", again)
    assert (refused.status_code, refused.json()["code"]) == (409, "recovery-already-raised")


async def test_a_recipient_repays_what_was_too_much(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "55000.00")
    line_id = award["lines"][0]["id"]
    body = share(award["lines"][0], "0.00", "55000.00")
    allocation = await released(officer, approver, body)
    one = await ready(officer, approver, allocation, "55000.00")
    run = await sent(officer, one, on="2022-07-01")
    said = {"items": [arrived(one, valueDate="2022-07-04")]}
    path = f"/v1/payment-runs/{run['id']}/confirmations"
    confirmed = await officer.send("POST", path, said, key="bank-1")
    assert confirmed.status_code == 200, confirmed.text
    down = {"direction": "DOWNWARD", "allocationId": allocation["id"], "ground": "OVERPAID"}
    raised = await officer.create("/v1/recoveries", owed(line_id, "7000.00", "2023-01-31", **down))
    heard = await officer.act("recoveries", raised, "hear", {"heardOn": "2023-02-05"})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)
    stood = await books.balances(UUID(line_id))
    part = {"paidOn": "2023-03-01", "amount": "7000.00", "bankReference": "SPK-7"}
    too_much = {**part, "amount": "7000.01"}

    refused = await officer.try_act("recoveries", demanded, "record-payment", too_much)
    paid = await officer.act("recoveries", demanded, "record-payment", part)

    assert (stood["RECOVERABLE"], stood["ADVANCE"], stood["FREE"]) == (
        "7000.00",
        "48000.00",
        "7000.00",
    )
    assert (refused.status_code, refused.json()["guards"]) == (422, ["not-overpaid"])
    assert (paid["state"], paid["paidAmount"]) == ("PARTLY_PAID", "7000.00")
    after = await books.balances(UUID(line_id))
    assert (after["CASH"], after.get("RECOVERABLE")) == ("7000.00", None)


async def test_a_withdrawn_demand_leaves_the_books_as_they_were(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    before = await books.balances(UUID(line_id))
    raised = await officer.create("/v1/recoveries", owed(line_id, "100.00", "2023-01-31"))
    demanded = await approver.act("recoveries", raised, "demand", DEMAND)
    assert await books.balances(UUID(line_id)) != before

    gone = {"reason": "Irrtum", "withdrawnOn": "2023-02-20"}
    withdrawn = await officer.act("recoveries", demanded, "withdraw", gone)

    assert withdrawn["state"] == "WITHDRAWN"
    assert await books.balances(UUID(line_id)) == before


async def test_what_is_not_free_is_not_owed_and_leaves_nothing(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    raised = await officer.create("/v1/recoveries", owed(line_id, "1000.01", "2023-01-31"))
    before = left_behind(postgres, funding_database)

    refused = await approver.try_act("recoveries", raised, "demand", DEMAND)

    assert (refused.status_code, refused.json()["free"]) == (409, "1000.00")
    assert left_behind(postgres, funding_database) == before
    assert await officer.read(f"/v1/recoveries/{raised['id']}") == raised
