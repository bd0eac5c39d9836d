"""What revocations, cuts and terminations ask back: each act its own recovery, nothing twice."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from tests.engines import ServiceDatabase
from tests.services.funding.api.test_recoveries import DEMAND, funded
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import arrived, coordination, ready, sent
from tests.services.funding.steps import released, share

ACT = {
    "reason": "Auflage verletzt",
    "effectiveOn": "2023-01-31",
    "hearingOn": "2023-01-10",
    "knownSince": "2026-09-01",
}


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def cut_to(officer: Desk, approver: Desk, award: Record, total: str, day: str) -> Record:
    """The award amended to `total` from `day` on."""
    whole = coordination(total, 2022)
    body = {name: whole[name] for name in ("validFrom", "validTo", "total", "lines")}
    path = f"/v1/awards/{award['id']}/versions"
    award = await officer.read(f"/v1/awards/{award['id']}")
    waiting = await officer.create(path, {**body, "effectiveFrom": day}, version=award["version"])
    number = (await officer.read(path))["items"][-1]["number"]
    answer = await approver.send(
        "POST", f"{path}/{number}/actions/approve", version=waiting["version"]
    )
    assert answer.status_code == 200, answer.text
    approved: Record = answer.json()
    return approved


async def recoveries(desk: Desk, award: Record) -> list[tuple[str, str, str, str]]:
    """Source, ground, amount and state of each, oldest first."""
    found = (await desk.read("/v1/recoveries", awardId=award["id"]))["items"]
    names = ("sourceKind", "ground", "principalAmount", "state")
    return [(one[names[0]], one[names[1]], one[names[2]], one[names[3]]) for one in found]


async def test_two_cuts_of_the_same_amount_on_one_day_are_two_recoveries(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")

    first = await cut_to(officer, approver, award, "800.00", "2022-07-01")
    second = await cut_to(officer, approver, award, "600.00", "2022-07-01")

    assert await recoveries(officer, award) == [
        ("CUT", "OVERPAID", "200.00", "DRAFT"),
        ("CUT", "OVERPAID", "200.00", "DRAFT"),
    ]
    assert (first["openRecovery"], second["openRecovery"]) == ("200.00", "400.00")
    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "FREE": "600.00",
        "REPAYABLE": "400.00",
        "CASH": "1000.00",
    }
    found = (await officer.read("/v1/recoveries", awardId=award["id"]))["items"]
    assert len({one["sourceId"] for one in found}) == 2


async def test_a_demanded_cut_is_not_booked_twice(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    await cut_to(officer, approver, award, "800.00", "2022-07-01")
    before = await books.balances(UUID(award["lines"][0]["id"]))
    [raised] = (await officer.read("/v1/recoveries", awardId=award["id"]))["items"]

    heard = await officer.act("recoveries", raised, "hear", {"heardOn": "2023-02-05"})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)

    assert await books.balances(UUID(award["lines"][0]["id"])) == before
    paid = {"paidOn": "2023-03-01", "amount": "200.00", "bankReference": "SPK-7"}
    await officer.act("recoveries", demanded, "record-payment", paid)
    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "FREE": "800.00",
        "CASH": "800.00",
    }


async def test_a_revocation_after_a_partial_one_asks_for_the_rest_only(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    award = await officer.read(f"/v1/awards/{award['id']}")

    award = await approver.act("awards", award, "revoke-partly", ACT | {"revokedAmount": "300.00"})
    assert award["openRecovery"] == "300.00"
    award = await approver.act("awards", award, "revoke", ACT)

    assert await recoveries(officer, award) == [
        ("PARTIAL_REVOCATION", "REVOKED", "300.00", "DRAFT"),
        ("REVOCATION", "REVOKED", "700.00", "DRAFT"),
    ]
    assert award["openRecovery"] == "1000.00"


async def test_a_revocation_after_a_cut_asks_for_all_that_is_left(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    award = await cut_to(officer, approver, award, "800.00", "2022-07-01")

    award = await approver.act("awards", award, "revoke", ACT)

    assert await recoveries(officer, award) == [
        ("CUT", "OVERPAID", "200.00", "DRAFT"),
        ("REVOCATION", "REVOKED", "800.00", "DRAFT"),
    ]
    assert award["openRecovery"] == "1000.00"


async def test_paying_a_recovery_lowers_what_the_award_still_owes(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "1000.00")
    await cut_to(officer, approver, award, "800.00", "2022-07-01")
    [raised] = (await officer.read("/v1/recoveries", awardId=award["id"]))["items"]
    heard = await officer.act("recoveries", raised, "hear", {"heardOn": "2023-02-05"})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)
    paid = {"paidOn": "2023-03-01", "amount": "150.00", "bankReference": "SPK-7"}

    await officer.act("recoveries", demanded, "record-payment", paid)

    assert (await officer.read(f"/v1/awards/{award['id']}"))["openRecovery"] == "50.00"


async def test_a_termination_asks_the_recipient_for_what_it_holds(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await funded(books, officer, approver, "55000.00")
    allocation = await released(officer, approver, share(award["lines"][0], "0.00", "55000.00"))
    one = await ready(officer, approver, allocation, "13750.00")
    run = await sent(officer, one, on="2022-07-01")
    said = {"items": [arrived(one, valueDate="2022-07-04")]}
    await officer.send("POST", f"/v1/payment-runs/{run['id']}/confirmations", said, key="bank-1")
    allocation = await officer.read(f"/v1/allocations/{allocation['id']}")

    terminated = await officer.act(
        "allocations", allocation, "terminate", {"reason": "Zweckwidrig verwendet"}
    )

    assert terminated["state"] == "TERMINATED"
    [found] = (await officer.read("/v1/recoveries", allocationId=allocation["id"]))["items"]
    assert (found["sourceKind"], found["sourceId"]) == ("TERMINATION", allocation["id"])
    assert (found["direction"], found["principalAmount"]) == ("DOWNWARD", "13750.00")
    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "FREE": "41250.00",
        "COMMITTED": "13750.00",
        "ADVANCE": "13750.00",
        "CASH": "41250.00",
    }
