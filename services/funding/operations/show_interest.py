"""What interest a recovery would bear, were the rest paid on a day; nothing is posted."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.funding.domain.interest import DayCount, rounded
from services.funding.storage.recovery_records import interest_of, load_recovery
from shared.database.transaction import Transaction

PLACES = Decimal("0.00000001")


async def show_interest(
    tx: Transaction, recovery_id: UUID, paid_on: date, asked: DayCount | None, preset: DayCount
) -> dict[str, Any]:
    """The pieces and their sum, counted as asked, as fixed, or by the setting.

    Raises NotFound, PaidBeforeClaim, BaseRateMissing.
    """
    row = await load_recovery(tx, recovery_id, is_locked=False)
    fixed = row["day_count"]
    day_count = asked or (DayCount(fixed) if fixed else preset)
    pieces = await interest_of(tx, row, paid_on, day_count)
    return {
        "paid_on": paid_on,
        "day_count": day_count,
        "pieces": [
            {
                "first_day": one.first_day,
                "last_day": one.last_day,
                "days": one.days,
                "principal_amount": str(one.principal),
                "percent": str(one.percent),
                "exact_amount": _exact_euros(one.amount_cents),
            }
            for one in pieces
        ],
        "amount": str(rounded(pieces)),
    }


def _exact_euros(cents: Fraction) -> str:
    euros = Decimal(cents.numerator) / Decimal(cents.denominator) / 100
    return f"{euros.quantize(PLACES, ROUND_HALF_UP):f}"
