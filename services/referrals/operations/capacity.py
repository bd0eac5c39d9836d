"""What a unit can take on of a service: it says so itself, the coordination may say it for it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.agencies import Agency
from services.referrals.domain.capacity import (
    Capacity,
    Opening,
    ServiceNotOffered,
    can_take,
    in_order,
)
from services.referrals.domain.catalogue import service
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.capacity import (
    UNIT_SERVICE_VIEW,
    find_capacities,
    unit_service_for_update,
)
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.tables import UnitServiceRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import NotFound, NotPermitted, Stale
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


class NotYourUnit(NotPermitted):
    code = "not-your-unit"
    title = Text(
        de="Freie Plätze meldet jede Stelle selbst.",
        en="Each unit tells its own capacity.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityEntry:
    capacity: Capacity
    languages: tuple[str, ...]
    opening: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a unit takes somebody on that day, and what it said of its seats."""

    accepts: bool
    capacity: Capacity | None


async def tell_capacity(
    tx: Transaction,
    unit_id: str,
    service_code: str,
    entry: CapacityEntry,
    expected_version: int | None,
) -> Answer:
    """The first word needs no version, every later one does.

    Raises NotYourUnit, NotFound, ServiceUnknown, ServiceNotOffered, OpeningUnusable,
    VersionMissing, Stale; of two first words the database refuses one.
    """
    _require_own(tx.caller, unit_id)
    agency = (await find_agencies(tx, unit_id)).get(unit_id)
    if agency is None:
        raise NotFound
    if service(service_code).code not in agency.services:
        raise ServiceNotOffered(unit=unit_id, service=service_code)
    values = asdict(entry.capacity) | {
        "languages": sorted(set(entry.languages)),
        "opening": [_form(one) for one in in_order(entry.opening)],
    }
    is_new, row_id = await _keep(tx, unit_id, service_code, values, expected_version)
    await record_change(
        tx,
        AuditEntry,
        action="capacity-told",
        kind="unit-service",
        record_id=row_id,
        changes={"service": service_code, "accepts": entry.capacity.accepts},
    )
    document = await UNIT_SERVICE_VIEW.one_in(tx, unit_id=unit_id, service_code=service_code)
    assert document is not None
    if not is_new:
        return Answer(document)
    return Answer(document, f"/v1/org-units/{unit_id}/services/{service_code}", status=201)


async def _keep(
    tx: Transaction,
    unit_id: str,
    service_code: str,
    values: dict[str, Any],
    expected_version: int | None,
) -> tuple[bool, UUID]:
    """Whether it is the first word, and the id of the row."""
    row, instant = await unit_service_for_update(tx, unit_id, service_code), now()
    if row is not None:
        require_version(row["version"], expected_version)
        row_id: UUID = row["id"]
        version = row["version"] + 1
        await tx.update(UnitServiceRow, row_id, version=version, updated_at=instant, **values)
        return False, row_id
    if expected_version is not None:
        raise Stale
    row_id = new_id()
    await tx.insert(
        UnitServiceRow,
        id=row_id,
        unit_id=unit_id,
        service_code=service_code,
        version=1,
        created_at=instant,
        updated_at=instant,
        **values,
    )
    return True, row_id


async def rooms(
    tx: Transaction, service_code: str, unit_ids: Iterable[str], day: date
) -> dict[str, Room]:
    """What each of these units can take on that day."""
    wanted = sorted(set(unit_ids))
    if not wanted:
        return {}
    agencies = await find_agencies(tx, *wanted)
    found = await find_capacities(tx, service_code, wanted)
    return {one: _room(agencies.get(one), service_code, found.get(one), day) for one in wanted}


def _room(agency: Agency | None, service_code: str, capacity: Capacity | None, day: date) -> Room:
    return Room(can_take(agency, service_code, capacity, day), capacity)


def _require_own(caller: Caller, unit_id: str) -> None:
    held = permissions(caller.roles, caller.unit_type)
    if unit_id != caller.unit_id and Permission.WRITE_DIRECTORY not in held:
        raise NotYourUnit


def _form(one: Opening) -> dict[str, Any]:
    return {"day": one.day.value, "opensAt": one.opens_at, "closesAt": one.closes_at}
