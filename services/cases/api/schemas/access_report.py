"""Who saw or received data of a person, as published."""

from datetime import date
from uuid import UUID

from services.cases.api.schemas.fields import BothLanguages
from shared.web.fields import ResponseModel


class AccessRecipient(ResponseModel):
    """A unit that a referral was sent to; it can be asked as well."""

    referral_id: UUID | None
    recipient_unit: str
    disclosed_at: str | None
    text: BothLanguages


class AccessOfDay(ResponseModel):
    """What one unit did on one day: `action` is `read`, `webhook`, or the name of a change."""

    service: str
    day: date
    unit_id: str
    action: str
    record_kind: str
    purpose: str
    times: int
    text: BothLanguages


class AccessReport(ResponseModel):
    request_id: UUID
    person_id: UUID
    unit_id: str
    assembled_at: str
    recipients: list[AccessRecipient]
    accesses: list[AccessOfDay]
