"""Money set aside: reserved, used, given up, run out. Never more than is free."""

from collections.abc import Callable

import asyncpg
import pytest

from services.funding.operations.reserve import expire_reservations
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.steps import active, granted

EVENTS = 4


async def line_of(desk: Desk, award: Record, **moment: str) -> Record:
    lines = await desk.read(f"/v1/awards/{award['id']}/budget-lines", **moment)
    found: Record = lines["items"][EVENTS]
    return found


def body(award: Record, amount: str, **more: str) -> Record:
    return {
        "awardLineId": award["lines"][EVENTS]["id"],
        "amount": amount,
        "costKind": "EVENTS",
        "reservedOn": "2022-03-01",
        "expiresOn": "2022-06-30",
        **more,
    }


async def test_reserve_post_void_and_expire(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    held = await officer.create("/v1/reservations", body(award, "6000.00", reference="EV-1"))
    line = await line_of(officer, award)
    assert (line["free"], line["reserved"]) == ("4000.00", "6000.00")

    refused = await officer.send("POST", "/v1/reservations", body(award, "4000.01"))
    assert (refused.status_code, refused.json()["code"]) == (409, "insufficient-funds")
    assert refused.json()["free"] == "4000.00"

    use = {"amount": "5500.00", "valueDate": "2022-05-02"}
    assert (await officer.try_act("reservations", held, "post", use)).status_code == 403
    more = await approver.try_act("reservations", held, "post", use | {"amount": "6000.01"})
    assert (more.status_code, more.json()["guards"]) == (422, ["amount-within"])
    held = await approver.act("reservations", held, "post", use)
    assert (held["state"], held["posted"], held["allowedActions"]) == ("POSTED", "5500.00", [])
    line = await line_of(officer, award)
    assert (line["free"], line["reserved"], line["used"]) == ("4500.00", "0.00", "5500.00")
    assert (await line_of(officer, award, asOf="2022-05-01"))["reserved"] == "6000.00"

    given_up = await officer.create("/v1/reservations", body(award, "1000.00"))
    given_up = await officer.act("reservations", given_up, "void")
    run_out = await officer.create("/v1/reservations", body(award, "2000.00"))
    async with open_books(funding_database) as books:
        await books.within(expire_reservations)
    run_out = await officer.read(f"/v1/reservations/{run_out['id']}")
    assert (given_up["state"], run_out["state"]) == ("VOIDED", "EXPIRED")
    assert (await line_of(officer, award))["free"] == "4500.00"
    assert (await line_of(officer, award, asOf="2022-06-29"))["reserved"] == "3000.00"
    gone = await officer.try_act("reservations", run_out, "void")
    assert (gone.status_code, gone.json()["code"]) == (409, "transition-not-allowed")


async def counted(database: ServiceDatabase) -> tuple[int, ...]:
    owner = await asyncpg.connect(database.owner_dsn)
    try:
        await owner.execute("select set_config('app.tenant', '05570', false)")
        tables = ("outbox_message", "idempotency_key")
        return tuple([await owner.fetchval(f"select count(*) from {name}") for name in tables])
    finally:
        await owner.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0.005"},
        {"amount": "NaN"},
        {"amount": "1e400"},
        {"amount": "-0"},
        {"amount": 10**18},
        {"amount": "1000000000000000000.00"},
        {"amount": "-1.00"},
        {"amount": "0.00"},
        {"currency": "USD"},
        {"expiresOn": "2022-02-28"},
        {"costKind": "PARTY"},
        {"awardLineId": "01a201ed-1217-7445-b4e6-26c30809437c"},
        {"reference": "für Feste"},
    ],
)
async def test_a_bad_reservation_is_refused_and_leaves_nothing(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, wrong: Record
) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    before = await counted(funding_database)

    answer = await officer.send("POST", "/v1/reservations", body(award, "1.00") | wrong)

    assert answer.status_code == 422, answer.text
    assert await counted(funding_database) == before
    assert (await line_of(officer, award))["free"] == "10000.00"
    assert (await officer.read("/v1/reservations"))["items"] == []


async def test_a_reservation_rehearsed_shows_its_postings_and_stores_nothing(
    officer: Desk, approver: Desk
) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    answer = await officer.send("POST", "/v1/reservations?dryRun=true", body(award, "6000.00"))
    assert (answer.status_code, answer.json()["isDryRun"]) == (200, True)
    assert (await line_of(officer, award))["reserved"] == "0.00"


async def test_the_same_id_is_reserved_once(officer: Desk, approver: Desk) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    own = body(award, "1000.00", id="01a201ed-1217-7445-b4e6-26c30809437c")
    await officer.create("/v1/reservations", own)
    again = await officer.send("POST", "/v1/reservations", own)
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    assert (await line_of(officer, award))["reserved"] == "1000.00"


async def test_another_tenant_sees_no_reservation(
    officer: Desk, approver: Desk, desk_of: Callable[[str], Desk]
) -> None:
    award = await active(officer, approver, WARENDORF_AWARD)
    held = await officer.create("/v1/reservations", body(award, "1000.00"))
    other = desk_of("st-funding-officer")
    assert (await other.read("/v1/reservations"))["items"] == []
    assert (await other.get(f"/v1/reservations/{held['id']}")).status_code == 404


async def test_nothing_is_set_aside_before_the_budget_is_approved(
    officer: Desk, approver: Desk
) -> None:
    """Preliminary budget management (R-S3-16): granted money is still blocked."""
    award = await granted(officer, approver, WARENDORF_AWARD)
    audit = await officer.read("/v1/ledger/verify")

    refused = await officer.send("POST", "/v1/reservations", body(award, "6000.00"))

    assert (refused.status_code, refused.json()["code"]) == (409, "budget-not-released")
    assert (await officer.read("/v1/reservations"))["items"] == []
    assert await officer.read("/v1/ledger/verify") == audit
