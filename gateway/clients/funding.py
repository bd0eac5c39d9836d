"""The funding service as the gateway uses it."""

from collections.abc import Sequence
from datetime import date

from gateway.clients.conversation import Conversation, Record
from gateway.clients.pages import by_ids, of_parents


class FundingClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self.conversation = service
        self._report_timeout_s = report_timeout_s

    async def awards_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/awards", ids)

    async def award_actions(self, award_id: str) -> list[Record]:
        found = await self.conversation.get(f"/v1/awards/{award_id}/actions")
        return list(found["items"])

    async def allocations_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/allocations", ids)

    async def allocation_actions(self, allocation_id: str) -> list[Record]:
        found = await self.conversation.get(f"/v1/allocations/{allocation_id}/actions")
        return list(found["items"])

    async def allocations_of_awards(self, award_ids: Sequence[str]) -> list[Record]:
        return await of_parents(self.conversation, "/v1/allocations", award_ids, member="awardId")

    async def positions_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/positions", ids)

    async def positions_of_awards(self, award_ids: Sequence[str]) -> list[Record]:
        return await of_parents(self.conversation, "/v1/positions", award_ids, member="awardId")

    async def status(self, as_of: date) -> Record:
        return await self.conversation.get(
            "/v1/reports/funding-status",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )

    async def controlling(self, as_of: date) -> Record:
        return await self.conversation.get(
            "/v1/reports/funding-controlling",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )
