"""The referral service as the gateway uses it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gateway.clients.conversation import Conversation, Record, Written
from gateway.clients.pages import PageRequest, RecordPage, by_ids, of_parents, page_of


class ReferralsClient:
    def __init__(self, service: Conversation) -> None:
        self._service = service

    async def referral(self, referral_id: UUID) -> Record | None:
        return await self._service.find(f"/v1/referrals/{referral_id}")

    async def referrals_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self._service, "/v1/referrals", ids)

    async def referrals_of_cases(self, case_ids: Sequence[UUID]) -> list[Record]:
        return await of_parents(self._service, "/v1/referrals", case_ids, member="caseId")

    async def inbox(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/inbox", asked)

    async def outbox(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/outbox", asked)

    async def manual_queue(self, asked: PageRequest) -> RecordPage:
        return await page_of(self._service, "/v1/manual-queue", asked)

    async def create(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self._service.command("/v1/referrals", body, key=key)

    async def act(
        self, referral_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/referrals/{referral_id}/actions/{action}"
        return await self._service.command(path, body, key=key, version=version)

    async def assign(
        self, referral_id: UUID, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/manual-queue/{referral_id}/actions/assign"
        return await self._service.command(path, body, key=key, version=version)
