"""Payments to recipients: released by a second person, sent in runs, confirmed by the bank."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from services.funding.domain.ledger.accounts import AccountCode
from services.funding.storage.ledger_records import balances_of_line
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import (
    arrived,
    on_the_books,
    payment,
    ready,
    refused,
    sent,
)
from tests.services.funding.papers import award, case_management, line
from tests.services.funding.steps import active, released, share


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def of_code(books: Books, line_id: str, code: AccountCode) -> dict[str, str]:
    """What each recipient's account of a code stands at, by allocation; 0.00 left out."""
    found = await books.within(lambda tx: balances_of_line(tx, UUID(line_id)))
    return {
        str(account.allocation_id): str(money)
        for account, money in found.items()
        if account.code is code and money.cents
    }


async def cash(books: Books, line_id: str) -> str | None:
    return (await books.balances(UUID(line_id))).get("CASH")


async def contract(
    books: Books, officer: Desk, approver: Desk, amount: str = "55000.00", fte: str = "1.00"
) -> tuple[Record, str]:
    """An active allocation of a lump sum of that much, and its award line."""
    given = await active(officer, approver, case_management("4.00", "220000.00"))
    await on_the_books(books, given)
    allocation = await released(officer, approver, share(given["lines"][0], fte, amount))
    return allocation, given["lines"][0]["id"]


async def confirm(who: Desk, run: Record, *items: Record) -> Record:
    path = f"/v1/payment-runs/{run['id']}/confirmations"
    answer = await who.send("POST", path, {"items": list(items)}, key=f"bank-{len(items)}")
    assert answer.status_code == 200, answer.text
    found: Record = answer.json()
    return found


async def read_again(officer: Desk, one: Record) -> Record:
    return await officer.read(f"/v1/payments/{one['id']}")


async def test_f13_unna_instalments_reach_bergkamen_and_kamen(
    books: Books, officer: Desk, approver: Desk
) -> None:
    paper = award(
        2023, "1026000.00", [line("b2", "B2", "1026000.00", "18.00")], awardedOn="2023-02-15"
    )
    unna = await on_the_books(books, await active(officer, approver, paper))
    line_id = unna["lines"][0]["id"]
    year = {"validFrom": "2023-01-01", "validTo": "2023-12-31"}
    bergkamen = await released(
        officer, approver, share(unna["lines"][0], "3.00", "171000.00") | year, "waf-bergkamen"
    )
    below = {"parentAllocationId": bergkamen["id"], "fte": "1.50", "amount": "85500.00", **year}
    kamen = await released(officer, approver, below | {"targetGroup": "KAMEN"}, "waf-kamen")
    await released(officer, approver, below | {"targetGroup": "BOENEN"}, "waf-boenen")
    parts = [
        {"number": 1, "dueOn": "2023-03-15", "amount": "85500.00"},
        {"number": 2, "dueOn": "2023-09-15", "amount": "85500.00"},
    ]
    bergkamen = await officer.read(f"/v1/allocations/{bergkamen['id']}")
    path = f"/v1/allocations/{bergkamen['id']}"
    answer = await officer.send(
        "PUT", f"{path}/instalments", {"instalments": parts}, version=bergkamen["version"]
    )
    [first, _] = answer.json()["instalments"]

    one = await ready(officer, approver, bergkamen, "85500.00", instalmentId=first["id"])
    run = await sent(officer, one)
    assert await of_code(books, line_id, AccountCode.SENT) == {bergkamen["id"]: "85500.00"}
    run = await confirm(officer, run, arrived(one))
    passed = await officer.send(
        "POST",
        f"{path}/actions/pass-on",
        {"childId": kamen["id"], "amount": "42750.00", "paidOn": "2023-03-20"},
        version=answer.json()["version"],
    )

    assert (passed.status_code, run["state"], run["total"]) == (200, "DONE", "85500.00")
    assert await of_code(books, line_id, AccountCode.ADVANCE) == {
        bergkamen["id"]: "42750.00",
        kamen["id"]: "42750.00",
    }
    assert await cash(books, line_id) == "-85500.00"
    direct = await officer.send("POST", "/v1/payments", payment(kamen, "1.00"))
    assert (direct.status_code, direct.json()["code"]) == (422, "paid-by-the-level-above")
    more = await officer.send(
        "POST",
        f"{path}/actions/pass-on",
        {"childId": kamen["id"], "amount": "42750.01", "paidOn": "2023-03-20"},
        version=passed.json()["version"],
    )
    assert (more.status_code, more.json()["free"]) == (409, "42750.00")


async def test_a_failed_payment_of_three_leaves_the_others_standing(
    books: Books, officer: Desk, approver: Desk
) -> None:
    allocation, line_id = await contract(books, officer, approver)
    three = [await ready(officer, approver, allocation, "13750.00") for _ in range(3)]
    run = await sent(officer, *three)

    run = await confirm(officer, run, arrived(three[0]), refused(three[1]), arrived(three[2]))

    assert (run["state"], run["paymentCount"]) == ("DONE", 3)
    balances = await books.balances(UUID(line_id))
    assert (balances["ADVANCE"], balances["CASH"]) == ("27500.00", "-27500.00")
    assert "SENT" not in balances
    failed = await read_again(officer, three[1])
    assert (failed["state"], failed["failureCode"]) == ("FAILED", "AC04")
    again = await approver.act("payments", failed, "resend")
    second = await sent(officer, again, on="2023-04-01")
    late = arrived(again, valueDate="2023-04-03", bankReference="SPK-2")
    second = await confirm(officer, second, late)
    assert (second["number"], second["state"]) == (2, "DONE")
    assert await cash(books, line_id) == "-41250.00"


async def test_a_part_that_arrived_counts_and_the_rest_comes_back(
    books: Books, officer: Desk, approver: Desk
) -> None:
    allocation, line_id = await contract(books, officer, approver)
    one = await ready(officer, approver, allocation, "1000.00")
    run = await sent(officer, one)

    await confirm(officer, run, arrived(one, amount="400.00", failureCode="AM09"))

    part = await read_again(officer, one)
    assert (part["state"], part["confirmedAmount"]) == ("PARTLY_CONFIRMED", "400.00")
    balances = await books.balances(UUID(line_id))
    assert (balances["ADVANCE"], balances["CASH"]) == ("400.00", "-400.00")
    await ready(officer, approver, allocation, "54600.00")


async def test_confirmations_are_taken_once(
    books: Books, officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    allocation, line_id = await contract(books, officer, approver)
    one = await ready(officer, approver, allocation, "1000.00")
    run = await sent(officer, one)
    path = f"/v1/payment-runs/{run['id']}/confirmations"

    answers = await asyncio.gather(
        *(officer.send("POST", path, {"items": [arrived(one)]}) for _ in range(8))
    )
    otherwise = await officer.send("POST", path, {"items": [refused(one)]})

    assert {answer.status_code for answer in answers} == {200}
    assert (otherwise.status_code, otherwise.json()["code"]) == (409, "transition-not-allowed")
    assert await cash(books, line_id) == "-1000.00"
    events = "select count(*) from ledger_entry where event = 'PAYMENT_CONFIRMED'"
    connection = await asyncpg.connect(funding_database.app_dsn)
    await connection.execute(
        "select set_config('app.tenant', '05570', false),"
        " set_config('app.roles', ',funding_officer,', false)"
    )
    assert await connection.fetchval(events) == 1
    await connection.close()


async def test_fifty_releases_for_the_last_euro_of_a_recipient(
    books: Books, officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    allocation, _ = await contract(books, officer, approver, "10.00", "0.50")
    drafts = [await officer.create("/v1/payments", payment(allocation, "1.00")) for _ in range(50)]

    answers = await asyncio.gather(
        *(approver.try_act("payments", one, "release") for one in drafts)
    )

    statuses = [answer.status_code for answer in answers]
    assert (statuses.count(200), statuses.count(409)) == (10, 40)
    free = {answer.json()["free"] for answer in answers if answer.status_code == 409}
    assert free == {"0.00"}
    connection = await asyncpg.connect(funding_database.app_dsn)
    await connection.execute(
        "select set_config('app.tenant', '05570', false),"
        " set_config('app.roles', ',funding_officer,', false)"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="payments exceed allocation"):
        await connection.execute(
            "update payment set state = 'RELEASED', released_by = 'x' where state = 'DRAFT'"
        )
    await connection.close()


async def test_f14_heinsberg_own_money_is_paid_and_proved_apart(
    books: Books, officer: Desk, approver: Desk
) -> None:
    given = await active(officer, approver, case_management("1.00", "55000.00"))
    await on_the_books(books, given)
    body = share(given["lines"][0], "1.00", "55000.00", ownMoney="5000.00")
    allocation = await released(officer, approver, body)
    line_id = given["lines"][0]["id"]

    land = await ready(officer, approver, allocation, "55000.00")
    own = await ready(officer, approver, allocation, "5000.00", source="MUNICIPAL_OWN")
    over = await officer.create("/v1/payments", payment(allocation, "0.01", source="MUNICIPAL_OWN"))
    refused_over = await approver.try_act("payments", over, "release")
    run = await sent(officer, land, own)
    await confirm(officer, run, arrived(land), arrived(own))

    assert (refused_over.status_code, refused_over.json()["free"]) == (409, "0.00")
    advance = await of_code(books, line_id, AccountCode.ADVANCE)
    assert advance == {allocation["id"]: "55000.00"}
    own_advance = await of_code(books, line_id, AccountCode.OWN_ADVANCE)
    assert own_advance == {allocation["id"]: "5000.00"}


async def test_whoever_recorded_a_payment_does_not_release_it(
    books: Books, officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    allocation, _ = await contract(books, officer, approver)
    draft = await officer.create("/v1/payments", payment(allocation, "1.00"))

    own = await officer.try_act("payments", draft, "release")

    assert own.status_code == 403
    assert await read_again(officer, draft) == draft
    connection = await asyncpg.connect(funding_database.app_dsn)
    await connection.execute(
        "select set_config('app.tenant', '05570', false),"
        " set_config('app.roles', ',funding_officer,', false)"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="four_eyes"):
        await connection.execute("update payment set released_by = recorded_by")
    await connection.close()


async def test_a_suspended_recipient_is_not_paid(
    books: Books, officer: Desk, approver: Desk
) -> None:
    allocation, _ = await contract(books, officer, approver)
    draft = await officer.create("/v1/payments", payment(allocation, "1.00"))
    one = await ready(officer, approver, allocation, "2.00")
    await officer.act("allocations", allocation, "suspend", {"reason": "Nachweis fehlt"})

    released_late = await approver.try_act("payments", draft, "release")
    run = await officer.send("POST", "/v1/payment-runs", {"paymentIds": [one["id"]]})

    assert released_late.json()["guards"] == ["allocation-not-suspended"]
    assert (run.status_code, run.json()["guards"]) == (422, ["allocation-not-suspended"])
    assert (await officer.read("/v1/payment-runs"))["items"] == []


async def test_instalments_stay_within_the_allocation(
    books: Books, officer: Desk, approver: Desk
) -> None:
    allocation, _ = await contract(books, officer, approver)
    path = f"/v1/allocations/{allocation['id']}/instalments"
    two = [{"number": n, "dueOn": "2022-03-01", "amount": "27500.00"} for n in (1, 2)]

    over = await officer.send(
        "PUT",
        path,
        {"instalments": [*two, two[0] | {"number": 3, "amount": "0.01"}]},
        version=allocation["version"],
    )
    plan = await officer.send("PUT", path, {"instalments": two}, version=allocation["version"])
    first = plan.json()["instalments"][0]
    await ready(officer, approver, allocation, "20000.00", instalmentId=first["id"])
    less = [two[0] | {"amount": "19999.99"}]
    cut = await officer.send("PUT", path, {"instalments": less}, version=plan.json()["version"])

    assert (over.status_code, over.json()["code"]) == (422, "instalments-exceed-allocation")
    assert (cut.status_code, cut.json()["paid"]) == (409, "20000.00")
    rest = await officer.create(
        "/v1/payments", payment(allocation, "7500.01", instalmentId=first["id"])
    )
    refusal = await approver.try_act("payments", rest, "release")
    assert (refusal.status_code, refusal.json()["free"]) == (409, "7500.00")


async def test_an_id_of_the_client_is_taken_once(
    books: Books, officer: Desk, approver: Desk
) -> None:
    allocation, _ = await contract(books, officer, approver)
    body = payment(allocation, "1.00", id="019ab000-0000-7000-8000-00000000abcd")

    first = await officer.create("/v1/payments", body)
    second = await officer.send("POST", "/v1/payments", body)

    assert first["id"] == body["id"]
    assert (second.status_code, second.json()["code"]) == (409, "already-exists")
