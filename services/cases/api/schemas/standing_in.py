"""Deputies and emergency accesses."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import Actor, Paged
from services.cases.domain.deputies import DeputyshipState
from services.cases.domain.emergencies import (
    JUSTIFICATION_LENGTH_MIN,
    EmergencyReason,
    EmergencyState,
    EmergencyVerdict,
)
from shared.web.fields import LegalDate, RequestModel, ResponseModel, paragraph

Justification = paragraph(500, minimum=JUSTIFICATION_LENGTH_MIN)


class DeputyshipBody(RequestModel):
    deputy: Actor
    from_on: LegalDate
    to_on: LegalDate
    principal: Actor | None = Field(None, description="Who is represented; empty: yourself.")


class DeputyshipView(ResponseModel):
    id: UUID
    principal: str
    deputy: str
    from_on: date
    to_on: date
    state: DeputyshipState
    recorded_by: str
    recorded_at: datetime
    ended_at: datetime | None
    ended_by: str | None


class DeputyshipPage(Paged):
    items: list[DeputyshipView]


class EmergencyBody(RequestModel):
    """Why the case must be opened now; the data protection officer reads it."""

    reason: EmergencyReason
    justification: Justification  # type: ignore[valid-type]  # made by a function


class ReviewBody(RequestModel):
    verdict: EmergencyVerdict


class EmergencyView(ResponseModel):
    id: UUID
    version: int
    case_id: UUID
    unit_id: str
    actor: str
    reason: EmergencyReason
    justification: str
    state: EmergencyState
    opened_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    reviewed_at: datetime | None
    reviewed_by: str | None
    verdict: EmergencyVerdict | None


class EmergencyPage(Paged):
    items: list[EmergencyView]
