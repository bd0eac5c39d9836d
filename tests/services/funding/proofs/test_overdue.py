"""Money waits for a proof that is late, and for no other: the proof itself says so (P9, L6)."""

from datetime import date
from typing import Any

import pytest

from deploy.local.postgres import PostgresServer
from services.funding.operations.keep_proofs import keep_proofs
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import coordination, left_behind, payment
from tests.services.funding.proofs.test_recipients import NARRATIVE, begun, due
from tests.services.funding.steps import active, released, share

BLOCKED = (422, ["no-proof-overdue"])


@pytest.fixture
async def old(officer: Desk, approver: Desk) -> Record:
    """A share of 2022 that is over, its proof due on 28 February 2023."""
    award = await active(officer, approver, coordination("1000.00", 2022))
    body = share(award["lines"][0], "0.00", "500.00")
    return await due(officer, await released(officer, approver, body))


@pytest.fixture
async def draft(officer: Desk, approver: Desk) -> Record:
    """A payment to the same recipient from the next year's money."""
    award = await active(officer, approver, coordination("1000.00", 2023))
    year = {"validFrom": "2023-01-01", "validTo": "2023-12-31"}
    body = share(award["lines"][0], "0.00", "500.00", **year)
    allocation = await released(officer, approver, body)
    return await officer.create("/v1/payments", payment(allocation, "100.00"))


async def release(approver: Desk, draft: Record) -> tuple[int, Any]:
    answer = await approver.try_act("payments", draft, "release")
    return answer.status_code, answer.json().get("guards")


async def test_a_proof_nobody_began_blocks_payments_once_its_day_is_over(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    old: Record,
    draft: Record,
) -> None:
    before = left_behind(postgres, funding_database)

    assert old["state"] == "PROOF_DUE"
    assert await release(approver, draft) == BLOCKED
    assert left_behind(postgres, funding_database) == before


async def test_a_submitted_proof_blocks_payments_no_more(
    officer: Desk, approver: Desk, old: Record, draft: Record
) -> None:
    proof = await begun(officer, old)
    assert await release(approver, draft) == BLOCKED

    await approver.act("proofs", proof, "submit")

    assert (await release(approver, draft))[0] == 200


async def test_a_later_day_of_the_proof_counts_and_so_does_its_flag(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, old: Record, draft: Record
) -> None:
    body = {"allocationId": old["id"], "dueOn": "2030-03-29"}
    await officer.create("/v1/proofs", body)
    dry = await approver.send(
        "POST", f"/v1/payments/{draft['id']}/actions/release?dryRun=true", version=draft["version"]
    )
    assert dry.status_code == 200

    async with open_books(funding_database) as books:
        await books.within(lambda tx: keep_proofs(tx, date(2030, 3, 30)))

    assert await release(approver, draft) == BLOCKED


async def test_a_waived_proof_blocks_nothing_and_is_never_overdue(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, old: Record, draft: Record
) -> None:
    proof = await officer.create("/v1/proofs", {"allocationId": old["id"]})
    assert await release(approver, draft) == BLOCKED
    await approver.act("allocations", old, "waive-proof", {"reason": "Nichts gezahlt"})

    async with open_books(funding_database) as books:
        await books.within(lambda tx: keep_proofs(tx, date(2030, 3, 30)))

    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof
    assert (await release(approver, draft))[0] == 200


async def test_a_submitted_proof_of_the_award_lets_money_be_called_again(
    officer: Desk, approver: Desk
) -> None:
    last = await active(officer, approver, coordination("1000.00", 2022))
    last = await officer.act("awards", last, "expire")
    award = await active(officer, approver, coordination("1000.00", 2023))
    called = {
        "awardLineId": award["lines"][0]["id"],
        "amount": "10.00",
        "needs": [{"dueOn": "2023-04-10", "amount": "10.00", "costKind": "EVENTS"}],
    }
    drawdown = await officer.create("/v1/drawdowns", called)
    asked = {"requestedOn": "2023-04-05"}
    late = await approver.try_act("drawdowns", drawdown, "submit", asked)
    proof = await officer.create("/v1/proofs", {"awardId": last["id"]})
    proof = await officer.act("proofs", proof, "open")
    path = f"/v1/proofs/{proof['id']}/versions"
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    still = await approver.try_act("drawdowns", drawdown, "submit", asked)

    await approver.act("proofs", proof, "submit")
    drawdown = await approver.act("drawdowns", drawdown, "submit", asked)

    assert (late.status_code, late.json()["guards"]) == BLOCKED
    assert (still.status_code, still.json()["guards"]) == BLOCKED
    assert drawdown["state"] == "SUBMITTED"
