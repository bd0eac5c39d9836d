"""From the proof of an award over its recovery to the settlement, without a typed figure."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from deploy.local.postgres import PostgresServer
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.funding.api.test_recoveries import WAIVER, funded
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import left_behind
from tests.services.funding.proofs.year import made, submitted
from tests.services.funding.spending.costs import spend

TODAY = berlin_date(now()).isoformat()
UNSPENT = {"ground": "UNSPENT", "reference": "BRA-36-2023-5"}
DEMAND = {"actReference": "BRA-36-2023", "demandedOn": TODAY, "dueOn": TODAY}
REFUSED = {"figure": "used/b1/EVENTS", "amount": "100.00", "reason": "Rechnung fehlt"}


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


@pytest.fixture
async def award(books: Books, officer: Desk, approver: Desk) -> Record:
    """1,000 came, 600 were used."""
    found = await funded(books, officer, approver, "1000.00")
    await spend(officer, found["lines"][0], "600.00")
    return await officer.read(f"/v1/awards/{found['id']}")


@pytest.fixture
async def proof(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, award: Record
) -> Record:
    return await submitted(funding_database, officer, approver, await made(officer, award))


async def settled(officer: Desk, approver: Desk, recovery: Record, amount: str) -> Record:
    """Demanded, paid and without interest."""
    if recovery["ground"] != "UNSPENT":
        recovery = await officer.act("recoveries", recovery, "hear", {"heardOn": TODAY})
    recovery = await approver.act("recoveries", recovery, "demand", DEMAND)
    paid = {"paidOn": TODAY, "amount": amount, "bankReference": "SPK-1"}
    recovery = await officer.act("recoveries", recovery, "record-payment", paid)
    recovery = await approver.act("recoveries", recovery, "waive-interest", WAIVER)
    return await officer.act("recoveries", recovery, "settle")


async def of_proof(desk: Desk, proof: Record) -> list[Record]:
    found: list[Record] = (await desk.read("/v1/recoveries", sourceId=proof["id"]))["items"]
    return found


async def test_unspent_money_of_a_proof_is_recovered_once_and_settles_the_award(
    books: Books, officer: Desk, approver: Desk, award: Record, proof: Record
) -> None:
    award = await officer.act("awards", award, "expire")
    award = await officer.act("awards", award, "demand-proof")
    left_over = await approver.try_act("proofs", proof, "accept", {"reference": "BRA-1"})
    assert (left_over.status_code, left_over.json()["guards"]) == (422, ["nothing-unspent"])

    proof = await approver.act("proofs", proof, "accept-with-recovery", UNSPENT)
    [raised] = await of_proof(officer, proof)
    owing = await officer.try_act("awards", award, "settle")
    waiting = await officer.try_act("proofs", proof, "demand")
    assert (proof["recovery"], proof["recoveryGround"]) == ("400.00", "UNSPENT")
    assert (raised["direction"], raised["ground"], raised["principalAmount"]) == (
        "UPWARD",
        "UNSPENT",
        "400.00",
    )
    assert (raised["sourceKind"], raised["claimSince"]) == ("PROOF", proof["acceptedOn"])
    assert (owing.status_code, owing.json()["guards"]) == (422, ["recovery-settled"])
    assert waiting.json()["guards"] == ["recovery-demanded"]
    assert (await officer.read(f"/v1/awards/{award['id']}"))["openRecovery"] == "400.00"

    demanded = await approver.act("recoveries", raised, "demand", DEMAND)
    proof = await officer.act("proofs", proof, "demand")
    unpaid = await approver.try_act("proofs", proof, "settle")
    assert unpaid.json()["guards"] == ["recovery-settled"]
    paid = {"paidOn": TODAY, "amount": "400.00", "bankReference": "SPK-1"}
    recovery = await officer.act("recoveries", demanded, "record-payment", paid)
    still = await officer.try_act("awards", award, "settle")
    recovery = await approver.act("recoveries", recovery, "waive-interest", WAIVER)
    await officer.act("recoveries", recovery, "settle")
    proof = await approver.act("proofs", proof, "settle")
    award = await officer.act("awards", award, "settle")

    assert still.json()["guards"] == ["recovery-settled"]
    assert (proof["state"], award["state"], award["openRecovery"]) == ("SETTLED", "SETTLED", "0.00")
    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "ELIGIBLE": "600.00",
        "GRANT_USED": "600.00",
    }


async def test_refused_cost_is_recovered_beside_what_is_unspent(
    officer: Desk, approver: Desk, proof: Record
) -> None:
    body = {"ground": "INELIGIBLE", "reference": "BRA-2", "refused": [REFUSED]}

    proof = await approver.act("proofs", proof, "accept-with-recovery", body)

    found = [(one["ground"], one["principalAmount"]) for one in await of_proof(officer, proof)]
    assert found == [("UNSPENT", "400.00"), ("INELIGIBLE", "100.00")]
    assert (proof["recovery"], proof["recoveryGround"]) == ("500.00", "INELIGIBLE")
    assert proof["refusedItems"] == [REFUSED]


async def test_a_rejected_proof_asks_back_all_that_came(
    books: Books, officer: Desk, approver: Desk, award: Record, proof: Record
) -> None:
    body = {"ground": "LATE", "reference": "BRA-3"}

    proof = await approver.act("proofs", proof, "reject", body)
    [raised] = await of_proof(officer, proof)
    heard = await officer.act("recoveries", raised, "hear", {"heardOn": TODAY})
    used = [{"costKind": "EVENTS", "amount": "600.00"}]
    await approver.act("recoveries", heard, "demand", DEMAND | {"used": used})

    assert (proof["state"], proof["acceptedOn"]) == ("REJECTED", None)
    assert (raised["ground"], raised["principalAmount"]) == ("LATE", "1000.00")
    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "INELIGIBLE": "600.00",
        "REPAYABLE": "1000.00",
        "CASH": "400.00",
    }


async def test_what_somebody_asked_for_already_is_not_asked_for_by_the_proof(
    officer: Desk, approver: Desk, award: Record, proof: Record
) -> None:
    body = {
        "direction": "UPWARD",
        "awardLineId": award["lines"][0]["id"],
        "ground": "UNSPENT",
        "amount": "150.00",
        "claimSince": "2023-01-31",
    }
    await officer.create("/v1/recoveries", body)

    proof = await approver.act("proofs", proof, "accept-with-recovery", UNSPENT)

    assert [one["principalAmount"] for one in await of_proof(officer, proof)] == ["250.00"]
    assert (await officer.read(f"/v1/awards/{award['id']}"))["openRecovery"] == "400.00"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (UNSPENT | {"amount": "1.00"}, "fields-refused"),
        (UNSPENT | {"refused": [REFUSED]}, "fields-refused"),
        (UNSPENT | {"ground": "INELIGIBLE"}, "fields-refused"),
        (UNSPENT | {"currency": "USD"}, "currency-not-supported"),
        (
            UNSPENT | {"ground": "INELIGIBLE", "refused": [REFUSED | {"amount": "600.01"}]},
            "figure-not-refusable",
        ),
        (
            UNSPENT | {"ground": "INELIGIBLE", "refused": [REFUSED | {"figure": "used/b1"}]},
            "figure-not-refusable",
        ),
        (
            UNSPENT | {"ground": "INELIGIBLE", "refused": [REFUSED | {"amount": "0.00"}]},
            "figure-not-refusable",
        ),
    ],
)
async def test_a_recovery_beyond_the_proof_is_refused_and_changes_nothing(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    proof: Record,
    body: Record,
    code: str,
) -> None:
    before = left_behind(postgres, funding_database)

    refused = await approver.try_act("proofs", proof, "accept-with-recovery", body)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert left_behind(postgres, funding_database) == before
    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof
    assert await of_proof(officer, proof) == []


async def test_whoever_made_the_proof_demands_no_recovery_of_it(
    officer: Desk, approver: Desk, proof: Record
) -> None:
    proof = await approver.act("proofs", proof, "accept-with-recovery", UNSPENT)
    [raised] = await of_proof(officer, proof)

    stopped = await officer.try_act("recoveries", raised, "demand", DEMAND)
    demanded = await settled(officer, approver, raised, "400.00")

    assert stopped.status_code == 403
    assert demanded["state"] == "SETTLED"
