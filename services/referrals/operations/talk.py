"""The message thread of a referral: both sides, until it ends."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg
import orjson

from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralState, Side
from services.referrals.domain.disclosures import MESSAGES
from services.referrals.domain.naming import MessagesNotReleased, names_in, require_nameless
from services.referrals.domain.overlays import OverlayAction, require_overlay
from services.referrals.operations.disclose import decision_for, disclose_message
from services.referrals.operations.steps import Change, present, side_of, tell
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.disclosures import find_content
from services.referrals.storage.exchange import POSTED_VIEW, mark_read, next_message
from services.referrals.storage.lookups import referral_for_update
from services.referrals.storage.tables import MessageRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class PostMessage:
    referral_id: UUID
    body: str


async def post_message(tx: Transaction, command: PostMessage) -> Answer:
    """The version of the referral stays: nobody's next step depends on what is said. What is
    written to an authority stands in a manifest of its own.

    Raises NotFound, NotYourSide, TransitionNotAllowed, NamesAPerson, MessagesNotReleased,
    DisclosureNotDecided.
    """
    row = await referral_for_update(tx, command.referral_id)
    side, state = side_of(row, tx.caller), ReferralState(row["state"])
    require_overlay(state, OverlayAction.POST_MESSAGE, side, present(row))
    decision_id = await _release(tx, row, side)
    await _require_nameless(tx, row, side, command.body)
    message_id, instant = new_id(), now()
    number = await next_message(tx, row["id"])
    await tx.insert(
        MessageRow,
        id=message_id,
        referral_id=row["id"],
        number=number,
        at=instant,
        author_unit=tx.caller.unit_id,
        side=side.value,
        body=command.body,
    )
    if decision_id is not None:
        await disclose_message(tx, row, message_id, command.body, decision_id)
    change = Change(
        fact="message-posted",
        at=instant,
        to_state=state,
        values={},
        extra={"number": number, "author_unit": tx.caller.unit_id},
    )
    await tell(tx, dict(row), change, side=side, from_state=state)
    document = await POSTED_VIEW.one_in(tx, message_id=message_id)
    assert document is not None
    return Answer(document)


async def read_messages(tx: Transaction, referral_id: UUID, number: int) -> Answer:
    """The own unit has read what the other side wrote, up to this number. Raises NotFound."""
    row = await referral_for_update(tx, referral_id)
    side_of(row, tx.caller)
    count = await mark_read(tx, referral_id, number, now())
    await record_change(
        tx,
        AuditEntry,
        action="referral-messages-read",
        kind="referral",
        record_id=referral_id,
        changes={"upTo": number, "count": count},
    )
    body = orjson.dumps({"referralId": str(referral_id), "upTo": number, "read": count})
    return Answer(Document(body, None))


async def _release(tx: Transaction, row: asyncpg.Record, side: Side) -> UUID | None:
    """The decision under which free text goes to a foreigners or naturalisation authority: it goes
    only where the one that stands releases it by name. None where none is needed.
    """
    if side is not Side.SENDER:
        return None
    recipient = (await find_agencies(tx, row["recipient_unit"])).get(row["recipient_unit"])
    if recipient is None:
        raise MessagesNotReleased
    if not recipient.is_foreigners_authority:
        return None
    decision = await decision_for(tx, row["id"], recipient, None)
    if decision is None or MESSAGES not in decision.fields:
        raise MessagesNotReleased
    return decision.record_id


async def _require_nameless(tx: Transaction, row: asyncpg.Record, side: Side, body: str) -> None:
    """Before acceptance nobody is named."""
    if ReferralState(row["state"]) in ACCEPTED_OR_LATER:
        return
    content = await find_content(tx, row["id"]) if side is Side.SENDER else None
    require_nameless(body, names_in(content["content"]) if content else ())
