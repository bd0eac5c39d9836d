"""The figures of the status report. PDF, CSV and JSON show this object and nothing else.

Posts are Decimals with two places, money is in cents; None is a figure that nobody reported.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from shared.kernel.money import Money


@dataclass(frozen=True, slots=True)
class PostFigures:
    """One row of the table of posts: three reported numbers and two computed ones (R-S4-1)."""

    label: str
    approved: Decimal
    filled: Decimal
    reported_vacant: Decimal | None
    unoccupied_computed: Decimal
    residual: Decimal | None


@dataclass(frozen=True, slots=True)
class Posts:
    """The table as reported, with its total row. `source` names the paper it comes from."""

    rows: tuple[PostFigures, ...]
    total: PostFigures
    reported_on: date | None
    source: str | None


@dataclass(frozen=True, slots=True)
class AwardedAmount:
    """One line of an award. `fte` and `per_post` only where the line pays for posts."""

    funding_line: str
    label: str
    amount: Money
    fte: Decimal | None
    per_post: Money | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is granted. Additional money stands beside the volume and is not part of it (F3)."""

    lines: tuple[AwardedAmount, ...]
    volume: Money
    additional_lines: tuple[AwardedAmount, ...]
    additional: Money
    ministry_total: Money
    expected: Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a funding line can use at most with the posts filled, and what would be left."""

    funding_line: str
    filled: Decimal
    granted: Money
    usable: Money
    unspent: Money


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One observation; `figures` are name and value as they are printed."""

    code: str
    subject: str
    message: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Funding:
    """What the funding service told."""

    posts: Posts
    amounts: Amounts
    forecasts: tuple[Forecast, ...]
    findings: tuple[ReportFinding, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One number "thereof" another one; never to be added to it (R-S4-5)."""

    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Counselling:
    """What the case service told. `unit` is what was counted, for example families, at the end of
    `counted_on`, the last reporting day.

    None is a number too small to be shown (§ 16 BStatG).
    """

    unit: str
    counted_on: date
    small_cell_min: int
    total: int | None
    thereof: tuple[Count, ...]
    others: int | None


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that a service could not or may not give, and why."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The state of KIM in one area on one day."""

    tenant_id: str
    area: str
    as_of: date
    created_at: datetime
    funding: Funding | None
    counselling: Counselling | None
    missing: tuple[MissingPart, ...]
