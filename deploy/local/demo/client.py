"""A client of the published interfaces, as a partner would write one: tokens, keys, versions."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp

from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.settings import HOST, LocalSettings
from deploy.local.sign_in import sign_in, sign_in_system

TIMEOUT_S = 30.0
CONNECTIONS_MAX = 16
REFUSED = 400


class NotAnswered(Exception):
    """A service did not answer, or not as the published interface promises."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `version` is the resource's, for the next change."""

    request: str
    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def is_refused(self) -> bool:
        return self.status >= REFUSED

    @property
    def is_replay(self) -> bool:
        return self.headers.get("Idempotency-Replayed", "").lower() == "true"

    @property
    def document(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def accepted(self) -> Any:
        """The document of an answer that must not be a refusal. Raises NotAnswered."""
        self.raise_for_refusal()
        return self.document

    def raise_for_refusal(self) -> None:
        """Raises NotAnswered with the problem that the part answered."""
        if self.is_refused:
            raise NotAnswered(f"{self.request}: {self.status} {self.body.decode()}")

    @property
    def version(self) -> str:
        return self.headers.get("ETag", "")

    @property
    def problem(self) -> str:
        """The last part of the problem type, for example `guard-failed`."""
        kind: str = self.document.get("type", "") if self.is_refused else ""
        return kind.rsplit(":", 1)[-1]


@dataclass(slots=True)
class Client:
    """Calls the parts of one installation in the name of demo personas."""

    settings: LocalSettings
    language: str = "de"
    _session: aiohttp.ClientSession | None = None
    _tokens: dict[str, asyncio.Task[str]] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS_MAX),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, persona: str, part: str, path: str, **query: str) -> Answer:
        return await self._call(persona, "GET", part, path, query=query)

    async def items(self, persona: str, part: str, path: str, **query: str) -> list[Any]:
        """Every record of a list, page by page. Raises NotAnswered."""
        found: list[Any] = []
        after: dict[str, str] = {}
        while True:
            answer = await self.get(persona, part, path, **query, **after)
            page = answer.accepted
            found += page["items"]
            if not page["nextCursor"]:
                return found
            after = {"after": page["nextCursor"]}

    async def post(
        self, persona: str, part: str, path: str, body: Any, *, key: str, version: str = ""
    ) -> Answer:
        """`key` is the Idempotency-Key: the same one with the same body changes nothing twice."""
        headers = {"Idempotency-Key": key} | ({"If-Match": version} if version else {})
        return await self._call(persona, "POST", part, path, body=body, headers=headers)

    async def post_lines(
        self, persona: str, part: str, path: str, lines: str, *, key: str
    ) -> Answer:
        """A bulk request: one JSON document per line."""
        headers = {"Idempotency-Key": key, "Content-Type": "application/x-ndjson"}
        return await self._call(persona, "POST", part, path, data=lines.encode(), headers=headers)

    async def create(self, persona: str, part: str, path: str, body: Any, *, key: str) -> Any:
        """Create one record, or find it created by an earlier start. Raises NotAnswered."""
        return (await self.post(persona, part, path, body, key=key)).accepted

    async def act(self, persona: str, part: str, path: str, body: Any, *, key: str, on: Any) -> Any:
        """One command on a record as last seen; answers the record as it is now."""
        version = f'"{on["version"]}"'
        answer = await self.post(persona, part, path, body, key=key, version=version)
        return answer.accepted

    async def put(
        self, persona: str, part: str, path: str, body: Any, *, version: str = ""
    ) -> Answer:
        headers = {"If-Match": version} if version else {}
        return await self._call(persona, "PUT", part, path, body=body, headers=headers)

    async def upload(self, persona: str, part: str, path: str, content: bytes) -> Answer:
        """The bytes of a document that is announced already."""
        return await self._call(persona, "PUT", part, path, data=content)

    async def graphql(self, persona: str, query: str, variables: Mapping[str, Any]) -> Any:
        """The data of one operation. Raises NotAnswered when the answer has errors."""
        body = {"query": query, "variables": variables}
        answer = await self._call(persona, "POST", "gateway", "/graphql", body=body)
        if answer.is_refused or answer.document.get("errors"):
            raise NotAnswered(f"GraphQL as {persona}: {answer.body.decode()}")
        return answer.document["data"]

    async def token(self, persona: str) -> str:
        """An access token, fetched once however many calls wait for it."""
        if persona not in self._tokens:
            self._tokens[persona] = asyncio.create_task(
                asyncio.to_thread(_fetch_token, self.settings.issuer_url, persona)
            )
        return await self._tokens[persona]

    async def _call(
        self,
        persona: str,
        method: str,
        part: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        assert self._session is not None, "use the client with `async with`"
        request = f"{method} {part}{path} as {persona}"
        port = self.settings.ports()[f"{part}_port"]
        said = {
            "Authorization": f"Bearer {await self.token(persona)}",
            "Accept-Language": self.language,
            **(headers or {}),
        }
        try:
            async with self._session.request(
                method,
                f"http://{HOST}:{port}{path}",
                params=query or None,
                json=body,
                data=data,
                headers=said,
            ) as response:
                return Answer(request, response.status, await response.read(), response.headers)
        except (aiohttp.ClientError, TimeoutError) as failure:
            raise NotAnswered(f"{request}: {failure}") from failure


def _fetch_token(issuer_url: str, persona: str) -> str:
    directory = read_directory(PERSONAS_FILE)
    if persona in directory.systems:
        return str(sign_in_system(issuer_url, directory.systems[persona])["access_token"])
    return str(sign_in(issuer_url, persona)["access_token"])
