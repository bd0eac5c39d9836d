"""Payments and costs use what was set aside: held, posted, given back; never more than there is."""

import asyncio
from collections import Counter

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from services.funding.operations.reserve import expire_reservations
from shared.kernel.ids import new_id
from tests.engines import ServiceDatabase
from tests.rehearsing import as_admin, everything
from tests.services.funding.bookkeeping import open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import arrived, payment, ready, refused, sent
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.spending.costs import cost, record_voucher
from tests.services.funding.steps import active, released, share

POSTS, EVENTS = 1, 4


@pytest.fixture
async def warendorf(officer: Desk, approver: Desk) -> Record:
    return await active(officer, approver, WARENDORF_AWARD)


async def standing(desk: Desk, award: Record, line: int) -> tuple[str, str, str]:
    """Free, reserved and used of a line."""
    lines = await desk.read(f"/v1/awards/{award['id']}/budget-lines")
    found = lines["items"][line]
    return found["free"], found["reserved"], found["used"]


async def reserved(desk: Desk, award: Record, line: int, amount: str, kind: str) -> Record:
    body = {
        "awardLineId": award["lines"][line]["id"],
        "amount": amount,
        "costKind": kind,
        "reservedOn": "2022-03-01",
        "expiresOn": "2099-12-31",
    }
    return await desk.create("/v1/reservations", body)


async def again(desk: Desk, held: Record) -> Record:
    return await desk.read(f"/v1/reservations/{held['id']}")


async def confirmed(desk: Desk, run: Record, *items: Record) -> Record:
    path = f"/v1/payment-runs/{run['id']}/confirmations"
    answer = await desk.send("POST", path, {"items": list(items)}, key=run["id"])
    assert answer.status_code == 200, answer.text
    found: Record = answer.json()
    return found


async def test_costs_post_a_reservation_part_by_part(officer: Desk, warendorf: Record) -> None:
    line = warendorf["lines"][EVENTS]
    held = await reserved(officer, warendorf, EVENTS, "6000.00", "EVENTS")
    assert await standing(officer, warendorf, EVENTS) == ("4000.00", "6000.00", "0.00")
    voucher = await record_voucher(officer, "7000.00")
    for amount, rest in (("2500.00", "3500.00"), ("1500.00", "2000.00")):
        body = cost(line, voucher, amount=amount, reservationId=held["id"])
        booked = await officer.create("/v1/expenditures", body)
        assert (booked["reservationId"], booked["eligible"]) == (held["id"], amount)
        assert (await standing(officer, warendorf, EVENTS))[1] == rest
    held = await again(officer, held)
    assert (held["state"], held["posted"], held["held"]) == ("OPEN", "4000.00", "0.00")

    body = cost(line, voucher, amount="2000.01", reservationId=held["id"])
    more = await officer.send("POST", "/v1/expenditures", body)
    assert (more.status_code, more.json()["code"]) == (409, "insufficient-funds")
    assert (more.json()["free"], more.json()["account"]) == ("2000.00", "RESERVED")
    assert await standing(officer, warendorf, EVENTS) == ("4000.00", "2000.00", "4000.00")

    body = cost(line, voucher, amount="2000.00", reservationId=held["id"])
    await officer.create("/v1/expenditures", body)
    held = await again(officer, held)
    assert (held["state"], held["posted"], held["allowedActions"]) == ("POSTED", "6000.00", [])
    assert await standing(officer, warendorf, EVENTS) == ("4000.00", "0.00", "6000.00")


async def test_the_rest_of_a_used_reservation_is_given_up(officer: Desk, warendorf: Record) -> None:
    held = await reserved(officer, warendorf, EVENTS, "6000.00", "EVENTS")
    voucher = await record_voucher(officer, "5000.00")
    body = cost(warendorf["lines"][EVENTS], voucher, amount="2500.00", reservationId=held["id"])
    await officer.create("/v1/expenditures", body)
    held = await officer.act("reservations", await again(officer, held), "void")
    assert (held["state"], held["posted"]) == ("VOIDED", "2500.00")
    assert await standing(officer, warendorf, EVENTS) == ("7500.00", "0.00", "2500.00")
    late = await officer.send("POST", "/v1/expenditures", body)
    assert (late.status_code, late.json()["code"]) == (409, "reservation-not-open")


async def test_a_payment_holds_until_the_bank_says_what_arrived(
    officer: Desk, approver: Desk, warendorf: Record
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    free = "715000.00"
    held = await reserved(officer, warendorf, POSTS, "30000.00", "PERSONNEL")
    assert await standing(officer, warendorf, POSTS) == ("685000.00", "30000.00", "0.00")
    one = await ready(officer, approver, allocation, "20000.00", reservationId=held["id"])
    held = await again(officer, held)
    assert (held["held"], held["posted"], held["state"]) == ("20000.00", "0.00", "OPEN")

    body = payment(allocation, "10000.01", reservationId=held["id"])
    too_much = await officer.send("POST", "/v1/payments", body)
    assert (too_much.status_code, too_much.json()["free"]) == (409, "10000.00")
    gone = await officer.try_act("reservations", held, "void")
    assert (gone.status_code, gone.json()["guards"]) == (422, ["no-payment-under-way"])

    run = await sent(officer, one)
    await confirmed(officer, run, arrived(one, amount="15000.00"))
    held = await again(officer, held)
    assert (held["held"], held["posted"]) == ("0.00", "15000.00")
    assert await standing(officer, warendorf, POSTS) == ("700000.00", "15000.00", "0.00")

    other = await ready(officer, approver, allocation, "15000.00", reservationId=held["id"])
    run = await sent(officer, other)
    await confirmed(officer, run, refused(other))
    held = await again(officer, held)
    assert (held["held"], held["posted"], held["state"]) == ("0.00", "15000.00", "OPEN")
    other = await officer.read(f"/v1/payments/{other['id']}")
    other = await approver.act("payments", other, "resend")
    await confirmed(officer, await sent(officer, other), arrived(other))
    held = await again(officer, held)
    assert (held["held"], held["posted"], held["state"]) == ("0.00", "30000.00", "POSTED")
    assert await standing(officer, warendorf, POSTS) == (free, "0.00", "0.00")


async def test_a_cancelled_payment_lets_go(
    officer: Desk, approver: Desk, warendorf: Record
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    held = await reserved(officer, warendorf, POSTS, "30000.00", "PERSONNEL")
    one = await ready(officer, approver, allocation, "30000.00", reservationId=held["id"])
    assert (await again(officer, held))["held"] == "30000.00"
    await officer.act("payments", one, "cancel")
    held = await again(officer, held)
    assert (held["held"], held["state"]) == ("0.00", "OPEN")


async def test_a_reservation_does_not_run_out_under_a_payment(
    officer: Desk,
    approver: Desk,
    warendorf: Record,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    held = await reserved(officer, warendorf, POSTS, "30000.00", "PERSONNEL")
    one = await ready(officer, approver, allocation, "10000.00", reservationId=held["id"])
    async with as_admin(postgres, funding_database) as admin:
        await admin.execute("update reservation set expires_on = date '2022-06-30'")
    async with open_books(funding_database) as books:
        await books.within(expire_reservations)
        assert (await again(officer, held))["state"] == "OPEN"
        await confirmed(officer, await sent(officer, one), arrived(one))
        await books.within(expire_reservations)
    held = await again(officer, held)
    assert (held["state"], held["posted"]) == ("EXPIRED", "10000.00")
    assert await standing(officer, warendorf, POSTS) == ("715000.00", "0.00", "0.00")


async def test_many_at_once_never_post_more_than_is_reserved(
    officer: Desk, warendorf: Record
) -> None:
    held = await reserved(officer, warendorf, EVENTS, "1000.00", "EVENTS")
    voucher = await record_voucher(officer, "10000.00")
    body = cost(warendorf["lines"][EVENTS], voucher, amount="100.00", reservationId=held["id"])
    answers = await asyncio.gather(
        *(officer.send("POST", "/v1/expenditures", body) for _ in range(25))
    )
    found = Counter(answer.status_code for answer in answers)
    assert found == {201: 10, 409: 15}
    codes = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert codes <= {"insufficient-funds", "reservation-not-open"}
    held = await again(officer, held)
    assert (held["state"], held["posted"]) == ("POSTED", "1000.00")
    assert await standing(officer, warendorf, EVENTS) == ("9000.00", "0.00", "1000.00")


async def test_many_payments_at_once_never_hold_more_than_is_reserved(
    officer: Desk, approver: Desk, warendorf: Record
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    held = await reserved(officer, warendorf, POSTS, "4000.00", "PERSONNEL")
    body = payment(allocation, "1000.00", reservationId=held["id"])
    drafts = [await officer.create("/v1/payments", body) for _ in range(10)]
    answers = await asyncio.gather(
        *(approver.try_act("payments", draft, "release") for draft in drafts)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 4, 409: 6}
    assert (await again(officer, held))["held"] == "4000.00"


async def test_a_use_that_does_not_fit_is_refused_and_leaves_nothing(
    officer: Desk,
    approver: Desk,
    warendorf: Record,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    events = await reserved(officer, warendorf, EVENTS, "1000.00", "EVENTS")
    training = await reserved(officer, warendorf, EVENTS, "1000.00", "TRAINING")
    voucher = await record_voucher(officer, "100.00")
    line, unknown = warendorf["lines"][EVENTS], str(new_id())
    for path, body, code in (
        ("payments", payment(allocation, "1.00", reservationId=events["id"]), "of-another-purpose"),
        ("payments", payment(allocation, "1.00", reservationId=unknown), "unknown"),
        ("expenditures", cost(line, voucher, reservationId=training["id"]), "of-another-purpose"),
        ("expenditures", cost(line, voucher, reservationId=unknown), "unknown"),
    ):
        async with as_admin(postgres, funding_database) as admin:
            before = await everything(admin)
            answer = await officer.send("POST", f"/v1/{path}", body)
            found = (answer.status_code, answer.json()["code"])
            assert found == (422, f"reservation-{code}"), answer.text
            assert await everything(admin) == before


async def test_the_database_refuses_uses_that_the_reservation_does_not_cover(
    officer: Desk, approver: Desk, warendorf: Record, funding_database: ServiceDatabase
) -> None:
    allocation = await released(
        officer, approver, share(warendorf["lines"][POSTS], "1.00", "55000.00")
    )
    held = await reserved(officer, warendorf, POSTS, "4000.00", "PERSONNEL")
    one = await ready(officer, approver, allocation, "4000.00", reservationId=held["id"])
    async with open_books(funding_database) as books:
        for sql in (
            "update reservation set held_cents = 100 where id = $1",
            "update reservation set posted_cents = 1 where id = $1",
            "update reservation set state = 'VOIDED', held_cents = 0 where id = $1",
            "update payment set state = 'FAILED', failure_code = 'AC04' where reservation_id = $1",
        ):
            with pytest.raises(asyncpg.CheckViolationError):
                await books.within(
                    lambda tx, sql=sql: tx.connection.execute(sql, held["id"])  # type: ignore[misc] # bound at once
                )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await books.within(
                lambda tx: tx.connection.execute(
                    "update payment set reservation_id = null where id = $1", one["id"]
                )
            )
    assert (await again(officer, held))["held"] == "4000.00"
