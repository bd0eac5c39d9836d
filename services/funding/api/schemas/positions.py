"""Posts and reported tables: what is sent and what is answered."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from services.funding.api.schemas.awards import PositionOfLineBody
from services.funding.api.schemas.fields import (
    FigureText,
    Name,
    ProductCode,
    Reason,
    Source,
    Year,
    given,
)
from services.funding.domain.figures import FigureLocale, read_fte
from services.funding.domain.occupancies import KIM, Occupancy
from services.funding.domain.positions import PostFigures, PostRow, PostTable, PostType
from services.funding.operations.change_position import PositionFigures
from services.funding.operations.record_position import NewPosition
from services.funding.operations.record_position_report import NewPositionReport
from shared.web.external_ids import ExternalNumber
from shared.web.fields import Code, Fte, LegalDate, RequestModel, ResponseModel


class PositionBody(PositionOfLineBody):
    """A post, with or without an award line that pays it."""

    award_line_id: UUID | None = None
    effective_from: LegalDate

    def command(self) -> NewPosition:
        return NewPosition(
            **given(self, "focus", "products"),
            focus=tuple(self.focus),
            products=tuple(self.products),
        )


class PositionVersionBody(RequestModel):
    approved_fte: Fte
    effective_from: LegalDate
    reason: Reason | None = None


class PositionFiguresBody(RequestModel):
    """What is reported of a post; a number that nobody reported stays empty."""

    filled_fte: Fte | None = None
    vacant_fte: Fte | None = None
    reported_on: LegalDate
    source: Source

    def figures(self) -> PositionFigures:
        return PositionFigures(self.reported_on, self.source, self.filled_fte, self.vacant_fte)


class OccupancyBody(RequestModel):
    """A share of one seat; `programme` other than KIM records who else pays it.

    `holderRef` is a random UUID for one person on several posts; never a number of the person.
    """

    seat: int = Field(1, strict=True, ge=1, le=999)
    share: Fte
    since: LegalDate
    until: LegalDate | None = None
    programme: Code = KIM
    holder_ref: UUID | None = None
    source: Source | None = None

    def occupancy(self) -> Occupancy:
        return Occupancy(**given(self, "source"))


class OccupancyEndBody(RequestModel):
    until: LegalDate


class PositionProductsBody(RequestModel):
    """The products that carry the post from this fiscal year on; an empty list is none."""

    fiscal_year: Year
    products: list[ProductCode] = Field(max_length=20)


class OccupancyView(ResponseModel):
    id: UUID
    seat: int
    share: str
    since: date
    until: date | None
    programme: str
    holder_ref: UUID | None
    source: str | None


class ProductsOfYearView(ResponseModel):
    """What holds from this fiscal year on, until a later one says otherwise."""

    fiscal_year: int
    products: list[str]


class PositionView(ResponseModel):
    """A post in the version of a day. Approved, filled and vacant are independent facts.

    `occupiedFte` is counted from the occupancies of the day, `products` are those of its year;
    the reported numbers are as reported.
    """

    id: UUID
    version: int
    award_line_id: UUID | None
    award_id: UUID | None
    funding_line: str
    post_type: str
    label: str
    unit_id: str | None
    ags: str | None
    location_note: str
    focus: list[str]
    products: list[str]
    products_by_year: list[ProductsOfYearView]
    planned_start: str | None
    valid_from: date | None
    valid_to: date | None
    has_other_source: bool
    source: str | None
    version_number: int
    effective_from: date
    approved_fte: str
    occupied_fte: str
    reported_filled_fte: str | None
    reported_vacant_fte: str | None
    reported_on: date | None
    reported_source: str | None
    occupancies: list[OccupancyView]
    external_ids: list[ExternalNumber]
    created_at: datetime
    updated_at: datetime


class PositionPage(ResponseModel):
    items: list[PositionView]
    cursors: list[str] | None = None
    next_cursor: str | None


class FiguresBody(RequestModel):
    """Three numbers as printed: "7,62" and "7.62" are read in either locale."""

    approved: FigureText
    filled: FigureText
    reported_vacant: FigureText | None = None

    def figures(self, locale: FigureLocale) -> PostFigures:
        vacant = self.reported_vacant
        return PostFigures(
            read_fte(self.approved, locale),
            read_fte(self.filled, locale),
            read_fte(vacant, locale) if vacant is not None else None,
        )


class ReportRowBody(FiguresBody):
    label: Name
    post_type: PostType


class PositionReportBody(RequestModel):
    """A table of posts as somebody printed it. `locale` says how its numbers are written."""

    reported_on: LegalDate
    source: Source
    provenance: Literal["ORIGINAL", "MIRROR"] = "ORIGINAL"
    locale: FigureLocale
    rows: list[ReportRowBody] = Field(min_length=1, max_length=100)
    reported_total: FiguresBody | None = None

    def command(self) -> NewPositionReport:
        """Raises FigureUnreadable."""
        rows = tuple(
            PostRow(row.label, row.post_type, row.figures(self.locale)) for row in self.rows
        )
        total = self.reported_total.figures(self.locale) if self.reported_total else None
        return NewPositionReport(
            self.reported_on, self.source, self.provenance, PostTable(rows, total)
        )


class ReportRowView(ResponseModel):
    label: str
    post_type: str
    approved_fte: str
    filled_fte: str
    reported_vacant_fte: str | None
    unoccupied_computed: str
    residual: str | None


class PositionReportView(ResponseModel):
    """The stored numbers, unchanged; `unoccupiedComputed` and `residual` are derived."""

    id: UUID
    reported_on: date
    source: str
    provenance: str
    rows: list[ReportRowView]
    total_approved_fte: str | None
    total_filled_fte: str | None
    total_reported_vacant_fte: str | None
    recorded_at: datetime


class PositionReportPage(ResponseModel):
    items: list[PositionReportView]
    cursors: list[str] | None = None
    next_cursor: str | None
