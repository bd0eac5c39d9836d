"""The referral service as the gateway uses it."""

from collections.abc import Sequence

from gateway.clients.conversation import Conversation, Record
from gateway.clients.pages import by_ids
from shared.kernel.periods import Period


class ReferralsClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self.conversation = service
        self._report_timeout_s = report_timeout_s

    async def referral(self, referral_id: str) -> Record | None:
        return await self.conversation.find(f"/v1/referrals/{referral_id}")

    async def referrals_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/referrals", ids)

    async def controlling(self, period: Period) -> Record:
        return await self.conversation.get(
            "/v1/statistics/referral-controlling",
            (("fromOn", period.first.isoformat()), ("toOn", period.last.isoformat())),
            timeout_s=self._report_timeout_s,
        )
