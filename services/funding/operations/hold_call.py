"""Hold a call for interest: who answered, what was asked for, recommended and decided."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.acts import DECIDE_INTEREST
from services.funding.domain.allocation_lifecycle import AllocationAction, AllocationState
from services.funding.operations.act_on_allocation import AllocationStep, act_on_allocation
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.queries.rules import (
    CALL_FOR_UPDATE,
    CALL_VIEW,
    RESPONSE_OF_CALL,
    RESPONSES_OF_CALL,
)
from services.funding.storage.rows import complete
from services.funding.storage.tables import CallForInterestRow, InterestResponseRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound, NotPermitted, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer

CALLING_STATES = frozenset({AllocationState.PLANNED, AllocationState.CALL_OPEN})


class CallIsOver(Conflict):
    code = "call-is-over"
    title = Text(
        de="Für diese Weiterleitung steht der Empfänger schon fest.",
        en="The recipient of this allocation is settled already.",
    )


class CallNotOpen(Conflict):
    code = "call-not-open"
    title = Text(
        de="Das Interessenbekundungsverfahren ist nicht eröffnet.",
        en="The call for interest is not open.",
    )


class DecidedBySamePerson(NotPermitted):
    code = "decided-by-same-person"
    title = Text(
        de="Wer eine Interessenbekundung erfasst hat, entscheidet nicht über sie.",
        en="Whoever recorded a response does not decide on it.",
    )


class ResponseUndecided(RuleViolated):
    code = "response-undecided"
    title = Text(
        de="Über diese Interessenbekundung ist noch nicht entschieden.",
        en="This response is not decided yet.",
    )


@dataclass(frozen=True, slots=True)
class Call:
    opens_on: date
    closes_on: date
    criteria: str


@dataclass(frozen=True, slots=True)
class NewResponse:
    """An organisation; `respondent_unit` where it is known here as a unit."""

    respondent_name: str
    fte: Decimal
    requested: Money
    respondent_unit: str | None = None


async def set_call(
    tx: Transaction, allocation_id: UUID, expected_version: int | None, call: Call
) -> Answer:
    """Announce a call, or change the announcement. Raises NotFound, CallIsOver, and for a change
    the refusals of versions.
    """
    allocation = await load_allocation(tx, allocation_id)
    if AllocationState(allocation["state"]) not in CALLING_STATES:
        raise CallIsOver
    row = await tx.row(CALL_FOR_UPDATE, allocation_id=allocation_id)
    instant = now()
    values: dict[str, Any] = {
        "opens_on": call.opens_on,
        "closes_on": call.closes_on,
        "criteria": call.criteria,
    }
    if row is None:
        call_id = new_id()
        await tx.insert(
            CallForInterestRow,
            **complete(
                CallForInterestRow,
                id=call_id,
                created_at=instant,
                updated_at=instant,
                allocation_id=allocation_id,
                **values,
            ),
        )
    else:
        call_id = row["id"]
        require_version(row["version"], expected_version)
        await _touch(tx, row, **values)
    return await _answer(tx, allocation_id, call_id, "set-call", {})


async def record_response(
    tx: Transaction, allocation_id: UUID, expected_version: int | None, response: NewResponse
) -> Answer:
    """Raises NotFound, the refusals of versions, CallNotOpen."""
    row = await _open_call(tx, allocation_id, expected_version)
    instant = now()
    number = await tx.value(RESPONSES_OF_CALL, call_id=row["id"]) + 1
    await tx.insert(
        InterestResponseRow,
        **complete(
            InterestResponseRow,
            id=new_id(),
            created_at=instant,
            updated_at=instant,
            call_id=row["id"],
            number=number,
            respondent_unit=response.respondent_unit,
            respondent_name=response.respondent_name,
            fte=response.fte,
            requested_cents=response.requested.cents,
            recorded_by=tx.caller.actor,
        ),
    )
    await _touch(tx, row)
    return await _answer(tx, allocation_id, row["id"], "record-response", {"number": number})


async def recommend_response(
    tx: Transaction, allocation_id: UUID, number: int, expected_version: int | None, amount: Money
) -> Answer:
    """Raises NotFound, the refusals of versions, CallNotOpen."""
    row, response = await _response(tx, allocation_id, number, expected_version)
    await tx.update(InterestResponseRow, response["id"], recommended_cents=amount.cents)
    await _touch(tx, row)
    changes = {"number": number, "amount": str(amount)}
    return await _answer(tx, allocation_id, row["id"], "recommend-response", changes)


async def decide_response(
    tx: Transaction, allocation_id: UUID, number: int, expected_version: int | None, amount: Money
) -> Answer:
    """Raises NotFound, the refusals of versions, CallNotOpen, DecidedBySamePerson."""
    row, response = await _response(tx, allocation_id, number, expected_version)
    relations = relations_to(tx.caller, {Relation.AUTHOR: response["recorded_by"]})
    DECIDE_INTEREST.require(tx.caller, relations, DecidedBySamePerson)
    await tx.update(
        InterestResponseRow,
        response["id"],
        decided_cents=amount.cents,
        decided_by=tx.caller.actor,
    )
    await _touch(tx, row)
    changes = {"number": number, "amount": str(amount)}
    return await _answer(tx, allocation_id, row["id"], "decide-response", changes)


async def select_response(
    tx: Transaction, allocation_id: UUID, number: int, expected_version: int | None
) -> Answer:
    """The organisation becomes the recipient of the allocation, once (L2).

    Raises NotFound, the refusals of versions, CallNotOpen, ResponseUndecided, GuardFailed.
    """
    row, response = await _response(tx, allocation_id, number, expected_version)
    if response["decided_cents"] is None:
        raise ResponseUndecided
    await tx.update(InterestResponseRow, response["id"], is_selected=True)
    await _touch(tx, row)
    allocation = await load_allocation(tx, allocation_id)
    step = AllocationStep(
        recipient_unit=response["respondent_unit"], recipient_name=response["respondent_name"]
    )
    select = AllocationAction.SELECT
    await act_on_allocation(tx, allocation_id, allocation["version"], select, step)
    return await _answer(tx, allocation_id, row["id"], "select-response", {"number": number})


async def _open_call(
    tx: Transaction, allocation_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    allocation = await load_allocation(tx, allocation_id)
    row = await tx.row(CALL_FOR_UPDATE, allocation_id=allocation_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    if AllocationState(allocation["state"]) is not AllocationState.CALL_OPEN:
        raise CallNotOpen
    return row


async def _response(
    tx: Transaction, allocation_id: UUID, number: int, expected_version: int | None
) -> tuple[asyncpg.Record, asyncpg.Record]:
    row = await _open_call(tx, allocation_id, expected_version)
    response = await tx.row(RESPONSE_OF_CALL, call_id=row["id"], number=number)
    if response is None:
        raise NotFound
    return row, response


async def _touch(tx: Transaction, row: asyncpg.Record, **values: Any) -> None:
    changed = {"version": row["version"] + 1, "updated_at": now(), **values}
    await tx.update(CallForInterestRow, row["id"], **changed)


async def _answer(
    tx: Transaction, allocation_id: UUID, call_id: UUID, action: str, changes: dict[str, Any]
) -> Answer:
    await leave_trace(
        tx, action=action, kind="call-for-interest", record_id=call_id, changes=changes
    )
    location = f"/v1/allocations/{allocation_id}/call-for-interest"
    return await answer_with(tx, CALL_VIEW, location, allocation_id=allocation_id)
