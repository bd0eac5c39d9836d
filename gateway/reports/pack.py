"""The controlling report of a period, as the services told it, for print, tables and programs."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceFault
from gateway.clients.services import Services
from gateway.reports.assembling import answer_of, nothing_told, reason_of
from gateway.reports.figures import MissingPart
from gateway.schema.case_controlling import cases_by_line
from shared.kernel.areas import area_name
from shared.kernel.clock import iso_instant, now
from shared.kernel.periods import Period

CASES_PART = "Fälle"
FUNDING_PART = "Stellen und Fördermittel"
REFERRALS_PART = "Überleitungen"


@dataclass(frozen=True, slots=True)
class ControllingPack:
    """Each part is the document of its service, or None where it is missing."""

    tenant_id: str
    area: str
    period: Period
    created_at: datetime
    cases: Record | None
    funding: Record | None
    referrals: Record | None
    missing: tuple[MissingPart, ...]


async def controlling_pack(services: Services, tenant_id: str, period: Period) -> ControllingPack:
    """All services at the same time, each once; a part that one does not give is named.

    Raises TemporarilyUnavailable when none gives anything, and ServiceRefused when the caller may
    see no part.
    """
    told = await asyncio.gather(
        answer_of(services.cases.controlling(period)),
        answer_of(services.funding.controlling(period.last)),
        answer_of(services.referrals.controlling(period)),
    )
    faults = [one for one in told if isinstance(one, ServiceFault)]
    if len(faults) == len(told):
        raise nothing_told(*faults)
    cases, funding, referrals = (None if isinstance(one, ServiceFault) else one for one in told)
    parts = (CASES_PART, FUNDING_PART, REFERRALS_PART)
    return ControllingPack(
        tenant_id=tenant_id,
        area=area_name(tenant_id),
        period=period,
        created_at=now(),
        cases=cases,
        funding=funding,
        referrals=referrals,
        missing=tuple(
            MissingPart(part, reason_of(one))
            for part, one in zip(parts, told, strict=True)
            if isinstance(one, ServiceFault)
        ),
    )


def pack_document(pack: ControllingPack) -> dict[str, Any]:
    return {
        "tenantId": pack.tenant_id,
        "area": pack.area,
        "fromOn": pack.period.first.isoformat(),
        "toOn": pack.period.last.isoformat(),
        "createdAt": iso_instant(pack.created_at),
        "missing": [{"part": one.part, "reason": one.reason} for one in pack.missing],
        "cases": {**pack.cases, "byLine": cases_by_line(pack.cases)} if pack.cases else None,
        "funding": pack.funding,
        "referrals": pack.referrals,
    }
