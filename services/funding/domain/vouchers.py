"""Vouchers (Belege): the paper behind a cost. What it says stays in the document system."""

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class VoucherUnknown(RuleViolated):
    code = "voucher-unknown"
    title = Text(de="Diesen Beleg gibt es nicht.", en="This voucher does not exist.")


class VoucherExhausted(Conflict):
    """`free` is what of the voucher no cost stands on yet."""

    code = "voucher-exhausted"
    title = Text(
        de="So viel ist auf diesem Beleg nicht mehr offen.",
        en="There is not that much left on this voucher.",
    )


class AmountMissing(RuleViolated):
    code = "amount-missing"
    title = Text(de="Ein Betrag von 0,00 sagt nichts.", en="An amount of 0.00 says nothing.")


def require_something(amount: Money) -> None:
    """Raises AmountMissing."""
    if amount <= ZERO:
        raise AmountMissing


def refuse_beyond_voucher(amount: Money, voucher: Money, taken: Money) -> None:
    """No voucher carries more cost than it is about. Raises VoucherExhausted."""
    free = voucher - taken
    if amount > free:
        raise VoucherExhausted(free=str(max(free, ZERO)))
