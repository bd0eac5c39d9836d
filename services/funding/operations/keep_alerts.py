"""Raise what needs a person and resolve what no longer does."""

from collections.abc import Iterable
from datetime import date, datetime

from services.funding.domain.alerts import Alert
from services.funding.domain.award_lifecycle import GRANTED_STATES
from services.funding.domain.deadlines import SubjectKind
from services.funding.domain.events.deadlines import AlertRaised, AlertResolved
from services.funding.domain.findings import FindingCode
from services.funding.operations.changes import leave_trace
from services.funding.operations.forecast import forecast
from services.funding.storage.queries.deadlines import (
    KEEPING_LOCK,
    OPEN_ALERTS,
    OPEN_DEADLINES,
    OUTLASTING_POSTS,
)
from services.funding.storage.tables import FundingAlertRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id

GRANTED = sorted(state.value for state in GRANTED_STATES)


async def keep_alerts(tx: Transaction, today: date) -> None:
    """Compare what is so on the day with what is open; each change is told once."""
    await tx.execute(KEEPING_LOCK, tenant_id=tx.caller.tenant_id)
    instant = now()
    wanted = {alert.key: alert for alert in await _present(tx, today)}
    known = {(row["code"], row["subject_id"]): row for row in await tx.rows(OPEN_ALERTS)}
    for key, alert in wanted.items():
        row = known.get(key)
        if row is None:
            await _raise(tx, alert, instant)
        elif row["facts"] != dict(alert.facts):
            version = row["version"] + 1
            facts = dict(alert.facts)
            await tx.update(
                FundingAlertRow, row["id"], facts=facts, version=version, updated_at=instant
            )
    for key, row in known.items():
        if key not in wanted:
            version = row["version"] + 1
            await tx.update(
                FundingAlertRow, row["id"], resolved_at=instant, version=version, updated_at=instant
            )
            event = AlertResolved(
                tenant_id=tx.caller.tenant_id,
                alert_id=row["id"],
                code=FindingCode(row["code"]),
                subject_kind=SubjectKind(row["subject_kind"]),
            )
            await leave_trace(
                tx, action="resolve-alert", kind="alert", record_id=row["id"], events=(event,)
            )


async def _raise(tx: Transaction, alert: Alert, instant: datetime) -> None:
    alert_id = new_id()
    await tx.insert(
        FundingAlertRow,
        id=alert_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        code=alert.code.value,
        subject_kind=alert.subject_kind.value,
        subject_id=alert.subject_id,
        facts=dict(alert.facts),
        raised_at=instant,
    )
    event = AlertRaised(
        tenant_id=tx.caller.tenant_id,
        alert_id=alert_id,
        code=alert.code,
        subject_kind=alert.subject_kind,
    )
    await leave_trace(tx, action="raise-alert", kind="alert", record_id=alert_id, events=(event,))


async def _present(tx: Transaction, today: date) -> list[Alert]:
    return [
        *await _outlasting(tx),
        *await _deadlines(tx),
        *(await forecast(tx, today.year, today)).alerts,
    ]


async def _outlasting(tx: Transaction) -> Iterable[Alert]:
    """Posts that outlive their award and its follow-ups without other money (R-S1-10)."""
    return [
        Alert(
            FindingCode.POSITION_OUTLASTS_AWARD,
            SubjectKind.POSITION,
            str(row["id"]),
            {
                "positionUntil": row["position_until"].isoformat(),
                "awardUntil": row["award_until"].isoformat(),
            },
        )
        for row in await tx.rows(OUTLASTING_POSTS, granted=GRANTED)
    ]


async def _deadlines(tx: Transaction) -> Iterable[Alert]:
    """Those that were told: near until they are missed or done."""
    return [
        Alert(
            FindingCode.DEADLINE_MISSED if row["missed_at"] else FindingCode.DEADLINE_NEAR,
            SubjectKind.DEADLINE,
            str(row["id"]),
            {"kind": row["kind"], "dueOn": row["due_on"].isoformat()},
        )
        for row in await tx.rows(OPEN_DEADLINES)
        if row["missed_at"] or row["warned_at"]
    ]
