"""Awards: the published shape of answers."""

from datetime import date, datetime
from uuid import UUID

from services.funding.api.schemas.fields import TerritoryView
from shared.web.external_ids import ExternalNumber
from shared.web.fields import ResponseModel


class ApplicantView(ResponseModel):
    kind: str
    has_integration_centre: bool
    has_foreigners_authority: bool
    has_naturalisation_authority: bool
    has_youth_office: bool
    has_integration_council: bool
    applies_through_county: bool


class AwardLineView(ResponseModel):
    """A line of the version shown; what is passed on and free is that of the present."""

    id: UUID
    key: str
    funding_line: str
    purpose: str
    name_de: str
    name_en: str
    source: str | None
    is_additional: bool
    amount: str
    fte: str | None
    rate: str | None
    valid_from: date | None
    valid_to: date | None
    part_year_decision: str | None
    own_use_amount: str
    own_use_fte: str
    allocated_amount: str
    allocated_fte: str
    free_amount: str
    free_fte: str


class ConditionView(ResponseModel):
    """An ancillary provision of the notice; `passesOn`: whoever gets money on is bound by it."""

    code: str
    text_de: str
    passes_on: bool


class AwardView(ResponseModel):
    """An award in one version: the one in force on the day asked about, or the newest."""

    id: UUID
    version: int
    unit_id: str
    book: str
    state: str
    allowed_actions: list[str]
    fiscal_year: int
    reference: str | None
    authority: str | None
    funder: str | None
    source: str | None
    follows_award_id: UUID | None
    applicant: ApplicantView
    territory: TerritoryView
    permits_forwarding: bool
    awarded_on: date | None
    notified_on: date | None
    remedies_waived_on: date | None
    is_appeal_pending: bool
    budget_released_on: date | None
    assurance_until: date | None
    proof_due_on: date | None
    proof_accepted_on: date | None
    open_recovery: str
    revocation_reason: str | None
    revocation_effective_on: date | None
    hearing_on: date | None
    revoked_amount: str | None
    version_number: int
    kind: str
    effective_from: date
    valid_from: date
    valid_to: date
    total: str
    lines: list[AwardLineView]
    conditions: list[ConditionView]
    has_excess: bool
    external_ids: list[ExternalNumber]
    created_at: datetime
    updated_at: datetime


class AwardPage(ResponseModel):
    items: list[AwardView]
    cursors: list[str] | None = None
    next_cursor: str | None


class AwardVersionLineView(ResponseModel):
    key: str
    amount: str
    fte: str | None
    rate: str | None
    valid_from: date | None
    valid_to: date | None


class AwardVersionView(ResponseModel):
    id: UUID
    number: int
    kind: str
    effective_from: date
    valid_from: date
    valid_to: date
    total: str
    reason: str | None
    lines: list[AwardVersionLineView]
    recorded_at: datetime
    approved_at: datetime | None


class AwardVersionPage(ResponseModel):
    items: list[AwardVersionView]
    cursors: list[str] | None = None
    next_cursor: str | None
