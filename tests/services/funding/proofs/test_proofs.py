"""The proof of use from the books to its acceptance, in its three forms."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.act_on_proof import sign_proof
from services.funding.operations.keep_proofs import keep_proofs
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import entry, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD, case_management
from tests.services.funding.steps import active, released, share

NARRATIVE = {
    "narrative": [
        {
            "heading": "Aufbau des Case Managements",
            "text": "Von 14,00 Stellen waren 7,62 besetzt.\n\nDer Rest der Mittel wird erstattet.",
        }
    ]
}
HEAD = Caller(
    tenant_id="05570",
    unit_id="waf-landrat",
    unit_type="HVB",
    issuer="kreis",
    subject="waf-head",
    roles=frozenset({"unit_head"}),
)


def _spent(line: UUID, actual: str, eligible: str) -> NewEntry:
    whole, used = Money.parse(actual), Money.parse(eligible)
    parts = Recognition(used, whole - used, ZERO, ZERO)
    postings = rules.spent(line, CostKind.PERSONNEL, parts)
    return entry(line, LedgerEvent.EXPENDITURE_BOOKED, postings, on=date(2022, 12, 30))


def warendorf_year(line: UUID) -> tuple[NewEntry, ...]:
    """Line 2 in 2022: paid out whole, 7.62 posts at 64,000, the rest owed and repaid."""
    grant, rest = Money.parse("770000.00"), Money.parse("350900.00")
    return (
        entry(line, LedgerEvent.DRAWDOWN_REQUESTED, rules.requested(line, grant)),
        entry(line, LedgerEvent.DRAWDOWN_PAID, rules.received(line, grant)),
        _spent(line, "487680.00", "419100.00"),
        entry(line, LedgerEvent.REPAYMENT_OWED, rules.owed(line, rest), on=date(2023, 1, 31)),
        entry(line, LedgerEvent.REPAID, rules.repaid(line, rest), on=date(2023, 3, 31)),
    )


async def warendorf(officer: Desk, approver: Desk, database: ServiceDatabase) -> Record:
    award = await active(officer, approver, WARENDORF_AWARD)
    lines = {line["key"]: UUID(line["id"]) for line in award["lines"]}
    async with open_books(database) as books:
        await books.post(*warendorf_year(lines["b2-posts"]))
    return award


async def made(officer: Desk, award: Record, body: Any = NARRATIVE) -> Record:
    """An open proof with its first version."""
    proof = await officer.create("/v1/proofs", {"awardId": award["id"]})
    proof = await officer.act("proofs", proof, "open")
    path = f"/v1/proofs/{proof['id']}/versions"
    return await officer.create(path, body, version=proof["version"])


async def signed(database: ServiceDatabase, officer: Desk, proof: Record) -> Record:
    async with open_books(database, HEAD) as books:
        await books.within(lambda tx: sign_proof(tx, UUID(proof["id"]), proof["version"], "HVB"))
    return await officer.read(f"/v1/proofs/{proof['id']}")


async def figures(desk: Desk, proof: Record, number: int = 1) -> dict[str, Any]:
    printed = await desk.read(f"/v1/proofs/{proof['id']}/versions/{number}.json")
    return {one["key"]: one["amount"] or one["quantity"] for one in printed["figures"]}


async def test_f1_warendorf_proof_reproduces_the_lines(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)

    proof = await made(officer, award)

    found = await figures(officer, proof)
    assert proof["regime"] == "HVB_CONFIRMATION"
    assert found["granted"] == "1222800.00"
    assert found["received"] == "770000.00"
    assert found["granted/b2-posts"] == "770000.00"
    assert found["used/b2-posts"] == "419100.00"
    assert found["used/b2-posts/PERSONNEL"] == "419100.00"
    assert found["own-share/b2-posts"] == "68580.00"
    assert found["repayable/b2-posts"] == "350900.00"
    assert found["repaid/b2-posts"] == "350900.00"
    assert found["unspent/b2-posts"] == "0.00"
    assert found["unspent"] == "452800.00"
    assert found["difference"] == "0.00"


async def test_every_figure_sums_its_postings(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    path = f"/v1/proofs/{proof['id']}/versions/1"
    printed = await officer.read(f"{path}.json")

    for one in printed["figures"]:
        found = await officer.read(f"{path}/figures/{one['key']}/postings")
        assert found["amount"] == one["amount"], one["key"]
        if one["selector"] is not None:
            amounts = (Money.parse(item["amount"]) for item in found["items"])
            assert str(sum(amounts, ZERO)) == one["amount"], one["key"]


async def test_json_csv_and_pdf_have_the_same_figures(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    path = f"/v1/proofs/{proof['id']}/versions/1"

    table = (await officer.get(f"{path}.csv")).content.decode()
    rows = {row[0]: row[2] or row[3] for row in csv.reader(io.StringIO(table), delimiter=";")}
    expected = {
        key: value.replace(".", ",") for key, value in (await figures(officer, proof)).items()
    }
    assert {key: value for key, value in rows.items() if key != "Schlüssel"} == expected
    pages = " ".join(page.extract_text() for page in await _pages(officer, proof))
    for amount in ("1.222.800,00", "770.000,00", "419.100,00", "350.900,00", "68.580,00"):
        assert amount in pages


async def _pages(desk: Desk, proof: Record) -> Any:
    content = (await desk.get(f"/v1/proofs/{proof['id']}/versions/1.pdf")).content
    return PdfReader(io.BytesIO(content)).pages


async def test_the_pdf_is_tagged_german_and_says_the_head_hash(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    proof = await made(officer, await warendorf(officer, approver, funding_database))
    content = (await officer.get(f"/v1/proofs/{proof['id']}/versions/1.pdf")).content

    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert root["/Lang"].startswith("de")
    assert root["/MarkInfo"]["/Marked"].value is True
    assert proof["versions"][0]["ledgerHash"] in text.replace(" ", "")
    assert len(reader.pages) <= 3


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


async def test_a_proof_is_frozen_when_the_books_move_on(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)
    proof = await signed(funding_database, officer, await made(officer, award))
    forms = [f"/v1/proofs/{proof['id']}/versions/1.{form}" for form in ("json", "csv", "pdf")]
    before = [(await officer.get(path)).content for path in forms]
    event = next(line for line in award["lines"] if line["key"] == "b1-events")["id"]

    async with open_books(funding_database) as books:
        await books.post(_spent(UUID(event), "100.00", "100.00"))

    assert [(await officer.get(path)).content for path in forms] == before
    late = f"/v1/proofs/{proof['id']}/versions/1/figures/used/b1-events/postings"
    assert (await officer.read(late))["items"] == []
    refused = await approver.try_act("proofs", proof, "submit")
    assert refused.json()["guards"] == ["figures-of-the-books"]


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


async def test_a_child_proof_has_to_be_checked_first(
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


async def test_acceptance_with_a_recovery_keeps_amount_and_ground(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await warendorf(officer, approver, funding_database)
    proof = await signed(funding_database, officer, await made(officer, award))
    proof = await approver.act("proofs", proof, "submit")
    proof = await officer.act("proofs", proof, "review")
    recovery = {"amount": "100.00", "ground": "INELIGIBLE", "reference": "BRA-36-2023-5"}
    dollars = await approver.try_act(
        "proofs", proof, "accept-with-recovery", recovery | {"currency": "USD"}
    )
    assert dollars.json()["code"] == "currency-not-supported"

    proof = await approver.act("proofs", proof, "accept-with-recovery", recovery)
    proof = await officer.act("proofs", proof, "demand", {"reference": "BRA-36-2023-6"})
    unpaid = await approver.try_act("proofs", proof, "settle")
    proof = await approver.act("proofs", proof, "settle", {"reference": "KASSE-4711"})

    assert unpaid.json()["guards"] == ["reference-given"]
    assert (proof["state"], proof["recovery"]) == ("SETTLED", "100.00")
    assert proof["recoveryGround"] == "INELIGIBLE"


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
