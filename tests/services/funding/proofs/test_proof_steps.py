"""The way of a proof of use, and what it refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.keep_proofs import keep_proofs
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import entry, open_books
from tests.services.funding.desk import Desk
from tests.services.funding.papers import case_management
from tests.services.funding.proofs.year import NARRATIVE, made, signed, warendorf
from tests.services.funding.steps import active, released, share


async def test_hvb_confirmation_needs_the_right_signer(
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    desk_of: Callable[[str], Desk],
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))

    unsigned = await approver.try_act("proofs", proof, "submit")
    by_unit_head = await desk_of("waf-unit-head").try_act("proofs", proof, "sign")

    assert unsigned.json()["guards"] == ["signed-by-head"]
    assert by_unit_head.status_code == httpx.codes.FORBIDDEN
    assert by_unit_head.json()["code"] == "not-the-head-of-administration"
    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof


async def test_hazard_10_a_recipients_proof_has_to_be_checked_first(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await active(officer, approver, case_management("2.00", "110000.00"))
    await released(officer, approver, share(award["lines"][0], "1.00", "55000.00"))
    proof = await signed(funding_database, officer, await made(officer, award))

    refused = await approver.try_act("proofs", proof, "submit")

    assert refused.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert refused.json()["guards"] == ["child-proofs-checked"]
    assert await officer.read(f"/v1/proofs/{proof['id']}") == proof


async def test_refused_cost_kinds_are_zero(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await active(officer, approver, case_management("2.00", "110000.00"))
    line, amount = UUID(award["lines"][0]["id"]), Money.parse("100.00")
    postings = rules.spent(line, CostKind.EVENTS, Recognition(amount, ZERO, ZERO, ZERO))
    async with open_books(funding_database) as books:
        await books.post(entry(line, LedgerEvent.EXPENDITURE_BOOKED, postings))
    proof = await signed(funding_database, officer, await made(officer, award))

    refused = await approver.try_act("proofs", proof, "submit")

    assert refused.json()["guards"] == ["refused-cost-zero"]


@pytest.mark.parametrize(
    "text", ["Frau Öztürk wurde beraten.", "Fragen an a.b@example.org", "Tel. 02581 53-4711"]
)
async def test_narrative_with_an_email_is_refused(officer: Desk, approver: Desk, text: str) -> None:
    award = await active(officer, approver, case_management("2.00", "110000.00"))
    proof = await officer.create("/v1/proofs", {"awardId": award["id"]})
    body = {"narrative": [{"heading": "Bericht", "text": text}]}
    path = f"/v1/proofs/{proof['id']}/versions"

    refused = await officer.send("POST", path, body, version=proof["version"])

    assert refused.json()["code"] == "names-in-narrative"
    assert text not in refused.text
    assert (await officer.read(f"/v1/proofs/{proof['id']}"))["versions"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"awardId": "1", "allocationId": None},
        {"awardId": str(new_id()), "allocationId": str(new_id())},
        {"awardId": str(new_id()), "dueOn": "31.03.2023"},
        {"awardId": str(new_id()), "regime": "EINFACH"},
    ],
)
async def test_a_malformed_proof_is_refused(officer: Desk, body: Any) -> None:
    refused = await officer.send("POST", "/v1/proofs", body)

    assert refused.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    assert (await officer.read("/v1/proofs"))["items"] == []


async def test_a_query_makes_a_new_version_and_keeps_the_old(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)
    proof = await signed(funding_database, officer, await made(officer, award))
    proof = await approver.act("proofs", proof, "submit")
    path = f"/v1/proofs/{proof['id']}/versions"
    early = await officer.send("POST", path, NARRATIVE, version=proof["version"])
    assert early.json()["code"] == "proof-is-with-the-authority"
    first = (await officer.get(f"{path}/1.pdf")).content
    proof = await officer.act("proofs", proof, "review")
    proof = await officer.act("proofs", proof, "query", {"text": "Bitte Stellen erläutern."})

    stale = await approver.try_act("proofs", proof, "submit")
    proof = await officer.create(path, NARRATIVE, version=proof["version"])
    proof = await signed(funding_database, officer, proof)
    proof = await approver.act("proofs", proof, "submit")

    assert "version-made" in stale.json()["guards"]
    assert [one["number"] for one in proof["versions"]] == [1, 2]
    assert (await officer.get(f"{path}/1.pdf")).content == first


async def test_from_the_books_to_the_acceptance(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)
    proof = await signed(funding_database, officer, await made(officer, award))

    proof = await approver.act("proofs", proof, "submit")
    assert proof["versions"][0]["signedRole"] == "HEAD_OF_ADMINISTRATION"
    proof = await officer.act("proofs", proof, "review")
    proof = await approver.act("proofs", proof, "accept", {"reference": "BRA-36-2023-4"})

    assert proof["state"] == "ACCEPTED"
    assert (await officer.read(f"/v1/awards/{award['id']}"))["proofAcceptedOn"] is not None
    proof = await approver.act("proofs", proof, "settle")
    assert (proof["state"], proof["allowedActions"]) == ("SETTLED", [])


async def test_a_proof_becomes_overdue_once(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await active(officer, approver, case_management("2.00", "110000.00"))
    proof = await officer.create("/v1/proofs", {"awardId": award["id"], "dueOn": "2023-04-01"})
    assert (proof["dueOn"], proof["isOverdue"]) == ("2023-04-03", False)

    async with open_books(funding_database) as books:
        await books.within(lambda tx: keep_proofs(tx, date(2023, 4, 3)))
        await books.within(lambda tx: keep_proofs(tx, date(2023, 4, 4)))
        await books.within(lambda tx: keep_proofs(tx, date(2023, 4, 5)))

    found = (await officer.read("/v1/proofs", isOverdue="true"))["items"]
    assert [(one["id"], one["version"]) for one in found] == [(proof["id"], 2)]
