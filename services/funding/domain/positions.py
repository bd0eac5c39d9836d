"""Posts as they are reported: approved, filled and reported vacant are three separate facts.

Source of the figures: Kreis Warendorf 187/2022, whose table leaves 4.25 posts unexplained.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.programme import FundingLine
from shared.kernel.money import Money, fte_text
from shared.kernel.text import Text

NO_POSTS = Decimal("0.00")


class PostType(StrEnum):
    """What a post is for. Line 1 keeps coordination and administration apart (R-B1)."""

    COORDINATION = "COORDINATION"
    ADMINISTRATION = "ADMINISTRATION"
    CASE_MANAGEMENT = "CASE_MANAGEMENT"
    FOREIGNERS_AUTHORITY = "FOREIGNERS_AUTHORITY"
    NATURALISATION_AUTHORITY = "NATURALISATION_AUTHORITY"


POST_TYPE_NAMES: Mapping[PostType, Text] = {
    PostType.COORDINATION: Text(de="Koordination", en="Coordination"),
    PostType.ADMINISTRATION: Text(de="Verwaltung", en="Administration"),
    PostType.CASE_MANAGEMENT: Text(de="Case Management", en="Case management"),
    PostType.FOREIGNERS_AUTHORITY: Text(de="Ausländerbehörde", en="Foreigners' authority"),
    PostType.NATURALISATION_AUTHORITY: Text(
        de="Einbürgerungsbehörde", en="Naturalisation authority"
    ),
}

LINE_OF_POST_TYPE: Mapping[PostType, FundingLine] = {
    PostType.COORDINATION: FundingLine.B1_COORDINATION,
    PostType.ADMINISTRATION: FundingLine.B1_COORDINATION,
    PostType.CASE_MANAGEMENT: FundingLine.B2_CASE_MANAGEMENT,
    PostType.FOREIGNERS_AUTHORITY: FundingLine.B3_FOREIGNERS_NATURALISATION,
    PostType.NATURALISATION_AUTHORITY: FundingLine.B3_FOREIGNERS_NATURALISATION,
}


@dataclass(frozen=True, slots=True)
class PostFigures:
    """The three reported numbers of one row, in full-time equivalents (hazard H8).

    `reported_vacant` is None where nobody has reported a vacancy: that is not zero.
    """

    approved: Decimal
    filled: Decimal
    reported_vacant: Decimal | None

    @property
    def unoccupied_computed(self) -> Decimal:
        """Approved minus filled. Never taken for the reported vacancy (R-S4-1)."""
        return self.approved - self.filled

    @property
    def residual(self) -> Decimal | None:
        """Posts reported neither as filled nor as vacant; None while the vacancy is unreported."""
        if self.reported_vacant is None:
            return None
        return self.unoccupied_computed - self.reported_vacant

    def __add__(self, other: "PostFigures") -> "PostFigures":
        is_reported = self.reported_vacant is not None and other.reported_vacant is not None
        return PostFigures(
            self.approved + other.approved,
            self.filled + other.filled,
            (self.reported_vacant or NO_POSTS) + (other.reported_vacant or NO_POSTS)
            if is_reported
            else None,
        )


NO_FIGURES = PostFigures(NO_POSTS, NO_POSTS, NO_POSTS)


@dataclass(frozen=True, slots=True)
class PostRow:
    """One row as printed: the label of the paper and the post type it stands for."""

    label: str
    post_type: PostType
    figures: PostFigures

    @property
    def funding_line(self) -> FundingLine:
        return LINE_OF_POST_TYPE[self.post_type]


@dataclass(frozen=True, slots=True)
class PostTable:
    """A reported table. All its numbers stay as they are; sums are recomputed and compared."""

    rows: tuple[PostRow, ...]
    reported_total: PostFigures | None = None

    @property
    def computed_total(self) -> PostFigures:
        """The column sums, recomputed from the rows (R-S4-3)."""
        return sum((row.figures for row in self.rows), NO_FIGURES)

    @property
    def total(self) -> PostFigures:
        """The reported total row, or the recomputed one where none was reported."""
        return self.reported_total or self.computed_total

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Column sums that do not add up, then residuals row by row and in the total row."""
        residuals = [
            finding
            for subject, figures in (
                *((row.post_type.value, row.figures) for row in self.rows),
                ("TOTAL", self.total),
            )
            for finding in _residual_findings(subject, figures)
        ]
        return (*self._column_findings(), *residuals)

    def _column_findings(self) -> Iterable[Finding]:
        if self.reported_total is None:
            return
        reported, computed = self.reported_total, self.computed_total
        for column in ("approved", "filled", "reported_vacant"):
            said, summed = getattr(reported, column), getattr(computed, column)
            if said is not None and summed is not None and said != summed:
                facts = {"reported": fte_text(said), "computed": fte_text(summed)}
                yield Finding(FindingCode.COLUMN_SUM_MISMATCH, column, facts)


def _residual_findings(subject: str, figures: PostFigures) -> Iterable[Finding]:
    if figures.residual:
        facts = {
            "residual": fte_text(figures.residual),
            "unoccupiedComputed": fte_text(figures.unoccupied_computed),
        }
        yield Finding(FindingCode.POSITION_RESIDUAL, subject, facts)


@dataclass(frozen=True, slots=True)
class UnspentForecast:
    """What the filled posts can use at most in a full year, and what would be left (R-S4-4)."""

    granted: Money
    usable: Money

    @property
    def unspent(self) -> Money:
        return max(Money(0), self.granted - self.usable)

    @property
    def findings(self) -> tuple[Finding, ...]:
        if not self.unspent.cents:
            return ()
        facts = {"granted": str(self.granted), "usable": str(self.usable)}
        facts["unspent"] = str(self.unspent)
        return (Finding(FindingCode.UNSPENT_FUNDS_EXPECTED, "forecast", facts),)


def unspent_forecast(granted: Money, filled_fte: Decimal, ceiling: Money) -> UnspentForecast:
    """At most `ceiling` for each filled post over a full year."""
    return UnspentForecast(granted, min(granted, ceiling.times(filled_fte)))
