"""What a decided proof makes somebody pay back, reckoned from the figures it froze (P6, L9, L10).

Nobody types the amount: what is unspent follows from the figures; what the authority refuses is
named by the figure that claims it, with a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.funding.domain.costs import CostKind
from services.funding.domain.recovery_facts import Ground
from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

# Figures of an award whose sum is still with the municipality: come, less used, less owed back.
LESS: Final = ("used", "repayable", "repayable-after-cut")


class FigureNotRefusable(RuleViolated):
    """`figure` is no cost or forwarded sum of the version, or less than is refused of it."""

    code = "figure-not-refusable"
    title = Text(
        de="Abgelehnt werden nur Ausgaben des Nachweises, und höchstens so viel, wie er nennt.",
        en="Only cost in the proof is refused, and no more of it than the proof claims.",
    )


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A printed amount of a version; the line and the kind of cost it is about, if one."""

    key: str
    amount: Money
    award_line_id: UUID | None = None
    cost_kind: CostKind | None = None


@dataclass(frozen=True, slots=True)
class RefusedFigure:
    """A part of a figure that is not accepted, and why."""

    figure: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes back of a line, and why."""

    award_line_id: UUID
    ground: Ground
    amount: Money


class FrozenFigures:
    """The figures of one version, by key."""

    def __init__(self, figures: Iterable[FrozenFigure]) -> None:
        self._figures = {one.key: one for one in figures}

    def amount(self, key: str) -> Money:
        """0.00 for a figure that was not printed."""
        found = self._figures.get(key)
        return found.amount if found else ZERO

    def lines(self) -> dict[str, UUID]:
        """The line of each key that the award's proof prints."""
        return {
            key.removeprefix("received/"): one.award_line_id
            for key, one in self._figures.items()
            if key.startswith("received/") and one.award_line_id is not None
        }

    def unspent_of_line(self, key: str) -> Money:
        """What came, less what was used and what is owed back already."""
        left = self.amount(f"received/{key}")
        for name in LESS:
            left -= self.amount(f"{name}/{key}")
        return max(ZERO, left)

    def unproved_of_line(self, key: str) -> Money:
        """What came and is not owed back already: all of it, where the proof is rejected."""
        return max(ZERO, self.unspent_of_line(key) + self.amount(f"used/{key}"))

    def refused(self, items: Sequence[RefusedFigure]) -> Mapping[str, FrozenFigure]:
        """The figures of the items by key. Raises FigureNotRefusable."""
        sums: dict[str, Money] = defaultdict(lambda: ZERO)
        for item in items:
            sums[item.figure] += item.amount
        for key, amount in sums.items():
            found = self._figures.get(key)
            if found is None or not _claims_a_cost(key) or not ZERO < amount <= found.amount:
                raise FigureNotRefusable(figure=key)
        return {key: self._figures[key] for key in sums}


def _claims_a_cost(key: str) -> bool:
    """`used/<line>/<kind>`, `forwarded/<allocation>`; of a recipient `eligible/<id>/<kind>`."""
    name, *rest = key.split("/")
    return (name in {"used", "eligible"} and len(rest) > 1) or name == "forwarded"


def refused_by_line(
    figures: FrozenFigures, items: Sequence[RefusedFigure], ground: Ground
) -> tuple[Asked, ...]:
    """What the refused items come to, line by line. Raises FigureNotRefusable."""
    known = figures.refused(items)
    sums: dict[UUID, Money] = defaultdict(lambda: ZERO)
    for item in items:
        line_id = known[item.figure].award_line_id
        if line_id is None:
            raise FigureNotRefusable(figure=item.figure)
        sums[line_id] += item.amount
    return tuple(Asked(line_id, ground, amount) for line_id, amount in sums.items())


@dataclass(frozen=True, slots=True)
class RecipientAccount:
    """What a recipient got, owes already and may count as used (L10)."""

    received: Money
    demanded: Money
    used: Money
    eligible: Money
    actual: Money

    @property
    def held(self) -> Money:
        """What it got and was not asked back: it stands in the books as its advance."""
        return self.received - self.demanded

    def used_without(self, refused: Money) -> Money:
        """What counts once part of the eligible cost is refused."""
        return max(ZERO, min(self.used, self.eligible - refused))


def account_of_recipient(figures: FrozenFigures, allocation_id: UUID) -> RecipientAccount:
    names = ("received", "demanded", "used", "eligible", "actual")
    return RecipientAccount(*(figures.amount(f"{name}/{allocation_id}") for name in names))
