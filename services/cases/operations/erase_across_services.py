"""Erase a case in every service: ask, wait for each confirmation, then erase here (R-D5, C19).

Referrals keeps the ids of cases and confirms. Funding is not asked: no table of it holds the id of
a case or of a person.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.events import CaseErasureRequested
from services.cases.domain.facts import CaseFacts, CaseState
from services.cases.domain.lifecycle import CASE_LIFECYCLE, CaseAction
from services.cases.domain.practice import Practice
from services.cases.operations.act_on_case import ActOnCase, act_on_case
from services.cases.operations.case_document import case_answer
from services.cases.operations.case_facts import facts_from
from services.cases.operations.compute_retention import recompute
from services.cases.operations.on_case import advance_case, lock_case
from services.cases.storage.queries.erasures import (
    BEGIN_ERASURE,
    CONFIRM_ERASURE,
    CONFIRMED_BY,
    ERASURE_OF_CASE,
    ERASURE_VIEW,
)
from services.cases.storage.queries.facts import FACTS_OF_CASE
from services.cases.storage.queries.retention import ITEM_ERASED
from services.cases.storage.tables import CaseErasureRow, OutboxMessage
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


async def request_erasure(
    tx: Transaction, case_id: UUID, expected_version: int | None, practice: Practice
) -> Answer:
    """Ask every service to erase what it holds of a case that is due.

    Asked again, the services are asked again: nothing they did is done twice. Raises NotFound,
    VersionMissing, Stale, TransitionNotAllowed (409) or GuardFailed (422).
    """
    require_version((await lock_case(tx, case_id))["version"], expected_version)
    await recompute(tx, practice, [case_id])
    case = await lock_case(tx, case_id)
    await begin_erasure(tx, case, practice)
    document = await ERASURE_VIEW.one_in(tx, case_id=case_id)
    assert document is not None
    return Answer(document)


async def begin_erasure(
    tx: Transaction,
    case: asyncpg.Record,
    practice: Practice,
    *,
    rights_request_id: UUID | None = None,
) -> bool:
    """Ask for a locked case. True when nobody else has to confirm, so that it is erased already.

    Where the person has asked for it, who confirms names the recipients told (Art. 19 GDPR). Every
    guard of C19 holds now, but for the confirmations that are asked for.
    """
    facts = await _facts(tx, case["id"], practice)
    CASE_LIFECYCLE.next_state(
        CaseState(case["state"]),
        CaseAction.ERASE,
        replace(facts, is_erasure_confirmed_by_all=True),
    )
    unit: dict[str, Any] = {"tenant_id": tx.caller.tenant_id, "unit_id": case["unit_id"]}
    request_id = new_id()
    await tx.execute(
        BEGIN_ERASURE,
        **unit,
        case_id=case["id"],
        request_id=request_id,
        services=sorted(practice.erasure_services),
        at=now(),
    )
    await advance_case(tx, case, "request-erasure", is_told=False, erasure_confirmed_by=[])
    event = CaseErasureRequested(
        erasure_id=request_id, case_id=case["id"], rights_request_id=rights_request_id, **unit
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=case["id"])
    return await _erase_if_confirmed(tx, case["id"], practice)


async def confirm_erasure(
    tx: Transaction,
    *,
    case_id: UUID,
    request_id: UUID,
    service: str,
    records: int,
    practice: Practice,
) -> None:
    """Note that a service has deleted its part, and erase the case after the last of them.

    A confirmation of an earlier request changes nothing, that of a case erased already is noted.
    A case on which a hold was placed in the meantime stays: erasure is asked for again when it is
    lifted.
    """
    case = await lock_case(tx, case_id)
    asked = await tx.row(ERASURE_OF_CASE, case_id=case_id)
    if asked is None or asked["request_id"] != request_id:
        return
    await tx.execute(
        CONFIRM_ERASURE,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=case["unit_id"],
        case_id=case_id,
        request_id=request_id,
        service=service,
        records=records,
        at=now(),
    )
    if asked["erased_at"] is not None:
        return  # erased again after a restore: the confirmation is noted, that is all
    confirmed = await _confirmed(tx, request_id)
    await advance_case(
        tx,
        case,
        "confirm-erasure",
        changes={"service": service, "records": records},
        erasure_confirmed_by=confirmed,
    )
    await _erase_if_confirmed(tx, case_id, practice)


async def finish_erasure(
    tx: Transaction, case_id: UUID, expected_version: int | None, practice: Practice
) -> Answer:
    """Erase a case that every service has confirmed, where a hold kept it until now (C19).

    What counts are the confirmations of the latest request and nothing that anybody says. Raises
    NotFound, VersionMissing, Stale, TransitionNotAllowed (409) or GuardFailed (422).
    """
    case = await lock_case(tx, case_id)
    require_version(case["version"], expected_version)
    asked = await tx.row(ERASURE_OF_CASE, case_id=case_id)
    confirmed = await _confirmed(tx, asked["request_id"]) if asked else []
    facts = replace(
        await _facts(tx, case_id, practice),
        is_erasure_confirmed_by_all=practice.erasure_services <= set(confirmed),
    )
    CASE_LIFECYCLE.next_state(CaseState(case["state"]), CaseAction.ERASE, facts)
    if asked is None:
        await begin_erasure(tx, case, practice)
    else:
        await _erase(tx, case, practice)
    return await case_answer(tx, case_id, practice)


async def _confirmed(tx: Transaction, request_id: UUID) -> list[str]:
    return [row["service"] for row in await tx.rows(CONFIRMED_BY, request_id=request_id)]


async def _erase_if_confirmed(tx: Transaction, case_id: UUID, practice: Practice) -> bool:
    case = await lock_case(tx, case_id)
    facts = await _facts(tx, case_id, practice)
    options = CASE_LIFECYCLE.options(CaseState(case["state"]), facts)
    if not any(option.action is CaseAction.ERASE and option.is_open for option in options):
        return False
    await _erase(tx, case, practice)
    return True


async def _erase(tx: Transaction, case: asyncpg.Record, practice: Practice) -> None:
    erase = ActOnCase(case_id=case["id"], action=CaseAction.ERASE, expected_version=case["version"])
    await act_on_case(tx, erase, practice)
    await tx.update(CaseErasureRow, case["id"], erased_at=now())
    await tx.execute(ITEM_ERASED, case_id=case["id"])


async def _facts(tx: Transaction, case_id: UUID, practice: Practice) -> CaseFacts:
    today = berlin_date(now())
    stored = await tx.value(FACTS_OF_CASE, case_id=case_id, today=today, actor=tx.caller.actor)
    return facts_from(stored, unit_type=tx.caller.unit_type, practice=practice, today=today)
