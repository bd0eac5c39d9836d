"""Set a deletion rule of the unit; the worker brings the ended cases in line, in batches."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.events import DeletionRuleChanged
from services.cases.domain.retention import RESULTS, SETTABLE_KINDS, DataKind, StartEvent
from services.cases.storage.queries.retention import RULE_VIEW
from services.cases.storage.queries.retention_work import FIRST_DAY_OF_RULE, OPEN_RUN
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


class KindNotSettable(RuleViolated):
    code = "retention-kind-not-settable"
    title = Text(
        de="Für diese Datenart legt die Stelle keine Löschregel fest.",
        en="The unit sets no deletion rule for this kind of data.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    data_kind: DataKind
    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason_de: str
    legal_reason_en: str
    valid_from: date


async def set_deletion_rule(tx: Transaction, rule: NewRule) -> Answer:
    """Raises ResultUnknown or KindNotSettable (422), or AlreadyExists (409) for a second rule for
    the same kind and result from the same day: there is exactly one (DIN 66398).
    """
    if rule.result not in RESULTS:
        raise ResultUnknown
    if rule.data_kind not in SETTABLE_KINDS:
        raise KindNotSettable
    rule_id = new_id()
    await tx.insert(
        DeletionRuleRow,
        id=rule_id,
        unit_id=tx.caller.unit_id,
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
            "dataKind": rule.data_kind,
            "result": rule.result,
            "startEvent": rule.start_event,
            "periodYears": rule.period_years,
            "periodDays": rule.period_days,
        },
    )
    await open_run(tx, rule_id)
    event = DeletionRuleChanged(
        rule_id=rule_id, tenant_id=tx.caller.tenant_id, unit_id=tx.caller.unit_id
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=rule_id)
    document = await RULE_VIEW.one_in(tx, rule_id=rule_id)
    assert document is not None
    return Answer(document)


async def open_run(tx: Transaction, rule_id: UUID) -> None:
    """Have the days of the unit's ended cases computed anew from the rule's first day on."""
    await tx.execute(
        OPEN_RUN,
        rule_id=rule_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        from_on=await tx.value(FIRST_DAY_OF_RULE, rule_id=rule_id),
    )
