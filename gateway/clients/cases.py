"""The case service as the gateway uses it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gateway.clients.conversation import Conversation, Record, Written
from gateway.clients.pages import PageRequest, RecordPage, by_ids, page_of


class CasesClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self._service = service
        self._report_timeout_s = report_timeout_s

    async def case(self, case_id: UUID) -> Record | None:
        return await self._service.find(f"/v1/cases/{case_id}")

    async def cases(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/cases", asked)

    async def cases_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self._service, "/v1/cases", ids)

    async def open(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self._service.command("/v1/cases", body, key=key)

    async def act(
        self, case_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/cases/{case_id}/actions/{action}"
        return await self._service.command(path, body, key=key, version=version)

    async def statistics(self, as_of: date) -> Record:
        return await self._service.get(
            "/v1/reports/case-statistics",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )
