"""Code lists, eligible costs and the audit log: the published shape of answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.web.fields import ResponseModel


class LabelView(ResponseModel):
    de: str
    en: str


class CodeView(ResponseModel):
    code: str
    label: LabelView


class CodeListView(ResponseModel):
    name: str
    version: str
    urn: str
    codes: list[CodeView]


class CodeListNames(ResponseModel):
    items: list[str]


class CostKindView(ResponseModel):
    """`eligibility` by funding line: ELIGIBLE, NOT_ELIGIBLE, or UNKNOWN (a person decides)."""

    code: str
    label: LabelView
    eligibility: dict[str, str]


class EligibilityTable(ResponseModel):
    items: list[CostKindView]


class AuditView(ResponseModel):
    id: UUID
    at: datetime
    actor: str
    unit_id: str
    client_id: str
    action: str
    record_kind: str
    record_ids: list[UUID]
    purpose: str
    request_id: str
    reason: str
    changes: dict[str, Any] | None


class AuditPage(ResponseModel):
    items: list[AuditView]
    cursors: list[str] | None = None
    next_cursor: str | None
