"""Destruction lists: draft one of what is due, move it past three people, execute it."""

from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.cases.domain.access import Right, may
from services.cases.domain.acts import SUBMIT_LIST
from services.cases.domain.destruction import (
    ACTION_LABELS,
    DESTRUCTION_LIFECYCLE,
    EDITABLE,
    DropReason,
    ItemOutcome,
    ListAction,
    ListFacts,
    ListIsFixed,
    ListState,
    NothingDue,
)
from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import DECLINED_RESULT
from services.cases.operations.compute_retention import recompute, recompute_dayless
from services.cases.operations.erase_across_services import begin_erasure
from services.cases.operations.on_case import lock_case
from services.cases.storage.queries.retention import (
    CANDIDATES,
    CASE_OF_ITEM,
    CASES_OF_LIST,
    FACTS_OF_LIST,
    LIST_FOR_UPDATE,
    LIST_VIEW,
    LISTED_ITEM,
    NEXT_OF_LIST,
)
from services.cases.storage.tables import AuditEntry, DestructionItemRow, DestructionListRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.database.views import Document
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

# A list is looked through by people.
CASES_MAX = 200


async def draft_list(tx: Transaction, due_until: date | None, practice: Practice) -> Answer:
    """A list of the unit's cases that are due, at most CASES_MAX, the longest due first.

    A day in the future counts as today. Raises NothingDue (422).
    """
    await recompute_dayless(tx, practice)
    today = berlin_date(now())
    day = min(due_until or today, today)
    candidates: dict[str, Any] = {
        "tenant_id": tx.caller.tenant_id,
        "unit_id": tx.caller.unit_id,
        "due_until": day,
        "rows_max": CASES_MAX,
    }
    # A rule may have changed and the worker not yet have followed it.
    await recompute(tx, practice, [row["id"] for row in await tx.rows(CANDIDATES, **candidates)])
    due = await tx.rows(CANDIDATES, **candidates)
    if not due:
        raise NothingDue
    list_id, instant = new_id(), now()
    await tx.insert(
        DestructionListRow,
        id=list_id,
        unit_id=tx.caller.unit_id,
        state=ListState.DRAFT,
        due_until=day,
        author=tx.caller.actor,
        version=1,
        created_at=instant,
        updated_at=instant,
    )
    for case in due:
        await tx.insert(
            DestructionItemRow,
            id=new_id(),
            unit_id=tx.caller.unit_id,
            list_id=list_id,
            case_id=case["id"],
            reference=case["reference"],
            result=case["closing_reason"] or DECLINED_RESULT,
            due_on=case["deletion_due_on"],
            outcome=ItemOutcome.LISTED,
        )
    await _log(tx, list_id, "draft", {"cases": len(due)})
    return await _answer(tx, list_id)


async def exclude_case(
    tx: Transaction, list_id: UUID, case_id: UUID, expected_version: int | None
) -> Answer:
    """Take a case off the list because it is still needed; a later list will offer it again.

    Raises NotFound, Stale, ListIsFixed (409), NotPermitted for others than the author.
    """
    listed = await _lock(tx, list_id, expected_version)
    if ListState(listed["state"]) not in EDITABLE:
        raise ListIsFixed
    SUBMIT_LIST.require(tx.caller, relations_to(tx.caller, {Relation.AUTHOR: listed["author"]}))
    item_id = await tx.value(LISTED_ITEM, list_id=list_id, case_id=case_id)
    if item_id is None:
        raise NotFound
    await _drop(tx, item_id, ItemOutcome.EXCLUDED, DropReason.STILL_NEEDED)
    await _advance(tx, listed)
    await _log(tx, list_id, "exclude", {"caseId": str(case_id)})
    return await _answer(tx, list_id)


async def act_on_list(
    tx: Transaction,
    list_id: UUID,
    action: ListAction,
    expected_version: int | None,
    practice: Practice,
) -> Answer:
    """The list after the step.

    Raises NotFound, VersionMissing, Stale, TransitionNotAllowed (409) or GuardFailed (422); then
    nothing has changed.
    """
    listed = await _lock(tx, list_id, expected_version)
    state = ListState(listed["state"])
    if action is ListAction.EXECUTE and state is ListState.APPROVED:
        await _drop_unfit(tx, list_id, practice)
    stored = await tx.value(FACTS_OF_LIST, list_id=list_id)
    following = DESTRUCTION_LIFECYCLE.next_state(state, action, _facts(stored, tx.caller))
    await _advance(tx, listed, state=following, **_columns(action, tx.caller.actor))
    await _log(tx, list_id, action, {"from": state, "to": following})
    return await _answer(tx, list_id)


def with_transitions(document: Document, caller: Caller) -> Document:
    """`availableTransitions` added: each action of the state and what blocks it for this caller."""
    facts = _facts(document.facts, caller)
    state = ListState(document.facts["state"])
    available = [
        {
            "action": option.action,
            "label": {"de": ACTION_LABELS[option.action].de, "en": ACTION_LABELS[option.action].en},
            "to": option.to,
            "rule": DESTRUCTION_LIFECYCLE.moves[state][option.action].rule,
            "isOpen": option.is_open,
            "blockedBy": [
                {"id": guard.id, "message": {"de": guard.message.de, "en": guard.message.en}}
                for guard in option.blocked_by
            ],
        }
        for option in DESTRUCTION_LIFECYCLE.options(state, facts)
    ]
    steps = orjson.dumps({"availableTransitions": available})
    return Document(document.body[:-1] + b"," + steps[1:], document.version)


def _columns(action: ListAction, actor: str) -> dict[str, Any]:
    if action is ListAction.SUBMIT:
        return {"reviewer": None}
    if action is ListAction.REVIEW:
        return {"reviewer": actor}
    if action is ListAction.APPROVE:
        return {"approver": actor}
    if action is ListAction.FINISH:
        return {"executed_at": now()}
    return {}


def _facts(stored: dict[str, Any], caller: Caller) -> ListFacts:
    values = {name: value for name, value in stored.items() if name != "state"}
    holders = {
        Relation.AUTHOR: values.pop("author"),
        Relation.REVIEWER: values.pop("reviewer"),
    }
    return ListFacts(
        **values,
        relations=relations_to(caller, holders),
        may_approve=may(caller.roles, caller.unit_type, Right.APPROVE_DESTRUCTION),
        may_handle_cases=may(caller.roles, caller.unit_type, Right.CHANGE_CASES),
    )


async def erase_next(tx: Transaction, list_id: UUID, practice: Practice) -> bool:
    """Ask for the erasure of the next case on a list in execution, or drop it where that must not
    be any more. False when none is left. Every case is a transaction of its own: whoever is
    killed in between has done each case before it whole, and none twice.
    """
    listed = await tx.row(LIST_FOR_UPDATE, list_id=list_id)
    if listed is None or listed["state"] != ListState.EXECUTING:
        return False
    row = await tx.row(NEXT_OF_LIST, list_id=list_id)
    if row is None:
        return False
    await recompute(tx, practice, [row["case_id"]])
    case = await tx.row(CASE_OF_ITEM, item_id=row["item_id"])
    assert case is not None
    reason = _reason_to_drop(case, berlin_date(now()))
    if reason is not None:
        await _drop(tx, row["item_id"], ItemOutcome.DROPPED, reason)
    elif not await begin_erasure(tx, await lock_case(tx, row["case_id"]), practice):
        await tx.update(DestructionItemRow, row["item_id"], outcome=ItemOutcome.REQUESTED)
    return True


async def finish_list(tx: Transaction, list_id: UUID) -> None:
    """The last case is dealt with: the list becomes its own report."""
    listed = await tx.row(LIST_FOR_UPDATE, list_id=list_id)
    if listed is None or listed["state"] != ListState.EXECUTING:
        return
    facts = _facts(await tx.value(FACTS_OF_LIST, list_id=list_id), tx.caller)
    following = DESTRUCTION_LIFECYCLE.next_state(ListState.EXECUTING, ListAction.FINISH, facts)
    columns = _columns(ListAction.FINISH, tx.caller.actor)
    await _advance(tx, listed, state=following, **columns)
    changes = {"from": ListState.EXECUTING, "to": following}
    await _log(tx, list_id, ListAction.FINISH, changes)


async def _drop_unfit(tx: Transaction, list_id: UUID, practice: Practice) -> None:
    """What must not be erased any more leaves the list, with its reason."""
    today = berlin_date(now())
    listed = await tx.rows(CASES_OF_LIST, list_id=list_id)
    await recompute(tx, practice, [case["case_id"] for case in listed])
    for case in await tx.rows(CASES_OF_LIST, list_id=list_id):
        reason = _reason_to_drop(case, today)
        if reason is not None:
            await _drop(tx, case["item_id"], ItemOutcome.DROPPED, reason)


def _reason_to_drop(case: asyncpg.Record, today: date) -> DropReason | None:
    state = CaseState(case["state"])
    if state is CaseState.ERASED:
        return DropReason.ALREADY_ERASED
    if state not in {CaseState.CLOSED, CaseState.DECLINED}:
        return DropReason.NOT_ENDED
    if case["is_under_legal_hold"]:
        return DropReason.LEGAL_HOLD
    if case["deletion_due_on"] is None or case["deletion_due_on"] > today:
        return DropReason.NOT_DUE
    return None


async def _drop(tx: Transaction, item_id: UUID, outcome: ItemOutcome, reason: DropReason) -> None:
    await tx.update(DestructionItemRow, item_id, outcome=outcome, drop_reason=reason)


async def _lock(tx: Transaction, list_id: UUID, expected_version: int | None) -> asyncpg.Record:
    listed = await tx.row(LIST_FOR_UPDATE, list_id=list_id)
    if listed is None:
        raise NotFound
    require_version(listed["version"], expected_version)
    return listed


async def _advance(tx: Transaction, listed: asyncpg.Record, **columns: Any) -> None:
    await tx.update(
        DestructionListRow,
        listed["id"],
        version=listed["version"] + 1,
        updated_at=now(),
        **columns,
    )


async def _log(tx: Transaction, list_id: UUID, action: str, changes: dict[str, Any]) -> None:
    await record_change(
        tx,
        AuditEntry,
        action=f"destruction-{action}",
        kind="destruction-list",
        record_id=list_id,
        changes=changes,
    )


async def _answer(tx: Transaction, list_id: UUID) -> Answer:
    document = await LIST_VIEW.one_in(tx, list_id=list_id)
    assert document is not None
    return Answer(with_transitions(document, tx.caller))
