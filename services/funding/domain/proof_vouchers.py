"""The list of vouchers (Belegliste): what stands behind the figures of a proof with vouchers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.costs import CostKind
from shared.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class ListedVoucher:
    """What of one voucher is cost of one kind for one line. It says no name and no case."""

    number: str
    voucher_date: date
    award_line_id: UUID
    cost_kind: CostKind
    amount: Money
    eligible: Money


@dataclass(frozen=True, slots=True)
class KindOfCost:
    """What was spent of one kind of cost, and what of it is recognised; it posts nothing."""

    cost_kind: CostKind
    actual: Money
    eligible: Money


def costs_by_kind(vouchers: Iterable[ListedVoucher]) -> tuple[KindOfCost, ...]:
    """The sums of the list for each kind of cost in it, in the order of the kinds."""
    actual: dict[CostKind, Money] = {}
    eligible: dict[CostKind, Money] = {}
    for one in vouchers:
        actual[one.cost_kind] = actual.get(one.cost_kind, ZERO) + one.amount
        eligible[one.cost_kind] = eligible.get(one.cost_kind, ZERO) + one.eligible
    return tuple(
        KindOfCost(kind, actual[kind], eligible[kind]) for kind in CostKind if kind in actual
    )


def whole_cost(vouchers: Iterable[ListedVoucher]) -> Money:
    return sum((one.amount for one in vouchers), ZERO)


def whole_eligible(vouchers: Iterable[ListedVoucher]) -> Money:
    return sum((one.eligible for one in vouchers), ZERO)


def add_up(
    vouchers: Sequence[ListedVoucher],
    figures: Mapping[str, Money],
    line_keys: Mapping[UUID, str],
    allocation_id: UUID | None,
) -> bool:
    """Whether the list sums to the figures: of a recipient its cost and what is eligible of each
    kind, of an award what is eligible of each kind on each line.
    """
    if allocation_id is not None:
        sums = {one.cost_kind: (one.actual, one.eligible) for one in costs_by_kind(vouchers)}
        return all(
            tuple(
                figures.get(f"{name}/{allocation_id}/{kind.value}", ZERO)
                for name in ("actual", "eligible")
            )
            == sums.get(kind, (ZERO, ZERO))
            for kind in CostKind
        )
    return all(
        figures.get(f"used/{key}/{kind.value}", ZERO)
        == whole_eligible(
            one for one in vouchers if one.award_line_id == line_id and one.cost_kind is kind
        )
        for line_id, key in line_keys.items()
        for kind in CostKind
    )
