"""The case service as the gateway uses it."""

from collections.abc import Sequence
from datetime import date

from gateway.clients.conversation import Conversation, Record
from gateway.clients.pages import by_ids, of_parents
from shared.kernel.periods import Period


class CasesClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self.conversation = service
        self._report_timeout_s = report_timeout_s

    async def cases_by_id(self, ids: Sequence[str]) -> list[Record]:
        """Each with what can be done with it."""
        return await by_ids(self.conversation, "/v1/cases", ids, parameter="ids")

    async def case_files(self, ids: Sequence[str]) -> list[Record]:
        """Whole files; each is logged as read."""
        return await by_ids(self.conversation, "/v1/case-files", ids)

    async def relations(self, ids: Sequence[str]) -> list[Record]:
        """Relations that one of these cases is a side of, each once."""
        found = await of_parents(self.conversation, "/v1/related-cases", ids, member="caseId")
        return list({one["id"]: one for one in found}.values())

    async def persons_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/persons", ids)

    async def families_by_id(self, ids: Sequence[str]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/families", ids)

    async def statistics(self, as_of: date) -> Record:
        return await self.conversation.get(
            "/v1/reports/case-statistics",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )

    async def controlling(self, period: Period) -> Record:
        return await self.conversation.get(
            "/v1/reports/case-controlling",
            (("fromOn", period.first.isoformat()), ("toOn", period.last.isoformat())),
            timeout_s=self._report_timeout_s,
        )
