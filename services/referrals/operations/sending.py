"""Send a referral: everything that must be true is judged in the transaction that sends it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.agencies import Agency
from services.referrals.domain.attachments import require_stored
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import (
    DataCategory,
    Mode,
    Purpose,
    ReferralAction,
    ReferralState,
    Side,
)
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import LegalGround
from services.referrals.domain.lifecycle import require_move, send
from services.referrals.domain.routing import RoutingDecision, route
from services.referrals.domain.sharing import PayloadFacts
from services.referrals.domain.simulation import leaves_sample
from services.referrals.domain.subject import ReferralIsPending
from services.referrals.operations.clocks import sent_clocks
from services.referrals.operations.disclose import decision_for, disclose
from services.referrals.operations.records import (
    digest_of,
    ground_columns,
    ground_record,
    place_of,
    routing_columns,
)
from services.referrals.operations.steps import Change, answer, side_of, tell
from services.referrals.operations.warnings import warn_of_full_service
from services.referrals.storage.attached_files import find_attachments, send_along
from services.referrals.storage.directory_lookups import (
    find_agencies,
    lock_declarations,
    revoked_among,
    rules_on,
)
from services.referrals.storage.disclosures import find_content, former_recipients
from services.referrals.storage.ground_forms import read_disclosure, read_ground, read_steps
from services.referrals.storage.lookups import (
    delete_place,
    find_place,
    find_sender_record,
    referral_for_update,
)
from services.referrals.storage.samples import leave_sample
from services.referrals.storage.tables import ReferralRow, SenderRecordRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotFound, Refusal
from shared.kernel.text import Text
from shared.service.writes import Answer

PENDING_INDEX = "uq_referral_pending"


class SenderUnknown(Conflict):
    code = "sender-unknown"
    title = Text(
        de="Ihre Stelle steht noch nicht im Verzeichnis der Stellen.",
        en="Your unit is not in the agency directory yet.",
    )


@dataclass(frozen=True, slots=True)
class Submit:
    """Send an existing draft; a ground given here replaces the one of the draft."""

    referral_id: UUID
    expected_version: int | None
    ground: LegalGround | None
    deadlines: Deadlines


async def submit(tx: Transaction, command: Submit) -> Answer:
    """X2 and X3 in one transaction; X2 alone when nobody knows the recipient yet.

    Raises what the lifecycle raises, ReferralIsPending, SenderUnknown, VersionMissing, Stale,
    NotFound.
    """
    known = await find_sender_record(tx, command.referral_id)
    if known is None:
        raise await _refused_to_others(tx, command.referral_id)
    ground = command.ground or read_ground(known["legal_ground"])
    # Before the row, as a revocation does: who waits for whom is the same everywhere.
    await lock_declarations(tx, *(ground.references if ground else ()))
    row = dict(await referral_for_update(tx, command.referral_id))
    state, side = ReferralState(row["state"]), side_of(row, tx.caller)
    if state is not ReferralState.DRAFT:
        require_move(state, ReferralAction.SUBMIT, side)
    require_version(row["version"], command.expected_version)
    instant = now()
    if command.ground is not None:
        row |= ground_columns(ground)
        await tx.update(SenderRecordRow, row["id"], **ground_record(tx.caller, ground))
    decision = await _routed(tx, row, instant)
    if decision is not None:
        row |= routing_columns(decision) | {"recipient_unit": decision.unit_id}
    sending, digest = await stored_sending(tx, row, ground)
    facts = ReferralFacts(now=instant, sending=sending)
    await dispatch(tx, row, facts, digest=digest, deadlines=command.deadlines)
    return await answer(tx, command.referral_id)


async def dispatch(
    tx: Transaction,
    row: dict[str, Any],
    facts: ReferralFacts,
    *,
    digest: str,
    deadlines: Deadlines,
) -> None:
    """Move a locked or new referral of the caller's unit on to the other side.

    `row` holds its present columns, those to be changed among them.
    """
    before = ReferralState(row["state"])
    await warn_of_full_service(tx, row["recipient_unit"], row["service_code"], facts.today)
    path = send(before, facts)
    is_sent = path[-1] is ReferralState.SUBMITTED
    row |= {
        "state": path[-1].value,
        "version": row["version"] + 1,
        "updated_at": facts.now,
        "payload_digest": digest,
        "submitted_at": facts.now if is_sent else None,
    }
    if is_sent:
        row |= await sent_clocks(tx, row, facts.now, deadlines.policy)
    changed = {name: value for name, value in row.items() if name not in {"id", "tenant_id"}}
    try:
        await tx.update(ReferralRow, row["id"], **changed)
    except asyncpg.UniqueViolationError as duplicate:
        if duplicate.constraint_name == PENDING_INDEX:
            raise ReferralIsPending from duplicate
        raise
    fact = "submitted" if is_sent else "prepared"
    change = Change(fact=fact, at=facts.now, to_state=path[-1], values={})
    if is_sent:
        assert facts.sending is not None
        await send_along(tx, row["id"], row["content_version"])
        await disclose(tx, row, facts.sending, digest=digest)
    await tell(tx, row, change, side=Side.SENDER, from_state=before)
    if is_sent:
        await _forget_place(tx, row, facts)


async def _forget_place(tx: Transaction, row: dict[str, Any], facts: ReferralFacts) -> None:
    """Last: senders of one neighbourhood wait for each other here, so only until the commit."""
    if leaves_sample(Mode(row["mode"])):
        await leave_sample(tx, row, facts.today)
    else:
        await delete_place(tx, row["id"])


async def with_revocations(tx: Transaction, ground: LegalGround | None) -> LegalGround | None:
    """The ground as it stands now: what was revoked before this moment no longer holds."""
    if ground is None:
        return None
    return ground.after(await revoked_among(tx, *ground.references))


async def parties(tx: Transaction, recipient_unit: str | None) -> tuple[Agency, Agency | None]:
    """Sender and recipient from the directory.

    Raises SenderUnknown: without its entry nobody knows which law binds the sender.
    """
    unit_id = tx.caller.unit_id
    found = await find_agencies(tx, unit_id, *([recipient_unit] if recipient_unit else []))
    if unit_id not in found:
        raise SenderUnknown
    return found[unit_id], found.get(recipient_unit or "")


async def _refused_to_others(tx: Transaction, referral_id: UUID) -> Refusal:
    """What somebody hears who is not the sender: that it is not theirs to send, or nothing."""
    row = await referral_for_update(tx, referral_id)
    require_move(ReferralState(row["state"]), ReferralAction.SUBMIT, side_of(row, tx.caller))
    return NotFound()


async def _routed(
    tx: Transaction, row: dict[str, Any], instant: datetime
) -> RoutingDecision | None:
    """Ask the rules again where the draft has no recipient: they may have changed since."""
    place = None if row["recipient_unit"] else await find_place(tx, row["id"])
    if place is None:
        return None
    return route(await rules_on(tx, berlin_date(instant)), row["service_code"], place_of(place))


async def stored_sending(
    tx: Transaction, row: dict[str, Any], ground: LegalGround | None
) -> tuple[Sending, str]:
    record, content = await find_sender_record(tx, row["id"]), await find_content(tx, row["id"])
    assert record is not None
    assert content is not None
    sender, recipient = await parties(tx, row["recipient_unit"])
    disputed, secret = content["disputed_fields"], content["secret_categories"]
    enclosed = read_disclosure(record["disclosure_decision"])
    attachments = await find_attachments(tx, row["id"])
    require_stored(attachments)
    sending = Sending(
        mode=Mode(row["mode"]),
        service=service(row["service_code"]),
        purpose=Purpose(row["purpose"]),
        sender=sender,
        recipient=recipient,
        payload=PayloadFacts.of(
            content["content"],
            disputed=frozenset(disputed),
            secret=frozenset(map(DataCategory, secret)),
            attached=frozenset(file.category for file in attachments),
        ),
        ground=await with_revocations(tx, ground),
        disclosure=await decision_for(tx, row["id"], recipient, enclosed),
        protection_steps=read_steps(record["protection_steps"]),
        attachments=attachments,
        had_by=await former_recipients(tx, row["id"]) if row["forwarded_from"] else frozenset(),
    )
    return sending, digest_of(content["content"], disputed, secret, attachments)
