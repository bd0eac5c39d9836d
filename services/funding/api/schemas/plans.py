"""Programmes, rates, budget entries and requests for own money."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import model_validator

from services.funding.api.schemas.fields import (
    FundingLineName,
    Name,
    ProductCode,
    Source,
    Year,
    given,
)
from services.funding.domain.amounts import AmountStatus
from services.funding.domain.budget import EntryKind
from services.funding.domain.own_share import CostBasis
from services.funding.domain.rates import UnitKind
from services.funding.operations.record_plans import NewBudgetEntry, NewProgramme, NewRate
from services.funding.operations.request_own_share import NewOwnShareRequest
from shared.web.fields import (
    ZERO_AMOUNT,
    Amount,
    Code,
    LegalDate,
    PositiveFte,
    RequestModel,
    ResponseModel,
    line,
)


class ProgrammeBody(RequestModel):
    """A programme. Its volume is a statement with a status and no award."""

    code: Code
    name_de: Name
    name_en: Name
    volume: Amount | None = None
    volume_status: AmountStatus | None = None
    announced_on: LegalDate | None = None
    funder: Name | None = None
    legal_source: Source | None = None
    enacted_on: LegalDate | None = None
    in_force_from: LegalDate | None = None
    assurance_until: LegalDate | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _volume_is_whole(self) -> Self:
        if (self.volume is None) is not (self.volume_status is None):
            raise ValueError("volume and volumeStatus come together.")
        return self

    def command(self) -> NewProgramme:
        return NewProgramme(**given(self))


class ProgrammeView(ResponseModel):
    id: UUID
    version: int
    code: str
    name_de: str
    name_en: str
    volume: str | None
    volume_status: str | None
    announced_on: date | None
    funder: str | None
    legal_source: str | None
    enacted_on: date | None
    in_force_from: date | None
    assurance_until: date | None
    source: str | None
    updated_at: datetime


class ProgrammePage(ResponseModel):
    items: list[ProgrammeView]
    cursors: list[str] | None = None
    next_cursor: str | None


class RateBody(RequestModel):
    """A ceiling on actual cost for one unit of one line in one fiscal year."""

    funding_line: FundingLineName
    unit_kind: UnitKind = UnitKind.POST_YEAR
    fiscal_year: Year
    ceiling: Amount
    source: Source
    valid_from: LegalDate | None = None
    valid_to: LegalDate | None = None

    def command(self) -> NewRate:
        return NewRate(**given(self))


class RateView(ResponseModel):
    id: UUID
    version: int
    funding_line: str
    unit_kind: str
    fiscal_year: int
    ceiling: str
    source: str
    valid_from: date | None
    valid_to: date | None
    replaced_by: UUID | None
    updated_at: datetime


class RatePage(ResponseModel):
    items: list[RateView]
    cursors: list[str] | None = None
    next_cursor: str | None


class BudgetEntryBody(RequestModel):
    """A planned revenue or expense, gross; the account is empty where the paper names none."""

    kind: EntryKind
    amount: Amount
    fiscal_year: Year
    product: ProductCode
    account: ProductCode | None = None
    funding_line: FundingLineName | None = None
    name_de: line(200, minimum=0) = ""  # type: ignore[valid-type] # built by a function
    source: Source | None = None

    def command(self) -> NewBudgetEntry:
        return NewBudgetEntry(**given(self))


class BudgetEntryView(ResponseModel):
    id: UUID
    version: int
    kind: str
    amount: str
    fiscal_year: int
    product: str
    account: str | None
    funding_line: str | None
    name_de: str
    source: str | None
    updated_at: datetime


class BudgetEntryPage(ResponseModel):
    items: list[BudgetEntryView]
    cursors: list[str] | None = None
    next_cursor: str | None


class OwnShareRequestBody(RequestModel):
    """A request and the figures it was made on, per post."""

    fiscal_year: Year
    requested_by: Name
    requested_on: LegalDate | None = None
    award_line_id: UUID | None = None
    personnel_cost: Amount
    overhead_cost: Amount = ZERO_AMOUNT
    ceiling: Amount
    fte: PositiveFte
    requested_amount: Amount
    recommended_amount: Amount | None = None
    source: Source | None = None

    def command(self) -> NewOwnShareRequest:
        basis = CostBasis(self.personnel_cost, self.overhead_cost, self.ceiling, self.fte)
        return NewOwnShareRequest(
            fiscal_year=self.fiscal_year,
            requested_by=self.requested_by,
            basis=basis,
            requested=self.requested_amount,
            requested_on=self.requested_on,
            recommended=self.recommended_amount,
            award_line_id=self.award_line_id,
            source=self.source,
        )


class RecommendationBody(RequestModel):
    amount: Amount


class DecisionBody(RequestModel):
    amount: Amount
    decided_on: LegalDate


class OwnShareRequestView(ResponseModel):
    """Requested, recommended and decided are three facts; decided stays empty until decided.

    `ownShareCap` is per post and an upper bound; the gaps are over all posts of the request.
    """

    id: UUID
    version: int
    award_line_id: UUID | None
    fiscal_year: int
    requested_by: str
    requested_on: date | None
    personnel_cost: str
    overhead_cost: str
    ceiling: str
    fte: str
    own_share_cap: str
    personnel_gap: str
    full_gap: str
    requested_amount: str
    recommended_amount: str | None
    decided_amount: str | None
    decided_on: date | None
    findings: list[str]
    source: str | None
    updated_at: datetime


class OwnShareRequestPage(ResponseModel):
    items: list[OwnShareRequestView]
    cursors: list[str] | None = None
    next_cursor: str | None
