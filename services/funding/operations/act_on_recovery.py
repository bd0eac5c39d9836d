"""Take a recovery a step further by its transition table: hear, demand, pay, fix interest …"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.events.recoveries import RecoveryStateChanged
from services.funding.domain.interest import DayCount, rounded
from services.funding.domain.recovery_facts import Direction, Ground, RecoveryFacts
from services.funding.domain.recovery_lifecycle import (
    RECOVERY_LIFECYCLE,
    RecoveryAction,
    RecoveryState,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.put_recovery_on_books import put_recovery_on_books
from services.funding.operations.raise_recovery import KIND
from services.funding.storage.queries.recoveries import RECOVERY_VIEW
from services.funding.storage.recovery_records import interest_of, load_recovery, recovery_facts
from services.funding.storage.tables import RecoveryPaymentRow, RecoveryRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from shared.service.writes import Answer

_A = RecoveryAction


@dataclass(frozen=True, slots=True)
class UsedMoney:
    """A cost that had counted as use of the grant and goes back."""

    cost_kind: CostKind
    amount: Money


@dataclass(frozen=True, slots=True)
class RecoveryStep:
    """What a step brings with it; None leaves the record as it is.

    `amount` and `interest` are what the bank says was paid; `used` is the part of a demanded
    amount that is not free any more; `ended_on` is the day of a withdrawal.
    """

    heard_on: date | None = None
    demanded_on: date | None = None
    due_on: date | None = None
    act_reference: str | None = None
    used: tuple[UsedMoney, ...] = ()
    paid_on: date | None = None
    amount: Money = ZERO
    interest: Money = ZERO
    bank_reference: str | None = None
    interest_fixed_on: date | None = None
    interest_act_reference: str | None = None
    waiver_reference: str | None = None
    waiver_reason: str | None = None
    withdrawal_reason: str | None = None
    ended_on: date | None = None


async def act_on_recovery(
    tx: Transaction,
    recovery_id: UUID,
    expected_version: int | None,
    action: RecoveryAction,
    step: RecoveryStep,
    day_count: DayCount,
) -> Answer:
    """Move the recovery and post what follows, if table, guards and books allow it.

    `day_count` is the setting, kept with the record once interest is fixed. Raises NotFound, the
    refusals of versions, TransitionNotAllowed, GuardFailed, BaseRateMissing, NotTheWhole,
    PeriodIsClosed, InsufficientFunds with what is free.
    """
    row = await load_recovery(tx, recovery_id)
    require_version(row["version"], expected_version)
    instant = now()
    facts = _with_step(await recovery_facts(tx, row, berlin_date(instant)), action, step)
    state = RecoveryState(row["state"])
    target = RECOVERY_LIFECYCLE.next_state(state, action, facts)
    if action is _A.FIX_INTEREST:
        assert facts.last_paid_on is not None
        pieces = await interest_of(tx, row, facts.last_paid_on, day_count)
        facts = replace(facts, interest=rounded(pieces))
    await tx.update(
        RecoveryRow,
        recovery_id,
        state=target.value,
        version=row["version"] + 1,
        updated_at=instant,
        **_columns(tx, action, facts, day_count),
    )
    if action is _A.RECORD_PAYMENT:
        await tx.insert(
            RecoveryPaymentRow,
            id=new_id(),
            recovery_id=recovery_id,
            paid_on=facts.paid_on,
            amount_cents=step.amount.cents,
            interest_cents=step.interest.cents,
            bank_reference=facts.bank_reference,
            recorded_at=instant,
            recorded_by=tx.caller.actor,
        )
    await put_recovery_on_books(
        tx,
        row,
        action,
        facts,
        paid=(step.amount, step.interest),
        used=tuple((one.cost_kind, one.amount) for one in step.used),
    )
    await _leave_trace(tx, row, action, target)
    return await answer_with(tx, RECOVERY_VIEW, recovery_id=recovery_id)


def _with_step(facts: RecoveryFacts, action: RecoveryAction, step: RecoveryStep) -> RecoveryFacts:
    given: dict[str, Any] = {
        name: value
        for name in (
            "heard_on",
            "demanded_on",
            "due_on",
            "act_reference",
            "paid_on",
            "bank_reference",
            "interest_fixed_on",
            "interest_act_reference",
            "waiver_reference",
            "waiver_reason",
            "withdrawal_reason",
            "ended_on",
        )
        if (value := getattr(step, name)) is not None
    }
    if action is _A.RECORD_PAYMENT:
        given["paid"] = facts.paid + step.amount
        given["paid_interest"] = facts.paid_interest + step.interest
    return replace(facts, **given)


def _columns(
    tx: Transaction, action: RecoveryAction, facts: RecoveryFacts, day_count: DayCount
) -> dict[str, object]:
    columns: dict[str, object] = {}
    match action:
        case _A.HEAR:
            columns = {"heard_on": facts.heard_on}
        case _A.DEMAND:
            columns = {
                "demanded_on": facts.demanded_on,
                "due_on": facts.due_on,
                "act_reference": facts.act_reference,
                "released_by": tx.caller.actor,
            }
        case _A.RECORD_PAYMENT:
            columns = {
                "paid_cents": facts.paid.cents,
                "interest_paid_cents": facts.paid_interest.cents,
            }
        case _A.FIX_INTEREST:
            assert facts.interest is not None
            columns = {
                "interest_cents": facts.interest.cents,
                "interest_fixed_on": facts.interest_fixed_on,
                "interest_act_reference": facts.interest_act_reference,
                "day_count": day_count.value,
            }
        case _A.WAIVE_INTEREST:
            columns = {
                "waiver_reference": facts.waiver_reference,
                "waiver_reason": facts.waiver_reason,
            }
        case _A.WITHDRAW:
            columns = {"withdrawal_reason": facts.withdrawal_reason}
    return columns


async def _leave_trace(
    tx: Transaction, row: asyncpg.Record, action: RecoveryAction, target: RecoveryState
) -> None:
    changed = RecoveryStateChanged(
        tenant_id=tx.caller.tenant_id,
        recovery_id=row["id"],
        award_id=row["award_id"],
        direction=Direction(row["direction"]),
        ground=Ground(row["ground"]),
        from_state=RecoveryState(row["state"]),
        to_state=target,
    )
    await leave_trace(
        tx,
        action=f"{action.value}-recovery",
        kind=KIND,
        record_id=row["id"],
        changes={"from": row["state"], "to": target.value},
        events=(changed,),
    )
