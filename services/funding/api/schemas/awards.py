"""Awards: the bodies of requests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.funding.api.schemas.fields import (
    Flag,
    FundingLineName,
    LineKey,
    Name,
    PeriodBody,
    ProductCode,
    QuarterText,
    Reason,
    Reference,
    Source,
    TerritoryBody,
    Year,
    given,
)
from services.funding.domain.allocation_tree import Share
from services.funding.domain.applicants import Applicant, ApplicantKind
from services.funding.domain.awards import AwardContent, AwardLine, LinePurpose
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.legal_dates import Period
from services.funding.domain.part_year import PartYearDecision
from services.funding.domain.positions import PostType
from services.funding.domain.territory import Area, Territory
from services.funding.domain.versions import VersionKind
from services.funding.operations.amend_award import NewVersion
from services.funding.operations.change_award import AwardCorrection
from services.funding.operations.record_award import NewAward, NewLine
from services.funding.operations.record_position import NewPosition
from shared.kernel.money import ZERO
from shared.web.fields import (
    Ags,
    Amount,
    Code,
    Fte,
    LegalDate,
    RequestModel,
    UnitKey,
    line,
)


class ApplicantBody(RequestModel):
    """The municipality that applies, with what the conditions of § 9 TIntG ask for."""

    kind: ApplicantKind = ApplicantKind.KREIS
    has_integration_centre: Flag = True
    has_foreigners_authority: Flag = False
    has_naturalisation_authority: Flag = False
    has_youth_office: Flag = False
    has_integration_council: Flag = False
    applies_through_county: Flag = False

    def applicant(self) -> Applicant:
        return Applicant(**given(self))


class PositionOfLineBody(RequestModel):
    """A post that a line pays, recorded together with the award."""

    post_type: PostType
    approved_fte: Fte
    label: Name | None = None
    unit_id: UnitKey | None = None
    ags: Ags | None = None
    location_note: line(300, minimum=0) = ""  # type: ignore[valid-type] # built by a function
    focus: list[Code] = Field(default_factory=list, max_length=20)
    products: list[ProductCode] = Field(default_factory=list, max_length=20)
    planned_start: QuarterText | None = None
    valid_from: LegalDate | None = None
    valid_to: LegalDate | None = None
    has_other_source: Flag = False
    source: Source | None = None


class AwardLineBody(RequestModel):
    """One line. `rate` is the amount per post if the notice states one."""

    key: LineKey
    funding_line: FundingLineName
    purpose: LinePurpose = LinePurpose.POSTS
    amount: Amount
    fte: Fte | None = None
    rate: Amount | None = None
    valid_from: LegalDate | None = None
    valid_to: LegalDate | None = None
    is_additional: Flag = False
    name_de: line(200, minimum=0) = ""  # type: ignore[valid-type] # built by a function
    name_en: line(200, minimum=0) = ""  # type: ignore[valid-type] # built by a function
    source: Source | None = None

    @model_validator(mode="after")
    def _period_is_whole(self) -> Self:
        if (self.valid_from is None) is not (self.valid_to is None):
            raise ValueError("validFrom and validTo come together.")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise PydanticCustomError("period_reversed", "validTo lies before validFrom.")
        return self

    def line(self) -> AwardLine:
        period = None
        if self.valid_from is not None and self.valid_to is not None:
            period = Period(self.valid_from, self.valid_to)
        return AwardLine(
            self.key,
            self.funding_line,
            self.purpose,
            self.amount,
            self.fte,
            self.rate,
            period,
            self.is_additional,
        )

    def new_line(self) -> NewLine:
        return NewLine(self.line(), self.name_de, self.name_en, self.source)


class NewAwardLineBody(AwardLineBody):
    """A line of a new award, with what the applicant keeps and the posts it pays."""

    own_use_fte: Fte | None = None
    own_use_amount: Amount | None = None
    positions: list[PositionOfLineBody] = Field(default_factory=list, max_length=100)

    def complete_line(self, award_from: date) -> NewLine:
        own_use = None
        if self.own_use_fte is not None or self.own_use_amount is not None:
            own_use = Share(self.own_use_fte or Decimal("0.00"), self.own_use_amount or ZERO)
        return replace(
            self.new_line(),
            own_use=own_use,
            positions=tuple(_position(one, award_from) for one in self.positions),
        )


def _position(body: PositionOfLineBody, award_from: date) -> NewPosition:
    return NewPosition(
        **given(body, "focus", "products"),
        effective_from=body.valid_from or award_from,
        focus=tuple(body.focus),
        products=tuple(body.products),
    )


class AwardBody(PeriodBody):
    """An award with its lines and posts: one record, one request.

    `total` is the printed Fördervolumen; additional lines count outside it.
    """

    total: Amount
    lines: list[NewAwardLineBody] = Field(min_length=1, max_length=50)
    fiscal_year: Year
    kind: VersionKind = VersionKind.ORIGINAL
    follows_award_id: UUID | None = None
    reference: Reference | None = None
    authority: Name | None = None
    funder: Name | None = None
    source: Source | None = None
    applicant: ApplicantBody = Field(default_factory=ApplicantBody)
    territory: TerritoryBody | None = None
    permits_forwarding: Flag = False
    awarded_on: LegalDate | None = None
    assurance_until: LegalDate | None = None
    proof_due_on: LegalDate | None = None
    book: Book = Book.LIVE

    def command(self, tenant_id: str) -> NewAward:
        """`tenant_id` is the Kreis: the territory of an award that names none."""
        whole = Territory((Area(tenant_id),))
        lines = tuple(one.line() for one in self.lines)
        return NewAward(
            fiscal_year=self.fiscal_year,
            content=AwardContent(self.fiscal_year, self.period, lines, self.total),
            lines=tuple(one.complete_line(self.valid_from) for one in self.lines),
            kind=self.kind,
            applicant=self.applicant.applicant(),
            territory=self.territory.territory() if self.territory else whole,
            follows_award_id=self.follows_award_id,
            reference=self.reference,
            authority=self.authority,
            funder=self.funder,
            source=self.source,
            permits_forwarding=self.permits_forwarding,
            awarded_on=self.awarded_on,
            assurance_until=self.assurance_until,
            proof_due_on=self.proof_due_on,
            book=self.book,
        )


class AwardVersionBody(PeriodBody):
    """An amendment. Lines are matched by key; a line left out has nothing any more."""

    effective_from: LegalDate
    total: Amount
    lines: list[AwardLineBody] = Field(min_length=1, max_length=50)
    reason: Reason | None = None

    def command(self) -> NewVersion:
        return NewVersion(
            self.period,
            self.total,
            tuple(one.new_line() for one in self.lines),
            self.effective_from,
            self.reason,
        )


class AwardChangeBody(RequestModel):
    reference: Reference | None = None
    authority: Name | None = None
    funder: Name | None = None
    awarded_on: LegalDate | None = None
    assurance_until: LegalDate | None = None
    proof_due_on: LegalDate | None = None
    permits_forwarding: Flag | None = None
    applicant: ApplicantBody | None = None
    territory: TerritoryBody | None = None

    def correction(self) -> AwardCorrection:
        return AwardCorrection(
            **given(self, "applicant", "territory"),
            applicant=self.applicant.applicant() if self.applicant else None,
            territory=self.territory.territory() if self.territory else None,
        )


class PartYearBody(RequestModel):
    """Whether a post that did not run all year gets the full amount or its part of the year."""

    decision: PartYearDecision


class OwnUseBody(RequestModel):
    fte: Fte
    amount: Amount

    def share(self) -> Share:
        return Share(self.fte, self.amount)
