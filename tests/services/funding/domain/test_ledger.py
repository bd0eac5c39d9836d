"""The books as rules: every fact balances, the invariants hold, nothing crosses its floor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import (
    CHART,
    Account,
    AccountCode,
    AccountMalformed,
    Side,
)
from services.funding.domain.ledger.entries import (
    AmountZero,
    EntryTooShort,
    EntryUnbalanced,
    LedgerEvent,
    LinesMixed,
    NewEntry,
    Posting,
    Source,
)
from services.funding.domain.ledger.refusals import COMMAND_OF_EVENT
from services.funding.domain.ledger.rules import NotTheWhole, Postings, Recognition
from services.funding.domain.sources import MoneySource
from shared.kernel.money import ZERO, Money

LINE, NEXT, CHILD, GRANDCHILD = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
KIND = CostKind.PERSONNEL
LAND, OWN = MoneySource.LAND, MoneySource.MUNICIPAL_OWN
A = AccountCode
cents = st.integers(min_value=1, max_value=10_000_00).map(Money)


@dataclass
class Ledger:
    """Balances in memory: refuses what crosses a floor, as the database does."""

    balances: dict[Account, int] = field(default_factory=dict)
    received: int = 0
    repaid: int = 0

    def book(self, postings: Postings) -> bool:
        after = dict(self.balances)
        for one in postings:
            after[one.account] = after.get(one.account, 0) + one.amount.cents
        for account, balance in after.items():
            on_its_side = balance if account.side is Side.DEBIT else -balance
            if account.is_floored and on_its_side < 0:
                return False
        self.balances = after
        return True

    def of(self, code: AccountCode) -> Money:
        total = sum(b for account, b in self.balances.items() if account.code is code)
        return Money(total if CHART[code].side is Side.DEBIT else -total)

    def on(self, code: AccountCode, allocation: UUID) -> Money:
        account = Account(code, LINE, allocation)
        balance = self.balances.get(account, 0)
        return Money(balance if account.side is Side.DEBIT else -balance)


Fact = Callable[[Ledger, Money], Postings]


def _proved(ledger: Ledger, amount: Money) -> Postings:
    advanced, committed = ledger.on(A.ADVANCE, CHILD), ledger.on(A.COMMITTED, CHILD)
    return rules.proved(
        LINE,
        CHILD,
        None,
        eligible=min(amount, advanced, committed),
        advanced=advanced,
        committed=committed,
        shortfall=ledger.of(A.SHORTFALL),
    )


def _parts(amount: Money) -> Recognition:
    first, second, third, fourth = amount.split([4, 3, 2, 1])
    return Recognition(first, second, third, fourth)


def _paid(amount: Money) -> Recognition:
    return Recognition(amount, ZERO, ZERO, ZERO)


def _own(amount: Money) -> Recognition:
    return Recognition(ZERO, amount, ZERO, ZERO)


def _undecided(amount: Money) -> Recognition:
    return Recognition(ZERO, ZERO, ZERO, amount)


def _amended(sign: int) -> Fact:
    return lambda ledger, amount: rules.amended(
        LINE,
        amount if sign > 0 else -amount,
        ledger.of(A.FREE),
        ledger.of(A.CLAIM),
        ledger.of(A.SHORTFALL),
    )


FACTS: dict[str, Fact] = {
    "granted": lambda _, amount: rules.granted(LINE, amount),
    "raised": _amended(1),
    "cut": _amended(-1),
    "reserved": lambda _, amount: rules.reserved(LINE, amount),
    "reservation_used": lambda _, amount: rules.reservation_used(LINE, amount),
    "committed": lambda _, amount: rules.committed(LINE, CHILD, amount, None, amount),
    "committed_below": lambda _, amount: rules.committed(LINE, GRANDCHILD, amount, CHILD),
    "released": lambda ledger, amount: rules.released(
        LINE, CHILD, amount, None, ledger.of(A.SHORTFALL), ZERO
    ),
    "released_below": lambda _, amount: rules.released(LINE, GRANDCHILD, amount, CHILD, ZERO),
    "requested": lambda _, amount: rules.requested(LINE, amount),
    "returned": lambda _, amount: rules.returned(LINE, amount),
    "received": lambda _, amount: rules.received(LINE, amount),
    "sent": lambda _, amount: rules.sent(LINE, CHILD, amount, LAND),
    "sent_own": lambda _, amount: rules.sent(LINE, CHILD, amount, OWN),
    "confirmed": lambda _, amount: rules.confirmed(LINE, CHILD, amount),
    "failed": lambda _, amount: rules.failed(LINE, CHILD, amount, LAND),
    "passed_on": lambda _, amount: rules.passed_on(LINE, CHILD, GRANDCHILD, amount),
    "spent": lambda _, amount: rules.spent(LINE, KIND, _parts(amount)),
    "decided": lambda _, amount: rules.adjusted(LINE, KIND, _undecided(amount), _parts(amount)),
    "adjusted": lambda _, amount: rules.adjusted(LINE, KIND, _own(amount), _paid(amount)),
    "adjusted_down": lambda _, amount: rules.adjusted(LINE, KIND, _paid(amount), _own(amount)),
    "proved": _proved,
    "own_proved": lambda _, amount: rules.own_proved(LINE, CHILD, amount),
    "owed": lambda _, amount: rules.owed(LINE, amount),
    "owed_after_use": lambda _, amount: rules.owed(LINE, amount, after_use=amount, kind=KIND),
    "lapsed": lambda _, amount: rules.lapsed(LINE, amount),
    "repaid": lambda _, amount: rules.repaid(LINE, amount),
    "recovered": lambda _, amount: rules.recovered(LINE, CHILD, amount, amount),
    "interest_fixed": lambda _, amount: rules.interest_fixed(LINE, amount),
    "interest_paid": lambda _, amount: rules.interest_paid(LINE, amount),
    "carried": lambda _, amount: rules.carried(LINE, NEXT, amount),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(FACTS)), cents), max_size=40))
def test_postings_of_an_entry_always_sum_to_zero(facts: list[tuple[str, Money]]) -> None:
    """Whatever happens in whatever order: each entry balances, the invariants I2 and I3 hold."""
    ledger = Ledger()
    ledger.book(rules.granted(LINE, Money(5_000_00)))
    for name, amount in facts:
        postings = FACTS[name](ledger, amount)
        assert sum((one.amount for one in postings), ZERO) == ZERO, name
        if ledger.book(postings):
            ledger.received += amount.cents if name == "received" else 0
            ledger.repaid += amount.cents if name == "repaid" else 0
        assert ledger.of(A.GRANT_USED) == ledger.of(A.ELIGIBLE) + ledger.of(A.FORWARDED)
        where_it_is = (
            ledger.of(A.FREE)
            + ledger.of(A.RESERVED)
            + ledger.of(A.COMMITTED)
            + ledger.of(A.GRANT_USED)
            + ledger.of(A.REPAYABLE)
            - ledger.of(A.SHORTFALL)
        )
        came = Money(ledger.received - ledger.repaid)
        assert where_it_is == ledger.of(A.CLAIM) + ledger.of(A.REQUESTED) + came, name


def balances(*entries: Postings) -> dict[str, str]:
    ledger = Ledger()
    for postings in entries:
        assert ledger.book(postings)
    return {code.value: str(ledger.of(code)) for code in A if ledger.of(code) != ZERO}


def euros(text: str) -> Money:
    return Money.parse(text)


def test_f10_rheine_cut_below_what_is_committed_stands_as_shortfall() -> None:
    cut = rules.amended(LINE, euros("-88000.00"), euros("42500.00"), euros("192500.00"), ZERO)
    before = (
        rules.granted(LINE, euros("192500.00")),
        rules.committed(LINE, CHILD, euros("150000.00"), None),
    )

    assert balances(*before, cut) == {
        "CLAIM": "104500.00",
        "SHORTFALL": "45500.00",
        "COMMITTED": "150000.00",
    }
    freed = rules.released(LINE, CHILD, euros("50000.00"), None, euros("45500.00"))
    assert balances(*before, cut, freed) == {
        "CLAIM": "104500.00",
        "FREE": "4500.00",
        "COMMITTED": "100000.00",
    }


def test_a_cut_beyond_the_claim_makes_what_was_called_repayable() -> None:
    assert balances(
        rules.granted(LINE, euros("100.00")),
        rules.requested(LINE, euros("80.00")),
        rules.received(LINE, euros("80.00")),
        rules.amended(LINE, euros("-50.00"), euros("100.00"), euros("20.00"), ZERO),
    ) == {"CASH": "80.00", "FREE": "50.00", "REPAYABLE": "30.00"}


def test_warendorf_b2_year_ends_with_the_own_share_in_cash() -> None:
    whole = Recognition(euros("419100.00"), euros("68580.00"), ZERO, ZERO)
    assert balances(
        rules.granted(LINE, euros("770000.00")),
        rules.requested(LINE, euros("770000.00")),
        rules.received(LINE, euros("770000.00")),
        rules.spent(LINE, KIND, whole),
        rules.owed(LINE, euros("350900.00")),
        rules.repaid(LINE, euros("350900.00")),
    ) == {
        "CASH": "-68580.00",
        "GRANT_USED": "419100.00",
        "ELIGIBLE": "419100.00",
        "OWN_SHARE": "68580.00",
    }


def test_f8_aachen_provider_with_lower_cost_owes_the_difference() -> None:
    advance, used = euros("55000.00"), euros("48000.00")
    assert balances(
        rules.granted(LINE, advance),
        rules.committed(LINE, CHILD, advance, None),
        rules.sent(LINE, CHILD, advance, LAND),
        rules.confirmed(LINE, CHILD, advance),
        rules.proved(LINE, CHILD, None, eligible=used, advanced=advance, committed=advance),
        rules.recovered(LINE, CHILD, euros("7000.00")),
    ) == {
        "CLAIM": "55000.00",
        "CASH": "-48000.00",
        "FREE": "7000.00",
        "GRANT_USED": "48000.00",
        "FORWARDED": "48000.00",
    }


def test_f9_aachen_part_year_is_undecided_until_a_person_decides() -> None:
    whole = Recognition(euros("13750.00"), ZERO, ZERO, euros("2250.00"))
    grant, cost = rules.granted(LINE, euros("55000.00")), rules.spent(LINE, KIND, whole)
    rest = euros("2250.00")

    all_of_it = Recognition(euros("16000.00"), ZERO, ZERO, ZERO)
    by_months = Recognition(euros("13750.00"), rest, ZERO, ZERO)
    full = balances(grant, cost, rules.adjusted(LINE, KIND, whole, all_of_it))
    pro_rata = balances(grant, cost, rules.adjusted(LINE, KIND, whole, by_months))

    assert (full["ELIGIBLE"], full["GRANT_USED"]) == ("16000.00", "16000.00")
    assert (pro_rata["ELIGIBLE"], pro_rata["OWN_SHARE"]) == ("13750.00", "2250.00")
    assert "UNDECIDED" not in full | pro_rata


def test_f14_heinsberg_own_money_is_booked_apart() -> None:
    land, own = euros("55000.00"), euros("5000.00")
    assert balances(
        rules.granted(LINE, land),
        rules.committed(LINE, CHILD, land, None, own),
        rules.sent(LINE, CHILD, land, LAND),
        rules.confirmed(LINE, CHILD, land),
        rules.sent(LINE, CHILD, own, OWN),
        rules.confirmed(LINE, CHILD, own),
        rules.proved(LINE, CHILD, None, eligible=land, advanced=land, committed=land),
        rules.own_proved(LINE, CHILD, own),
    ) == {
        "CLAIM": "55000.00",
        "CASH": "-60000.00",
        "GRANT_USED": "55000.00",
        "FORWARDED": "55000.00",
        "OWN_FORWARDED": "5000.00",
    }


@pytest.mark.parametrize("code", list(AccountCode))
def test_an_account_has_exactly_the_parts_its_code_asks_for(code: AccountCode) -> None:
    fitting = []
    for allocation in (None, CHILD):
        for kind in (None, KIND):
            try:
                fitting.append(Account(code, LINE, allocation, kind).path)
            except AccountMalformed:
                continue
    assert len(fitting) == 1
    assert all(
        part[0].isupper() and part.replace("-", "").isalnum() for part in fitting[0].split(":")
    )


def test_no_two_accounts_of_the_chart_share_a_prefix() -> None:
    assert len({row.prefix for row in CHART.values()}) == len(CHART) == 24
    assert [code.value for code, row in CHART.items() if not row.is_floored] == ["CASH"]


def test_an_entry_is_whole_and_about_one_line() -> None:
    def new(*postings: Posting, event: LedgerEvent = LedgerEvent.MANUAL) -> NewEntry:
        return NewEntry(
            event=event,
            award_line_id=LINE,
            value_date=date(2022, 1, 1),
            source=Source("test", CHILD),
            postings=postings,
        )

    claim, free = Account(A.CLAIM, LINE), Account(A.FREE, LINE)
    with pytest.raises(EntryTooShort):
        new(Posting(claim, Money(1)))
    with pytest.raises(EntryUnbalanced) as refused:
        new(Posting(claim, Money(100)), Posting(free, Money(-99)))
    assert refused.value.facts == {"difference": "0.01"}
    with pytest.raises(LinesMixed):
        new(Posting(claim, Money(1)), Posting(Account(A.FREE, NEXT), Money(-1)))
    with pytest.raises(AmountZero):
        Posting(claim, ZERO)
    assert new(*rules.carried(LINE, NEXT, Money(1)), event=LedgerEvent.CARRIED_OVER)


def test_parts_make_up_the_whole() -> None:
    whole = Recognition(Money(1), Money(2), Money(3), Money(4))
    whole.require(Money(10))
    with pytest.raises(NotTheWhole):
        whole.require(Money(11))
    with pytest.raises(NotTheWhole):
        Recognition(Money(-1), ZERO, ZERO, ZERO)
    with pytest.raises(NotTheWhole):
        rules.proved(LINE, CHILD, None, eligible=Money(2), advanced=Money(1), committed=Money(2))
    with pytest.raises(NotTheWhole):
        rules.owed(LINE, Money(1), after_use=Money(2), kind=KIND)


def test_every_event_but_manual_ones_names_the_command_that_undoes_it() -> None:
    assert set(LedgerEvent) - set(COMMAND_OF_EVENT) == {LedgerEvent.MANUAL, LedgerEvent.REVERSED}
