"""Signposting: record where a person was told to go, and how it went if the person says so."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.agencies import UnitUnknown
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import Outcome, Topic
from services.referrals.domain.signposting import (
    SIGNPOSTING_LIFECYCLE,
    OutcomeSource,
    SignpostingAction,
    SignpostingFacts,
    SignpostingState,
)
from services.referrals.operations.drafts import Draft, insert_draft
from services.referrals.operations.steps import answer
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import (
    find_agencies,
    signposting_for_update,
)
from services.referrals.storage.directory_queries import (
    SIGNPOSTING_VIEW,
)
from services.referrals.storage.tables import SignpostingRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """Where to go: a unit of the directory or any other place by its public name."""

    service_code: str
    topic: Topic
    target_name: str
    target_unit: str | None
    municipality_ags: str
    case_id: UUID | None


async def record_signpost(tx: Transaction, signpost: Signpost) -> Answer:
    """V1. No endpoint is called and nothing about the person leaves the unit.

    Raises ServiceUnknown, UnitUnknown.
    """
    unit = signpost.target_unit
    if unit is not None and not await find_agencies(tx, unit):
        raise UnitUnknown(unit=unit)
    instant, signposting_id = now(), new_id()
    await tx.insert(
        SignpostingRow,
        id=signposting_id,
        unit_id=tx.caller.unit_id,
        version=1,
        state=SIGNPOSTING_LIFECYCLE.initial.value,
        service_code=service(signpost.service_code).code,
        topic=signpost.topic.value,
        target_name=signpost.target_name,
        target_unit=unit,
        municipality_ags=signpost.municipality_ags,
        case_id=signpost.case_id,
        created_at=instant,
        updated_at=instant,
    )
    await _audit(tx, signposting_id, "signposting-recorded")
    return await _answer(tx, signposting_id, is_new=True)


async def inform(
    tx: Transaction, signposting_id: UUID, expected_version: int | None, *, on: date, language: str
) -> Answer:
    """V2: the person has the contact data, in a language of theirs."""
    facts = SignpostingFacts(now=now(), informed_on=on, information_language=language)
    values = {"informed_on": on, "information_language": language}
    row = await _held(tx, signposting_id, expected_version)
    await _move(tx, row, SignpostingAction.INFORM, facts, **values)
    return await _answer(tx, signposting_id)


async def record_outcome(
    tx: Transaction,
    signposting_id: UUID,
    expected_version: int | None,
    *,
    outcome: Outcome,
    source: OutcomeSource,
) -> Answer:
    """V3: by the person's own report only."""
    facts = SignpostingFacts(now=now(), outcome_source=source)
    row = await _held(tx, signposting_id, expected_version)
    await _move(tx, row, SignpostingAction.RECORD_OUTCOME, facts, outcome=outcome.value)
    return await _answer(tx, signposting_id)


async def hand_over(
    tx: Transaction, signposting_id: UUID, expected_version: int | None, draft: Draft
) -> Answer:
    """V5: the person wants to be handed over; a draft is made and linked. Answers the draft."""
    row = await _held(tx, signposting_id, expected_version)
    made = await insert_draft(tx, replace(draft, signposting_id=signposting_id))
    facts = SignpostingFacts(now=now(), client_wants_handover=True)
    await _move(tx, row, SignpostingAction.HAND_OVER, facts, referral_id=made["id"])
    return await answer(tx, made["id"], is_new=True)


async def close_unknown(
    tx: Transaction, signposting_id: UUID, at: datetime, unknown_after_days: int
) -> None:
    """V4: nobody will know any more."""
    row = await signposting_for_update(tx, signposting_id)
    facts = SignpostingFacts(
        now=at, informed_on=row["informed_on"], unknown_after_days=unknown_after_days
    )
    await _move(tx, row, SignpostingAction.CLOSE_UNKNOWN, facts)


async def _held(
    tx: Transaction, signposting_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    row = await signposting_for_update(tx, signposting_id)
    require_version(row["version"], expected_version)
    return row


async def _move(
    tx: Transaction,
    row: asyncpg.Record,
    action: SignpostingAction,
    facts: SignpostingFacts,
    **values: Any,
) -> None:
    state = SIGNPOSTING_LIFECYCLE.next_state(SignpostingState(row["state"]), action, facts)
    await tx.update(
        SignpostingRow,
        row["id"],
        **values,
        state=state.value,
        version=row["version"] + 1,
        updated_at=facts.now,
    )
    await _audit(tx, row["id"], f"signposting-{action.value}")


async def _audit(tx: Transaction, signposting_id: UUID, action: str) -> None:
    await record_change(tx, AuditEntry, action=action, kind="signposting", record_id=signposting_id)


async def _answer(tx: Transaction, signposting_id: UUID, *, is_new: bool = False) -> Answer:
    document = await SIGNPOSTING_VIEW.one_in(tx, signposting_id=signposting_id)
    assert document is not None
    location = f"/v1/signpostings/{signposting_id}" if is_new else None
    return Answer(document, location=location)
