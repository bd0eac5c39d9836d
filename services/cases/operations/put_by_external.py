"""Put a person or a case under the number that another system knows it by."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson

from services.cases.domain.external_ids import ExternalKind
from services.cases.operations.deliver_record import Seen, deliver_case, deliver_person
from services.cases.operations.deliver_rows import (
    deliver_members,
    numbers_of,
    store_cases,
)
from services.cases.operations.import_rows import ImportRow, person_values, records_of
from services.cases.operations.known_deliveries import find_known
from services.cases.operations.record_delivery import Source, record_delivery, record_number
from services.cases.operations.record_person import PersonParticulars, insert_person
from services.cases.storage.queries.deliveries import VERSION_OF
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.external_ids import Delivered, ExternalId, ExternalIdExists
from shared.service.writes import Answer

CREATED, OK = 201, 200
PATHS = {ExternalKind.PERSON: "/v1/persons", ExternalKind.CASE: "/v1/cases"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PutByExternal:
    """What is put where. The present version must have been seen for a change; `must_be_new`
    refuses whatever is there already; the same content again is always welcome.
    """

    external: ExternalId
    expected_version: int | None
    must_be_new: bool = False

    @property
    def source(self) -> Source:
        return Source(system=self.external.system)

    @property
    def seen(self) -> Seen:
        return Seen(version=self.expected_version, is_required=True)


def delivering_caller(caller: Caller) -> Caller:
    """Case staff deliver as themselves; a machine under the policies of the service."""
    if caller.has_any("case_manager"):
        return caller
    return replace(caller, roles=frozenset({"system"}))


async def put_person(
    tx: Transaction, command: PutByExternal, particulars: PersonParticulars
) -> Answer:
    """201 for a new person, 200 for a changed or unchanged one.

    Raises ExternalIdExists, Stale (412), VersionMissing (428), PersonIsMerged (409) and what
    recording persons raises (422).
    """
    source, number, kind = command.source, command.external.value, ExternalKind.PERSON
    known = (await find_known(tx, source, (), (number,))).persons.get(number)
    if known is None:
        person_id = await insert_person(tx, particulars)
        await record_number(tx, source, kind, person_id, number)
        await record_delivery(tx, source, kind, person_id, person_values(particulars))
        return await _receipt(tx, command, kind, Delivered.CREATED, person_id, (person_id,))
    if command.must_be_new:
        raise ExternalIdExists
    is_changed = await deliver_person(tx, source, known, particulars, seen=command.seen)
    outcome = Delivered.CHANGED if is_changed else Delivered.UNCHANGED
    return await _receipt(tx, command, kind, outcome, known.id, (known.id,))


async def put_case(tx: Transaction, command: PutByExternal, row: ImportRow) -> Answer:
    """As put_person, with the people of the case. Raises CaseWasErased (409) and what
    `deliver_case` raises besides.
    """
    source, kind, today = command.source, ExternalKind.CASE, berlin_date(now())
    found = await find_known(tx, source, (row.key,), numbers_of(row))
    known = found.cases.get(row.key)
    if known is None:
        found.require_not_erased(row)
        new = records_of(row, tx.caller, source, found.persons, today=today)
        await deliver_members(tx, source, row, found)
        await store_cases(tx, [new], today)
        return await _receipt(tx, command, kind, Delivered.CREATED, new.case_id, new.person_ids)
    if command.must_be_new:
        raise ExternalIdExists
    is_changed, person_ids = await deliver_case(
        tx, source, row, known, found.persons, today=today, seen=command.seen
    )
    outcome = Delivered.CHANGED if is_changed else Delivered.UNCHANGED
    return await _receipt(tx, command, kind, outcome, known.id, person_ids)


async def _receipt(
    tx: Transaction,
    command: PutByExternal,
    kind: ExternalKind,
    outcome: Delivered,
    record_id: UUID,
    person_ids: tuple[UUID, ...],
) -> Answer:
    """Outcome and ids: who delivers learns nothing of the record that they did not send."""
    version: int = await tx.value(VERSION_OF[kind], record_id=record_id)
    body: dict[str, Any] = {
        "id": str(record_id),
        "version": version,
        "externalId": {"system": command.external.system, "value": command.external.value},
        "outcome": outcome,
        "personIds": [str(one) for one in person_ids],
    }
    return Answer(
        Document(orjson.dumps(body), version),
        f"{PATHS[kind]}/{record_id}",
        CREATED if outcome is Delivered.CREATED else OK,
    )
