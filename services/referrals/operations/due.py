"""What the clock does: remind, expire, delete what was rejected, close what brought no news."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from services.referrals.domain.agencies import Agency
from services.referrals.domain.clocks import is_due
from services.referrals.domain.codes import ReferralAction, ReferralState, Side
from services.referrals.domain.deadlines import Terms
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.lifecycle import next_state
from services.referrals.operations.clocks import COLLECTED
from services.referrals.operations.notify import escalate_notice
from services.referrals.operations.signposts import close_unknown
from services.referrals.operations.steps import Change, Held, finish
from services.referrals.operations.withdrawing import withdraw_revoked
from services.referrals.storage.clocks import find_deputy, keep_escalation
from services.referrals.storage.directory_lookups import (
    due_work,
    find_agencies,
)
from services.referrals.storage.disclosures import delete_content
from services.referrals.storage.lookups import (
    referral_for_update,
)
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.clock import berlin_date
from shared.kernel.errors import Refusal

ROWS_MAX = 500
PART = "referrals-timer"
UNCOLLECTED = frozenset({ReferralState.SUBMITTED, ReferralState.FORWARDED})
ANSWER_IS_AWAITED = COLLECTED | {ReferralState.FORWARDED}

log = structlog.get_logger(__name__)


async def do_due_work(database: Database, terms: Terms, at: datetime) -> int:
    """Do everything that is due at this moment, each in a transaction of its own.

    Returns how many things were done. What somebody else did in the meantime is left alone.
    """
    deadlines = terms.deadlines
    rows = await due_work(
        database,
        at=at,
        rejected_before=at - timedelta(days=deadlines.purge_rejected_after_days),
        informed_before=berlin_date(at) - timedelta(days=terms.outcome_unknown_after_days),
        rows_max=ROWS_MAX,
    )
    done = 0
    for row in rows:
        caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
        try:
            async with database.transaction(caller) as tx:
                await _WORK[row["kind"]](tx, row["id"], at, terms)
        except Refusal as refused:
            log.info("due.passed", kind=row["kind"], id=str(row["id"]), code=refused.code)
        else:
            done += 1
    return done


async def expire(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - one signature for all due work
    """X10: both sides are told, the content is deleted."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    facts = ReferralFacts(now=at, expires_at=held.row["expires_at"])
    to_state = next_state(held.state, ReferralAction.EXPIRE, held.side, facts)
    change = Change(
        fact="expired", at=at, to_state=to_state, values={"answered_at": at}, codes=["expired"]
    )
    await finish(tx, held, change)


async def remind(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - as above
    """Nobody has collected it yet."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    if held.state in UNCOLLECTED and _is_due(held, "remind_at", "reminded_at", at):
        change = Change(fact="reminder-due", at=at, to_state=held.state, values={"reminded_at": at})
        await finish(tx, held, change)


async def remind_answer(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - as above
    """Collected, and not answered yet."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    if held.state in COLLECTED and _is_due(held, "answer_remind_at", "answer_reminded_at", at):
        values = {"answer_reminded_at": at}
        change = Change(fact="answer-due", at=at, to_state=held.state, values=values)
        await finish(tx, held, change)


async def escalate(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - as above
    """Bring it before whoever stands in. Nothing is refused by the clock once it was collected.

    In the name of the recipient's unit: only that unit's deputies are found.
    """
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    row = held.row
    if held.state not in ANSWER_IS_AWAITED or row["escalate_at"] is None or row["escalated_at"]:
        return
    if not is_due(at, row["escalate_at"], row["held_since"]):
        return
    deputy = await find_deputy(tx, referral_id, berlin_date(at))
    if deputy is not None:
        await keep_escalation(tx, referral_id, deputy)
    standing_in = await _deputy_unit(tx, held.row["recipient_unit"])
    change = Change(
        fact="escalated",
        at=at,
        to_state=held.state,
        values={"escalated_at": at},
        extra={"deputy_unit": standing_in.unit_id if standing_in else None},
        others_told=[standing_in.unit_id] if standing_in else [],
    )
    await finish(tx, held, change)


async def _deputy_unit(tx: Transaction, unit_id: str) -> Agency | None:
    """The unit that stands in for this one: of the same controller, § 67 (4) SGB X.

    A deputy of another controller stands in the directory for people to call; no event tells it.
    """
    here = (await find_agencies(tx, unit_id)).get(unit_id)
    if here is None or here.deputy_unit is None:
        return None
    there = (await find_agencies(tx, here.deputy_unit)).get(here.deputy_unit)
    return there if there is not None and there.shares_controller_with(here) else None


def _is_due(held: Held, due_column: str, done_column: str, at: datetime) -> bool:
    """Once, when its time has come and nothing is on hold."""
    row = held.row
    is_time = row[due_column] is not None and row[due_column] <= at
    return is_time and row[done_column] is None and row["held_since"] is None


async def purge(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:
    """The window in which the sender corrects and sends again is over."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    if (
        held.state is ReferralState.REJECTED
        and terms.deadlines.purge_at(held.row["answered_at"]) <= at
    ):
        await delete_content(tx, referral_id)
        change = Change(fact="content-deleted", at=at, to_state=held.state, values={})
        await finish(tx, held, change)


async def withdraw_late(tx: Transaction, referral_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - as above
    await withdraw_revoked(tx, referral_id, at)


async def remind_notice(tx: Transaction, notice_id: UUID, at: datetime, terms: Terms) -> None:  # noqa: ARG001 - as above
    await escalate_notice(tx, notice_id, at)


async def close(tx: Transaction, signposting_id: UUID, at: datetime, terms: Terms) -> None:
    await close_unknown(tx, signposting_id, at, terms.outcome_unknown_after_days)


_WORK: dict[str, Callable[[Transaction, UUID, datetime, Terms], Awaitable[None]]] = {
    "EXPIRE": expire,
    "REMIND": remind,
    "REMIND_ANSWER": remind_answer,
    "ESCALATE": escalate,
    "PURGE": purge,
    "WITHDRAW": withdraw_late,
    "NOTICE": remind_notice,
    "CLOSE": close,
}
