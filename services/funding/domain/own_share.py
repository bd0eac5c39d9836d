"""The part of a post that the programme does not pay, and the requests made for it."""

from dataclasses import dataclass
from decimal import Decimal

from services.funding.domain.findings import Finding, FindingCode
from shared.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class OwnShare:
    """Eigenanteil. With `is_cap` it is an upper bound ("maximal 9.000 €"), not an amount due."""

    amount: Money
    is_cap: bool

    def for_posts(self, fte: Decimal) -> "OwnShare":
        return OwnShare(self.amount.times(fte), self.is_cap)


def own_share(planned_cost: Money, ceiling: Money) -> OwnShare:
    """Planned personnel cost above the ceiling, never below zero; a bound by nature (R-S1-3)."""
    return OwnShare(max(ZERO, planned_cost - ceiling), is_cap=True)


@dataclass(frozen=True, slots=True)
class CostBasis:
    """What one post costs its employer, and how many posts a request is made for."""

    personnel: Money
    overhead: Money
    ceiling: Money
    fte: Decimal

    @property
    def personnel_gap(self) -> Money:
        """Personnel cost above the ceiling, over all posts."""
        return own_share(self.personnel, self.ceiling).for_posts(self.fte).amount

    @property
    def full_gap(self) -> Money:
        """Personnel and overhead above the ceiling, over all posts: the employer's own view."""
        return own_share(self.personnel + self.overhead, self.ceiling).for_posts(self.fte).amount


@dataclass(frozen=True, slots=True)
class OwnShareRequest:
    """Three separate facts: asked for, recommended by the administration, decided by the council.

    `decided` stays None until a council decides; "no money this year" is not zero (R-S1-4).
    """

    requested: Money
    recommended: Money | None = None
    decided: Money | None = None


def request_findings(request: OwnShareRequest, basis: CostBasis) -> tuple[Finding, ...]:
    """REQUEST_NOT_DERIVABLE when the request follows from neither calculation (R-S1-5).

    The request is a fact and is kept as it is.
    """
    if request.requested in {basis.personnel_gap, basis.full_gap}:
        return ()
    facts = {
        "requested": str(request.requested),
        "personnelGap": str(basis.personnel_gap),
        "fullGap": str(basis.full_gap),
    }
    return (Finding(FindingCode.REQUEST_NOT_DERIVABLE, "ownShareRequest", facts),)
