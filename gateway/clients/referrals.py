"""The referral service as the gateway uses it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from gateway.clients.conversation import Conversation, Record, Written
from gateway.clients.pages import by_ids, of_parents


class ReferralsClient:
    def __init__(self, service: Conversation) -> None:
        self.conversation = service

    async def referral(self, referral_id: UUID) -> Record | None:
        return await self.conversation.find(f"/v1/referrals/{referral_id}")

    async def referrals_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/referrals", ids)

    async def referrals_of_cases(self, case_ids: Sequence[UUID]) -> list[Record]:
        return await of_parents(self.conversation, "/v1/referrals", case_ids, member="caseId")

    async def create(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self.conversation.command("/v1/referrals", body, key=key)

    async def act(
        self, referral_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/referrals/{referral_id}/actions/{action}"
        return await self.conversation.command(path, body, key=key, version=version)

    async def assign(
        self, referral_id: UUID, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/manual-queue/{referral_id}/actions/assign"
        return await self.conversation.command(path, body, key=key, version=version)
