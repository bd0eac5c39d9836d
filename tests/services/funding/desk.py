"""One person at work in the funding service: requests with a token and the version last seen."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.apis import bearer

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    client: httpx.AsyncClient
    token: str

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        all_headers = bearer(self.token) | (headers or {})
        if version is not None:
            all_headers["If-Match"] = f'"{version}"'
        if key is not None:
            all_headers["Idempotency-Key"] = key
        content = {} if body is None else {"json": body}
        return await self.client.request(method, path, headers=all_headers, **content)

    async def get(self, path: str, **parameters: str) -> httpx.Response:
        return await self.client.get(path, params=parameters, headers=bearer(self.token))

    async def read(self, path: str, **parameters: str) -> Record:
        """The record, where reading must succeed."""
        return _expect(await self.get(path, **parameters), 200)

    async def create(self, path: str, body: Any, *, version: int | None = None) -> Record:
        """The new record, where recording must succeed."""
        return _expect(await self.send("POST", path, body, version=version), 201)

    async def try_act(
        self, noun: str, record: Record, action: str, body: Any = None
    ) -> httpx.Response:
        """One step in the version of `record`."""
        path = f"/v1/{noun}/{record['id']}/actions/{action}"
        return await self.send("POST", path, body, version=record["version"])

    async def act(self, noun: str, record: Record, action: str, body: Any = None) -> Record:
        """The same where it must succeed; the record afterwards."""
        return _expect(await self.try_act(noun, record, action, body), 200)


def _expect(answer: httpx.Response, status: int) -> Record:
    assert answer.status_code == status, answer.text
    found: Record = answer.json()
    return found
