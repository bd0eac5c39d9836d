"""Whatever was posted: replaying the journal gives the balances, of every day."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Account
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, PostedEntry
from services.funding.domain.ledger.refusals import InsufficientFunds
from services.funding.domain.ledger.rules import Postings, Recognition
from services.funding.storage.ledger_records import balances_of_line, natural
from shared.kernel.money import ZERO, Money
from tests.services.funding.bookkeeping import Books, entry
from tests.services.funding.desk import Desk
from tests.services.funding.papers import case_management

NEW_YEAR = date(2022, 1, 1)
KIND = CostKind.TRAINING
facts = st.lists(
    st.tuples(
        st.sampled_from(("granted", "reserved", "used", "requested", "received", "spent", "owed")),
        st.integers(min_value=1, max_value=50_000).map(Money),
        st.integers(min_value=0, max_value=364),
    ),
    min_size=1,
    max_size=12,
)


def postings_of(name: str, line: UUID, amount: Money) -> Postings:
    if name == "spent":
        eligible, own = amount.split([3, 1])
        return rules.spent(line, KIND, Recognition(eligible, own, ZERO, ZERO))
    return {
        "granted": rules.granted,
        "reserved": rules.reserved,
        "used": rules.reservation_used,
        "requested": rules.requested,
        "received": rules.received,
        "owed": rules.owed,
    }[name](line, amount)


async def _post_what_fits(books: Books, wishes: Sequence[NewEntry]) -> list[PostedEntry]:
    posted: list[PostedEntry] = []
    for wish in wishes:
        try:
            posted += await books.post(wish)
        except InsufficientFunds:
            continue
    return posted


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=facts, day=st.integers(min_value=0, max_value=364))
async def test_replaying_the_journal_gives_the_balances(
    books: Books, officer: Desk, facts: list[tuple[str, Money, int]], day: int
) -> None:
    award = await officer.create("/v1/awards", case_management("6.00", "330000.00"))
    line = UUID(award["lines"][0]["id"])
    wishes = [
        entry(
            line,
            LedgerEvent.MANUAL,
            postings_of(name, line, amount),
            on=NEW_YEAR + timedelta(days=offset),
        )
        for name, amount, offset in facts
    ]

    posted = await _post_what_fits(books, wishes)

    as_of = NEW_YEAR + timedelta(days=day)
    stored = await books.within(lambda tx: balances_of_line(tx, line))
    on_day = await books.within(lambda tx: balances_of_line(tx, line, as_of=as_of))
    assert dict(stored) == replayed(posted)
    assert dict(on_day) == replayed([one for one in posted if one.entry.value_date <= as_of])
    assert [one.sequence for one in posted] == sorted(one.sequence for one in posted)


def replayed(posted: Sequence[PostedEntry]) -> dict[Account, Money]:
    sums: dict[Account, int] = {}
    for each in posted:
        for one in each.entry.postings:
            sums[one.account] = sums.get(one.account, 0) + one.amount.cents
    return {account: natural(account, cents) for account, cents in sums.items()}
