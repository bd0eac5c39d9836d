"""Money and posts of a year by funding line, for the steering group."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.deadline import LineOutlook
from gateway.schema.funding_status import PostFigures, PostTable
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date


@strawberry.type(
    description=both("Money and posts of one funding line.", "Mittel und Stellen eines Bausteins.")
)
class LineControlling(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    granted: Amount = field(
        "Granted, without additional funds.", "Bewilligt, ohne zusätzliche Mittel."
    )
    additional: Amount = field("Additional funds granted.", "Zusätzlich bewilligte Mittel.")
    reserved: Amount = field("Set aside in the books.", "Laut Büchern vorgemerkt.")
    committed: Amount = field("Promised in the books.", "Laut Büchern gebunden.")
    used: Amount = field("Used in the books.", "Laut Büchern verwendet.")
    free: Amount = field("Free in the books.", "Laut Büchern frei.")
    posts: PostFigures | None = field(
        "Posts of the line, where the table has them.", "Stellen des Bausteins, falls gemeldet."
    )
    outlook: LineOutlook | None = field(
        "What will come of the money for posts.", "Was aus den Mitteln für Stellen wird."
    )


@strawberry.type(
    description=both(
        "Money and posts of a fiscal year on a day.",
        "Mittel und Stellen eines Haushaltsjahres an einem Tag.",
    )
)
class FundingControlling(Published):
    as_of: Date = field("The day.", "Der Stichtag.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    programme_volume: Amount = field(
        "All that is granted, without additional funds.",
        "Alles Bewilligte ohne zusätzliche Mittel.",
    )
    additional_funds: Amount = field("Additional funds.", "Zusätzliche Mittel.")
    ministry_total: Amount = field("Both together.", "Beides zusammen.")
    lines: list[LineControlling] = field("By funding line.", "Je Baustein.")
    positions: PostTable = field("The table of posts.", "Die Stellentabelle.")
