"""The audit log as the data protection officer reads it; the policy shows it to nobody else."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from sqlalchemy import case, select
from sqlmodel import SQLModel
from starlette.responses import Response

from shared.database.filters import Holds
from shared.database.gate import MEMBERS
from shared.database.lists import Filter, ListView
from shared.database.statements import table_of
from shared.service.desk import CurrentReading
from shared.web.access import CallerCheck
from shared.web.fields import ResponseModel

COLUMNS = (
    "id", "at", "actor", "unit_id", "client_id", "action", "record_kind", "record_ids",
    "purpose", "request_id", "reason", "end_user",
)  # fmt: skip


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
    members: Annotated[
        list[str] | None,
        Field(
            description=(
                "Of a read: the members that were shown; null: the whole record."
                " / Bei Lesezugriffen: die gezeigten Angaben; null: der ganze Datensatz."
            )
        ),
    ]
    end_user: str


class AuditPage(ResponseModel):
    items: list[AuditView]
    cursors: list[str] | None = None
    next_cursor: str | None


def audit_router(entries: type[SQLModel], reader: CallerCheck) -> APIRouter:
    """`GET /v1/audit-entries` over the audit table of one service, newest first.

    `reader` is the service's own check of who may read it.
    """
    table = table_of(entries)
    is_read = table.c.action == "read"
    audit_list = ListView(
        select(
            *(table.c[name] for name in COLUMNS),
            case((~is_read, table.c.changes)).label("changes"),
            case((is_read, table.c.changes[MEMBERS])).label("members"),
        ),
        filters={
            "at": Filter(table.c.at, datetime.fromisoformat, ("gte", "lt")),
            "actor": Filter(table.c.actor),
            "action": Filter(table.c.action),
            "recordId": Holds(table.c.record_ids, UUID),
        },
        sorts={"at": "at"},
        default_sort="-at",
    )
    router = APIRouter(prefix="/v1", tags=["audit"], dependencies=[Depends(reader)])

    @router.get(
        "/audit-entries",
        response_model=AuditPage,
        summary="Audit log / Protokoll",
        openapi_extra={"parameters": audit_list.parameters()},
    )
    async def list_audit_entries(reading: CurrentReading) -> Response:
        return await reading.page(audit_list)

    return router
