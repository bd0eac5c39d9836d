"""The referral service as the gateway uses it."""

from collections.abc import Sequence
from uuid import UUID

from gateway.clients.conversation import Conversation, Record
from gateway.clients.pages import by_ids


class ReferralsClient:
    def __init__(self, service: Conversation) -> None:
        self.conversation = service

    async def referral(self, referral_id: UUID) -> Record | None:
        return await self.conversation.find(f"/v1/referrals/{referral_id}")

    async def referrals_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/referrals", ids)
