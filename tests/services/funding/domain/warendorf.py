"""Kreis Warendorf 2022 as printed in its council paper 187/2022."""

from datetime import date
from decimal import Decimal

from services.funding.domain.awards import AwardContent, AwardLine, LinePurpose
from services.funding.domain.legal_dates import Period
from services.funding.domain.positions import PostFigures, PostRow, PostTable, PostType
from services.funding.domain.programme import FundingLine
from shared.kernel.money import Money

YEAR_2022 = Period.of_year(2022)
B1 = FundingLine.B1_COORDINATION
B2 = FundingLine.B2_CASE_MANAGEMENT
B3 = FundingLine.B3_FOREIGNERS_NATURALISATION

LINES = (
    AwardLine("b1-posts", B1, LinePurpose.POSTS, Money.euros(253_800), Decimal("4.00")),
    AwardLine("b2-posts", B2, LinePurpose.POSTS, Money.euros(770_000), Decimal("14.00")),
    AwardLine("b3-posts", B3, LinePurpose.POSTS, Money.euros(150_000), Decimal("3.00")),
    AwardLine("b1-measures", B1, LinePurpose.INTERFACE_MEASURES, Money.euros(30_000)),
    AwardLine("b1-events", B1, LinePurpose.EVENTS, Money.euros(10_000)),
    AwardLine("b1-advice", B1, LinePurpose.EXTERNAL_ADVICE, Money.euros(9_000)),
)
TRANSLATION = AwardLine(
    "translation",
    B1,
    LinePurpose.TRANSLATION,
    Money.euros(30_000),
    period=Period(date(2022, 10, 1), date(2022, 12, 31)),
    is_additional=True,
)
FUNDING = AwardContent(2022, YEAR_2022, LINES, Money.euros(1_222_800))
FUNDING_WITH_TRANSLATION = AwardContent(
    2022, YEAR_2022, (*LINES, TRANSLATION), Money.euros(1_222_800)
)


def figures(approved: str, filled: str, vacant: str) -> PostFigures:
    return PostFigures(Decimal(approved), Decimal(filled), Decimal(vacant))


POSITIONS = PostTable(
    (
        PostRow("Koordination", PostType.COORDINATION, figures("3.50", "3.50", "0.00")),
        PostRow("Verwaltung", PostType.ADMINISTRATION, figures("0.50", "0.50", "0.00")),
        PostRow("Case Management-KIM", PostType.CASE_MANAGEMENT, figures("14.00", "7.62", "2.88")),
        PostRow("Ausländerbehörde", PostType.FOREIGNERS_AUTHORITY, figures("1.00", "0.75", "0.00")),
        PostRow(
            "Einbürgerungsbehörde",
            PostType.NATURALISATION_AUTHORITY,
            figures("2.00", "1.50", "0.00"),
        ),
    ),
    figures("21.00", "13.87", "2.88"),
)
