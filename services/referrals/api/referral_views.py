"""Referrals as each side is shown them. SQL builds them; a test holds the two together."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    Mode,
    Outcome,
    Purpose,
    ReferralAction,
    ReferralState,
    RejectReason,
    Side,
    Topic,
    Urgency,
    WithdrawReason,
)
from services.referrals.domain.overlays import HoldReason, OverlayAction
from services.referrals.domain.routing import ManualReason
from shared.web.external_ids import ExternalNumber
from shared.web.fields import ResponseModel


class TitleView(ResponseModel):
    de: str
    en: str


class ProblemView(ResponseModel):
    type: str
    reason: RejectReason
    title: TitleView
    detail: str
    instance: str


class PreviewView(ResponseModel):
    """What names nobody."""

    id: UUID
    version: int
    state: ReferralState
    mode: Mode
    service_code: str
    topic: Topic
    purpose: Purpose
    urgency: Urgency
    language: str
    interpreter_needed: bool
    municipality_ags: str
    age_band: AgeBand
    sender_unit: str
    recipient_unit: str | None
    manual_reason: ManualReason | None
    created_at: datetime
    updated_at: datetime


class ReferralView(PreviewView):
    """Preview and process, for both sides; `side` is the asking unit's.

    `overlay_actions` are what it can do beside the steps of the table; `assignee` and
    `escalated_to` are the recipient's own. `masked_fields` are the members of the whole referral
    (`GET /v1/referrals/{referral_id}`) that a rule hides: why, says its access explanation.
    """

    side: Side | None
    allowed_actions: list[ReferralAction]
    overlay_actions: list[OverlayAction]
    rules_version: int | None
    ground_kind: str | None
    ground_code: str | None
    ground_valid_to: date | None
    covers_feedback: bool
    payload_digest: str | None
    content_version: int
    is_sealed: bool
    submitted_at: datetime | None
    expires_at: datetime | None
    reminded_at: datetime | None
    delivered_at: datetime | None
    answered_at: datetime | None
    remind_at: datetime | None
    answer_remind_at: datetime | None
    escalate_at: datetime | None
    escalated_at: datetime | None
    held_since: datetime | None
    hold_reason: HoldReason | None
    assignee: str | None
    assigned_at: datetime | None
    escalated_to: str | None
    problems: list[ProblemView]
    outcome: Outcome | None
    withdraw_reason: WithdrawReason | None
    signposting_id: UUID | None
    follows_id: UUID | None
    transfers_ownership: bool
    owner_unit: str
    open_proposal_id: UUID | None
    case_id: UUID | None
    masked_fields: list[str]
    external_ids: list[ExternalNumber]


class SendingView(ResponseModel):
    """What only the sender is shown."""

    subject_reference: str
    legal_ground: dict[str, Any] | None
    disclosure_decision: dict[str, Any] | None
    protection_steps: dict[str, Any] | None


class DisputeView(ResponseModel):
    """The note that a disputed field carries wherever it goes, § 84 (2) SGB X."""

    field: str
    note: TitleView


class ReferralDetail(ReferralView):
    """With the content: for the sender while it exists, for the recipient after acceptance."""

    content: dict[str, Any] | None
    disputed_fields: list[str] | None
    disputes: list[DisputeView] | None
    secret_categories: list[DataCategory] | None
    sending: SendingView | None


class ReferralPage(ResponseModel):
    items: list[ReferralView]
    next_cursor: str | None
    cursors: list[str] | None = None


class PlaceView(ResponseModel):
    ags: str
    street: str
    house_number: str
    district: str


class ManualView(PreviewView):
    """What the coordination needs to find the unit; the place only while it has to."""

    place: PlaceView | None


class ManualPage(ResponseModel):
    items: list[ManualView]
    next_cursor: str | None
    cursors: list[str] | None = None


class EventView(ResponseModel):
    """One step: ids and codes. `cursor` continues the log behind this step."""

    id: UUID
    cursor: str
    type: str
    referral_id: UUID
    at: datetime
    side: Side
    sender_unit: str
    recipient_unit: str | None
    from_state: ReferralState | None
    to_state: ReferralState
    referral_version: int
    codes: list[str]


class EventPage(ResponseModel):
    items: list[EventView]
    next_cursor: str | None
    cursors: list[str] | None = None


class RevocationView(ResponseModel):
    id: UUID
    consent_reference: str
    revoked_at: datetime
    withdrawn: int
