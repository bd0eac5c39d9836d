"""Warendorf 2022 on the books, and proofs of it on their way."""

from datetime import date
from typing import Any
from uuid import UUID

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.act_on_proof import sign_proof
from shared.kernel.caller import Caller
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import entry, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.steps import active

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


def spent(line: UUID, actual: str, eligible: str) -> NewEntry:
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
        spent(line, "487680.00", "419100.00"),
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


async def submitted(
    database: ServiceDatabase, officer: Desk, approver: Desk, proof: Record
) -> Record:
    """Signed where that is needed, submitted, and with whoever decides."""
    if proof["regime"] == "HVB_CONFIRMATION":
        proof = await signed(database, officer, proof)
    proof = await approver.act("proofs", proof, "submit")
    return await officer.act("proofs", proof, "review")


async def accepted(
    database: ServiceDatabase, officer: Desk, approver: Desk, award: Record
) -> Record:
    """The award's proof, accepted as it stands."""
    proof = await submitted(database, officer, approver, await made(officer, award))
    return await approver.act("proofs", proof, "accept", {"reference": "BRA-36-2023-4"})


async def figures(desk: Desk, proof: Record, number: int = 1) -> dict[str, Any]:
    printed = await desk.read(f"/v1/proofs/{proof['id']}/versions/{number}.json")
    return {one["key"]: one["amount"] or one["quantity"] for one in printed["figures"]}
