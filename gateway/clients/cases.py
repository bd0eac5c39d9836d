"""The case service as the gateway uses it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gateway.clients.conversation import Conversation, Record, Written
from gateway.clients.pages import PageRequest, by_ids, page_of
from gateway.paging import PAGE_MAX


class CasesClient:
    def __init__(self, service: Conversation, report_timeout_s: float) -> None:
        self.conversation = service
        self._report_timeout_s = report_timeout_s

    async def case(self, case_id: UUID) -> Record | None:
        return await self.conversation.find(f"/v1/cases/{case_id}")

    async def cases_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        """Each with what can be done with it."""
        return await by_ids(self.conversation, "/v1/cases", ids, parameter="ids")

    async def open(self, body: Mapping[str, Any], *, key: str) -> Written:
        return await self.conversation.command("/v1/cases", body, key=key)

    async def act(
        self, case_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/cases/{case_id}/actions/{action}"
        return await self.conversation.command(path, body, key=key, version=version)

    async def put_part(
        self, case_id: UUID, part: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        """`part` is the last segment of the path, for example `particulars`."""
        path = f"/v1/cases/{case_id}/{part}"
        return await self.conversation.command(path, body, key=key, version=version, method="PUT")

    async def add_part(
        self,
        case_id: UUID,
        part: str,
        body: Mapping[str, Any],
        *,
        key: str,
        version: int | None = None,
    ) -> Written:
        path = f"/v1/cases/{case_id}/{part}"
        return await self.conversation.command(path, body, key=key, version=version)

    async def persons_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/persons", ids)

    async def families_by_id(self, ids: Sequence[UUID]) -> list[Record]:
        return await by_ids(self.conversation, "/v1/families", ids)

    async def consents(self, case_id: UUID) -> list[Record]:
        page = await page_of(
            self.conversation, f"/v1/cases/{case_id}/consents", PageRequest(first=PAGE_MAX)
        )
        return list(page.items)

    async def act_on_consent(
        self, consent_id: UUID, action: str, body: Mapping[str, Any], *, key: str, version: int
    ) -> Written:
        path = f"/v1/consents/{consent_id}/actions/{action}"
        return await self.conversation.command(path, body, key=key, version=version)

    async def statistics(self, as_of: date) -> Record:
        return await self.conversation.get(
            "/v1/reports/case-statistics",
            (("asOf", as_of.isoformat()),),
            timeout_s=self._report_timeout_s,
        )
