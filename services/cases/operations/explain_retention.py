"""The answer to "why is this case still here": the words of the domain as one document."""

from datetime import date
from typing import Any

import orjson

from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import DataKind, DeletionRule, result_of
from services.cases.domain.retention_words import (
    CHANGES,
    KIND_LABELS,
    KeptCase,
    Retention,
    explain,
)
from services.cases.operations.compute_retention import rules_of_unit, with_type
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import berlin_date, now
from shared.kernel.text import Text


async def explained(tx: Transaction, document: Document, practice: Practice) -> bytes:
    """The retention of one case in words; `document` is what RETENTION_VIEW gave."""
    case = orjson.loads(document.body)
    ended_on = case["closedOn"]
    kept = KeptCase(
        state=CaseState(case["state"]),
        closing_reason=case["closingReason"],
        ended_on=date.fromisoformat(ended_on) if ended_on else None,
        is_under_legal_hold=case["isUnderLegalHold"],
        has_archive_answered=case["archiveAnswer"] is not None,
        erased_kinds=frozenset(DataKind(kind) for kind in case["erasedKinds"] or ()),
    )
    result = result_of(kept.state, kept.closing_reason)
    rules = with_type(await rules_of_unit(tx, practice), result, case["typeYears"])
    retention = explain(kept, rules, berlin_date(now()))
    return orjson.dumps(
        {
            "caseId": case["id"],
            "isUnderLegalHold": kept.is_under_legal_hold,
            "archiveAnswer": case["archiveAnswer"],
            **_of_kind(DataKind.CASE_FILE, retention),
            "kinds": [_of_kind(kind, one) for kind, one in retention.kinds.items()],
        }
    )


def _of_kind(kind: DataKind, retention: Retention) -> dict[str, Any]:
    return {
        "dataKind": kind,
        "label": _both(KIND_LABELS[kind]),
        "keptUntil": retention.kept_until,
        "dueOn": retention.due_on,
        "isDue": retention.is_due,
        "isErased": retention.is_erased,
        "rule": retention.rule and _rule(retention.rule),
        "because": _both(retention.because),
        "wouldChangeIf": [
            {"code": code, "text": _both(CHANGES[code])} for code in retention.would_change_if
        ],
    }


def _rule(rule: DeletionRule) -> dict[str, Any]:
    return {
        "dataKind": rule.data_kind,
        "source": rule.source,
        "result": rule.result,
        "startEvent": rule.start_event,
        "periodYears": rule.period_years,
        "periodDays": rule.period_days,
        "legalReason": _both(rule.legal_reason),
        "validFrom": None if rule.valid_from == date.min else rule.valid_from,
    }


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
