"""Notes in versions, and the log of whom an entrusted one was handed on to."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.cases.domain.hand_on import SecrecyGround
from services.cases.domain.notes import Confidentiality, NoteKind, ReleaseReason
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, FileColumns, Table, sealed
from shared.database.tables import one_of


def owner_alone(note: Mapping[str, Any]) -> tuple[str, ...]:
    """An entrusted note binds the person to whom it was entrusted: no deputy, no successor, no
    supervisor has the key (§ 65 SGB VIII, H6).
    """
    return (note["owner"],) if note["confidentiality"] == Confidentiality.ENTRUSTED else ()


def both_sides(release: Mapping[str, Any]) -> tuple[str, ...]:
    """Why an entrusted note was handed on is read by who did it, and by the receiver."""
    return tuple(one for one in (release["recorded_by"], release["receiver"]) if one)


class NoteRow(FileColumns, Table, table=True):
    """One version of a note; `series_id` is the id of the first. `owner` is the person who wrote
    it. The policy of this table shows an entrusted note to its owner and to whom the owner handed
    it on, whatever the application asks (§ 65 SGB VIII, R-J1).
    """

    __tablename__ = "note"
    __table_args__ = (
        CheckConstraint(one_of("kind", NoteKind), name="kind"),
        CheckConstraint(one_of("confidentiality", Confidentiality), name="confidentiality"),
        CheckConstraint("(number > 1) = (correction_reason is not null)", name="correction"),
        Index("ix_note_case", "tenant_id", "case_id", "recorded_at", "id"),
        Index("uq_note_version", "tenant_id", "series_id", "number", unique=True),
    )

    series_id: UUID
    number: int = Field(sa_column_kwargs={"server_default": text("1")})
    correction_reason: str | None = Field(
        default=None, sa_type=sealed(DataKind.NOTE, readers=owner_alone)
    )
    kind: str = Field(max_length=20)
    confidentiality: str = Field(max_length=20)
    class_reason: str | None = Field(
        default=None, sa_type=sealed(DataKind.NOTE, readers=owner_alone)
    )
    owner: str = Field(max_length=ACTOR_LENGTH_MAX)
    entrusted_by_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    held_on: date
    text: str = Field(sa_type=sealed(DataKind.NOTE, readers=owner_alone), nullable=False)


class NoteReleaseRow(FileColumns, Table, table=True):
    """An entrusted note was handed on. `recorded_by` is its owner; added, never changed.

    Whoever is named in `receiver` reads this one version from then on; `outside_receiver` has no
    account here and reads nothing.
    """

    __tablename__ = "note_release"
    __table_args__ = (
        CheckConstraint(one_of("reason", ReleaseReason), name="reason"),
        CheckConstraint(one_of("secrecy_ground", SecrecyGround), name="secrecy_ground"),
        CheckConstraint("(receiver is null) <> (outside_receiver is null)", name="one_receiver"),
        CheckConstraint(
            "reason <> 'CONSENT_OF_ENTRUSTER' or consent_id is not null", name="consent_named"
        ),
        CheckConstraint(
            "reason <> 'FAMILY_COURT_8A' or court_reference is not null", name="court_named"
        ),
        CheckConstraint(
            "reason not in ('FAMILY_COURT_8A', 'SUCCESSOR_ON_DANGER', 'RISK_ASSESSMENT')"
            " or danger_signs is not null",
            name="danger_signs_named",
        ),
        Index("ix_note_release_case", "tenant_id", "case_id"),
        Index("ix_note_release_note", "tenant_id", "note_id", "recorded_at", "id"),
        Index("uq_note_release_receiver", "tenant_id", "note_id", "receiver", unique=True),
    )

    note_id: UUID = Field(foreign_key="note.id", ondelete="CASCADE")
    reason: str = Field(max_length=30)
    receiver: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    outside_receiver: str | None = Field(
        default=None, sa_type=sealed(DataKind.NOTE, readers=both_sides)
    )
    justification: str = Field(sa_type=sealed(DataKind.NOTE, readers=both_sides), nullable=False)
    data_categories: list[str] = Field(sa_type=CODES, nullable=False)
    consent_id: UUID | None = Field(default=None, foreign_key="consent.id", ondelete="CASCADE")
    release_id: UUID | None = Field(default=None, foreign_key="consent.id", ondelete="CASCADE")
    danger_signs: str | None = Field(
        default=None, sa_type=sealed(DataKind.NOTE, readers=both_sides)
    )
    court_reference: str | None = Field(
        default=None, sa_type=sealed(DataKind.NOTE, readers=both_sides)
    )
    secrecy_ground: str | None = Field(default=None, max_length=30)
