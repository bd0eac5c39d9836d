"""Deadlines that come near or are missed, and what a person should look at."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from services.funding.domain.deadlines import DeadlineKind, SubjectKind
from services.funding.domain.findings import FindingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineNear:
    """Told once before the day; again only where the day is moved."""

    event_type: ClassVar[str] = "kim.funding.deadline-near.v1"

    tenant_id: str
    deadline_id: UUID
    kind: DeadlineKind
    subject_kind: SubjectKind
    subject_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMissed:
    """The day is over and the thing is not done."""

    event_type: ClassVar[str] = "kim.funding.deadline-missed.v1"

    tenant_id: str
    deadline_id: UUID
    kind: DeadlineKind
    subject_kind: SubjectKind
    subject_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    """A person should look at something; what it is stands in the alert."""

    event_type: ClassVar[str] = "kim.funding.alert-raised.v1"

    tenant_id: str
    alert_id: UUID
    code: FindingCode
    subject_kind: SubjectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertResolved:
    """What the alert was about is no longer so."""

    event_type: ClassVar[str] = "kim.funding.alert-resolved.v1"

    tenant_id: str
    alert_id: UUID
    code: FindingCode
    subject_kind: SubjectKind


EVENTS: tuple[type, ...] = (DeadlineNear, DeadlineMissed, AlertRaised, AlertResolved)
