"""What interest the Land could ask for drawn money that lay idle. Nothing is stored or posted."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.funding.domain.drawdown_facts import DrawdownRegime
from services.funding.domain.drawdown_lifecycle import RECEIVED_STATES, DrawdownState
from services.funding.domain.idle_money import (
    Assumption,
    InterestFrom,
    assumptions,
    idle_money,
    interest_of_idle,
)
from services.funding.domain.interest import InterestPiece, rounded
from services.funding.domain.use_matching import Use, match_uses, used_of
from services.funding.storage.drawdown_records import (
    load_drawdown,
    payout,
    payouts_of_line,
    uses_of_line,
)
from services.funding.storage.recovery_records import base_rates
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Exposure:
    """A drawdown on a day. `use_by` is None where the two-month rule does not apply."""

    drawdown_id: UUID
    as_of: date
    received: Money
    used: Money
    unused: Money
    use_by: date | None
    interest: Money
    pieces: tuple[InterestPiece, ...]
    assumptions: tuple[Assumption, ...]


async def show_exposure(
    tx: Transaction, drawdown_id: UUID, as_of: date, interest_from: InterestFrom
) -> Exposure:
    """Counted anew from the books. Raises NotFound, BaseRateMissing."""
    row = await load_drawdown(tx, drawdown_id, is_locked=False)
    is_received = DrawdownState(row["state"]) in RECEIVED_STATES and row["value_date"] <= as_of
    nothing = Exposure(
        drawdown_id, as_of, ZERO, ZERO, ZERO, row["use_by"], ZERO, (), assumptions(interest_from)
    )
    if not is_received:
        return nothing
    rows = await payouts_of_line(tx, row["award_line_id"])
    matched = match_uses(
        [payout(one) for one in rows], await uses_of_line(tx, row["award_line_id"])
    )
    uses = matched[drawdown_id]
    repaid = _repaid(row["repaid_cents"], row["repaid_on"])
    gone = used_of([*uses, *([repaid] if repaid else [])], as_of)
    found: tuple[InterestPiece, ...] = ()
    if row["regime"] == DrawdownRegime.ZUWENDUNG.value:
        idle = idle_money(payout(row), uses, as_of, interest_from, repaid)
        found = interest_of_idle(idle, await base_rates(tx))
    received = Money(row["paid_cents"])
    return replace(
        nothing,
        received=received,
        used=used_of(uses, as_of),
        unused=received - gone,
        interest=rounded(found),
        pieces=found,
    )


def _repaid(cents: int, day: date | None) -> Use | None:
    return Use(day, Money(cents)) if day is not None and cents > 0 else None
