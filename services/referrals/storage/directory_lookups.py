"""What the operations need to know besides the referral: agencies, rules, revocations."""

from datetime import date, datetime
from uuid import UUID

import asyncpg
from sqlalchemy import ARRAY, String, any_, bindparam, func, select
from sqlmodel import col

from services.referrals.domain.agencies import Agency, EndpointStatus, OrgUnitType
from services.referrals.domain.codes import Mode
from services.referrals.domain.routing import NO_RULES, RuleSet, rules_in_force
from services.referrals.storage.rule_forms import read_rule
from services.referrals.storage.tables import (
    ConsentRevocationRow,
    OrgUnitRow,
    RoutingRuleSetRow,
    SignpostingRow,
)
from shared.database.connection import Database
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound

_SIGNPOSTING_FOR_UPDATE = Statement(
    select(table_of(SignpostingRow))
    .where(col(SignpostingRow.id) == bindparam("key"))
    .with_for_update()
)
_UNITS = Statement(
    select(table_of(OrgUnitRow)).where(
        col(OrgUnitRow.unit_id) == any_(bindparam("unit_ids", type_=ARRAY(String)))
    )
)
_UNIT_FOR_UPDATE = Statement(
    select(table_of(OrgUnitRow))
    .where(col(OrgUnitRow.unit_id) == bindparam("key"))
    .with_for_update()
)
_RULES_IN_FORCE = Statement(
    select(
        col(RoutingRuleSetRow.version),
        col(RoutingRuleSetRow.valid_from),
        col(RoutingRuleSetRow.rules),
    )
    .where(col(RoutingRuleSetRow.valid_from) <= bindparam("day"))
    .order_by(col(RoutingRuleSetRow.valid_from).desc(), col(RoutingRuleSetRow.version).desc())
    .limit(1)
)
_NEWEST_RULES = Statement(select(func.coalesce(func.max(col(RoutingRuleSetRow.version)), 0)))
_LOCK_RULES = Statement("select pg_advisory_xact_lock(hashtextextended('rules' || :tenant, 0))")
_REVOKED = Statement(
    select(col(ConsentRevocationRow.consent_reference)).where(
        col(ConsentRevocationRow.consent_reference)
        == any_(bindparam("references", type_=ARRAY(String)))
    )
)
_REVOCATION = Statement(
    select(table_of(ConsentRevocationRow)).where(
        col(ConsentRevocationRow.consent_reference) == bindparam("reference")
    )
)
# One lock per declaration: a revocation and a sending under it happen one after the other.
_LOCK_DECLARATION = Statement(
    "select pg_advisory_xact_lock(hashtextextended(:unit || chr(10) || :reference, 0))"
)
BROUGHT_BACK = "select * from records_brought_back($1, $2, $3)"
ABANDONED_DRAFTS = "select id, tenant_id, unit_id from abandoned_drafts($1, $2)"
DUE_WORK = "select kind, id, tenant_id, unit_id from due_work($1, $2, $3, $4)"


async def signposting_for_update(tx: Transaction, signposting_id: UUID) -> asyncpg.Record:
    """Lock one record of signposting until commit. Raises NotFound."""
    row = await tx.row(_SIGNPOSTING_FOR_UPDATE, key=signposting_id)
    if row is None:
        raise NotFound
    return row


async def find_agencies(tx: Transaction, *unit_ids: str) -> dict[str, Agency]:
    """The units of the caller's tenant among these, by their key."""
    rows = await tx.rows(_UNITS, unit_ids=list(unit_ids))
    return {row["unit_id"]: _agency(row) for row in rows}


async def unit_for_update(tx: Transaction, unit_id: str) -> asyncpg.Record:
    """Lock one entry of the directory until commit. Raises NotFound."""
    row = await tx.row(_UNIT_FOR_UPDATE, key=unit_id)
    if row is None:
        raise NotFound
    return row


async def rules_on(tx: Transaction, day: date) -> RuleSet:
    """The rule set of the caller's tenant in force on that day; NO_RULES when there is none."""
    row = await tx.row(_RULES_IN_FORCE, day=day)
    if row is None:
        return NO_RULES
    rules = tuple(read_rule(form) for form in row["rules"])
    found = RuleSet(version=row["version"], valid_from=row["valid_from"], rules=rules)
    return rules_in_force((found,), day)


async def newest_rules_version(tx: Transaction) -> int:
    """0 before the first."""
    found: int = await tx.value(_NEWEST_RULES)
    return found


async def lock_rules(tx: Transaction) -> None:
    """Wait for whoever is publishing rules for this tenant: versions are numbered one by one."""
    await tx.execute(_LOCK_RULES, tenant=tx.caller.tenant_id)


async def lock_declarations(tx: Transaction, *references: str | None) -> None:
    """Wait for whoever is sending or revoking under the same declarations of this unit."""
    unit = f"{tx.caller.tenant_id}/{tx.caller.unit_id}"
    for reference in sorted({reference for reference in references if reference}):
        await tx.execute(_LOCK_DECLARATION, unit=unit, reference=reference)


async def revoked_among(tx: Transaction, *references: str | None) -> frozenset[str]:
    given = [reference for reference in references if reference]
    if not given:
        return frozenset()
    rows = await tx.rows(_REVOKED, references=given)
    return frozenset(row["consent_reference"] for row in rows)


async def find_revocation(tx: Transaction, reference: str) -> asyncpg.Record | None:
    return await tx.row(_REVOCATION, reference=reference)


async def due_work(
    database: Database,
    *,
    at: datetime,
    rejected_before: datetime,
    informed_before: date,
    rows_max: int,
) -> list[asyncpg.Record]:
    """What the clock has to do, of every tenant: kind, id, tenant and unit."""
    limits = (rejected_before, informed_before, rows_max)
    return await database.across_tenants(DUE_WORK, at, *limits, part="timer")


def _agency(row: asyncpg.Record) -> Agency:
    return Agency(
        unit_id=row["unit_id"],
        type=OrgUnitType(row["type"]),
        controller_id=row["controller_id"],
        body_35_sgb1=row["body_35_sgb1"],
        endpoint_status=EndpointStatus(row["endpoint_status"]),
        services=frozenset(row["services"]),
        commitment_78_signed_on=row["commitment_78_signed_on"],
        accepted_modes=frozenset(map(Mode, row["accepted_modes"])),
        deputy_unit=row["deputy_unit"],
    )
