"""Money and posts for the steering group."""

from datetime import date
from typing import Self

from services.funding.api.schemas.deadlines import LineOutlookView
from services.funding.api.schemas.reports import PostFiguresView, PostStatusView
from services.funding.operations.report_controlling import Controlling, LineControlling
from shared.web.fields import ResponseModel


class LineControllingView(ResponseModel):
    """One funding line. The books' figures count additional funds, too."""

    funding_line: str
    granted: str
    additional: str
    reserved: str
    committed: str
    used: str
    free: str
    posts: PostFiguresView | None
    outlook: LineOutlookView | None

    @classmethod
    def of(cls, one: LineControlling) -> Self:
        return cls(
            funding_line=one.funding_line.value,
            granted=str(one.granted),
            additional=str(one.additional),
            reserved=str(one.reserved),
            committed=str(one.committed),
            used=str(one.used),
            free=str(one.free),
            posts=PostFiguresView.of(one.posts) if one.posts else None,
            outlook=LineOutlookView.of(one.outlook) if one.outlook else None,
        )


class FundingControllingView(ResponseModel):
    """By funding line, for the fiscal year of the day; and the table of posts."""

    as_of: date
    fiscal_year: int
    programme_volume: str
    additional_funds: str
    ministry_total: str
    lines: list[LineControllingView]
    positions: PostStatusView

    @classmethod
    def of(cls, found: Controlling) -> Self:
        status = found.status
        return cls(
            as_of=status.as_of,
            fiscal_year=status.as_of.year,
            programme_volume=str(status.programme_volume),
            additional_funds=str(status.additional_funds),
            ministry_total=str(status.ministry_total),
            lines=[LineControllingView.of(line) for line in found.lines],
            positions=PostStatusView.of(status.posts),
        )
