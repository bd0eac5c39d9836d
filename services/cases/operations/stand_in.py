"""Appoint a deputy for some days, and end it before its time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.acts import APPOINT_DEPUTY, END_DEPUTYSHIP
from services.cases.domain.deputies import (
    DEPUTYSHIP_LIFECYCLE,
    DeputyNotYoursToAppoint,
    DeputyshipAction,
    DeputyshipEnded,
    DeputyshipState,
    check_deputyship,
    state_of_deputyship,
)
from services.cases.operations.work_on_tasks import colleague
from services.cases.storage.queries.deputies import DEPUTYSHIP_FOR_UPDATE, DEPUTYSHIP_VIEW
from services.cases.storage.tables import AuditEntry, DeputyshipRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputyship:
    """Both days are inclusive; `principal` None means the caller."""

    deputy: str
    from_on: date
    to_on: date
    principal: str | None = None


async def appoint_deputy(tx: Transaction, deputyship: Deputyship) -> Answer:
    """Raises DeputyUnsuitable, DeputyNotYoursToAppoint, ColleagueUnknown, DeputyshipTooLong."""
    principal = await colleague(tx, deputyship.principal)
    deputy = await colleague(tx, deputyship.deputy)
    check_deputyship(principal, deputy, deputyship.from_on, deputyship.to_on)
    holders = {Relation.PRINCIPAL: principal, Relation.DEPUTY: deputy}
    relations = relations_to(tx.caller, holders)
    APPOINT_DEPUTY.require(tx.caller, relations, DeputyNotYoursToAppoint)
    deputyship_id = new_id()
    await tx.insert(
        DeputyshipRow,
        id=deputyship_id,
        unit_id=tx.caller.unit_id,
        principal=principal,
        deputy=deputy,
        from_on=deputyship.from_on,
        to_on=deputyship.to_on,
        recorded_by=tx.caller.actor,
        recorded_at=now(),
    )
    return await _answer(tx, deputyship_id, "appoint-deputy")


async def end_deputyship(tx: Transaction, deputyship_id: UUID) -> Answer:
    """From this instant it holds no more; the days for which it was appointed stay as they were.

    By either of the two, by who appointed the deputy, or by the team lead.
    Raises NotFound, DeputyshipEnded, DeputyNotYoursToAppoint.
    """
    found = await tx.row(DEPUTYSHIP_FOR_UPDATE, deputyship_id=deputyship_id)
    if found is None:
        raise NotFound
    state = state_of_deputyship(
        found["from_on"], found["to_on"], berlin_date(now()), is_ended=found["ended_at"] is not None
    )
    if state is DeputyshipState.ENDED:
        raise DeputyshipEnded
    DEPUTYSHIP_LIFECYCLE.next_state(state, DeputyshipAction.END, None)
    holders = {
        Relation.PRINCIPAL: found["principal"],
        Relation.DEPUTY: found["deputy"],
        Relation.AUTHOR: found["recorded_by"],
    }
    END_DEPUTYSHIP.require(tx.caller, relations_to(tx.caller, holders), DeputyNotYoursToAppoint)
    await tx.update(DeputyshipRow, deputyship_id, ended_at=now(), ended_by=tx.caller.actor)
    return await _answer(tx, deputyship_id, "end-deputyship")


async def _answer(tx: Transaction, deputyship_id: UUID, action: str) -> Answer:
    await record_change(tx, AuditEntry, action=action, kind="deputyship", record_id=deputyship_id)
    document = await DEPUTYSHIP_VIEW.one_in(
        tx, deputyship_id=deputyship_id, today=berlin_date(now())
    )
    assert document is not None
    return Answer(document)
