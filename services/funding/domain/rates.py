"""Rates per unit, line and fiscal year: data, never a constant in code (hazard H9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.funding.domain.programme import FundingLine
from shared.kernel.errors import NotFound, RuleViolated
from shared.kernel.money import Money
from shared.kernel.text import Text


class UnitKind(StrEnum):
    """What one rate pays for."""

    POST_YEAR = "POST_YEAR"
    ADMIN_ASSISTANCE_HALF_POST_YEAR = "ADMIN_ASSISTANCE_HALF_POST_YEAR"
    WORKPLACE_SETUP_PER_POST = "WORKPLACE_SETUP_PER_POST"


class RateUnknown(NotFound):
    code = "rate-unknown"
    title = Text(
        de="Für diesen Baustein und dieses Jahr ist kein Satz hinterlegt.",
        en="No rate is on record for this funding line and year.",
    )


class RateGivenTwice(RuleViolated):
    code = "rate-given-twice"
    title = Text(
        de="Für Baustein, Einheit und Jahr gibt es schon einen Satz.",
        en="There is already a rate for this line, unit and year.",
    )


class PostsMissing(RuleViolated):
    code = "posts-missing"
    title = Text(
        de="Ohne Stellen gibt es keinen Betrag je Stelle.",
        en="Without posts there is no amount per post.",
    )


@dataclass(frozen=True, slots=True)
class RateKey:
    """A rate belongs to exactly one line, unit and fiscal year (S1: 55,000; S4: 50,000 for B3)."""

    line: FundingLine
    unit: UnitKind
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Rate:
    """The ceiling on actual cost for one unit in one year; not a lump sum (R-S1-1)."""

    key: RateKey
    ceiling: Money
    source: str


class RateTable:
    """The rates on record, at most one for each key."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        """Raises RateGivenTwice when two rates share a key."""
        table: dict[RateKey, Rate] = {}
        for rate in rates:
            if rate.key in table:
                raise RateGivenTwice(line=rate.key.line, fiscalYear=rate.key.fiscal_year)
            table[rate.key] = rate
        self._rates: Mapping[RateKey, Rate] = table

    def find(self, line: FundingLine, unit: UnitKind, fiscal_year: int) -> Rate | None:
        return self._rates.get(RateKey(line, unit, fiscal_year))

    def ceiling(
        self, line: FundingLine, fiscal_year: int, unit: UnitKind = UnitKind.POST_YEAR
    ) -> Money:
        """The ceiling for one unit. Raises RateUnknown; a neighbouring year is never taken."""
        rate = self.find(line, unit, fiscal_year)
        if rate is None:
            raise RateUnknown(line=line, fiscalYear=fiscal_year)
        return rate.ceiling


def amount_per_post(amount: Money, fte: Decimal) -> Money:
    """What a granted amount comes to for one full-time post, half-up to the cent.

    Raises PostsMissing for zero posts.
    """
    if fte <= 0:
        raise PostsMissing
    return amount.times(Decimal(1) / fte)
