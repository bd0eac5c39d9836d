"""The proof of a recipient: checked against its vouchers, booked as use, and what it got too much
comes back. With it or with a waiver the award's own proof can go (R-Z3).
"""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from deploy.local.postgres import PostgresServer
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.funding.api.test_recoveries import WAIVER, funded
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import arrived, left_behind, ready, sent
from tests.services.funding.proofs.year import NARRATIVE, figures, made, submitted
from tests.services.funding.spending.costs import cost
from tests.services.funding.steps import released, share

TODAY = berlin_date(now()).isoformat()
DEMAND = {"actReference": "WAF-KI-9", "demandedOn": TODAY, "dueOn": TODAY}
ACCEPT = {"reference": "WAF-KI-7"}
UNSPENT = {"ground": "UNSPENT", "reference": "WAF-KI-8"}


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


@pytest.fixture
async def award(books: Books, officer: Desk, approver: Desk) -> Record:
    return await funded(books, officer, approver, "100000.00")


async def paid(officer: Desk, approver: Desk, allocation: Record, amount: str, key: str) -> None:
    one = await ready(officer, approver, allocation, amount)
    run = await sent(officer, one, on="2022-07-01")
    said = {"items": [arrived(one, valueDate="2022-07-04")]}
    path = f"/v1/payment-runs/{run['id']}/confirmations"
    assert (await officer.send("POST", path, said, key=key)).status_code == 200


async def provider(
    officer: Desk, approver: Desk, award: Record, amount: str = "55000.00", **more: Any
) -> Record:
    """A recipient that got its whole share."""
    body = share(award["lines"][0], "0.00", amount, **more)
    allocation = await released(officer, approver, body)
    await paid(officer, approver, allocation, amount, f"bank-{allocation['id']}")
    return await officer.read(f"/v1/allocations/{allocation['id']}")


async def spent(officer: Desk, allocation: Record, amount: str, **voucher: str) -> Record:
    """A cost of the recipient with its voucher."""
    filed = {"number": f"V-{amount}", "voucherDate": "2022-05-31", "amount": amount} | voucher
    found = await officer.create("/v1/vouchers", filed)
    line = {"id": allocation["awardLineId"]}
    return await officer.create(
        "/v1/expenditures", cost(line, found, allocationId=allocation["id"])
    )


async def due(officer: Desk, allocation: Record) -> Record:
    allocation = await officer.act("allocations", allocation, "end")
    return await officer.act("allocations", allocation, "demand-proof")


async def begun(officer: Desk, allocation: Record) -> Record:
    """The recipient's proof, open, with a first version."""
    proof = await officer.create("/v1/proofs", {"allocationId": allocation["id"]})
    proof = await officer.act("proofs", proof, "open")
    path = f"/v1/proofs/{proof['id']}/versions"
    return await officer.create(path, NARRATIVE, version=proof["version"])


async def under_review(
    database: ServiceDatabase, officer: Desk, approver: Desk, allocation: Record
) -> Record:
    return await submitted(database, officer, approver, await begun(officer, allocation))


async def test_a_checked_proof_books_what_was_used_and_asks_back_the_rest(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "48000.00", documentRef="DMS-1")
    allocation = await due(officer, allocation)
    proof = await under_review(funding_database, officer, approver, allocation)
    known = await figures(officer, proof)
    too_much = await approver.try_act("proofs", proof, "accept", ACCEPT)

    proof = await approver.act("proofs", proof, "accept-with-recovery", UNSPENT)

    key = allocation["id"]
    assert proof["regime"] == "QUALIFIED"
    assert (known[f"received/{key}"], known[f"eligible/{key}/EVENTS"]) == ("55000.00", "48000.00")
    assert (known[f"used/{key}"], known[f"repayable/{key}"]) == ("48000.00", "7000.00")
    assert (too_much.status_code, too_much.json()["guards"]) == (422, ["nothing-unspent"])
    line = UUID(award["lines"][0]["id"])
    assert await books.balances(line) == {
        "FREE": "52000.00",
        "GRANT_USED": "48000.00",
        "FORWARDED": "48000.00",
        "RECOVERABLE": "7000.00",
        "CASH": "45000.00",
    }
    allocation = await officer.read(f"/v1/allocations/{key}")
    assert (allocation["state"], allocation["eligibleAmount"]) == ("CHECKED", "48000.00")
    assert allocation["proof"] == {"form": "QUALIFIED", "hasVouchers": True, "refusedItems": []}
    [raised] = (await officer.read("/v1/recoveries", sourceId=proof["id"]))["items"]
    assert (raised["direction"], raised["allocationId"]) == ("DOWNWARD", key)
    assert (raised["ground"], raised["principalAmount"]) == ("UNSPENT", "7000.00")

    blocked = await officer.try_act("allocations", allocation, "settle")
    heard = await officer.act("recoveries", raised, "hear", {"heardOn": TODAY})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)
    money = {"paidOn": TODAY, "amount": "7000.00", "bankReference": "SPK-7"}
    recovery = await officer.act("recoveries", demanded, "record-payment", money)
    recovery = await approver.act("recoveries", recovery, "waive-interest", WAIVER)
    await officer.act("recoveries", recovery, "settle")
    allocation = await officer.act("allocations", allocation, "settle")

    assert blocked.json()["guards"] == ["overpayment-returned", "recovery-settled"]
    assert (allocation["state"], allocation["repaidAmount"]) == ("SETTLED", "7000.00")
    assert await books.balances(line) == {
        "FREE": "52000.00",
        "GRANT_USED": "48000.00",
        "FORWARDED": "48000.00",
        "CASH": "52000.00",
    }


async def test_refused_items_of_a_recipient_count_no_more_and_say_why(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "60000.00", documentRef="DMS-1")
    proof = await under_review(funding_database, officer, approver, await due(officer, allocation))
    figure = f"eligible/{allocation['id']}/EVENTS"
    item = {"figure": figure, "amount": "2500.00", "reason": "Bewirtung"}
    body = {"ground": "INELIGIBLE", "reference": "WAF-KI-8", "refused": [item]}

    await approver.act("proofs", proof, "accept-with-recovery", body)

    [raised] = (await officer.read("/v1/recoveries", sourceId=proof["id"]))["items"]
    found = await officer.read(f"/v1/allocations/{allocation['id']}")
    assert (raised["ground"], raised["principalAmount"]) == ("INELIGIBLE", "2500.00")
    assert found["eligibleAmount"] == "52500.00"
    assert found["proof"]["refusedItems"] == [
        {"costKind": "EVENTS", "amount": "2500.00", "reason": "Bewirtung"}
    ]
    stood = await books.balances(UUID(award["lines"][0]["id"]))
    assert (stood["FORWARDED"], stood["RECOVERABLE"]) == ("52500.00", "2500.00")


async def test_a_rejected_proof_of_a_recipient_asks_back_all_it_got(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "48000.00", documentRef="DMS-1")
    proof = await under_review(funding_database, officer, approver, await due(officer, allocation))

    body = {"ground": "DOUBLE_FUNDED", "reference": "WAF-KI-8"}
    proof = await approver.act("proofs", proof, "reject", body)

    [raised] = (await officer.read("/v1/recoveries", sourceId=proof["id"]))["items"]
    stood = await books.balances(UUID(award["lines"][0]["id"]))
    assert (proof["state"], proof["recovery"]) == ("REJECTED", "55000.00")
    assert (raised["ground"], raised["principalAmount"]) == ("DOUBLE_FUNDED", "55000.00")
    assert (stood["RECOVERABLE"], stood.get("FORWARDED"), stood["FREE"]) == (
        "55000.00",
        None,
        "100000.00",
    )


async def test_a_queried_proof_of_a_recipient_is_refused_after_its_second_version(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, award: Record
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "48000.00", documentRef="DMS-1")
    proof = await under_review(funding_database, officer, approver, await due(officer, allocation))
    proof = await officer.act(
        "proofs", proof, "query", {"text": "Wofür waren die Veranstaltungen?"}
    )
    old = await approver.try_act("proofs", proof, "submit")
    path = f"/v1/proofs/{proof['id']}/versions"
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    proof = await approver.act("proofs", proof, "submit")
    proof = await officer.act("proofs", proof, "review")
    proof = await officer.act("proofs", proof, "query", {"text": "Bitte die Teilnehmerzahl."})
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    proof = await approver.act("proofs", proof, "submit")
    proof = await officer.act("proofs", proof, "review")
    body = {"ground": "INELIGIBLE", "reference": "WAF-KI-8"}
    proof = await approver.act("proofs", proof, "reject", body)

    assert "version-made" in old.json()["guards"]
    assert [(one["number"], one["query"]) for one in proof["versions"]] == [
        (1, "Wofür waren die Veranstaltungen?"),
        (2, "Bitte die Teilnehmerzahl."),
        (3, ""),
    ]
    assert (proof["state"], proof["recovery"]) == ("REJECTED", "55000.00")


async def test_a_qualified_proof_needs_every_voucher_filed(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "40000.00", documentRef="DMS-1")
    await spent(officer, allocation, "8000.00")
    proof = await begun(officer, await due(officer, allocation))
    before = left_behind(postgres, funding_database)

    refused = await approver.try_act("proofs", proof, "submit")

    assert (refused.status_code, refused.json()["guards"]) == (422, ["vouchers-complete"])
    assert left_behind(postgres, funding_database) == before
    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof


async def test_a_hash_files_a_voucher_as_well_as_a_reference_does(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, award: Record
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "55000.00", sha256="ab" * 32)

    proof = await under_review(funding_database, officer, approver, await due(officer, allocation))
    proof = await approver.act("proofs", proof, "accept", ACCEPT)

    assert (proof["state"], proof["recovery"]) == ("ACCEPTED", "0.00")
    assert (await officer.read("/v1/recoveries"))["items"] == []


async def test_a_proof_is_not_decided_while_its_recipient_does_not_owe_it(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "55000.00", documentRef="DMS-1")
    proof = await under_review(funding_database, officer, approver, allocation)
    before = left_behind(postgres, funding_database)

    refused = await approver.try_act("proofs", proof, "accept", ACCEPT)

    assert (refused.status_code, refused.json()["guards"]) == (422, ["recipient-due"])
    assert left_behind(postgres, funding_database) == before


async def test_a_payment_after_the_version_needs_a_new_one(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, award: Record
) -> None:
    body = share(award["lines"][0], "0.00", "55000.00")
    allocation = await released(officer, approver, body)
    await paid(officer, approver, allocation, "40000.00", "bank-1")
    allocation = await officer.read(f"/v1/allocations/{allocation['id']}")
    await spent(officer, allocation, "55000.00", documentRef="DMS-1")
    allocation = await due(officer, allocation)
    proof = await under_review(funding_database, officer, approver, allocation)
    await paid(officer, approver, allocation, "15000.00", "bank-2")

    refused = await approver.try_act("proofs", proof, "accept", ACCEPT)

    assert (refused.status_code, refused.json()["guards"]) == (422, ["payments-answered"])


async def test_own_money_is_proved_beside_that_of_the_land(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    award: Record,
) -> None:
    allocation = await provider(officer, approver, award, ownMoney="5000.00")
    own = await ready(officer, approver, allocation, "5000.00", source="MUNICIPAL_OWN")
    run = await sent(officer, own, on="2022-07-01")
    said = {"items": [arrived(own, valueDate="2022-07-04")]}
    await officer.send("POST", f"/v1/payment-runs/{run['id']}/confirmations", said, key="own")
    await spent(officer, allocation, "62000.00", documentRef="DMS-1")
    allocation = await officer.read(f"/v1/allocations/{allocation['id']}")
    proof = await under_review(funding_database, officer, approver, await due(officer, allocation))

    await approver.act("proofs", proof, "accept", ACCEPT)

    assert await books.balances(UUID(award["lines"][0]["id"])) == {
        "FREE": "45000.00",
        "GRANT_USED": "55000.00",
        "FORWARDED": "55000.00",
        "OWN_FORWARDED": "5000.00",
        "CASH": "40000.00",
    }


async def test_a_terminated_recipient_owes_what_it_has_not_proved(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, award: Record
) -> None:
    allocation = await provider(officer, approver, award)
    await spent(officer, allocation, "30000.00", documentRef="DMS-1")
    allocation = await officer.read(f"/v1/allocations/{allocation['id']}")
    allocation = await officer.act("allocations", allocation, "terminate", {"reason": "Verstoß"})
    allocation = await officer.act("allocations", allocation, "demand-proof")
    proof = await under_review(funding_database, officer, approver, allocation)

    await approver.act("proofs", proof, "accept-with-recovery", UNSPENT)

    found = (await officer.read("/v1/recoveries", allocationId=allocation["id"]))["items"]
    assert [(one["sourceKind"], one["principalAmount"], one["state"]) for one in found] == [
        ("TERMINATION", "55000.00", "WITHDRAWN"),
        ("PROOF", "25000.00", "DRAFT"),
    ]


async def test_no_proof_is_waived_while_the_bank_has_not_answered(
    books: Books, officer: Desk, approver: Desk, award: Record
) -> None:
    body = share(award["lines"][0], "0.00", "55000.00")
    allocation = await released(officer, approver, body)
    one = await ready(officer, approver, allocation, "55000.00")
    run = await sent(officer, one, on="2022-07-01")
    allocation = await due(officer, await officer.read(f"/v1/allocations/{allocation['id']}"))
    line = UUID(award["lines"][0]["id"])
    stood, reason = await books.balances(line), {"reason": "Bagatelle nach Vertrag § 8"}

    early = await approver.try_act("allocations", allocation, "waive-proof", reason)

    assert (early.status_code, early.json()["guards"]) == (422, ["no-payment-under-way"])
    assert await officer.read(f"/v1/allocations/{allocation['id']}") == allocation
    assert await books.balances(line) == stood
    failed = {"items": [arrived(one, isPaid=False, failureCode="AC04", valueDate="2022-07-04")]}
    await officer.send("POST", f"/v1/payment-runs/{run['id']}/confirmations", failed, key="bank-1")
    allocation = await officer.read(f"/v1/allocations/{allocation['id']}")
    waived = await approver.act("allocations", allocation, "waive-proof", reason)
    assert (waived["state"], waived["eligibleAmount"]) == ("CHECKED", "0.00")


async def test_a_waived_proof_of_a_recipient_lets_the_award_be_proved_and_counts_as_used(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    award: Record,
) -> None:
    allocation = await due(officer, await provider(officer, approver, award))
    proof = await made(officer, award)
    early = await approver.try_act("proofs", proof, "submit")
    mute = await approver.try_act("allocations", allocation, "waive-proof", {"reason": " "})

    waived = await approver.act(
        "allocations", allocation, "waive-proof", {"reason": "Bagatelle nach Vertrag § 8"}
    )
    path = f"/v1/proofs/{proof['id']}/versions"
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    proof = await submitted(funding_database, officer, approver, proof)
    settled = await officer.act("allocations", waived, "settle")

    assert "child-proofs-checked" in early.json()["guards"]
    assert mute.status_code == 422
    assert (waived["state"], proof["state"]) == ("CHECKED", "UNDER_REVIEW")
    assert (settled["state"], settled["eligibleAmount"]) == ("SETTLED", "55000.00")
    stood = await books.balances(UUID(award["lines"][0]["id"]))
    assert (stood["FORWARDED"], stood["GRANT_USED"], stood.get("ADVANCE")) == (
        "55000.00",
        "55000.00",
        None,
    )
