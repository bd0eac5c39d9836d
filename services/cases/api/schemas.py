"""Bodies of requests and the published shape of answers."""

from datetime import date, datetime
from uuid import UUID

from shared.web.fields import RequestModel, ResponseModel, line


class CaseOpening(RequestModel):
    pseudonym: line(80)  # type: ignore[valid-type]


class CaseView(ResponseModel):
    id: UUID
    version: int
    reference: str
    pseudonym: str
    state: str
    opened_on: date
    unit_id: str
    referral_id: UUID | None
    updated_at: datetime


class CasePage(ResponseModel):
    items: list[CaseView]
    next_cursor: str | None
