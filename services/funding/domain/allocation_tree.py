"""Passing money and posts on, level by level: the children never get more than the parent has.

The tree has no fixed depth: Land → Kreis Unna → Bergkamen → Kamen and Bönen (F13).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.funding.domain.findings import Finding, FindingCode
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.money import ZERO, Money, fte_text
from shared.kernel.text import Text

NO_FTE = Decimal("0.00")


class MoreThanTheParentHas(RuleViolated):
    """Could never fit, whoever else gave something back (R-S1-6: 6.01 of 6 posts)."""

    code = "more-than-the-parent-has"
    title = Text(
        de="Es soll mehr weitergeleitet werden, als überhaupt zur Verfügung steht.",
        en="More is to be passed on than there is at all.",
    )


class NotEnoughFree(Conflict):
    """Others already hold what is asked for; the answer says what is free."""

    code = "not-enough-free"
    title = Text(
        de="So viel ist nicht mehr frei.",
        en="That much is no longer free.",
    )


class NothingAllocated(RuleViolated):
    code = "nothing-allocated"
    title = Text(
        de="Eine Weiterleitung umfasst Geld oder Stellen.",
        en="An allocation consists of money or posts.",
    )


@dataclass(frozen=True, slots=True)
class Share:
    """Posts and money together; each is limited on its own."""

    fte: Decimal
    amount: Money

    def __add__(self, other: "Share") -> "Share":
        return Share(self.fte + other.fte, self.amount + other.amount)

    def __sub__(self, other: "Share") -> "Share":
        return Share(self.fte - other.fte, self.amount - other.amount)

    def fits_in(self, other: "Share") -> bool:
        return self.fte <= other.fte and self.amount <= other.amount

    @property
    def is_nothing(self) -> bool:
        return self.fte <= 0 and self.amount <= ZERO


NOTHING = Share(NO_FTE, ZERO)


def free_share(parent: Share, own_use: Share, children: Iterable[Share]) -> Share:
    """What a parent can still pass on; negative after an amendment took something away."""
    return parent - own_use - sum(children, NOTHING)


def refuse_over_allocation(wanted: Share, parent: Share, own_use: Share, taken: Share) -> None:
    """Σ children ≤ parent − own use, for posts and for money (L4).

    Raises NothingAllocated, MoreThanTheParentHas, NotEnoughFree.
    """
    if wanted.is_nothing:
        raise NothingAllocated
    whole = parent - own_use
    if not wanted.fits_in(whole):
        raise MoreThanTheParentHas(wholeFte=fte_text(whole.fte), wholeAmount=str(whole.amount))
    free = whole - taken
    if not wanted.fits_in(free):
        raise NotEnoughFree(freeFte=fte_text(free.fte), freeAmount=str(free.amount))


@dataclass(frozen=True, slots=True)
class Node:
    """An award line or allocation in the tree; a root has no parent."""

    key: str
    parent: str | None
    share: Share
    own_use: Share = NOTHING


def over_allocation_findings(nodes: Iterable[Node]) -> tuple[Finding, ...]:
    """Every node whose children hold more than it has, at every level (A9, F13)."""
    tree = tuple(nodes)
    findings: list[Finding] = []
    for node in tree:
        children = [child.share for child in tree if child.parent == node.key]
        free = free_share(node.share, node.own_use, children)
        if not NOTHING.fits_in(free):
            facts = {"freeFte": fte_text(free.fte), "freeAmount": str(free.amount)}
            findings.append(Finding(FindingCode.OVER_ALLOCATION, node.key, facts))
    return tuple(findings)
