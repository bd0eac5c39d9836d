"""Start, stop and move on the clocks of a referral; the terms they run by."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.catalogue import service
from services.referrals.domain.clocks import Clock, Policy, due, policy_form, read_policy
from services.referrals.domain.codes import Mode, ReferralState
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.clocks import (
    DEPUTYSHIP_VIEW,
    POLICY_VIEW,
    deputyship_for_update,
    end_pause,
    find_policy,
    pauses_since,
)
from services.referrals.storage.tables.clocks import ClockPolicyRow, DeputyshipRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer

Row = asyncpg.Record | dict[str, Any]
# First and last day included.
DEPUTYSHIP_DAYS_MAX = 365
COLLECTED = frozenset({ReferralState.DELIVERED, ReferralState.IN_REVIEW})


class PolicyIsForThePast(RuleViolated):
    code = "policy-is-for-the-past"
    title = Text(
        de="Fristen gelten frühestens ab heute; was schon läuft, behält seine.",
        en="Terms hold from today at the earliest; what is running keeps its own.",
    )


class PolicyExists(Conflict):
    code = "policy-exists"
    title = Text(
        de="Für diese Art und Leistung gibt es ab diesem Tag schon Fristen.",
        en="There are terms for this type and service from this day already.",
    )


class DaysOutOfOrder(RuleViolated):
    code = "days-out-of-order"
    title = Text(
        de="Der letzte Tag liegt vor dem ersten.", en="The last day lies before the first."
    )


class RepresentationTooLong(RuleViolated):
    code = "representation-too-long"
    title = Text(
        de="Eine Vertretung dauert höchstens 365 Tage, ersten und letzten Tag eingeschlossen.",
        en="A deputyship lasts at most 365 days, first and last day included.",
    )


class EndIsNoExtension(RuleViolated):
    code = "end-is-no-extension"
    title = Text(
        de="Eine Vertretung endet früher, nie später als vereinbart.",
        en="A deputyship ends earlier, never later than agreed.",
    )


class OwnDeputy(RuleViolated):
    code = "own-deputy"
    title = Text(de="Niemand vertritt sich selbst.", en="Nobody stands in for themselves.")


async def sent_clocks(tx: Transaction, row: Row, at: datetime, usual: Policy) -> dict[str, Any]:
    """The clocks that begin with the sending; the terms stay the referral's for its whole life."""
    policy = await find_policy(
        tx, mode=row["mode"], service_code=row["service_code"], day=berlin_date(at)
    )
    policy = policy or usual
    return {
        "clock_terms": policy_form(policy),
        "remind_at": due(policy, Clock.REMIND_UNPULLED, at),
        "expires_at": due(policy, Clock.EXPIRE_UNPULLED, at),
    }


def moved_clocks(row: Row, to_state: ReferralState, at: datetime) -> dict[str, Any]:
    """The clocks that begin or end with the arrival in another state."""
    policy = read_policy(row["clock_terms"])
    none = {"remind_at": None, "answer_remind_at": None, "escalate_at": None}
    fresh = {"answer_reminded_at": None, "escalated_at": None}
    if to_state is ReferralState.DELIVERED:
        return none | fresh | _answer_clocks(policy, at, [])
    if to_state is ReferralState.FORWARDED:
        return none | fresh | {
            "reminded_at": None,
            "remind_at": due(policy, Clock.REMIND_UNPULLED, at),
            "escalate_at": due(policy, Clock.ESCALATE_UNANSWERED, at),
        }  # fmt: skip
    return {} if to_state is ReferralState.IN_REVIEW else none


async def ended_hold(tx: Transaction, row: Row, at: datetime) -> dict[str, Any]:
    """End the hold: the clocks that still run move on by the length of all holds since."""
    await end_pause(tx, row["id"], at)
    values: dict[str, Any] = {"held_since": None, "hold_reason": None}
    start = row["delivered_at"]
    if ReferralState(row["state"]) in COLLECTED and start is not None:
        pauses = await pauses_since(tx, row["id"], start)
        values |= _answer_clocks(read_policy(row["clock_terms"]), start, pauses)
    return values


def _answer_clocks(policy: Policy, start: datetime, pauses: list[Any]) -> dict[str, Any]:
    return {
        "answer_remind_at": due(policy, Clock.REMIND_UNANSWERED, start, pauses),
        "escalate_at": due(policy, Clock.ESCALATE_UNANSWERED, start, pauses),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    mode: Mode
    service_code: str
    policy: Policy
    valid_from: date


async def publish_policy(tx: Transaction, command: NewPolicy) -> Answer:
    """Terms for what is sent from that day on.

    Raises ServiceUnknown, PolicyIsForThePast, PolicyExists.
    """
    if command.service_code:
        service(command.service_code)
    instant, policy_id = now(), new_id()
    if command.valid_from < berlin_date(instant):
        raise PolicyIsForThePast
    policy = command.policy
    try:
        await tx.insert(
            ClockPolicyRow,
            id=policy_id,
            mode=command.mode.value,
            service_code=command.service_code,
            day_kind=policy.day_kind.value,
            remind_unpulled=policy.remind_unpulled,
            expire_unpulled=policy.expire_unpulled,
            remind_unanswered=policy.remind_unanswered,
            escalate_unanswered=policy.escalate_unanswered,
            valid_from=command.valid_from,
            created_at=instant,
        )
    except asyncpg.UniqueViolationError as known:
        raise PolicyExists from known
    await record_change(
        tx,
        AuditEntry,
        action="clock-policy-published",
        kind="clock-policy",
        record_id=policy_id,
        changes={"mode": command.mode.value, "service": command.service_code},
    )
    document = await POLICY_VIEW.one_in(tx, policy_id=policy_id)
    assert document is not None
    return Answer(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeputyship:
    principal: str
    deputy: str
    from_on: date
    to_on: date


async def appoint_deputy(tx: Transaction, command: NewDeputyship) -> Answer:
    """Raises DaysOutOfOrder, RepresentationTooLong, OwnDeputy."""
    if command.to_on < command.from_on:
        raise DaysOutOfOrder
    if (command.to_on - command.from_on).days >= DEPUTYSHIP_DAYS_MAX:
        raise RepresentationTooLong
    if command.principal == command.deputy:
        raise OwnDeputy
    instant, deputyship_id = now(), new_id()
    await tx.insert(
        DeputyshipRow,
        id=deputyship_id,
        version=1,
        unit_id=tx.caller.unit_id,
        principal=command.principal,
        deputy=command.deputy,
        from_on=command.from_on,
        to_on=command.to_on,
        created_at=instant,
        updated_at=instant,
    )
    return await _deputyship_answer(tx, deputyship_id, "deputy-appointed")


async def end_deputyship(
    tx: Transaction, deputyship_id: UUID, expected_version: int | None, last_day: date
) -> Answer:
    """It ends on that day, no later than agreed.

    Raises NotFound, Stale, DaysOutOfOrder, EndIsNoExtension.
    """
    row = await deputyship_for_update(tx, deputyship_id)
    require_version(row["version"], expected_version)
    if last_day < row["from_on"]:
        raise DaysOutOfOrder
    if last_day > row["to_on"]:
        raise EndIsNoExtension
    version = row["version"] + 1
    await tx.update(DeputyshipRow, deputyship_id, to_on=last_day, version=version, updated_at=now())
    return await _deputyship_answer(tx, deputyship_id, "deputyship-ended")


async def _deputyship_answer(tx: Transaction, deputyship_id: UUID, action: str) -> Answer:
    await record_change(tx, AuditEntry, action=action, kind="deputyship", record_id=deputyship_id)
    document = await DEPUTYSHIP_VIEW.one_in(tx, deputyship_id=deputyship_id)
    assert document is not None
    return Answer(document)
