"""Set a deletion rule of the unit; the ended cases follow by event."""

from dataclasses import asdict, dataclass
from datetime import date

from services.cases.domain.events import DeletionRuleChanged
from services.cases.domain.retention import RESULTS, DataKind, StartEvent
from services.cases.storage.queries.retention import RULE_VIEW
from services.cases.storage.tables import AuditEntry, DeletionRuleRow, OutboxMessage
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


class ResultUnknown(RuleViolated):
    code = "retention-result-unknown"
    title = Text(
        de="Für dieses Ergebnis eines Falls kann es keine Löschregel geben.",
        en="There can be no deletion rule for this result of a case.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason_de: str
    legal_reason_en: str
    valid_from: date


async def set_deletion_rule(tx: Transaction, rule: NewRule) -> Answer:
    """Raises ResultUnknown (422), or AlreadyExists (409) for a second rule for the same result
    from the same day: there is exactly one (DIN 66398).
    """
    if rule.result not in RESULTS:
        raise ResultUnknown
    rule_id = new_id()
    await tx.insert(
        DeletionRuleRow,
        id=rule_id,
        unit_id=tx.caller.unit_id,
        data_kind=DataKind.CASE_FILE,
        recorded_by=tx.caller.actor,
        recorded_at=now(),
        **asdict(rule),
    )
    await record_change(
        tx,
        AuditEntry,
        action="set-deletion-rule",
        kind="deletion-rule",
        record_id=rule_id,
        changes={
            "result": rule.result,
            "startEvent": rule.start_event,
            "periodYears": rule.period_years,
            "periodDays": rule.period_days,
        },
    )
    event = DeletionRuleChanged(
        rule_id=rule_id, tenant_id=tx.caller.tenant_id, unit_id=tx.caller.unit_id
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=rule_id)
    document = await RULE_VIEW.one_in(tx, rule_id=rule_id)
    assert document is not None
    return Answer(document)
