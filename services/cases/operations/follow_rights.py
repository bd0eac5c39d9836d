"""What follows from the steps of a request: services are asked, recipients told, files restricted.

Each controller answers for itself: the unit's own request asks for what the unit holds, and every
service answers under the unit's policies.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from services.cases.domain.practice import Practice
from services.cases.domain.rights_codes import ChangeToTell, DataRight, Settlement
from services.cases.domain.rights_events import PersonalDataChanged, PersonalDataInquired
from services.cases.operations.act_on_case import ActOnCase, act_on_case
from services.cases.operations.compute_retention import recompute
from services.cases.operations.erase_across_services import begin_erasure
from services.cases.operations.on_case import lock_case
from services.cases.operations.rights_facts import OWN_SERVICE
from services.cases.storage.queries.personal_data import (
    CASES_BY_ID,
    CASES_OF_PERSON,
    COUNT_OF_KIND,
    HELD,
    RECORDS_OF_PERSON,
    REFERRALS_OF_CASES,
)
from services.cases.storage.queries.rights import (
    KEEP_NOTICE,
    KEEP_PART,
    NOTICE_ANSWERED,
    NOTICE_OVERDUE,
    REQUEST_FOR_UPDATE,
)
from services.cases.storage.tables import OutboxMessage, RightsRequestRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event

Request = dict[str, Any]
NOTHING_HELD = "NONE"
ASKING = frozenset({DataRight.ACCESS, DataRight.ERASURE})


async def inquire(tx: Transaction, request: Request, practice: Practice) -> None:
    """Count what is held here, and ask the other services for theirs: content for an access, a
    number for the preview of an erasure.
    """
    right = DataRight(request["data_right"])
    if right not in ASKING:
        return
    case_ids = tuple(request["case_ids"])
    # A day that a rule moved in the meantime counts now.
    await recompute(tx, practice, list(case_ids))
    records = [
        row["id"] for row in await tx.rows(RECORDS_OF_PERSON, person_id=request["person_id"])
    ]
    held = await counts_of(tx, records, case_ids)
    for kind, count in held.items():
        if count:
            others = HELD[kind].may_concern_others
            await _keep_part(tx, request, OWN_SERVICE, kind, count, others=others)
    await tx.update(RightsRequestRow, request["id"], services=sorted(practice.rights_services))
    referrals = await tx.rows(REFERRALS_OF_CASES, ids=list(case_ids))
    event = PersonalDataInquired(
        request_id=request["id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=request["unit_id"],
        case_ids=case_ids,
        referral_ids=tuple(sorted(row["referral_id"] for row in referrals)),
        with_content=right is DataRight.ACCESS,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=request["id"])


async def counts_of(
    tx: Transaction, records: Sequence[UUID], case_ids: Sequence[UUID]
) -> dict[str, int]:
    """Records of each kind that the asker sees."""
    return {
        kind: await tx.value(COUNT_OF_KIND[kind], ids=list(records if held.of_person else case_ids))
        for kind, held in HELD.items()
    }


async def note_report(
    tx: Transaction, *, request_id: UUID, service: str, counts: Sequence[tuple[str, int]]
) -> None:
    """A service has reported. What it sends without being asked is not kept; its free texts may
    always speak of others.
    """
    row = await tx.row(REQUEST_FOR_UPDATE, request_id=request_id)
    if row is None or service not in row["services"]:
        return
    request = dict(row)
    for kind, count in counts or [(NOTHING_HELD, 0)]:
        await _keep_part(tx, request, service, kind, count, others=True)


async def carry_out(tx: Transaction, request: Request, practice: Practice) -> None:
    """What a granted request brings about at once; an access is assembled by the worker."""
    right = DataRight(request["data_right"])
    if right is DataRight.ERASURE:
        for case in await tx.rows(CASES_BY_ID, ids=request["case_ids"]):
            if case["state"] != CaseState.ERASED:
                locked = await lock_case(tx, case["id"])
                await begin_erasure(tx, locked, practice, rights_request_id=request["id"])
    elif right in {DataRight.RESTRICTION, DataRight.OBJECTION}:
        await _restrict(tx, request, practice)
        objected = right is DataRight.OBJECTION
        change = ChangeToTell.OBJECTED if objected else ChangeToTell.RESTRICTED
        await tell_recipients(tx, request, change)
    elif right is DataRight.RECTIFICATION:
        is_disputed = request["settlement"] == Settlement.ACCURACY_DISPUTED
        change = ChangeToTell.ACCURACY_DISPUTED if is_disputed else ChangeToTell.DATA_CORRECTED
        await tell_recipients(tx, request, change)


async def tell_recipients(tx: Transaction, request: Request, change: ChangeToTell) -> None:
    """Ask the service of referrals to tell everybody who has received data of these files."""
    event = PersonalDataChanged(
        request_id=request["id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=request["unit_id"],
        change=change.value,
        case_ids=tuple(request["case_ids"]),
        fields=tuple(request["fields"]),
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=request["person_id"])


async def tell_of_dispute(tx: Transaction, person_id: UUID, fields: Collection[str]) -> None:
    """The note of § 84 (2) SGB X follows the value to everybody who has it, without a request."""
    records = [row["id"] for row in await tx.rows(RECORDS_OF_PERSON, person_id=person_id)]
    cases = await tx.rows(CASES_OF_PERSON, ids=records)
    if not (fields and cases):
        return
    event = PersonalDataChanged(
        request_id=None,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        change=ChangeToTell.ACCURACY_DISPUTED.value,
        case_ids=tuple(case["id"] for case in cases),
        fields=tuple(sorted(fields)),
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=person_id)


async def note_told(
    tx: Transaction,
    *,
    request_id: UUID,
    change: ChangeToTell,
    notices: Sequence[tuple[UUID, UUID, str]],
    at: datetime,
) -> None:
    """Who was told: notice, referral and recipient of each. Nobody may have been."""
    row = await tx.row(REQUEST_FOR_UPDATE, request_id=request_id)
    if row is None:
        return
    await tx.update(RightsRequestRow, request_id, recipients_told_at=at)
    for notice_id, referral_id, recipient in notices:
        await tx.execute(
            KEEP_NOTICE,
            id=notice_id,
            tenant_id=tx.caller.tenant_id,
            unit_id=row["unit_id"],
            request_id=request_id,
            referral_id=referral_id,
            recipient_unit=recipient,
            change=change.value,
            at=at,
        )


async def note_answer(tx: Transaction, notice_id: UUID, answer: str, at: datetime) -> None:
    await tx.execute(NOTICE_ANSWERED, notice_id=notice_id, answer=answer, at=at)


async def note_overdue(tx: Transaction, notice_id: UUID, at: datetime) -> None:
    await tx.execute(NOTICE_OVERDUE, notice_id=notice_id, at=at)


async def _restrict(tx: Transaction, request: Request, practice: Practice) -> None:
    for case in await tx.rows(CASES_BY_ID, ids=request["case_ids"]):
        if case["is_processing_restricted"] or case["state"] == CaseState.ERASED:
            continue
        step = ActOnCase(
            case_id=case["id"],
            action=CaseAction.RESTRICT_PROCESSING,
            expected_version=case["version"],
        )
        await act_on_case(tx, step, practice)


async def _keep_part(
    tx: Transaction, request: Request, service: str, kind: str, count: int, *, others: bool
) -> None:
    await tx.execute(
        KEEP_PART,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=request["unit_id"],
        request_id=request["id"],
        service=service,
        kind=kind,
        records=count,
        may_concern_others=others and count > 0,
        at=now(),
    )
