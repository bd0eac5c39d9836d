"""The figures of a proof of use: sums over postings, each with the selector that finds them again.

A figure is its sign times the cents of all postings its selector picks, up to the head of the
book that the proof was made from. Months and ceilings of posts come from the occupancies and
have no postings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from services.funding.domain.awards import LinePurpose
from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import AccountCode
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.positions import POST_TYPE_NAMES, PostType
from services.funding.domain.programme import FundingLine
from services.funding.domain.proof_vouchers import KindOfCost, ListedVoucher, costs_by_kind
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

_A, _E = AccountCode, LedgerEvent
DIFFERENCE: Final = "difference"
GRANTING: Final = frozenset({_E.AWARD_GRANTED, _E.AWARD_AMENDED, _E.CARRIED_OVER})
COST_OF_POST: Final = frozenset({_A.ELIGIBLE, _A.OWN_SHARE, _A.INELIGIBLE, _A.UNDECIDED})
UNSPENT: Final = frozenset({_A.FREE, _A.RESERVED, _A.COMMITTED, _A.SHORTFALL})
PROMISING: Final = frozenset({_E.ALLOCATION_ACTIVATED, _E.ALLOCATION_AMENDED})
PAYING: Final = frozenset({_E.PAYMENT_SENT, _E.PAYMENT_FAILED, _E.PASSED_ON})


@dataclass(frozen=True, slots=True)
class Selector:
    """Which postings a figure sums. `events` None: whatever the event; a reversal counts with
    the event it turns. None elsewhere: all of the award.
    """

    codes: frozenset[AccountCode]
    events: frozenset[LedgerEvent] | None = None
    sign: int = 1
    award_line_id: UUID | None = None
    allocation_id: UUID | None = None
    cost_kind: CostKind | None = None
    position_id: UUID | None = None

    def picks(self, one: "PostingSum") -> bool:
        return (
            one.code in self.codes
            and (self.events is None or one.event in self.events)
            and self.award_line_id in {None, one.award_line_id}
            and self.allocation_id in {None, one.allocation_id}
            and self.cost_kind in {None, one.cost_kind}
            and self.position_id in {None, one.position_id}
        )


@dataclass(frozen=True, slots=True)
class PostingSum:
    """Postings of one line that share everything a selector asks about; debit positive."""

    award_line_id: UUID
    code: AccountCode
    event: LedgerEvent
    allocation_id: UUID | None
    cost_kind: CostKind | None
    position_id: UUID | None
    amount: Money


@dataclass(frozen=True, slots=True)
class ProofLine:
    award_line_id: UUID
    key: str
    funding_line: FundingLine
    purpose: LinePurpose
    is_additional: bool


@dataclass(frozen=True, slots=True)
class ProofPost:
    """A post of the award: months occupied by people whom the programme pays, and their ceiling."""

    position_id: UUID
    award_line_id: UUID
    post_type: PostType
    months: Decimal
    ceiling: Money


@dataclass(frozen=True, slots=True)
class ProofRecipient:
    allocation_id: UUID
    award_line_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the proof: an amount of euros or, for months, a quantity."""

    key: str
    label: Text
    amount: Money | None = None
    quantity: Decimal | None = None
    selector: Selector | None = None


@dataclass(frozen=True, slots=True)
class ProofSubject:
    """What the figures are about. `allocation_id`: the part of one recipient alone. `vouchers`:
    those of its own cost, what was forwarded has its own proofs.
    """

    lines: tuple[ProofLine, ...]
    posts: tuple[ProofPost, ...] = ()
    recipients: tuple[ProofRecipient, ...] = ()
    allocation_id: UUID | None = None
    vouchers: tuple[ListedVoucher, ...] = ()


def total(sums: Iterable[PostingSum], selector: Selector) -> Money:
    picked = sum((one.amount for one in sums if selector.picks(one)), ZERO)
    return picked if selector.sign > 0 else -picked


def figures_of(subject: ProofSubject, sums: Sequence[PostingSum]) -> tuple[Figure, ...]:
    """Every figure in the order of print; `difference` is 0.00 where the books are whole."""
    if subject.allocation_id is not None:
        costs = costs_by_kind(subject.vouchers)
        return tuple(_of_recipient(subject.allocation_id, costs, sums))
    return (
        *(_figure(key, label, selector, sums) for key, label, selector in _totals()),
        *(one for line in subject.lines for one in _of_line(line, subject.recipients, sums)),
        *(one for post in subject.posts for one in _of_post(post, sums)),
        _difference(sums),
    )


def _figure(key: str, label: Text, selector: Selector, sums: Sequence[PostingSum]) -> Figure:
    return Figure(key, label, total(sums, selector), None, selector)


def _totals(line_id: UUID | None = None) -> Iterator[tuple[str, Text, Selector]]:
    """What is asked of every line and of the whole; `granted` = used + repayable + unspent."""
    yield (
        "granted",
        Text(de="Bewilligt", en="Granted"),
        Selector(frozenset({_A.CLAIM, _A.REPAYABLE}), GRANTING, 1, line_id),
    )
    yield (
        "received",
        Text(de="Erhalten", en="Received"),
        Selector(frozenset({_A.CASH}), frozenset({_E.DRAWDOWN_PAID}), 1, line_id),
    )
    yield (
        "used",
        Text(de="Zweckentsprechend verwendet", en="Used for the purpose"),
        Selector(frozenset({_A.GRANT_USED}), None, -1, line_id),
    )
    yield (
        "repayable",
        Text(de="Zu erstatten", en="Repayable"),
        Selector(frozenset({_A.REPAYABLE}), frozenset({_E.REPAYMENT_OWED}), -1, line_id),
    )
    yield (
        "repaid",
        Text(de="Davon erstattet", en="Repaid of it"),
        Selector(frozenset({_A.REPAYABLE}), frozenset({_E.REPAID}), 1, line_id),
    )
    yield (
        "unspent",
        Text(de="Noch nicht verwendet", en="Not used yet"),
        Selector(UNSPENT, None, -1, line_id),
    )


def _of_line(
    line: ProofLine, recipients: Sequence[ProofRecipient], sums: Sequence[PostingSum]
) -> Iterator[Figure]:
    for name, label, selector in _totals(line.award_line_id):
        yield _figure(f"{name}/{line.key}", label, selector, sums)
    for kind in CostKind:
        used = Selector(frozenset({_A.ELIGIBLE}), None, 1, line.award_line_id, None, kind)
        if any(used.picks(one) for one in sums):
            yield _figure(f"used/{line.key}/{kind.value}", KIND_LABEL, used, sums)
    for code, events, sign, name, label in BESIDE:
        selector = Selector(frozenset({code}), events, sign, line.award_line_id)
        if any(selector.picks(one) for one in sums):
            yield _figure(f"{name}/{line.key}", label, selector, sums)
    for one in recipients:
        if one.award_line_id == line.award_line_id:
            selector = Selector(
                frozenset({_A.FORWARDED}), None, 1, line.award_line_id, one.allocation_id
            )
            label = Text(de=f"Weitergeleitet: {one.name}", en=f"Forwarded: {one.name}")
            yield _figure(f"forwarded/{one.allocation_id}", label, selector, sums)


KIND_LABEL: Final = Text(de="Förderfähige Ausgaben", en="Eligible cost")
# Shown where there is something to show.
BESIDE: Final = (
    (_A.OWN_SHARE, None, 1, "own-share", Text(de="Eigenanteil der Kommune", en="Own share")),
    (_A.INELIGIBLE, None, 1, "ineligible", Text(de="Nicht förderfähig", en="Ineligible")),
    (_A.UNDECIDED, None, 1, "undecided", Text(de="Förderfähigkeit offen", en="Undecided")),
    (
        _A.CLAIM,
        frozenset({_E.CLAIM_LAPSED}),
        -1,
        "lapsed",
        Text(de="Bewilligt, nie abgerufen und verfallen", en="Granted, never called, lapsed"),
    ),
    (
        _A.REPAYABLE,
        frozenset({_E.AWARD_AMENDED}),
        -1,
        "repayable-after-cut",
        Text(de="Nach Kürzung zu erstatten", en="Repayable after a cut"),
    ),
)


def _of_post(post: ProofPost, sums: Sequence[PostingSum]) -> Iterator[Figure]:
    name = POST_TYPE_NAMES[post.post_type]
    start = f"post/{post.position_id}"
    line, position = post.award_line_id, post.position_id
    yield Figure(
        f"{start}/months",
        Text(de=f"{name.de}: besetzte Monate", en=f"{name.en}: months occupied"),
        quantity=post.months,
    )
    yield _figure(
        f"{start}/actual",
        Text(de=f"{name.de}: tatsächliche Ausgaben", en=f"{name.en}: actual cost"),
        Selector(COST_OF_POST, None, 1, line, None, None, position),
        sums,
    )
    yield Figure(
        f"{start}/ceiling",
        Text(de=f"{name.de}: Höchstbetrag", en=f"{name.en}: ceiling"),
        amount=post.ceiling,
    )
    yield _figure(
        f"{start}/eligible",
        Text(de=f"{name.de}: förderfähig", en=f"{name.en}: eligible"),
        Selector(frozenset({_A.ELIGIBLE}), None, 1, line, None, None, position),
        sums,
    )


def _difference(sums: Sequence[PostingSum]) -> Figure:
    """What the costs and the forwarded money say was used, less what the books say was used."""
    selector = Selector(frozenset({_A.ELIGIBLE, _A.FORWARDED, _A.GRANT_USED}))
    label = Text(de="Differenz zwischen Nachweis und Büchern", en="Difference to the books")
    return _figure(DIFFERENCE, label, selector, sums)


def _of_recipient(
    allocation_id: UUID, costs: Sequence[KindOfCost], sums: Sequence[PostingSum]
) -> Iterator[Figure]:
    """The account of one recipient, towards the municipality that passed the money on: what it
    got stands in the books, what it spent in its costs and their vouchers.
    """
    found = {}
    for key, label, code, events, sign in (
        ("granted", Text(de="Zugesagt", en="Promised"), _A.COMMITTED, PROMISING, -1),
        ("received", Text(de="Erhalten", en="Received"), _A.ADVANCE, PAYING, 1),
        ("demanded", Text(de="Schon gefordert", en="Asked back"), _A.RECOVERABLE, DEMANDED, 1),
    ):
        selector = Selector(frozenset({code}), events, sign, None, allocation_id)
        found[key] = total(sums, selector)
        yield _figure(f"{key}/{allocation_id}", label, selector, sums)
    for cost in costs:
        kind = cost.cost_kind.value
        yield Figure(f"actual/{allocation_id}/{kind}", ACTUAL_LABEL, cost.actual)
        yield Figure(f"eligible/{allocation_id}/{kind}", KIND_LABEL, cost.eligible)
    actual = sum((one.actual for one in costs), ZERO)
    eligible = sum((one.eligible for one in costs), ZERO)
    yield Figure(f"actual/{allocation_id}", ACTUAL_LABEL, actual)
    yield Figure(f"eligible/{allocation_id}", KIND_LABEL, eligible)
    held = found["received"] - found["demanded"]
    promised = total(sums, Selector(frozenset({_A.COMMITTED}), None, -1, None, allocation_id))
    used = max(ZERO, min(eligible, held, promised))
    label = Text(de="Zweckentsprechend verwendet", en="Used for the purpose")
    yield Figure(f"used/{allocation_id}", label, used)
    label = Text(de="Zu erstatten", en="Repayable")
    yield Figure(f"repayable/{allocation_id}", label, held - used)
    balance = Selector(
        frozenset({_A.ADVANCE, _A.FORWARDED, _A.RECOVERABLE}), PROOF_CHECKED, 1, None, allocation_id
    )
    label = Text(de="Differenz zwischen Nachweis und Büchern", en="Difference to the books")
    yield _figure(DIFFERENCE, label, balance, sums)


ACTUAL_LABEL: Final = Text(de="Tatsächliche Ausgaben", en="Actual cost")
DEMANDED: Final = frozenset({_E.REPAYMENT_OWED})
PROOF_CHECKED: Final = frozenset({_E.PROOF_CHECKED})
