"""Take an allocation a step further by its transition table: select, contract, activate …"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_facts import (
    AllocationFacts,
    ContractTerms,
    RecipientKind,
)
from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.events.allocations import AllocationActivated, AllocationStateChanged
from services.funding.domain.programme import FundingLine
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.put_on_books import book_activation, book_release, book_waiver
from services.funding.operations.recoveries_due import recovery_of_termination
from services.funding.storage.allocation_records import (
    allocation_facts,
    is_flagged,
    load_allocation,
    terms_form,
)
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.allocations import ALLOCATION_VERSION, ALLOCATION_VIEW
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID
from services.funding.storage.queries.moments import moment
from services.funding.storage.tables import AllocationRow, AllocationVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.messaging.envelope import DomainEvent
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class AllocationStep:
    """What a step brings with it; None leaves the record as it is."""

    recipient_unit: str | None = None
    recipient_name: str | None = None
    recipient_kind: RecipientKind | None = None
    selection_reason: str | None = None
    terms: ContractTerms | None = None
    proof_margin_days: int | None = None
    authority_consent_ref: str | None = None
    double_funding_checked_on: date | None = None
    overlap_reason: str | None = None
    suspension_reason: str | None = None
    resumption_reason: str | None = None
    early_end_on: date | None = None
    termination_reason: str | None = None
    proof_waived_reason: str | None = None


# Fields of a step that are facts of the guards and columns of the row under the same name.
_PLAIN = (
    "selection_reason",
    "proof_margin_days",
    "authority_consent_ref",
    "double_funding_checked_on",
    "overlap_reason",
    "suspension_reason",
    "resumption_reason",
    "early_end_on",
    "termination_reason",
    "proof_waived_reason",
)


async def act_on_allocation(
    tx: Transaction,
    allocation_id: UUID,
    expected_version: int | None,
    action: AllocationAction,
    step: AllocationStep,
) -> Answer:
    """Move the allocation if the table and the guards allow it; otherwise nothing changes.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed.
    """
    row = await load_allocation(tx, allocation_id)
    require_version(row["version"], expected_version)
    instant = now()
    facts = await allocation_facts(tx, row, berlin_date(instant))
    facts = await _with_step(tx, facts, step)
    state = AllocationState(row["state"])
    target = ALLOCATION_LIFECYCLE.next_state(state, action, facts)
    columns = _columns(step)
    if action is AllocationAction.ACTIVATE:
        columns["released_by"] = tx.caller.actor
        version = await tx.row(ALLOCATION_VERSION, allocation_id=allocation_id, number=1)
        assert version is not None
        await tx.update(
            AllocationVersionRow,
            version["id"],
            approved_at=instant,
            approved_by=tx.caller.actor,
        )
    await tx.update(
        AllocationRow,
        allocation_id,
        state=target.value,
        version=row["version"] + 1,
        updated_at=instant,
        **columns,
    )
    await _put_on_books(tx, row, action, step, facts)
    await leave_trace(
        tx,
        action=f"{action.value}-allocation",
        kind="allocation",
        record_id=allocation_id,
        changes={"from": state.value, "to": target.value},
        events=await _events(tx, row, action, state, target),
    )
    return await answer_with(tx, ALLOCATION_VIEW, allocation_id=allocation_id, **moment())


async def _put_on_books(
    tx: Transaction,
    row: asyncpg.Record,
    action: AllocationAction,
    step: AllocationStep,
    facts: AllocationFacts,
) -> None:
    """The money that the step commits or gives back. Raises InsufficientFunds, PeriodIsClosed."""
    if action is AllocationAction.ACTIVATE:
        award = await load_award(tx, row["award_id"], is_locked=False)
        await book_activation(tx, row, award["awarded_on"])
    elif action is AllocationAction.TERMINATE:
        day = step.early_end_on or row["early_end_on"] or berlin_date(now())
        await book_release(tx, row, day)
        await recovery_of_termination(tx, row, day)
    elif action is AllocationAction.WAIVE_PROOF:
        paid, used = await book_waiver(tx, row, berlin_date(now()))
        await tx.update(AllocationRow, row["id"], paid_cents=paid.cents, eligible_cents=used.cents)
    elif action is AllocationAction.SETTLE and facts.settlement is not None:
        await tx.update(AllocationRow, row["id"], repaid_cents=facts.settlement.repaid.cents)


async def _events(
    tx: Transaction,
    row: asyncpg.Record,
    action: AllocationAction,
    state: AllocationState,
    target: AllocationState,
) -> tuple[DomainEvent, ...]:
    changed = AllocationStateChanged(
        tenant_id=tx.caller.tenant_id,
        allocation_id=row["id"],
        action=action,
        from_state=state,
        to_state=target,
    )
    if action is not AllocationAction.ACTIVATE:
        return (changed,)
    line = await tx.row(AWARD_LINE_BY_ID, line_id=row["award_line_id"])
    assert line is not None
    activated = AllocationActivated(
        tenant_id=tx.caller.tenant_id,
        allocation_id=row["id"],
        award_id=row["award_id"],
        recipient_unit=row["recipient_unit"],
        funding_line=FundingLine(line["funding_line"]),
    )
    return (changed, activated)


async def _with_step(
    tx: Transaction, facts: AllocationFacts, step: AllocationStep
) -> AllocationFacts:
    given: dict[str, Any] = {
        name: value for name in _PLAIN if (value := getattr(step, name)) is not None
    }
    if step.recipient_unit is not None:
        given["recipient"] = step.recipient_unit
        given["has_recipient_flag"] = await is_flagged(tx, step.recipient_unit)
    if step.terms is not None:
        given["terms"] = step.terms
    return replace(facts, **given)


def _columns(step: AllocationStep) -> dict[str, object]:
    """The columns that the step fills."""
    columns: dict[str, object] = {name: getattr(step, name) for name in _PLAIN}
    columns |= {"recipient_unit": step.recipient_unit, "recipient_name": step.recipient_name}
    if step.recipient_kind is not None:
        columns["recipient_kind"] = step.recipient_kind.value
    if step.terms is not None:
        columns["terms"] = terms_form(step.terms)
    return {name: value for name, value in columns.items() if value is not None}
