"""What the officer asks of the audit log's chain: is it whole, and what was signed of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlmodel import SQLModel
from starlette.responses import Response

from shared.audit.chain import FindingKind, Report, verify
from shared.audit.sealing import Keeping
from shared.auth.anchoring import AnchorKeys, AnchorReader
from shared.database.lists import Filter, ListView
from shared.database.statements import table_of
from shared.service.desk import CurrentReading
from shared.web.access import CallerCheck
from shared.web.fields import ResponseModel
from shared.web.settings import ServiceSettings


class AuditAnchorView(ResponseModel):
    """`statement` is a compact JWS: keep it outside of the system."""

    id: UUID
    day: date
    block: int
    statement: str
    made_at: datetime


class AuditAnchorPage(ResponseModel):
    items: list[AuditAnchorView]
    cursors: list[str] | None = None
    next_cursor: str | None


class AuditFindingView(ResponseModel):
    """`block`, `entryId` and `day` say where, as far as they apply."""

    kind: FindingKind
    block: int | None
    entry_id: UUID | None
    day: date | None


class LastIntactView(ResponseModel):
    """The last block before the first that is not as it was sealed."""

    block: int
    hash: str
    sealed_at: datetime


class LastAnchorView(ResponseModel):
    day: date
    block: int
    statement: str


class AuditVerificationView(ResponseModel):
    """`waiting` are entries that are not sealed yet; `endedBlocks` ended with their time."""

    is_intact: bool
    blocks: int
    entries: int
    ended_blocks: int
    waiting: int
    last_intact: LastIntactView | None
    anchor: LastAnchorView | None
    findings: list[AuditFindingView]


class AuditKeyView(ResponseModel):
    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class AuditKeysView(ResponseModel):
    keys: list[AuditKeyView]


def keeping_of(service: str, settings: ServiceSettings) -> Keeping:
    return Keeping(
        service=service,
        keys=AnchorKeys(settings.audit_anchor_keys.get_secret_value()),
        read_days=settings.audit_read_days,
        change_days=settings.audit_change_days,
        anchor_folder=settings.audit_anchor_folder,
    )


def chain_router(anchors: type[SQLModel], reader: CallerCheck) -> APIRouter:
    """`GET /v1/audit/…` over the chain of the caller's tenant in one service."""
    table = table_of(anchors)
    anchor_list = ListView(
        select(
            table.c.id,
            table.c.day,
            table.c.block,
            table.c.statement,
            table.c.made_at,
        ),
        filters={"day": Filter(table.c.day, date.fromisoformat, ("eq", "gte", "lte"))},
        sorts={"day": "day"},
        default_sort="-day",
    )
    router = APIRouter(prefix="/v1/audit", tags=["audit"], dependencies=[Depends(reader)])

    @router.get(
        "/verify",
        summary="Whether the log is whole / Ob das Protokoll unversehrt ist",
    )
    async def verify_audit(reading: CurrentReading, request: Request) -> AuditVerificationView:
        """Every entry, every block and every anchor is looked at: it takes its time."""
        keeping: Keeping = request.app.state.audit_keeping
        async with reading.database.snapshot(reading.caller) as tx:
            found = await verify(
                tx.connection, reading.caller.tenant_id, AnchorReader(keeping.keys.published())
            )
        return verification_view(found)

    @router.get(
        "/anchors",
        response_model=AuditAnchorPage,
        summary="Signed daily anchors / Signierte Tagesanker",
        openapi_extra={"parameters": anchor_list.parameters()},
    )
    async def list_audit_anchors(reading: CurrentReading) -> Response:
        return await reading.page(anchor_list)

    @router.get(
        "/keys",
        response_model=AuditKeysView,
        summary="Keys that verify the anchors (JWKS) / Schlüssel der Anker",
    )
    async def list_audit_keys(request: Request) -> dict[str, Any]:
        keeping: Keeping = request.app.state.audit_keeping
        return keeping.keys.published()

    return router


def verification_view(found: Report) -> AuditVerificationView:
    return AuditVerificationView(
        is_intact=found.is_intact,
        blocks=found.blocks,
        entries=found.entries,
        ended_blocks=found.ended_blocks,
        waiting=found.waiting,
        last_intact=LastIntactView(**found.last_intact) if found.last_intact else None,
        anchor=LastAnchorView(**found.anchor) if found.anchor else None,
        findings=[
            AuditFindingView(
                kind=one.kind,
                block=one.block,
                entry_id=UUID(one.entry_id) if one.entry_id else None,
                day=date.fromisoformat(one.day) if one.day else None,
            )
            for one in found.findings
        ],
    )
