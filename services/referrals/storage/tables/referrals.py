"""One referral, as it is stored.

It lies in four parts, because different eyes may see them: the process and the preview
(both sides), what only the sender knows, what only the recipient knows, and the content.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, LargeBinary, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.referrals.domain.codes import (
    PENDING,
    AgeBand,
    Mode,
    ReferralState,
    Side,
    Urgency,
)
from services.referrals.domain.routing import ManualReason
from services.referrals.storage.base import CONTENT_KEY, GROUND_KEY, Table
from shared.database.tables import UTC_INSTANT, one_of
from shared.secrecy.columns import SealedJson, SealedMembers, SealedText

IS_PENDING = "state in ({})".format(", ".join(sorted(f"'{state.value}'" for state in PENDING)))


class ReferralRow(Table, table=True):
    """What both sides may see: the process, and a preview that names nobody.

    `submitted_at` decides whether the recipient sees the row at all; `subject_digest` lets the
    database refuse a second pending referral without telling the recipient the reference.
    """

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(one_of("state", ReferralState), name="state"),
        CheckConstraint(one_of("mode", Mode), name="mode"),
        CheckConstraint(one_of("urgency", Urgency), name="urgency"),
        CheckConstraint(one_of("age_band", AgeBand), name="age_band"),
        CheckConstraint(
            f"manual_reason is null or {one_of('manual_reason', ManualReason)}",
            name="manual_reason",
        ),
        CheckConstraint("recipient_unit is distinct from sender_unit", name="two_units"),
        CheckConstraint(
            "(submitted_at is null) = (state in ('DRAFT', 'READY')) or state = 'WITHDRAWN'",
            name="submitted",
        ),
        CheckConstraint("submitted_at is null or recipient_unit is not null", name="addressed"),
        CheckConstraint(
            "owner_unit = sender_unit or transfers_ownership and owner_unit = recipient_unit"
            " and state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED')",
            name="owner",
        ),
        CheckConstraint("not transfers_ownership or mode = 'WARM_HANDOVER'", name="handover"),
        CheckConstraint("(held_since is null) = (hold_reason is null)", name="held"),
        Index("ix_referral_outbox", "tenant_id", "sender_unit", "created_at", "id"),
        Index("ix_referral_inbox", "tenant_id", "recipient_unit", "submitted_at", "id"),
        Index(
            "ix_referral_forwarded",
            "tenant_id",
            "forwarded_from",
            postgresql_where=text("forwarded_from is not null"),
        ),
        Index(
            "ix_referral_manual",
            "tenant_id",
            "created_at",
            "id",
            postgresql_where=text("state = 'READY' and manual_reason is not null"),
        ),
        Index(
            "ix_referral_waiting",
            "tenant_id",
            "submitted_at",
            postgresql_where=text("state = 'SUBMITTED'"),
        ),
        Index(
            "ix_referral_unanswered",
            "tenant_id",
            "escalate_at",
            postgresql_where=text("escalate_at is not null"),
        ),
        Index(
            "ix_referral_rejected",
            "tenant_id",
            "answered_at",
            postgresql_where=text("state = 'REJECTED'"),
        ),
        Index(
            "ix_referral_revoked",
            "tenant_id",
            "id",
            postgresql_where=text("consent_revoked_at is not null"),
        ),
        Index(
            "uq_referral_pending",
            "tenant_id",
            "sender_unit",
            "service_code",
            "subject_digest",
            unique=True,
            postgresql_where=text(IS_PENDING),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    version: int = 1
    state: str = Field(max_length=20)
    mode: str = Field(max_length=20)
    service_code: str = Field(max_length=60)
    topic: str = Field(max_length=60)
    purpose: str = Field(max_length=60)
    urgency: str = Field(max_length=20)
    language: str = Field(max_length=3)
    interpreter_needed: bool
    municipality_ags: str = Field(max_length=8)
    age_band: str = Field(max_length=20)
    sender_unit: str = Field(max_length=63)
    recipient_unit: str | None = Field(default=None, max_length=63)
    forwarded_from: str | None = Field(default=None, max_length=63)
    manual_reason: str | None = Field(default=None, max_length=20)
    rules_version: int | None = None
    ground_kind: str | None = Field(default=None, max_length=20)
    ground_code: str | None = Field(default=None, max_length=30)
    ground_valid_to: date | None = None
    covers_feedback: bool = False
    subject_digest: bytes = Field(sa_type=LargeBinary, nullable=False)
    payload_digest: str | None = Field(default=None, max_length=71)
    content_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    is_sealed: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    problems: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    outcome: str | None = Field(default=None, max_length=30)
    withdraw_reason: str | None = Field(default=None, max_length=30)
    consent_revoked_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    signposting_id: UUID | None = None
    follows_id: UUID | None = None
    transfers_ownership: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    owner_unit: str = Field(max_length=63)
    open_proposal_id: UUID | None = None
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    submitted_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    expires_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    reminded_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    delivered_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    answered_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    clock_terms: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    remind_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    answer_remind_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    answer_reminded_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    escalate_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    escalated_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    held_since: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    hold_reason: str | None = Field(default=None, max_length=30)


class SenderRecordRow(Table, table=True):
    """What only the sender sees: its own keys and why it was allowed to send (§ 67d (1) SGB X).

    Reasons in words are sealed; what a database rule reads of a ground is not.
    """

    __tablename__ = "sender_record"
    __table_args__ = (
        Index("ix_sender_record_consent", "tenant_id", "unit_id", "consent_reference"),
        Index("ix_sender_record_release", "tenant_id", "unit_id", "release_reference"),
        Index("ix_sender_record_case", "tenant_id", "unit_id", "case_id"),
    )

    id: UUID = Field(primary_key=True, foreign_key="referral.id")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    subject_reference: str = Field(max_length=64)
    case_id: UUID | None = None
    consent_reference: str | None = Field(default=None, max_length=64)
    release_reference: str | None = Field(default=None, max_length=64)
    legal_ground: dict[str, Any] | None = Field(
        default=None,
        sa_type=SealedMembers(
            GROUND_KEY, paths=("consent.formReason", "secrecyRelease.formReason")
        ),
    )
    disclosure_decision: dict[str, Any] | None = Field(
        default=None, sa_type=SealedMembers(GROUND_KEY, paths=("reason",))
    )
    protection_steps: dict[str, Any] | None = Field(
        default=None,
        sa_type=SealedMembers(GROUND_KEY, paths=("notDiscussedReason", "notInformedReason")),
    )


class RecipientRecordRow(Table, table=True):
    """What only the recipient sees: its own case, and the outcome even where it stays withheld."""

    __tablename__ = "recipient_record"
    __table_args__ = (Index("ix_recipient_record_case", "tenant_id", "unit_id", "case_id"),)

    id: UUID = Field(primary_key=True, foreign_key="referral.id")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    case_id: UUID | None = None
    outcome: str | None = Field(default=None, max_length=30)
    assignee: str | None = Field(default=None, max_length=520)
    assigned_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    escalated_to: str | None = Field(default=None, max_length=520)


class PlaceRow(Table, table=True):
    """Where the person lives, as far as routing needs it; deleted when the referral is sent."""

    __tablename__ = "referral_place"

    id: UUID = Field(primary_key=True, foreign_key="referral.id")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    ags: str = Field(max_length=8)
    street: str = Field(default="", max_length=120)
    house_number: str = Field(default="", sa_type=SealedText(CONTENT_KEY), nullable=False)
    district: str = Field(default="", max_length=120)
    lon_microdeg: int | None = None
    lat_microdeg: int | None = None


class ContentRow(Table, table=True):
    """The content. The database shows a version of it to the recipient only after acceptance, and
    only where a manifest of that version names the recipient.
    """

    __tablename__ = "referral_content"

    id: UUID = Field(primary_key=True, foreign_key="referral.id")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    content: dict[str, Any] = Field(sa_type=SealedJson(CONTENT_KEY, holder="id"), nullable=False)
    disputed_fields: list[str] = Field(sa_type=ARRAY(String(120)), nullable=False)
    secret_categories: list[str] = Field(sa_type=ARRAY(String(20)), nullable=False)


class ReferralEventRow(Table, table=True):
    """One step of a referral, as both sides see it: ids and codes. Written by `storage.feed`.

    (`feed_tx`, `id`) orders the feed so that nothing can appear behind a cursor.
    """

    __tablename__ = "referral_event"
    __table_args__ = (
        CheckConstraint(one_of("side", Side), name="side"),
        Index("ix_referral_event_referral", "tenant_id", "referral_id", "feed_tx", "id"),
        Index("ix_referral_event_feed", "tenant_id", "feed_tx", "id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    feed_tx: int = Field(sa_type=BigInteger, nullable=False)
    referral_id: UUID = Field(foreign_key="referral.id")
    type: str = Field(max_length=100)
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    side: str = Field(max_length=20)
    actor_unit: str = Field(max_length=63)
    sender_unit: str = Field(max_length=63)
    recipient_unit: str | None = Field(default=None, max_length=63)
    is_for_recipient: bool
    from_state: str | None = Field(default=None, max_length=20)
    to_state: str = Field(max_length=20)
    referral_version: int
    codes: list[str] = Field(sa_type=ARRAY(String(60)), nullable=False)
