"""A write: one transaction, committed before the answer, and once for each idempotency key.

With `?dryRun=true` the same transaction is rolled back: nothing is stored, not even the key.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Annotated

import asyncpg
from fastapi import Depends, Header, Query, Request
from sqlmodel import SQLModel
from starlette.responses import Response

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.errors import Malformed, RuleViolated
from shared.kernel.text import Text
from shared.service.answers import Answer, Operation
from shared.service.rehearsals import DRY_RUN_HEADER, Watch, rehearse, watch_nothing
from shared.service.warnings import STOP_PATTERN, STOP_TEXT, WARNINGS_HEADER, Stop, read_stop
from shared.web.purposes import reason_stated

__all__ = ["Answer", "CurrentWrite", "Operation", "Write", "Writer"]

TRIES_MAX = 3
# Rolled back whole by the database, for no fault of the request.
TRIED_AGAIN = (
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.InvalidCachedStatementError,
)
KEY_PATTERN = r"^[\x21-\x7e]{1,200}$"
ETAG = re.compile(r'(?:W/)?"([0-9]{1,18})"', re.ASCII)
IF_MATCH_PATTERN = r'^(?:W/)?"[0-9]{1,18}"$'


class IdempotencyKeyMissing(Malformed):
    code = "idempotency-key-missing"
    title = Text(
        de="Maschinen müssen jede Anfrage mit einem Idempotency-Key senden.",
        en="Machine clients must send an Idempotency-Key with every POST.",
    )


class IdempotencyKeyUnreadable(Malformed):
    code = "idempotency-key-unreadable"
    title = Text(
        de="Der Idempotency-Key besteht aus 1 bis 200 druckbaren ASCII-Zeichen.",
        en="An Idempotency-Key is 1 to 200 printable ASCII characters.",
    )


class IdempotencyConflict(RuleViolated):
    code = "idempotency-conflict"
    title = Text(
        de="Dieser Idempotency-Key wurde schon für eine andere Anfrage benutzt.",
        en="This Idempotency-Key was used for a different request.",
    )


class VersionUnreadable(Malformed):
    code = "version-unreadable"
    title = Text(
        de='If-Match nennt eine Version in Anführungszeichen, z. B. "7".',
        en='If-Match names one version in quotation marks, for example "7".',
    )


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    status: int
    body: bytes
    etag: str | None
    location: str | None

    def response(self, *, replayed: bool) -> Response:
        headers = {"Idempotency-Replayed": "true"} if replayed else {}
        if self.etag:
            headers["ETag"] = self.etag
        if self.location:
            headers["Location"] = self.location
        return Response(
            self.body, status_code=self.status, media_type="application/json", headers=headers
        )


CLAIM = """
insert into {table} (tenant_id, actor, key, request_hash, created_at)
values (:tenant_id, :actor, :key, :request_hash, clock_timestamp())
on conflict do nothing returning key"""
FIND = """
select request_hash, status, body, etag, location from {table}
 where tenant_id = :tenant_id and actor = :actor and key = :key"""
KEEP = """
update {table} set status = :status, body = :body, etag = :etag, location = :location
 where tenant_id = :tenant_id and actor = :actor and key = :key"""


class Writer:
    """Runs the operations of one service; made once, when the app is composed."""

    def __init__(self, keys: type[SQLModel], watch: Watch = watch_nothing) -> None:
        self._watch = watch
        table = keys.__tablename__
        self._claim = Statement(CLAIM.format(table=table))
        self._find = Statement(FIND.format(table=table))
        self._keep = Statement(KEEP.format(table=table))

    async def run(
        self, database: Database, write: "Write", operation: Operation, *, status: int
    ) -> Response:
        """Run once for each key: the effect, the answer and the key share one transaction.

        A second request with the key waits for the first and gets its answer; after a refusal
        the key is free again. Whom the database chose to end a deadlock tries again from the
        start, and so does a plan that a migration made useless; after the last try the client is
        told 503 with Retry-After.

        Raises IdempotencyConflict when the key came with another request.
        """
        for tries_left in reversed(range(TRIES_MAX)):
            try:
                return await self._run(database, write, operation, status)
            except TRIED_AGAIN:
                if not tries_left:
                    raise
        raise AssertionError

    async def _run(
        self, database: Database, write: "Write", operation: Operation, status: int
    ) -> Response:
        if write.is_dry_run:
            return await self.rehearse(database, write, operation, has_own_report=False)
        if write.stop is not None:
            operation = write.stop.over(operation)
        async with database.transaction(write.caller) as tx:
            if write.key is None:
                answer = _shown(await operation(tx), status)
                replayed = False
            else:
                answer, replayed = await self._once(tx, write, write.key, operation, status)
            answer = replace(answer, body=await tx.opened(answer.body))
        return answer.response(replayed=replayed)

    async def rehearse(
        self, database: Database, write: "Write", operation: Operation, *, has_own_report: bool
    ) -> Response:
        """Run in a transaction that is rolled back; 200 with the header `KIM-Dry-Run`.

        `has_own_report`: the operation's document says itself what would happen.
        """
        if write.stop is not None:
            operation = write.stop.over(operation)
        async with database.rehearsal(write.caller) as tx:
            answer, body = await rehearse(tx, operation, self._watch)
            body = await tx.opened(answer.document.body if has_own_report else body)
        headers = {DRY_RUN_HEADER: "true", "Cache-Control": "no-store"}
        return Response(body, media_type="application/json", headers=headers)

    async def _once(
        self, tx: Transaction, write: "Write", key: str, operation: Operation, status: int
    ) -> tuple[StoredAnswer, bool]:
        who = {"tenant_id": write.caller.tenant_id, "actor": write.caller.actor, "key": key}
        claimed = await tx.value(self._claim, **who, request_hash=write.request_hash)
        if claimed is None:
            return _replay(await tx.row(self._find, **who), write.request_hash), True
        found = await operation(tx)
        answer = _stored(found, status)
        await tx.execute(
            self._keep,
            **who,
            status=answer.status,
            body=answer.body,
            etag=answer.etag,
            location=answer.location,
        )
        return _shown(found, status), False


def _stored(answer: Answer, status: int) -> StoredAnswer:
    document = answer.document
    etag = f'"{document.version}"' if document.version is not None else None
    return StoredAnswer(answer.status or status, document.body, etag, answer.location)


def _shown(answer: Answer, status: int) -> StoredAnswer:
    """What goes out the first time."""
    stored = _stored(answer, status)
    return stored if answer.shown_once is None else replace(stored, body=answer.shown_once.body)


def _replay(row: asyncpg.Record | None, request_hash: bytes) -> StoredAnswer:
    assert row is not None
    if row["request_hash"] != request_hash:
        raise IdempotencyConflict
    return StoredAnswer(row["status"], row["body"], row["etag"], row["location"])


@dataclass(frozen=True, slots=True)
class Write:
    """The circumstances of one write: who, under which key, having seen which version, and whether
    it is only tried. `stop` is what the client says of warnings.
    """

    caller: Caller
    key: str | None
    request_hash: bytes
    expected_version: int | None
    is_dry_run: bool = False
    stop: Stop | None = None


DRY_RUN_TEXT = (
    "Ask every rule, answer 200 with what would be, store nothing: no record, no audit entry, no"
    " event, no key. / Probelauf: alle Regeln prüfen, Ergebnis zeigen, nichts speichern."
)


async def write_circumstances(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(json_schema_extra={"maxLength": 200, "pattern": KEY_PATTERN})
    ] = None,
    if_match: Annotated[str | None, Header(json_schema_extra={"pattern": IF_MATCH_PATTERN})] = None,
    warnings: Annotated[
        str | None,
        Header(
            alias=WARNINGS_HEADER,
            description=STOP_TEXT,
            json_schema_extra={"maxLength": 1300, "pattern": STOP_PATTERN},
        ),
    ] = None,
    *,
    dry_run: Annotated[bool, Query(alias="dryRun", description=DRY_RUN_TEXT)] = False,
) -> Write:
    """A dependency: reads `Idempotency-Key`, `If-Match`, `KIM-Warnings` and `?dryRun`.

    Raises ReasonMissing, IdempotencyKeyMissing for a machine client without key,
    IdempotencyKeyUnreadable, VersionUnreadable, WarningsUnreadable.
    """
    await reason_stated(request)
    caller: Caller = request.scope["caller"]
    needs_key = caller.is_machine and request.method == "POST" and not dry_run
    if idempotency_key is None and needs_key:
        raise IdempotencyKeyMissing
    if idempotency_key is not None and not re.fullmatch(KEY_PATTERN, idempotency_key):
        raise IdempotencyKeyUnreadable
    digest = hashlib.sha256()
    where = (request.method, request.url.path, request.url.query)
    for part in (*(text.encode() for text in where), await request.body()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return Write(
        caller,
        idempotency_key,
        digest.digest(),
        _version(if_match),
        dry_run,
        read_stop(warnings),
    )


def _version(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    found = ETAG.fullmatch(if_match.strip())
    if found is None:
        raise VersionUnreadable
    return int(found[1])


CurrentWrite = Annotated[Write, Depends(write_circumstances)]
