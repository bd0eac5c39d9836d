"""Award, allocation, payment, cost, proof, recovery, settlement in any amounts and mixtures: the
books always sum to zero, and replaying them gives every balance.
"""

from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.storage.ledger_records import balances_of_line, entry_by_id
from shared.kernel.clock import berlin_date, now
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.api.test_recoveries import WAIVER, funded
from tests.services.funding.bookkeeping import Books
from tests.services.funding.books.test_replay import replayed
from tests.services.funding.desk import Desk, Record
from tests.services.funding.proofs.test_recipients import begun, due, paid, spent
from tests.services.funding.proofs.year import submitted
from tests.services.funding.spending.costs import spend
from tests.services.funding.steps import released, share

TODAY = berlin_date(now()).isoformat()
DEMAND = {"actReference": "WAF-KI-9", "demandedOn": TODAY, "dueOn": TODAY}
GRANT = 100_000_00
_C = AccountCode
cents = st.integers(min_value=1, max_value=50_000_00).map(Money)
ways = st.sampled_from(("as-it-is", "refused", "rejected", "waived", "terminated"))
recipients = st.lists(st.tuples(cents, cents, cents, ways), min_size=1, max_size=2)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(recipients=recipients, own=cents)
async def test_books_sum_to_zero_on_the_whole_way_and_replay_to_their_balances(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    recipients: list[tuple[Money, Money, Money, str]],
    own: Money,
) -> None:
    award = await funded(books, officer, approver, str(Money(GRANT)))
    line = award["lines"][0]
    left = GRANT
    for whole, part, cost, way in recipients:
        amount = Money(min(whole.cents, left))
        left -= amount.cents
        if amount == ZERO:
            continue
        body = share(line, "0.00", str(amount))
        allocation = await released(officer, approver, body, f"waf-{uuid4().hex[:8]}")
        await _walk(funding_database, officer, approver, allocation, min(part, amount), cost, way)
    await spend(officer, line, str(own))

    line_id = UUID(line["id"])
    stored = await books.within(lambda tx: balances_of_line(tx, line_id))
    entries = await _entries(officer, line)
    posted = [await books.within(lambda tx, key=key: entry_by_id(tx, key)) for key in entries]  # type: ignore[misc] # bound at once
    assert dict(stored) == replayed(posted)
    assert all(sum(one.amount.cents for one in each.entry.postings) == 0 for each in posted)
    _hold_invariants(line_id, dict(stored))


async def _walk(
    database: ServiceDatabase,
    officer: Desk,
    approver: Desk,
    allocation: Record,
    part: Money,
    cost: Money,
    way: str,
) -> None:
    """A recipient is paid, spends, proves, pays back what it got too much, and is settled."""
    path = f"/v1/allocations/{allocation['id']}"
    await paid(officer, approver, allocation, str(part), f"bank-{allocation['id']}")
    voucher = {"number": f"V-{uuid4().hex[:12].upper()}", "documentRef": "DMS-1"}
    await spent(officer, allocation, str(cost), **voucher)
    allocation = await officer.read(path)
    if way == "terminated":
        allocation = await officer.act("allocations", allocation, "terminate", {"reason": "Nein"})
        allocation = await officer.act("allocations", allocation, "demand-proof")
    else:
        allocation = await due(officer, allocation)
    if way == "waived":
        await approver.act("allocations", allocation, "waive-proof", {"reason": "Bagatelle"})
    else:
        proof = await submitted(database, officer, approver, await begun(officer, allocation))
        await _decide(officer, approver, proof, way)
        for raised in (await officer.read("/v1/recoveries", sourceId=proof["id"]))["items"]:
            await _pay_back(officer, approver, raised)
    settled = await officer.act("allocations", await officer.read(path), "settle")
    assert settled["state"] == "SETTLED"


async def _decide(officer: Desk, approver: Desk, proof: Record, way: str) -> None:
    reference = {"reference": "WAF-KI-8"}
    if way == "rejected":
        await approver.act("proofs", proof, "reject", reference | {"ground": "LATE"})
        return
    printed = await officer.read(f"/v1/proofs/{proof['id']}/versions/1.json")
    known = {one["key"]: one["amount"] for one in printed["figures"]}
    figure = f"eligible/{proof['allocationId']}/EVENTS"
    if way == "refused" and known[f"used/{proof['allocationId']}"] == known[figure]:
        item = {"figure": figure, "amount": "0.01", "reason": "Pfand"}
        body = reference | {"ground": "INELIGIBLE", "refused": [item]}
        await approver.act("proofs", proof, "accept-with-recovery", body)
    elif known[f"repayable/{proof['allocationId']}"] == "0.00":
        await approver.act("proofs", proof, "accept", reference)
    else:
        body = reference | {"ground": "UNSPENT"}
        await approver.act("proofs", proof, "accept-with-recovery", body)


async def _pay_back(officer: Desk, approver: Desk, raised: Record) -> None:
    heard = await officer.act("recoveries", raised, "hear", {"heardOn": TODAY})
    demanded = await approver.act("recoveries", heard, "demand", DEMAND)
    money = {"paidOn": TODAY, "amount": raised["principalAmount"], "bankReference": "SPK-7"}
    recovery = await officer.act("recoveries", demanded, "record-payment", money)
    recovery = await approver.act("recoveries", recovery, "waive-interest", WAIVER)
    await officer.act("recoveries", recovery, "settle")


async def _entries(desk: Desk, line: Record) -> list[UUID]:
    page = await desk.read("/v1/journal-entries", awardLineId=line["id"], first="100")
    assert page["nextCursor"] is None
    return [UUID(one["id"]) for one in page["items"]]


def _hold_invariants(line_id: UUID, stood: dict[Account, Money]) -> None:
    """Used is what costs and recipients used; what came is free, promised, used or owed back."""

    def total(*codes: AccountCode) -> Money:
        picked = (money for account, money in stood.items() if account.code in codes)
        return sum(picked, ZERO)

    assert total(_C.GRANT_USED) == total(_C.ELIGIBLE, _C.FORWARDED)
    assert total(_C.ADVANCE, _C.SENT, _C.RECOVERABLE, _C.COMMITTED) == ZERO
    assert total(_C.FREE, _C.GRANT_USED) == Money(GRANT)
    assert total(_C.CASH) == Money(GRANT) - total(_C.FORWARDED, _C.ELIGIBLE, _C.OWN_SHARE)
