"""The funding service as the gateway uses it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gateway.clients.conversation import Conversation, Record, Written
from gateway.clients.pages import PageRequest, RecordPage, by_ids, page_of


class FundingClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self._service = service
        self._report_timeout_s = report_timeout_s

    async def award(self, award_id: UUID) -> Record | None:
        return await self._service.find(f"/v1/awards/{award_id}")

    async def awards(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/awards", asked)

    async def awards_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self._service, "/v1/awards", ids)

    async def record_award(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self._service.command("/v1/awards", body, key=key)

    async def act_on_award(
        self, award_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/awards/{award_id}/actions/{action}"
        return await self._service.command(path, body, key=key, version=version)

    async def allocation(self, allocation_id: UUID) -> Record | None:
        return await self._service.find(f"/v1/allocations/{allocation_id}")

    async def allocations(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/allocations", asked)

    async def allocations_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self._service, "/v1/allocations", ids)

    async def create_allocation(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self._service.command("/v1/allocations", body, key=key)

    async def act_on_allocation(
        self, allocation_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/allocations/{allocation_id}/actions/{action}"
        return await self._service.command(path, body, key=key, version=version)

    async def positions(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/positions", asked)

    async def status(self, as_of: date) -> Record:
        return await self._service.get(
            "/v1/reports/funding-status",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )
