"""Put a record under the number that another system knows it by: made once, then changed."""

import hashlib
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

import orjson
from pydantic import BaseModel

from shared.database.external_ids import ExternalNumbers, Told
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.errors import Stale
from shared.kernel.external_ids import Delivered, ExternalId, ExternalIdExists
from shared.service.answers import Answer
from shared.service.desk import Writing

Make = Callable[[], Awaitable[Answer]]
Change = Callable[[UUID, frozenset[str]], Awaitable[Answer]]
CREATED, OK = 201, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What is put where. The present version must have been seen for a change; `must_be_new`
    refuses whatever is there already; the same content again is always welcome.
    """

    kind: StrEnum
    external: ExternalId
    expected_version: int | None
    must_be_new: bool
    told: Told

    @classmethod
    def of(
        cls,
        kind: StrEnum,
        external: ExternalId,
        body: BaseModel,
        writing: Writing,
        if_none_match: str | None,
        *,
        without: Collection[str] = (),
    ) -> Self:
        """As a request says it; the members `without` say nothing about the record."""
        return cls(
            kind=kind,
            external=external,
            expected_version=writing.expected_version,
            must_be_new=if_none_match is not None,
            told=told_by(body, without=without),
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the records of one kind lie: their numbers, their path and their present version."""

    numbers: ExternalNumbers
    path: str
    version_of: Statement

    async def put(self, tx: Transaction, command: Put, make: Make, change: Change) -> Answer:
        """201 for a new record, 200 for a changed or unchanged one.

        `change` gets the id and the names of the members that are told otherwise than the last
        time, and requires the version. Raises ExternalIdExists, Stale (412) and what the two
        raise.
        """
        known = await self.numbers.find(tx, command.kind, command.external)
        if known is None:
            if command.expected_version is not None:
                raise Stale
            answer = await make()
            record_id = UUID(orjson.loads(answer.document.body)["id"])
            await self.numbers.keep(tx, command.kind, command.external, record_id, command.told)
            version = answer.document.version
            return self._receipt(command, Delivered.CREATED, record_id, version)
        if command.must_be_new:
            raise ExternalIdExists
        changed = _differing(known.told, command.told)
        if not changed:
            version = await tx.value(self.version_of, record_id=known.record_id)
            return self._receipt(command, Delivered.UNCHANGED, known.record_id, version)
        answer = await change(known.record_id, changed)
        await self.numbers.renew(tx, known, {**known.told, **command.told})
        version = answer.document.version
        return self._receipt(command, Delivered.CHANGED, known.record_id, version)

    def _receipt(
        self, command: Put, outcome: Delivered, record_id: UUID, version: int | None
    ) -> Answer:
        external = command.external
        body: dict[str, Any] = {
            "id": str(record_id),
            "version": version,
            "externalId": {"system": external.system, "value": external.value},
            "outcome": outcome,
        }
        status = CREATED if outcome is Delivered.CREATED else OK
        document = Document(orjson.dumps(body), version)
        return Answer(document, f"{self.path}/{record_id}", status)


def told_by(body: BaseModel, *, without: Collection[str] = ()) -> Told:
    """A digest of each member of a request, by its outside name; so no content is kept twice.

    What is left out stays as it was told.
    """
    members = body.model_dump(mode="json", by_alias=True)
    return {
        name: hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]
        for name, value in members.items()
        if name not in without
    }


def _differing(before: Told, after: Told) -> frozenset[str]:
    return frozenset(name for name in after if before.get(name) != after[name])
