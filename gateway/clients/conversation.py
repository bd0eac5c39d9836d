"""What passes between one request of a client and one service: identity on, problems back."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from gateway.clients.faults import (
    OperationTooSlow,
    ServiceBusy,
    ServiceDown,
    ServiceRefused,
    TrialIgnored,
)
from gateway.clients.upstream import Answer, Call, Upstream
from gateway.metrics import UPSTREAM_SECONDS

Record = dict[str, Any]
Query = tuple[tuple[str, str], ...]

UNAVAILABLE = frozenset({500, 502, 503, 504})
TOO_MANY_REQUESTS = 429
RETRY_AFTER_S = 2
HEALTH = "/health/ready"
TRIAL: Query = (("dryRun", "true"),)


@dataclass(slots=True)
class CallLog:
    """The calls of one operation, in order, as `service METHOD path`."""

    calls: list[str] = field(default_factory=list)
    cautions: list[Record] = field(default_factory=list)
    """What the services would have people think over, said in a trial."""
    silent: set[str] = field(default_factory=set)
    """Services that gave no answer to this operation: nothing waits for one of them again."""
    limit_s: float | None = None
    began_s: float = field(default_factory=time.monotonic)

    def time_for(self, service: str, wanted_s: float) -> float:
        """How long a call may take that would like `wanted_s`. Raises OperationTooSlow."""
        if self.limit_s is None:
            return wanted_s
        left_s = self.began_s + self.limit_s - time.monotonic()
        if left_s <= 0:
            raise OperationTooSlow(service, limit_s=self.limit_s)
        return min(wanted_s, left_s)

    def is_over(self) -> bool:
        return self.limit_s is not None and time.monotonic() >= self.began_s + self.limit_s

    def by_service(self) -> dict[str, int]:
        return dict(Counter(call.partition(" ")[0] for call in self.calls))

    def __len__(self) -> int:
        return len(self.calls)


@dataclass(frozen=True, slots=True)
class Written:
    """What a command answered: the document, and whether it is the answer of an earlier one."""

    record: Record
    is_replayed: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """Calls one service in the name of one caller; counts every call.

    `headers` carry the caller's own token, language, purpose and request id. Raises ServiceDown
    when the service gives no answer and ServiceRefused when it answers with a problem.
    """

    upstream: Upstream
    headers: Mapping[str, str]
    log: CallLog
    timeout_s: float
    is_trial: bool = False
    """Every command is only tried: the service asks every rule and stores nothing."""

    async def get(self, path: str, query: Query = (), *, timeout_s: float | None = None) -> Record:
        answer = await self._call(
            Call(
                "GET",
                path,
                query,
                dict(self.headers),
                timeout_s=timeout_s or self.timeout_s,
            )
        )
        return self._document(answer)

    async def find(self, path: str, query: Query = ()) -> Record | None:
        """The document, or None where the service says it is unknown or hidden."""
        try:
            return await self.get(path, query)
        except ServiceRefused as refused:
            if refused.status == 404:  # noqa: PLR2004 - Not Found
                return None
            raise

    async def health(self) -> Answer:
        """What the service says of itself, ready or not. Raises ServiceDown if it says nothing."""
        self.log.calls.append(f"{self.upstream.name} GET {HEALTH}")
        return await self._measured(Call("GET", HEALTH, timeout_s=self.timeout_s))

    async def text(self, path: str) -> str:
        """What a service publishes as plain text, such as a diagram."""
        call = Call("GET", path, headers=dict(self.headers), timeout_s=self.timeout_s)
        return (await self._call(call)).body.decode()

    async def search(self, path: str, body: Mapping[str, Any]) -> Record:
        """What is asked by POST because its criteria describe a person; it changes nothing."""
        answer = await self._call(
            Call(
                "POST",
                path,
                headers={**self.headers, "Content-Type": "application/json"},
                body=orjson.dumps(body),
                timeout_s=self.timeout_s,
            )
        )
        return self._document(answer)

    async def command(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        key: str,
        version: int | None = None,
        method: str = "POST",
        is_harmless: bool = False,
        confirmed: Sequence[str] | None = None,
    ) -> Written:
        """A change that takes effect once for each `key`, on the `version` the caller has seen.

        `confirmed`: the warnings that are; any other stops it (None: none does).
        `is_harmless`: it stores nothing anyway, so that the service knows no trial of it.
        """
        is_trial = self.is_trial and not is_harmless
        headers = {
            **self.headers,
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if confirmed is not None:
            said = f" except {','.join(confirmed)}" if confirmed else ""
            headers["KIM-Warnings"] = f"stop{said}"
        answer = await self._call(
            Call(
                method,
                path,
                TRIAL if is_trial else (),
                headers=headers,
                body=orjson.dumps(body),
                timeout_s=self.timeout_s,
            )
        )
        record = self._document(answer)
        if is_trial:
            if not answer.is_trial:
                raise TrialIgnored(self.upstream.name, method)
            self.log.cautions += record.get("warnings") or ()
            record = record["result"]
        return Written(record, answer.is_replayed)

    async def _call(self, call: Call) -> Answer:
        name, limit_s = self.upstream.name, self.log.limit_s
        timed = replace(call, timeout_s=self.log.time_for(name, call.timeout_s))
        if call.method == "GET" and name in self.log.silent:
            raise ServiceDown(name, "gave no answer to this operation before")
        self.log.calls.append(f"{name} {call.method} {call.path}")
        try:
            answer = await self._measured(timed)
        except ServiceDown as down:
            if limit_s is not None and self.log.is_over():
                raise OperationTooSlow(name, limit_s=limit_s) from down
            raise
        if answer.status in {TOO_MANY_REQUESTS, *UNAVAILABLE}:
            fault = ServiceBusy if answer.status == TOO_MANY_REQUESTS else ServiceDown
            raise fault(
                self.upstream.name,
                f"answered {answer.status}",
                retry_after_s=answer.retry_after_s or RETRY_AFTER_S,
            )
        if answer.status >= 300:  # noqa: PLR2004 - redirects are never followed
            raise ServiceRefused(self.upstream.name, answer.status, _problem(answer.body))
        return answer

    async def _measured(self, call: Call) -> Answer:
        began_s, result = time.perf_counter(), "down"
        try:
            answer = await self.upstream.call(call)
        except ServiceDown:
            self.log.silent.add(self.upstream.name)
            raise
        else:
            result = f"{answer.status // 100}xx"
            return answer
        finally:
            taken_s = time.perf_counter() - began_s
            UPSTREAM_SECONDS.labels(self.upstream.name, result).observe(taken_s)

    def _document(self, answer: Answer) -> Record:
        if answer.status == 204:  # noqa: PLR2004 - No Content
            return {}
        try:
            document = orjson.loads(answer.body)
        except orjson.JSONDecodeError as broken:
            raise ServiceDown(self.upstream.name, "answer unreadable") from broken
        if not isinstance(document, dict):
            raise ServiceDown(self.upstream.name, "answer is no object")
        return document


def _problem(body: bytes) -> Record:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}
