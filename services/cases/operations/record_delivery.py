"""Keep under which number a record is known elsewhere, and which values were delivered for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.cases.domain.external_ids import ExternalKind
from services.cases.storage.queries.deliveries import HAND_CHANGE
from services.cases.storage.tables import DeliveryRow, ExternalIdRow
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.text import camel

RECORD_COLUMN = {ExternalKind.PERSON: "person_id", ExternalKind.CASE: "case_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The delivering system, and the import that its rows came in; of a referral who sent it."""

    system: str
    import_id: UUID | None = None
    sender_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record that the source has delivered before, with what it said the last time. Something
    new refers to `present_id`: of a merged person the one that stays in use.
    """

    id: UUID
    present_id: UUID
    family_id: UUID | None
    values: dict[str, Any] | None


KnownPersons = Mapping[str, KnownRecord]


def delivery_columns(
    caller: Caller, source: Source, kind: ExternalKind, record_id: UUID, values: dict[str, Any]
) -> dict[str, Any]:
    """The record of one delivery, as it is inserted alone or with many others."""
    return {
        "id": new_id(),
        "unit_id": caller.unit_id,
        "person_id": None,
        "case_id": None,
        RECORD_COLUMN[kind]: record_id,
        "source_system": source.system,
        "import_id": source.import_id,
        "sender_unit": source.sender_unit,
        "values_json": values,
        "delivered_by": caller.actor,
        "delivered_at": now(),
    }


def number_columns(
    caller: Caller, source: Source, kind: ExternalKind, record_id: UUID, number: str
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "unit_id": caller.unit_id,
        "kind": kind.value,
        "system": source.system,
        "value": number,
        "person_id": None,
        "case_id": None,
        RECORD_COLUMN[kind]: record_id,
        "recorded_by": caller.actor,
        "recorded_at": now(),
    }


async def record_delivery(
    tx: Transaction, source: Source, kind: ExternalKind, record_id: UUID, values: dict[str, Any]
) -> None:
    await tx.insert(DeliveryRow, **delivery_columns(tx.caller, source, kind, record_id, values))


async def record_number(
    tx: Transaction, source: Source, kind: ExternalKind, record_id: UUID, number: str
) -> None:
    await tx.insert(ExternalIdRow, **number_columns(tx.caller, source, kind, record_id, number))


async def note_hand_change(
    tx: Transaction, kind: ExternalKind, record_id: UUID, values: dict[str, Any]
) -> None:
    """Beside what was delivered stands what a person made of it; nothing where nothing was."""
    if not values:
        return
    await tx.execute(
        HAND_CHANGE[kind],
        record_id=record_id,
        id=new_id(),
        values_json={camel(name): value for name, value in values.items()},
        delivered_by=tx.caller.actor,
        delivered_at=now(),
    )
