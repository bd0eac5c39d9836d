"""The agency directory and the routing rules: who exists, who is responsible where."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from services.referrals.domain.agencies import (
    EndpointStatus,
    OrgUnitType,
    PublicBody87,
    SupervisoryAuthority,
    UnitUnknown,
)
from services.referrals.domain.areas import AREA_KEY_PATTERN, Place, require_key
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import Mode
from services.referrals.domain.routing import RoutingDecision, RoutingRule, RuleSet, route
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import (
    find_agencies,
    lock_rules,
    newest_rules_version,
    rules_on,
    unit_for_update,
)
from services.referrals.storage.directory_queries import (
    ORG_UNIT_VIEW,
    RULE_SET_VIEW,
)
from services.referrals.storage.rule_forms import read_area, read_rule
from services.referrals.storage.tables import OrgUnitRow, RoutingRuleSetRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One entry of the directory as it is written down."""

    type: OrgUnitType
    name_de: str
    name_en: str
    controller_id: str
    public_body_87: PublicBody87
    body_35_sgb1: bool
    supervisory_dp_authority: SupervisoryAuthority
    areas: tuple[str, ...]
    services: tuple[str, ...]
    endpoint_status: EndpointStatus
    commitment_78_signed_on: date | None
    email: str | None = None
    phone: str | None = None
    url: str | None = None
    dvdv_key: str | None = None
    has_software: bool = True
    accepted_modes: tuple[Mode, ...] = ()
    deputy_unit: str | None = None
    area_parts: tuple[dict[str, Any], ...] = ()


class DeputyIsItself(RuleViolated):
    code = "deputy-is-itself"
    title = Text(de="Eine Stelle vertritt sich nicht selbst.", en="A unit is not its own deputy.")


async def add_unit(tx: Transaction, unit_id: str, entry: UnitEntry) -> Answer:
    """A new entry; the database refuses a second one.

    Raises ServiceUnknown, UnitUnknown, DeputyIsItself and what an unusable area raises.
    """
    instant, row_id = now(), new_id()
    await tx.insert(
        OrgUnitRow,
        id=row_id,
        unit_id=unit_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        **await _columns(tx, unit_id, entry),
    )
    await record_change(tx, AuditEntry, action="org-unit-added", kind="org-unit", record_id=row_id)
    return await _unit_answer(tx, unit_id, is_new=True)


async def replace_unit(
    tx: Transaction, unit_id: str, entry: UnitEntry, expected_version: int | None
) -> Answer:
    row = await unit_for_update(tx, unit_id)
    require_version(row["version"], expected_version)
    await tx.update(
        OrgUnitRow,
        row["id"],
        version=row["version"] + 1,
        updated_at=now(),
        **await _columns(tx, unit_id, entry),
    )
    await record_change(
        tx,
        AuditEntry,
        action="org-unit-replaced",
        kind="org-unit",
        record_id=row["id"],
        changes={"endpointStatus": entry.endpoint_status.value},
    )
    return await _unit_answer(tx, unit_id)


async def publish_rules(tx: Transaction, valid_from: date, rules: list[dict[str, Any]]) -> Answer:
    """The next version of all rules of the tenant; earlier versions stay as they were.

    Raises ServiceUnknown, UnitUnknown, and what an unusable area raises.
    """
    await checked_rules(tx, rules)
    await lock_rules(tx)
    row_id, version = new_id(), await newest_rules_version(tx) + 1
    await tx.insert(
        RoutingRuleSetRow,
        id=row_id,
        version=version,
        valid_from=valid_from,
        rules=rules,
        created_at=now(),
    )
    await record_change(
        tx,
        AuditEntry,
        action="routing-rules-published",
        kind="routing-rules",
        record_id=row_id,
        changes={"version": version, "rules": len(rules)},
    )
    document = await RULE_SET_VIEW.one_in(tx, rules_version=version)
    assert document is not None
    return Answer(document, location=f"/v1/routing-rules/{version}")


async def checked_rules(tx: Transaction, rules: list[dict[str, Any]]) -> list[RoutingRule]:
    """Raises ServiceUnknown, UnitUnknown, and what an unusable area raises."""
    read = [read_rule(rule) for rule in rules]
    known = await find_agencies(tx, *{rule.unit_id for rule in read})
    for rule in read:
        service(rule.service_code)
        if rule.unit_id not in known:
            raise UnitUnknown(unit=rule.unit_id)
    return read


async def find_route(
    tx: Transaction, service_code: str, place: Place, day: date
) -> tuple[RuleSet, RoutingDecision]:
    """The rules in force on that day and what they say. Raises ServiceUnknown."""
    rule_set = await rules_on(tx, day)
    return rule_set, route(rule_set, service(service_code).code, place)


async def _columns(tx: Transaction, unit_id: str, entry: UnitEntry) -> dict[str, Any]:
    for code in entry.services:
        service(code)
    for key in entry.areas:
        require_key(AREA_KEY_PATTERN, key)
    for part in entry.area_parts:
        read_area(part)
    await _require_deputy(tx, unit_id, entry.deputy_unit)
    columns = {name: _plain(value) for name, value in asdict(replace(entry, area_parts=())).items()}
    return columns | {"area_parts": list(entry.area_parts)}


async def _require_deputy(tx: Transaction, unit_id: str, deputy: str | None) -> None:
    if deputy is None:
        return
    if deputy == unit_id:
        raise DeputyIsItself
    if not await find_agencies(tx, deputy):
        raise UnitUnknown(unit=deputy)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return sorted(set(map(_plain, value))) if isinstance(value, tuple) else value


async def _unit_answer(tx: Transaction, unit_id: str, *, is_new: bool = False) -> Answer:
    document = await ORG_UNIT_VIEW.one_in(tx, unit_id=unit_id)
    assert document is not None
    return Answer(document, location=f"/v1/org-units/{unit_id}" if is_new else None)
