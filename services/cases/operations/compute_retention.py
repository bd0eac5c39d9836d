"""Compute until when cases are kept, and keep their deletion days in step with the rules."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson

from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import (
    DeletionRule,
    StartEvent,
    default_rules,
    result_of,
    rule_for,
)
from services.cases.domain.retention_words import CHANGES, KeptCase, explain
from services.cases.storage.queries.retention import (
    ENDED_CASE,
    ENDED_CASES,
    RULES_OF_UNIT,
)
from services.cases.storage.tables import CaseRow
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import berlin_date, now
from shared.kernel.text import Text


async def rules_of_unit(tx: Transaction, practice: Practice) -> tuple[DeletionRule, ...]:
    """The rules that the caller's unit has set, and the defaults behind them."""
    rows = await tx.rows(RULES_OF_UNIT, tenant_id=tx.caller.tenant_id, unit_id=tx.caller.unit_id)
    own = tuple(
        DeletionRule(
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


async def deletion_day(
    tx: Transaction,
    state: CaseState,
    closing_reason: str | None,
    ended_on: date,
    practice: Practice,
) -> date | None:
    """The day from which a case that ended so and then may be erased."""
    result = result_of(state, closing_reason)
    if result is None:
        return None
    rules = await rules_of_unit(tx, practice)
    return rule_for(result, rules, berlin_date(now())).last_day(ended_on)


async def recompute(tx: Transaction, practice: Practice, case_id: UUID | None = None) -> int:
    """Bring the deletion days of the unit's ended cases, or of one, in line with the rules of
    today. Returns how many changed; those have a new version.
    """
    unit: dict[str, Any] = {"tenant_id": tx.caller.tenant_id, "unit_id": tx.caller.unit_id}
    if case_id is None:
        ended = await tx.rows(ENDED_CASES, **unit)
    else:
        ended = await tx.rows(ENDED_CASE, **unit, case_id=case_id)
    rules, today = await rules_of_unit(tx, practice), berlin_date(now())
    changed = 0
    for case in ended:
        result = result_of(CaseState(case["state"]), case["closing_reason"])
        assert result is not None
        day = rule_for(result, rules, today).last_day(case["closed_on"])
        if day != case["deletion_due_on"]:
            await tx.update(
                CaseRow,
                case["id"],
                deletion_due_on=day,
                version=case["version"] + 1,
                updated_at=now(),
            )
            changed += 1
    return changed


async def explained(tx: Transaction, document: Document, practice: Practice) -> bytes:
    """The retention of one case in words; `document` is what RETENTION_VIEW gave."""
    case = orjson.loads(document.body)
    ended_on = case["closedOn"]
    kept = KeptCase(
        state=CaseState(case["state"]),
        closing_reason=case["closingReason"],
        ended_on=date.fromisoformat(ended_on) if ended_on else None,
        is_under_legal_hold=case["isUnderLegalHold"],
    )
    retention = explain(kept, await rules_of_unit(tx, practice), berlin_date(now()))
    rule = retention.rule
    return orjson.dumps(
        {
            "caseId": case["id"],
            "dataKind": "CASE_FILE",
            "keptUntil": retention.kept_until,
            "dueOn": retention.due_on,
            "isDue": retention.is_due,
            "isUnderLegalHold": kept.is_under_legal_hold,
            "archiveAnswer": case["archiveAnswer"],
            "rule": rule
            and {
                "result": rule.result,
                "startEvent": rule.start_event,
                "periodYears": rule.period_years,
                "periodDays": rule.period_days,
                "legalReason": _both(rule.legal_reason),
                "validFrom": None if rule.valid_from == date.min else rule.valid_from,
            },
            "because": _both(retention.because),
            "wouldChangeIf": [
                {"code": code, "text": _both(CHANGES[code])} for code in retention.would_change_if
            ],
        }
    )


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
