"""Referrals and cases: an accepted one becomes a case; a case follows those it has sent."""

from uuid import UUID

import asyncpg

from services.cases.domain.choices import Origin, SentReferralState
from services.cases.domain.external_ids import REFERRAL_SYSTEM, ExternalKind
from services.cases.domain.practice import Practice
from services.cases.domain.work import (
    ANSWER_WITHIN_WORKING_DAYS,
    CLOSE_OR_HAND_OVER,
    TaskCause,
    TaskState,
)
from services.cases.operations.case_document import case_answer
from services.cases.operations.on_case import (
    ENDED,
    advance_case,
    file_columns,
    lock_case,
    lock_case_version,
)
from services.cases.operations.open_case import OpenCase, insert_case
from services.cases.operations.record_delivery import Source, record_delivery
from services.cases.storage.queries.cases import CASE_OF_REFERRAL, SENT_REFERRAL, SENT_REFERRAL_BY
from services.cases.storage.tables import AuditEntry, SentReferralRow, TaskRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.working_days import add_working_days
from shared.service.writes import Answer


async def open_case_for_referral(
    tx: Transaction, *, referral_id: UUID, sender_unit: str, language: str | None
) -> UUID:
    """A case in REQUESTED with the least that is needed (C1); the same one when it exists.

    Its pseudonym is the referral's id, since the event names nobody. The referral was routed to
    this unit, so its area is resolved.
    """
    known = await tx.value(CASE_OF_REFERRAL, referral_id=referral_id)
    if known is not None:
        return UUID(str(known))
    told = {"pseudonym": str(referral_id)} | ({"language": language} if language else {})
    case_id = await insert_case(
        tx,
        OpenCase(
            origin=Origin.REFERRAL,
            referral_id=referral_id,
            pseudonym=told["pseudonym"],
            language=language,
            is_area_resolved=True,
        ),
    )
    source = Source(system=REFERRAL_SYSTEM, sender_unit=sender_unit)
    await record_delivery(tx, source, ExternalKind.CASE, case_id, told)
    return case_id


async def link_sent_referral(
    tx: Transaction,
    case_id: UUID,
    expected_version: int | None,
    referral_id: UUID,
    practice: Practice,
) -> Answer:
    """Note that this case has sent a referral; from now on its events change what the case may do.

    Raises NotFound, Stale, AlreadyExists (409) for one linked before.
    """
    case = await lock_case_version(tx, case_id, expected_version)
    await tx.insert(
        SentReferralRow,
        **file_columns(tx, case),
        referral_id=referral_id,
        state=SentReferralState.OPEN,
    )
    await advance_case(tx, case, "link-sent-referral", changes={"referralId": str(referral_id)})
    return await case_answer(tx, case_id, practice)


async def follow_sent_referral(
    tx: Transaction, *, referral_id: UUID, state: SentReferralState
) -> asyncpg.Record | None:
    """Take over what became of a referral; the case as it was, if anything changed in it.

    Of one that no case has linked nothing is known here. What has ended stays ended, even if
    events overtake each other.
    """
    found = await tx.row(SENT_REFERRAL, referral_id=referral_id)
    if found is None:
        return None
    case = await lock_case(tx, found["case_id"])
    sent = await tx.row(SENT_REFERRAL, referral_id=referral_id)
    if sent is None or sent["state"] in {SentReferralState.ENDED, state}:
        return None
    await tx.update(SentReferralRow, sent["id"], state=state)
    await advance_case(
        tx,
        case,
        "follow-sent-referral",
        changes={"referralId": str(referral_id), "state": state},
    )
    return case


async def propose_hand_over(tx: Transaction, case: asyncpg.Record, referral_id: UUID) -> None:
    """Another unit leads now: a task asks the case manager what becomes of the case here.

    Nothing is closed or handed over by it. Where nobody manages the case, whoever linked the
    referral is asked; of a case that has ended nobody is. The case is locked and was advanced.
    """
    if case["state"] in ENDED:
        return
    linked_by = await tx.value(SENT_REFERRAL_BY, referral_id=referral_id)
    columns = file_columns(tx, case)
    await tx.insert(
        TaskRow,
        **columns,
        title=f"{CLOSE_OR_HAND_OVER.de} / {CLOSE_OR_HAND_OVER.en}",
        due_on=add_working_days(berlin_date(now()), ANSWER_WITHIN_WORKING_DAYS),
        assignee=case["case_manager"] or linked_by,
        state=TaskState.OPEN.value,
        proposed_because=TaskCause.OWNERSHIP_TRANSFERRED.value,
        referral_id=referral_id,
        version=1,
    )
    await record_change(
        tx,
        AuditEntry,
        action="propose-hand-over",
        kind="case",
        record_id=case["id"],
        changes={"referralId": str(referral_id), "taskId": str(columns["id"])},
    )
