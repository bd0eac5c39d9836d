"""Take an award a step further by its transition table: apply, grant, notify, revoke …"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.award_guards import AwardFacts, Revocation, revoked_by_line
from services.funding.domain.award_lifecycle import (
    AWARD_LIFECYCLE,
    AwardAction,
    AwardState,
)
from services.funding.domain.events.awards import AwardStateChanged
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.put_on_books import book_grant, book_revocation
from services.funding.operations.recoveries_due import recoveries_of_revocation
from services.funding.storage.award_records import (
    award_facts,
    award_version,
    load_award,
    version_numbers,
)
from services.funding.storage.queries.awards import AWARD_LINES_FOR_UPDATE, AWARD_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.tables import AwardRow, AwardVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.money import Money
from shared.service.writes import Answer

REVOKING = frozenset({AwardAction.REVOKE, AwardAction.REVOKE_PARTLY})


@dataclass(frozen=True, slots=True)
class AwardStep:
    """What a step brings with it; None leaves the record as it is."""

    notified_on: date | None = None
    remedies_waived_on: date | None = None
    budget_released_on: date | None = None
    proof_due_on: date | None = None
    revocation: Revocation | None = None
    revoked: Money | None = None
    revoked_lines: Mapping[UUID, Money] | None = None


async def act_on_award(
    tx: Transaction,
    award_id: UUID,
    expected_version: int | None,
    action: AwardAction,
    step: AwardStep,
) -> Answer:
    """Move the award if the table and the guards allow it; otherwise nothing changes.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed.
    """
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    instant = now()
    known = await award_facts(tx, award, berlin_date(instant))
    state = AwardState(award["state"])
    target = AWARD_LIFECYCLE.next_state(state, action, _with_step(known, step))
    changes = _columns(step) | _effects(tx, action)
    if action in REVOKING:
        await _revoke(tx, award, action, step)
    if action is AwardAction.GRANT:
        newest, _ = await version_numbers(tx, award_id)
        version = await award_version(tx, award_id, newest)
        await tx.update(
            AwardVersionRow, version["id"], approved_at=instant, approved_by=tx.caller.actor
        )
        await book_grant(tx, award, version["id"])
    await tx.update(
        AwardRow,
        award_id,
        state=target.value,
        version=award["version"] + 1,
        updated_at=instant,
        **changes,
    )
    event = AwardStateChanged(
        tenant_id=tx.caller.tenant_id,
        award_id=award_id,
        action=action,
        from_state=state,
        to_state=target,
    )
    await leave_trace(
        tx,
        action=f"{action.value}-award",
        kind="award",
        record_id=award_id,
        changes={"from": state.value, "to": target.value},
        events=(event,),
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())


async def _revoke(
    tx: Transaction, award: asyncpg.Record, action: AwardAction, step: AwardStep
) -> None:
    """The claim lapses; what was called already has to be recovered.

    Raises RevocationLinesUnclear, InsufficientFunds.
    """
    lines = await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award["id"])
    whole = {line["id"]: Money(line["amount_cents"]) for line in lines}
    amounts: Mapping[UUID, Money] = whole
    if action is AwardAction.REVOKE_PARTLY:
        amounts = revoked_by_line(whole, step.revoked, step.revoked_lines)
    assert step.revocation is not None
    day = step.revocation.effective_on
    called = await book_revocation(tx, award, day, amounts)
    await recoveries_of_revocation(tx, award, action, called, day)


def _with_step(facts: AwardFacts, step: AwardStep) -> AwardFacts:
    given: dict[str, Any] = {
        name: value
        for name, value in (
            ("notified_on", step.notified_on),
            ("remedies_waived_on", step.remedies_waived_on),
            ("budget_released_on", step.budget_released_on),
            ("proof_due_on", step.proof_due_on),
            ("revocation", step.revocation),
        )
        if value is not None
    }
    return replace(facts, **given)


def _columns(step: AwardStep) -> dict[str, object]:
    """The columns that the step fills."""
    columns: dict[str, object] = {
        "notified_on": step.notified_on,
        "remedies_waived_on": step.remedies_waived_on,
        "budget_released_on": step.budget_released_on,
        "proof_due_on": step.proof_due_on,
        "revoked_cents": step.revoked.cents if step.revoked is not None else None,
    }
    if step.revocation is not None:
        columns |= {
            "revocation_reason": step.revocation.reason,
            "revocation_effective_on": step.revocation.effective_on,
            "hearing_on": step.revocation.hearing_on,
            "facts_known_since": step.revocation.known_since,
        }
    return {name: value for name, value in columns.items() if value is not None}


def _effects(tx: Transaction, action: AwardAction) -> dict[str, object]:
    """What an action itself sets, besides the state."""
    if action is AwardAction.GRANT:
        return {"released_by": tx.caller.actor}
    if action in REVOKING:
        return {"revoked_by": tx.caller.actor}
    if action in {AwardAction.RECORD_APPEAL, AwardAction.CLOSE_APPEAL}:
        return {"is_appeal_pending": action is AwardAction.RECORD_APPEAL}
    return {}
