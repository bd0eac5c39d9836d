"""Ids that the client chooses: taken as they are, used once, of one kind."""

from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import PostgresServer
from shared.kernel.ids import new_id
from tests.engines import ServiceDatabase
from tests.rehearsing import as_admin, everything
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import call, payment
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.spending.costs import cost, record_voucher
from tests.services.funding.steps import active, released, share

POSTS, EVENTS = 1, 4


@pytest.fixture
async def bodies(officer: Desk, approver: Desk) -> dict[str, Any]:
    """One body that is accepted for everything that moves money."""
    given = await active(officer, approver, WARENDORF_AWARD)
    posts, events = given["lines"][POSTS], given["lines"][EVENTS]
    allocation = await released(officer, approver, share(posts, "1.00", "55000.00"))
    held = {"costKind": "EVENTS", "reservedOn": "2022-03-01", "expiresOn": "2099-12-31"}
    manual = [
        {"code": "OWN_SHARE", "costKind": "EVENTS", "amount": "1.00"},
        {"code": "CASH", "amount": "-1.00"},
    ]
    entry = {"awardLineId": events["id"], "valueDate": "2022-06-15", "reference": "BANK-1"}
    voucher = {"number": "B-1", "voucherDate": "2022-05-31", "amount": "10.00"}
    return {
        "drawdowns": call(events["id"], "10.00"),
        "payments": payment(allocation, "10.00"),
        "vouchers": voucher,
        "expenditures": cost(events, await record_voucher(officer, "20.00"), amount="10.00"),
        "reservations": held | {"awardLineId": events["id"], "amount": "10.00"},
        "journal-proposals": entry | {"postings": manual},
    }


async def test_an_id_of_the_client_is_used_once(
    officer: Desk,
    bodies: dict[str, Record],
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    for noun, body in bodies.items():
        own = {"id": str(new_id()), **body}
        made = await officer.create(f"/v1/{noun}", own)
        assert made["id"] == own["id"], noun
        async with as_admin(postgres, funding_database) as admin:
            before = await everything(admin)
            again = await officer.send("POST", f"/v1/{noun}", own)
            assert (again.status_code, again.json()["code"]) == (409, "already-exists"), noun
            assert await everything(admin) == before
        assert await officer.read(f"/v1/{noun}/{own['id']}") == made, noun


async def test_an_id_of_the_client_is_ordered_by_time(
    officer: Desk, bodies: dict[str, Record]
) -> None:
    for noun, body in bodies.items():
        answer = await officer.send("POST", f"/v1/{noun}", {"id": str(uuid4()), **body})
        assert answer.status_code == 422, noun
        assert answer.json()["errors"][0]["pointer"] == "/id", noun
