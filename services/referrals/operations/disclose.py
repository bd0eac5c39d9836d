"""The choke point: content goes to another unit only by `disclose`, and is read by `open_content`.

Both leave it to the database to refuse once more what the rules would have refused (R-A1).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from services.referrals.domain.agencies import Agency
from services.referrals.domain.attachments import AttachedFile
from services.referrals.domain.disclosures import (
    MESSAGES,
    Channel,
    DisclosureNotDecided,
    standing_decision,
)
from services.referrals.domain.facts import Sending
from services.referrals.domain.legal_ground import DisclosureDecision
from services.referrals.domain.receipt import text_digest
from services.referrals.operations.decide_disclosure import write_decision
from services.referrals.operations.records import decider
from services.referrals.storage.attached_files import find_attachments
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.disclosures import find_content, find_decision, find_sealed
from services.referrals.storage.tables import DisclosureRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id

DECIDED = "disclosure_decided"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """What the asking unit may see: its own content, or what the manifest names of another's."""

    content: dict[str, Any]
    disputed_fields: list[str]
    secret_categories: list[str]
    content_version: int
    attachments: tuple[AttachedFile, ...]


async def decision_for(
    tx: Transaction,
    referral_id: UUID,
    recipient: Agency | None,
    enclosed: DisclosureDecision | None,
) -> DisclosureDecision | None:
    """The decision that stands for this unit; `enclosed` is what the sender brought along."""
    if recipient is None or not recipient.is_foreigners_authority:
        return None
    return standing_decision(await find_decision(tx, referral_id, recipient.unit_id), enclosed)


async def disclose(
    tx: Transaction,
    row: dict[str, Any],
    sending: Sending,
    *,
    digest: str,
) -> UUID:
    """Write the manifest for the present recipient of a referral already addressed to it.

    `row` are the columns of the referral as they are now. Raises DisclosureNotDecided.
    """
    assert sending.recipient is not None
    manifest = {
        "referral_id": row["id"],
        "content_version": row["content_version"],
        "sender_unit": row["sender_unit"],
        "recipient_unit": sending.recipient.unit_id,
        "ground_kind": row["ground_kind"],
        "ground_code": row["ground_code"],
        "categories": sorted(category.value for category in sending.payload.categories),
        "fields": sorted(sending.payload.fields),
        "disputed_fields": sorted(sending.payload.disputed),
        "attachments": [file.form for file in sending.attachments],
        "decision_id": await _decision_id(tx, row["id"], sending),
        "payload_digest": digest,
    }
    return await _write(tx, manifest)


async def pass_on(tx: Transaction, manifest: asyncpg.Record, sending: Sending) -> UUID:
    """The same disclosure to another sub-unit, by the unit that had it: no field more.

    Raises DisclosureNotDecided.
    """
    assert sending.recipient is not None
    decision = sending.disclosure
    again = dict(manifest) | {
        "recipient_unit": sending.recipient.unit_id,
        "decision_id": decision.record_id if decision else None,
    }
    return await _write(tx, again)


async def disclose_message(
    tx: Transaction, row: asyncpg.Record, message_id: UUID, body: str, decision_id: UUID
) -> UUID:
    """Write the manifest of one message to the present recipient, an authority, which reads it by
    this alone and once it has accepted. It opens no version of the content.

    Raises DisclosureNotDecided.
    """
    manifest = {
        "referral_id": row["id"],
        "content_version": 0,
        "sender_unit": row["sender_unit"],
        "recipient_unit": row["recipient_unit"],
        "ground_kind": row["ground_kind"],
        "ground_code": row["ground_code"],
        "categories": [],
        "fields": [MESSAGES],
        "disputed_fields": [],
        "attachments": [],
        "decision_id": decision_id,
        "payload_digest": text_digest(body),
        "message_id": message_id,
    }
    return await _write(tx, manifest)


async def require_still_decided(tx: Transaction, referral_id: UUID) -> None:
    """For an authority that accepts: the head may have refused since it was sent.

    Raises DisclosureNotDecided.
    """
    mine = (await find_agencies(tx, tx.caller.unit_id)).get(tx.caller.unit_id)
    if mine is None or not mine.is_foreigners_authority:
        return
    found = await find_decision(tx, referral_id, mine.unit_id)
    if standing_decision(found, None) is None:
        raise DisclosureNotDecided


async def open_content(tx: Transaction, referral_id: UUID, channel: Channel) -> Disclosed:
    """Raises NotFound where nothing was disclosed to this unit, not yet, or no more."""
    found = await find_content(tx, referral_id)
    if found is None:
        raise NotFound
    log.info("content.opened", channel=channel.value, referral_id=str(referral_id))
    return Disclosed(
        content=found["content"],
        disputed_fields=found["disputed_fields"],
        secret_categories=found["secret_categories"],
        content_version=found["version"],
        attachments=await find_attachments(tx, referral_id),
    )


async def open_sealed(tx: Transaction, referral_id: UUID) -> str:
    """The ciphertext, which only the holder of the key can read. Raises NotFound as above."""
    jwe = await find_sealed(tx, referral_id)
    if jwe is None:
        raise NotFound
    log.info("content.opened", channel=Channel.ENCRYPTED.value, referral_id=str(referral_id))
    return jwe


async def _decision_id(tx: Transaction, referral_id: UUID, sending: Sending) -> UUID | None:
    decision = sending.disclosure
    if decision is None or decision.record_id is not None:
        return decision.record_id if decision else None
    assert sending.recipient is not None
    who = decider(tx.caller, decision.decided_by)
    return await write_decision(tx, referral_id, sending.recipient.unit_id, decision.taken_by(who))


async def _write(tx: Transaction, manifest: dict[str, Any]) -> UUID:
    disclosure_id = new_id()
    values = manifest | {"id": disclosure_id, "disclosed_at": now()}
    try:
        await tx.insert(DisclosureRow, **values)
    except asyncpg.CheckViolationError as refused:
        if refused.constraint_name == DECIDED:
            raise DisclosureNotDecided from refused
        raise
    return disclosure_id
