"""Requests of data subjects: record one, and take the steps of its table (Art. 12 to 21 GDPR)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.practice import Practice
from services.cases.domain.rights import (
    RIGHTS_LIFECYCLES,
    FieldsNotNamed,
    GroundDoesNotFit,
    PartNotDelivered,
    PersonHasNoCase,
)
from services.cases.domain.rights_clock import answer_due, extended_due
from services.cases.domain.rights_codes import (
    GROUNDS_TO_ASK,
    AskedBy,
    AskedOn,
    DataRight,
    ReceivedVia,
    RightsAction,
    RightsState,
)
from services.cases.domain.rights_events import RightsRequestMoved
from services.cases.domain.rights_grounds import REFUSALS, WITHHOLDING, RefusalGround
from services.cases.operations.follow_rights import carry_out, inquire
from services.cases.operations.rights_facts import facts_of
from services.cases.storage.queries.personal_data import CASES_OF_PERSON, RECORDS_OF_PERSON
from services.cases.storage.queries.rights import (
    KEEP_DECISION,
    PARTS_OF_REQUEST,
    REQUEST_FOR_UPDATE,
    REQUEST_VIEW,
)
from services.cases.storage.tables import AuditEntry, OutboxMessage, RightsRequestRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.lifecycle import TransitionNotAllowed
from shared.messaging.outbox import record_event
from shared.service.writes import Answer

ENDED = frozenset({RightsState.COMPLETED, RightsState.REFUSED, RightsState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """`letter_id` is the document of a file in which the person asked; no text is kept here."""

    data_right: DataRight
    person_id: UUID
    asked_by: AskedBy
    received_on: date
    received_via: ReceivedVia
    asked_on: AskedOn | None = None
    fields: tuple[str, ...] = ()
    letter_id: UUID | None = None


async def record_request(tx: Transaction, new: NewRequest) -> Answer:
    """The request with its clock: one month from the receipt.

    Raises NotFound, PersonHasNoCase, GroundDoesNotFit, FieldsNotNamed.
    """
    records = [row["id"] for row in await tx.rows(RECORDS_OF_PERSON, person_id=new.person_id)]
    if not records:
        raise NotFound
    cases = [row["id"] for row in await tx.rows(CASES_OF_PERSON, ids=records)]
    if not cases:
        raise PersonHasNoCase
    _require_fitting(new)
    request_id, instant = new_id(), now()
    await tx.insert(
        RightsRequestRow,
        id=request_id,
        unit_id=tx.caller.unit_id,
        data_right=new.data_right.value,
        state=RightsState.RECEIVED.value,
        person_id=new.person_id,
        case_ids=cases,
        asked_by=new.asked_by.value,
        asked_on=new.asked_on.value if new.asked_on else None,
        fields=sorted(set(new.fields)),
        letter_id=new.letter_id,
        received_on=new.received_on,
        received_via=new.received_via.value,
        due_on=answer_due(new.received_on),
        services=[],
        are_remedies_told=False,
        version=1,
        recorded_by=tx.caller.actor,
        recorded_at=instant,
        updated_at=instant,
    )
    changes = {"dataRight": new.data_right.value, "cases": len(cases)}
    await _log(tx, request_id, "record-rights-request", changes)
    return await request_answer(tx, request_id, is_new=True)


def _require_fitting(new: NewRequest) -> None:
    grounds = GROUNDS_TO_ASK.get(new.data_right, frozenset())
    if new.asked_on is not None and new.asked_on not in grounds:
        raise GroundDoesNotFit(grounds=sorted(one.value for one in grounds))
    if new.data_right is DataRight.RECTIFICATION and not new.fields:
        raise FieldsNotNamed


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnRequest:
    """`said` are the columns that the step brings along; what was said before stays."""

    request_id: UUID
    action: RightsAction
    expected_version: int | None
    said: dict[str, Any] = field(default_factory=dict)


async def act_on_request(tx: Transaction, command: ActOnRequest, practice: Practice) -> Answer:
    """The request after the step.

    Raises NotFound, VersionMissing, Stale, GroundDoesNotFit, TransitionNotAllowed (409) or
    GuardFailed (422); then nothing has changed.
    """
    row = await tx.row(REQUEST_FOR_UPDATE, request_id=command.request_id)
    if row is None:
        raise NotFound
    require_version(row["version"], command.expected_version)
    said = {name: value for name, value in command.said.items() if value is not None}
    known: dict[str, Any] = dict(row) | said
    right, state = DataRight(row["data_right"]), RightsState(row["state"])
    ground = known["refusal_ground"]
    if ground is not None and RefusalGround(ground) not in REFUSALS[right]:
        raise GroundDoesNotFit(grounds=sorted(one.value for one in REFUSALS[right]))
    facts = await facts_of(tx, known, practice)
    following = RIGHTS_LIFECYCLES[right].next_state(state, command.action, facts)
    columns = said | _columns(tx, row, command.action, following)
    await tx.update(
        RightsRequestRow,
        command.request_id,
        state=following.value,
        version=row["version"] + 1,
        updated_at=now(),
        **columns,
    )
    await _tell(tx, known, command.action, following)
    if command.action is RightsAction.CONFIRM_IDENTITY:
        await inquire(tx, known, practice)
    elif command.action is RightsAction.GRANT:
        await carry_out(tx, known, practice)
    return await request_answer(tx, command.request_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePart:
    """Without `record_id` for the whole kind; a ground withholds, none lets it out."""

    request_id: UUID
    expected_version: int | None
    service: str
    kind: str
    record_id: UUID | None
    ground: RefusalGround | None


async def decide_part(tx: Transaction, command: DecidePart) -> Answer:
    """Whether a part of the answer goes out: a person decides, the ground is on record
    (Art. 15 (4) GDPR, § 83 (1), (3) SGB X). Until the answer is granted the decision may change.

    Raises NotFound, VersionMissing, Stale, PartNotDelivered, GroundDoesNotFit,
    TransitionNotAllowed.
    """
    row = await tx.row(REQUEST_FOR_UPDATE, request_id=command.request_id)
    if row is None:
        raise NotFound
    require_version(row["version"], command.expected_version)
    if (row["data_right"], row["state"]) != (DataRight.ACCESS, RightsState.EXAMINATION):
        raise TransitionNotAllowed(state=row["state"], action="decide-part")
    parts = await tx.rows(PARTS_OF_REQUEST, request_id=command.request_id)
    if (command.service, command.kind) not in {(one["service"], one["kind"]) for one in parts}:
        raise PartNotDelivered
    if command.ground is not None and command.ground not in WITHHOLDING:
        raise GroundDoesNotFit(grounds=sorted(one.value for one in WITHHOLDING))
    ground = command.ground.value if command.ground else None
    await tx.execute(
        KEEP_DECISION,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=row["unit_id"],
        request_id=command.request_id,
        service=command.service,
        kind=command.kind,
        record_id=command.record_id,
        is_withheld=ground is not None,
        ground=ground,
        decided_by=tx.caller.actor,
        at=now(),
    )
    await tx.update(
        RightsRequestRow, command.request_id, version=row["version"] + 1, updated_at=now()
    )
    changes = {"service": command.service, "kind": command.kind, "ground": ground}
    await _log(tx, command.request_id, "decide-rights-part", changes)
    return await request_answer(tx, command.request_id)


async def request_answer(tx: Transaction, request_id: UUID, *, is_new: bool = False) -> Answer:
    document = await REQUEST_VIEW.one_in(tx, request_id=request_id, today=berlin_date(now()))
    assert document is not None
    return Answer(document, f"/v1/rights-requests/{request_id}" if is_new else None)


def _columns(
    tx: Transaction, row: asyncpg.Record, action: RightsAction, following: RightsState
) -> dict[str, Any]:
    columns: dict[str, Any] = {"ended_at": now()} if following in ENDED else {}
    if action is RightsAction.CONFIRM_IDENTITY:
        return columns | {"identity_checked_by": tx.caller.actor}
    if action is RightsAction.EXTEND:
        due = extended_due(row["received_on"])
        return columns | {"due_on": due, "warned_on": None, "overdue_told_on": None}
    if action in {RightsAction.GRANT, RightsAction.REFUSE}:
        return columns | {"decided_by": tx.caller.actor, "decided_at": now()}
    return columns


async def _tell(
    tx: Transaction, known: dict[str, Any], action: RightsAction, following: RightsState
) -> None:
    event = RightsRequestMoved(
        request_id=known["id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=known["unit_id"],
        data_right=known["data_right"],
        from_state=known["state"],
        to_state=following.value,
        action=action.value,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=known["id"])
    changes = {"from": known["state"], "to": following.value, "ground": known["refusal_ground"]}
    await _log(tx, known["id"], f"rights-request-{action.value}", changes)


async def _log(tx: Transaction, request_id: UUID, action: str, changes: dict[str, Any]) -> None:
    await record_change(
        tx,
        AuditEntry,
        action=action,
        kind="rights-request",
        record_id=request_id,
        changes=changes,
    )
