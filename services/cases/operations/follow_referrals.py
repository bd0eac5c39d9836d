"""Referrals and cases: an accepted one becomes a case; a case follows those it has sent."""

from uuid import UUID

from services.cases.domain.choices import Origin, SentReferralState
from services.cases.domain.external_ids import REFERRAL_SYSTEM, ExternalKind
from services.cases.domain.practice import Practice
from services.cases.operations.case_document import case_answer
from services.cases.operations.on_case import (
    advance_case,
    file_columns,
    lock_case,
    lock_case_version,
)
from services.cases.operations.open_case import OpenCase, insert_case
from services.cases.operations.record_delivery import Source, record_delivery
from services.cases.storage.queries.cases import CASE_OF_REFERRAL, SENT_REFERRAL
from services.cases.storage.tables import SentReferralRow
from shared.database.transaction import Transaction
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
) -> None:
    """Take over what became of a referral; of one that no case has linked nothing is known here.

    What has ended stays ended, even if events overtake each other.
    """
    found = await tx.row(SENT_REFERRAL, referral_id=referral_id)
    if found is None:
        return
    case = await lock_case(tx, found["case_id"])
    sent = await tx.row(SENT_REFERRAL, referral_id=referral_id)
    if sent is None or sent["state"] == SentReferralState.ENDED:
        return
    await tx.update(SentReferralRow, sent["id"], state=state)
    await advance_case(
        tx,
        case,
        "follow-sent-referral",
        changes={"referralId": str(referral_id), "state": state},
    )
