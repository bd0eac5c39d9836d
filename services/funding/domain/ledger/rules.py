"""What each fact posts: one function for each row of the posting table, debit first.

Amounts are never negative unless the name says `delta`; parts of 0.00 leave no posting.
"""

from dataclasses import dataclass
from uuid import UUID

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.ledger.entries import Posting
from services.funding.domain.sources import MoneySource
from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

Postings = tuple[Posting, ...]
_A = AccountCode


class NotTheWhole(RuleViolated):
    """The parts of an amount are negative or do not sum to it."""

    code = "not-the-whole"
    title = Text(
        de="Die Teile ergeben nicht den ganzen Betrag.",
        en="The parts do not make up the whole amount.",
    )


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a cost is recognised; the four parts are the whole cost. Raises NotTheWhole."""

    eligible: Money
    own_share: Money
    ineligible: Money
    undecided: Money

    def __post_init__(self) -> None:
        if min(self.eligible, self.own_share, self.ineligible, self.undecided) < ZERO:
            raise NotTheWhole

    @property
    def total(self) -> Money:
        return self.eligible + self.own_share + self.ineligible + self.undecided

    def require(self, actual: Money) -> None:
        """Raises NotTheWhole when the parts do not sum to `actual`."""
        if self.total != actual:
            raise NotTheWhole(parts=str(self.total), whole=str(actual))


def _postings(*parts: tuple[Account, Money], position_id: UUID | None = None) -> Postings:
    return tuple(
        Posting(account, amount, position_id) for account, amount in parts if amount != ZERO
    )


def _move(debit: Account, credit: Account, amount: Money) -> Postings:
    return _postings((debit, amount), (credit, -amount))


def granted(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.CLAIM, line_id), Account(_A.FREE, line_id), amount)


def amended(line_id: UUID, delta: Money, free: Money, claim: Money, shortfall: Money) -> Postings:
    """More (`delta` > 0) fills a shortfall before it is free. Less takes what is free and leaves
    the rest as shortfall; it lowers the claim, and what was called already is repayable.
    """
    if delta >= ZERO:
        filled = min(shortfall, delta)
        return _postings(
            (Account(_A.CLAIM, line_id), delta),
            (Account(_A.SHORTFALL, line_id), -filled),
            (Account(_A.FREE, line_id), filled - delta),
        )
    cut = -delta
    from_free, from_claim = min(free, cut), min(claim, cut)
    return _postings(
        (Account(_A.FREE, line_id), from_free),
        (Account(_A.SHORTFALL, line_id), cut - from_free),
        (Account(_A.CLAIM, line_id), -from_claim),
        (Account(_A.REPAYABLE, line_id), from_claim - cut),
    )


def reserved(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.FREE, line_id), Account(_A.RESERVED, line_id), amount)


def reservation_used(line_id: UUID, amount: Money) -> Postings:
    """Give reserved money back to what is free: to use it in the same entry, or for good."""
    return _move(Account(_A.RESERVED, line_id), Account(_A.FREE, line_id), amount)


def committed(
    line_id: UUID, allocation_id: UUID, amount: Money, parent: UUID | None, own: Money = ZERO
) -> Postings:
    """Money held for a recipient comes from the line, or from the recipient above it; `own` money
    of the municipality stands apart.
    """
    return (
        *_move(_above(line_id, parent), Account(_A.COMMITTED, line_id, allocation_id), amount),
        *_move(
            Account(_A.OWN_BUDGET, line_id, allocation_id),
            Account(_A.OWN_COMMITTED, line_id, allocation_id),
            own,
        ),
    )


def released(
    line_id: UUID,
    allocation_id: UUID,
    amount: Money,
    parent: UUID | None,
    shortfall: Money,
    own: Money = ZERO,
) -> Postings:
    """What a recipient no longer gets goes back to where it came from, a shortfall first."""
    return (
        *_postings((Account(_A.COMMITTED, line_id, allocation_id), amount)),
        *_given_back(line_id, parent, amount, shortfall),
        *_move(
            Account(_A.OWN_COMMITTED, line_id, allocation_id),
            Account(_A.OWN_BUDGET, line_id, allocation_id),
            own,
        ),
    )


def _above(line_id: UUID, parent: UUID | None) -> Account:
    if parent is None:
        return Account(_A.FREE, line_id)
    return Account(_A.COMMITTED, line_id, parent)


def _given_back(line_id: UUID, parent: UUID | None, amount: Money, shortfall: Money) -> Postings:
    if parent is not None:
        return _postings((_above(line_id, parent), -amount))
    filled = min(shortfall, amount)
    return _postings(
        (Account(_A.SHORTFALL, line_id), -filled), (Account(_A.FREE, line_id), filled - amount)
    )


def requested(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.REQUESTED, line_id), Account(_A.CLAIM, line_id), amount)


def returned(line_id: UUID, amount: Money) -> Postings:
    """The authority sends a drawdown back, or it is cancelled."""
    return _move(Account(_A.CLAIM, line_id), Account(_A.REQUESTED, line_id), amount)


def received(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.CASH, line_id), Account(_A.REQUESTED, line_id), amount)


def _advance(line_id: UUID, allocation_id: UUID, source: MoneySource) -> Account:
    code = _A.ADVANCE if source is MoneySource.LAND else _A.OWN_ADVANCE
    return Account(code, line_id, allocation_id)


def sent(line_id: UUID, allocation_id: UUID, amount: Money, source: MoneySource) -> Postings:
    return _move(
        _advance(line_id, allocation_id, source), Account(_A.SENT, line_id, allocation_id), amount
    )


def confirmed(line_id: UUID, allocation_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.SENT, line_id, allocation_id), Account(_A.CASH, line_id), amount)


def failed(line_id: UUID, allocation_id: UUID, amount: Money, source: MoneySource) -> Postings:
    return _move(
        Account(_A.SENT, line_id, allocation_id), _advance(line_id, allocation_id, source), amount
    )


def passed_on(line_id: UUID, from_allocation: UUID, to_allocation: UUID, amount: Money) -> Postings:
    """A recipient has paid its own recipient."""
    return _move(
        Account(_A.ADVANCE, line_id, to_allocation),
        Account(_A.ADVANCE, line_id, from_allocation),
        amount,
    )


def _used(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.FREE, line_id), Account(_A.GRANT_USED, line_id), amount)


def spent(
    line_id: UUID, kind: CostKind, whole: Recognition, position_id: UUID | None = None
) -> Postings:
    """A cost is paid; only its eligible part uses the grant."""
    cost = _postings(
        (Account(_A.ELIGIBLE, line_id, None, kind), whole.eligible),
        (Account(_A.OWN_SHARE, line_id, None, kind), whole.own_share),
        (Account(_A.INELIGIBLE, line_id, None, kind), whole.ineligible),
        (Account(_A.UNDECIDED, line_id, None, kind), whole.undecided),
        position_id=position_id,
    )
    paid = _postings((Account(_A.CASH, line_id), -whole.total))
    return (*cost, *paid, *_used(line_id, whole.eligible))


def adjusted(
    line_id: UUID,
    kind: CostKind,
    before: Recognition,
    after: Recognition,
    position_id: UUID | None = None,
) -> Postings:
    """A cost already paid is recognised differently: somebody decided, or the months changed.

    Raises NotTheWhole when `after` is another amount than `before`.
    """
    after.require(before.total)
    cost = _postings(
        (Account(_A.ELIGIBLE, line_id, None, kind), after.eligible - before.eligible),
        (Account(_A.OWN_SHARE, line_id, None, kind), after.own_share - before.own_share),
        (Account(_A.INELIGIBLE, line_id, None, kind), after.ineligible - before.ineligible),
        (Account(_A.UNDECIDED, line_id, None, kind), after.undecided - before.undecided),
        position_id=position_id,
    )
    return (*cost, *_used(line_id, after.eligible - before.eligible))


def proved(
    line_id: UUID,
    allocation_id: UUID,
    parent: UUID | None,
    *,
    eligible: Money,
    advanced: Money,
    committed: Money,
    shortfall: Money = ZERO,
) -> Postings:
    """A recipient's proof is checked: what is eligible counts as use of the grant, what was paid
    beyond it is recoverable, and the rest of the commitment goes back.

    Raises NotTheWhole when more is eligible than was advanced or committed.
    """
    if eligible > min(advanced, committed):
        raise NotTheWhole(eligible=str(eligible), whole=str(min(advanced, committed)))
    return (
        *_postings(
            (Account(_A.FORWARDED, line_id, allocation_id), eligible),
            (Account(_A.RECOVERABLE, line_id, allocation_id), advanced - eligible),
            (Account(_A.ADVANCE, line_id, allocation_id), -advanced),
            (Account(_A.COMMITTED, line_id, allocation_id), committed),
            (Account(_A.GRANT_USED, line_id), -eligible),
        ),
        *_given_back(line_id, parent, committed - eligible, shortfall),
    )


def own_proved(line_id: UUID, allocation_id: UUID, amount: Money) -> Postings:
    """Own money that a recipient has used; the proof towards the Land does not count it."""
    return (
        *_move(
            Account(_A.OWN_FORWARDED, line_id, allocation_id),
            Account(_A.OWN_ADVANCE, line_id, allocation_id),
            amount,
        ),
        *_move(
            Account(_A.OWN_COMMITTED, line_id, allocation_id),
            Account(_A.OWN_BUDGET, line_id, allocation_id),
            amount,
        ),
    )


def owed(
    line_id: UUID, amount: Money, *, after_use: Money = ZERO, kind: CostKind | None = None
) -> Postings:
    """Money goes back to the Land: what is free, or (`after_use`) what a later decision calls
    ineligible; `kind` is then the kind of that cost.

    Raises NotTheWhole when `after_use` exceeds `amount`, AccountMalformed without its `kind`.
    """
    if after_use > amount:
        raise NotTheWhole(parts=str(after_use), whole=str(amount))
    return (
        *_postings(
            (Account(_A.FREE, line_id), amount - after_use),
            (Account(_A.GRANT_USED, line_id), after_use),
            (Account(_A.REPAYABLE, line_id), -amount),
        ),
        *(_refused(line_id, kind, after_use) if after_use != ZERO else ()),
    )


def _refused(line_id: UUID, kind: CostKind | None, amount: Money) -> Postings:
    return _move(
        Account(_A.INELIGIBLE, line_id, None, kind),
        Account(_A.ELIGIBLE, line_id, None, kind),
        amount,
    )


def lapsed(line_id: UUID, amount: Money) -> Postings:
    """Granted money that was never called ends with the year."""
    return _move(Account(_A.FREE, line_id), Account(_A.CLAIM, line_id), amount)


def repaid(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.REPAYABLE, line_id), Account(_A.CASH, line_id), amount)


def recovered(
    line_id: UUID, allocation_id: UUID, amount: Money, interest: Money = ZERO
) -> Postings:
    """A recipient pays back, with interest beside it."""
    return _postings(
        (Account(_A.CASH, line_id), amount + interest),
        (Account(_A.RECOVERABLE, line_id, allocation_id), -amount),
        (Account(_A.INTEREST_RECEIVED, line_id), -interest),
    )


def interest_fixed(line_id: UUID, amount: Money) -> Postings:
    """Interest is owed when an act says so; a mere exposure is shown and never posted."""
    return _move(Account(_A.INTEREST, line_id), Account(_A.INTEREST_DUE, line_id), amount)


def interest_paid(line_id: UUID, amount: Money) -> Postings:
    return _move(Account(_A.INTEREST_DUE, line_id), Account(_A.CASH, line_id), amount)


def carried(from_line: UUID, to_line: UUID, amount: Money) -> Postings:
    """With the authority's consent, unspent money is granted for the next year."""
    return (
        *_move(Account(_A.CLAIM, to_line), Account(_A.CLAIM, from_line), amount),
        *_move(Account(_A.FREE, from_line), Account(_A.FREE, to_line), amount),
    )
