"""Compute until when cases are kept, and keep their deletion days in step with the rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import (
    DataKind,
    DeletionRule,
    KindDay,
    RuleSource,
    StartEvent,
    days_of,
    default_rules,
    result_of,
    rule_of_type,
)
from services.cases.storage.queries.retention import (
    DAYLESS_CASES,
    ENDED_CASES,
    FORGET_DEADLINES,
    KEEP_DEADLINES,
    RULES_OF_UNIT,
    TYPE_YEARS,
)
from services.cases.storage.tables import CaseRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.text import Text

# Cases whose days are computed in one transaction.
BATCH = 500


async def rules_of_unit(tx: Transaction, practice: Practice) -> tuple[DeletionRule, ...]:
    """The rules that the caller's unit has set, and the defaults behind them."""
    rows = await tx.rows(RULES_OF_UNIT, tenant_id=tx.caller.tenant_id, unit_id=tx.caller.unit_id)
    own = tuple(
        DeletionRule(
            data_kind=DataKind(row["data_kind"]),
            source=RuleSource.UNIT,
            result=row["result"],
            start_event=StartEvent(row["start_event"]),
            period_years=row["period_years"],
            period_days=row["period_days"],
            legal_reason=Text(de=row["legal_reason_de"], en=row["legal_reason_en"]),
            valid_from=row["valid_from"],
        )
        for row in rows
    )
    return (*own, *default_rules(practice))


def with_type(
    rules: tuple[DeletionRule, ...], result: str | None, type_years: int | None
) -> tuple[DeletionRule, ...]:
    """The rules, and the one that the case's type has for its result."""
    if result is None or type_years is None:
        return rules
    return (*rules, rule_of_type(result, type_years))


async def set_days_at_end(
    tx: Transaction,
    case: asyncpg.Record,
    state: CaseState,
    closing_reason: str | None,
    practice: Practice,
) -> date:
    """The day from which a case that ends today in this way may be erased; the days of the parts
    of its file are written down.
    """
    result = result_of(state, closing_reason)
    assert result is not None
    today = berlin_date(now())
    years = await tx.value(TYPE_YEARS, case_id=case["id"], closing_reason=closing_reason)
    rules = with_type(await rules_of_unit(tx, practice), result, years)
    days = days_of(result, today, rules, today)
    await _keep_deadlines(tx, {case["id"]: days})
    return days[DataKind.CASE_FILE].due_on


async def forget_days(tx: Transaction, case_id: UUID) -> None:
    """A case that goes on has no days."""
    await tx.execute(FORGET_DEADLINES, case_ids=[case_id])


async def recompute(tx: Transaction, practice: Practice, case_ids: Sequence[UUID]) -> int:
    """Bring the deletion days of these cases, as far as they have ended, in line with the rules
    of today. Returns how many changed; those have a new version.
    """
    ended = await tx.rows(
        ENDED_CASES,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        case_ids=list(case_ids),
    )
    changed, _ = await set_days(tx, ended, practice)
    return changed


async def recompute_dayless(tx: Transaction, practice: Practice) -> int:
    """Give a day to at most BATCH ended cases that have none yet, as after an import. Returns how
    many there were.
    """
    unit: dict[str, Any] = {"tenant_id": tx.caller.tenant_id, "unit_id": tx.caller.unit_id}
    ended = await tx.rows(DAYLESS_CASES, **unit, rows_max=BATCH)
    await set_days(tx, ended, practice)
    return len(ended)


async def set_days(
    tx: Transaction, ended: Sequence[asyncpg.Record], practice: Practice
) -> tuple[int, dict[UUID, dict[DataKind, KindDay]]]:
    """Write the days of locked, ended cases: how many changed, and the days of each."""
    rules, today = await rules_of_unit(tx, practice), berlin_date(now())
    changed, computed = 0, {}
    for case in ended:
        result = result_of(CaseState(case["state"]), case["closing_reason"])
        assert result is not None
        days = days_of(
            result, case["closed_on"], with_type(rules, result, case["type_years"]), today
        )
        computed[case["id"]] = days
        day = days[DataKind.CASE_FILE].due_on
        if day != case["deletion_due_on"]:
            await tx.update(
                CaseRow,
                case["id"],
                deletion_due_on=day,
                version=case["version"] + 1,
                updated_at=now(),
            )
            changed += 1
    await _keep_deadlines(tx, computed)
    return changed, computed


async def _keep_deadlines(tx: Transaction, computed: dict[UUID, dict[DataKind, KindDay]]) -> None:
    """Note the parts that go before their file; the others have no day of their own."""
    earlier = [
        (case_id, kind.value, day.due_on)
        for case_id, days in computed.items()
        for kind, day in days.items()
        if day.due_on < days[DataKind.CASE_FILE].due_on
    ]
    await tx.execute(FORGET_DEADLINES, case_ids=list(computed))
    if earlier:
        await tx.execute(
            KEEP_DEADLINES,
            tenant_id=tx.caller.tenant_id,
            unit_id=tx.caller.unit_id,
            case_ids=[case_id for case_id, _, _ in earlier],
            kinds=[kind for _, kind, _ in earlier],
            days=[day for _, _, day in earlier],
        )
