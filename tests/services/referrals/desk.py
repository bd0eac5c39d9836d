"""One person or system at work: requests with its token, its keys and its versions."""

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

_keys = count(1)
_RUN = uuid4().hex[:8]


@dataclass(frozen=True, slots=True)
class Desk:
    client: httpx.AsyncClient
    token: str

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=self._headers(headers))

    async def post(
        self,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | None = None,
        **headers: str,
    ) -> httpx.Response:
        key = key or f"{_RUN}-{next(_keys)}"
        return await self.client.post(
            path, json=body, headers=self._headers(headers, key=key, version=version)
        )

    async def put(self, path: str, body: Any, *, version: int | None = None) -> httpx.Response:
        return await self.client.put(path, json=body, headers=self._headers({}, version=version))

    async def act(
        self, referral: dict[str, Any], action: str, body: Any = None, **options: Any
    ) -> httpx.Response:
        """One step, in the version this desk has seen unless another is given."""
        options.setdefault("version", referral["version"])
        path = f"/v1/referrals/{referral['id']}/actions/{action}"
        return await self.post(path, body, **options)

    async def step(self, referral: dict[str, Any], action: str, body: Any = None) -> dict[str, Any]:
        """The same where it must succeed; the referral afterwards."""
        answer = await self.act(referral, action, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def read(self, referral_id: str) -> dict[str, Any]:
        answer = await self.get(f"/v1/referrals/{referral_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def _headers(
        self,
        more: dict[str, str],
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return headers | {name.replace("_", "-"): value for name, value in more.items()}
