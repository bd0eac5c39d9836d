"""Money in integer cents and posts in hundredths of a full-time equivalent; never a float."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

AMOUNT_PATTERN = r"^(0|[1-9][0-9]{0,12})\.[0-9]{2}$"
SIGNED_AMOUNT_PATTERN = r"^-?(0|[1-9][0-9]{0,12})\.[0-9]{2}$"
FTE_PATTERN = r"^(0|[1-9][0-9]{0,2})\.[0-9]{2}$"


class AmountUnreadable(RuleViolated):
    code = "amount-unreadable"
    title = Text(
        de="Beträge werden als Text mit zwei Nachkommastellen angegeben, z. B. 55000.00.",
        en="Amounts are text with two decimals, for example 55000.00.",
    )


class FteUnreadable(RuleViolated):
    code = "fte-unreadable"
    title = Text(
        de="Stellenanteile werden als Text mit zwei Nachkommastellen angegeben, z. B. 7.62.",
        en="Full-time equivalents are text with two decimals, for example 7.62.",
    )


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of euros in cents. Arithmetic stays in integers."""

    cents: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `"55000.00"` (optionally with a minus sign). Raises AmountUnreadable."""
        if not re.fullmatch(SIGNED_AMOUNT_PATTERN, text):
            raise AmountUnreadable
        return cls(int(text.replace(".", "")))

    @classmethod
    def euros(cls, euros: int) -> Self:
        return cls(euros * 100)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def times(self, factor: Decimal | Fraction | int) -> "Money":
        """The amount times a factor, exact until it is rounded half-up to the cent at the end.

        A third of a month is no decimal: give such factors as fractions.
        """
        exact = self.cents * Fraction(factor)
        cents = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return Money(-cents if exact < 0 else cents)

    def split(self, weights: list[int]) -> list["Money"]:
        """Parts in proportion to `weights` that sum to the whole exactly (largest remainder).

        Raises ValueError when no weight is positive or one is negative.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("Weights must not be negative and at least one must be positive.")
        shares = [divmod(self.cents * weight, total) for weight in weights]
        left = self.cents - sum(quotient for quotient, _ in shares)
        largest = sorted(range(len(weights)), key=lambda i: (-shares[i][1], i))[:left]
        return [
            Money(quotient + (1 if index in largest else 0))
            for index, (quotient, _) in enumerate(shares)
        ]

    def __str__(self) -> str:
        """`"55000.00"`: the form outside, in JSON and in files."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def german(self) -> str:
        """`"1.222.800,00"`: the form in German print."""
        sign = "-" if self.cents < 0 else ""
        euros = f"{abs(self.cents) // 100:,}".replace(",", ".")
        return f"{sign}{euros},{abs(self.cents) % 100:02d}"


ZERO = Money(0)


def parse_fte(text: str) -> Decimal:
    """Read `"7.62"`. Raises FteUnreadable."""
    if not re.fullmatch(FTE_PATTERN, text):
        raise FteUnreadable
    return Decimal(text)


def fte_text(fte: Decimal) -> str:
    """`"7.62"`: two decimals, never an exponent."""
    return f"{fte:.2f}"


def fte_german(fte: Decimal) -> str:
    """`"7,62"`: the form in German print."""
    return fte_text(fte).replace(".", ",")
