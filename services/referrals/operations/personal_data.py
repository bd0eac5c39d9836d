"""What the unit holds here of a person, and telling recipients what became of it (Art. 15, 19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralState, Side
from services.referrals.domain.events.rights import PersonalDataReported, RecipientsTold
from services.referrals.domain.notices import NoticeKind
from services.referrals.operations.notify import open_notice
from services.referrals.storage.base import OutboxMessage
from services.referrals.storage.lookups import referral_for_update, referrals_of
from services.referrals.storage.notices import find_open_notice
from services.referrals.storage.personal_data import KINDS_OF_REFERRAL, REFERRALS_OF_PERSON
from services.referrals.storage.queries import REFERRAL_DETAIL
from shared.audit.accesses import ACCESS_LOG, accesses_to, ids_in
from shared.database.records import opened_record
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.text import camel
from shared.messaging.outbox import record_event
from shared.objects.exchange import AccessFolder
from shared.objects.store import Objects

SERVICE: Final = "referrals"
# Of the screen, not of the person.
UNSAID: Final = frozenset(
    {"allowedActions", "overlayActions", "version", "payloadDigest", "rulesVersion", "side"}
)
Records = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What the unit asks for: its files, and the referrals that it knows to belong to them."""

    request_id: UUID
    case_ids: Sequence[UUID]
    referral_ids: Sequence[UUID]
    with_content: bool


async def report(tx: Transaction, objects: Objects, inquiry: Inquiry) -> None:
    """Say how many records there are, and lay them down where the content is asked for. Only what
    the policies show to the asking unit: another unit answers for its own side itself.
    """
    held = await _held(tx, inquiry)
    if inquiry.with_content:
        folder = AccessFolder(
            tenant_id=tx.caller.tenant_id,
            unit_id=tx.caller.unit_id,
            request_id=inquiry.request_id,
        )
        log = await accesses_to(tx, ids_in(held.values()))
        await folder.lay_down(objects, SERVICE, held | {ACCESS_LOG: log})
    event = PersonalDataReported(
        request_id=inquiry.request_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        kinds=tuple(held),
        records=tuple(len(records) for records in held.values()),
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=inquiry.request_id)


async def _held(tx: Transaction, inquiry: Inquiry) -> Records:
    asked = {"case_ids": list(inquiry.case_ids), "referral_ids": list(inquiry.referral_ids)}
    ids = [row["id"] for row in await tx.rows(REFERRALS_OF_PERSON, **asked)]
    sight = {"unit": tx.caller.unit_id, "may_send": True, "may_receive": True}
    details = [await REFERRAL_DETAIL.one_in(tx, referral_id=one, **sight) for one in ids]
    found: Records = {
        "REFERRAL": [
            {
                name: value
                for name, value in orjson.loads(await tx.opened(one.body)).items()
                if name not in UNSAID
            }
            for one in details
            if one is not None
        ]
    }
    for kind, (table, statement) in KINDS_OF_REFERRAL.items():
        rows = [
            await opened_record(tx, table, row["record"])
            for row in await tx.rows(statement, ids=ids)
        ]
        found[kind] = [
            {camel(name): value for name, value in row.items() if value is not None} for row in rows
        ]
    return {kind: records for kind, records in found.items() if records}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfData:
    """`fields` are names; without a request nobody waits for the list of who was told."""

    request_id: UUID | None
    change: NoticeKind
    case_ids: Sequence[UUID]
    fields: tuple[str, ...]


async def tell_recipients(tx: Transaction, changed: ChangeOfData) -> None:
    """A notice on every referral of the files whose content a recipient has (Art. 19 GDPR). One
    that waits already stands for this, too.
    """
    instant = now()
    told: list[tuple[UUID, UUID, str]] = []
    for case_id in changed.case_ids:
        for referral_id in await referrals_of(tx, case_id):
            row = await referral_for_update(tx, referral_id)
            if ReferralState(row["state"]) not in ACCEPTED_OR_LATER:
                continue
            made = await open_notice(
                tx, row, changed.change, instant, Side.SENDER, fields=changed.fields
            )
            notice_id = made or await find_open_notice(tx, referral_id, changed.change.value)
            told.append((notice_id, referral_id, row["recipient_unit"]))
    if changed.request_id is None:
        return
    event = RecipientsTold(
        request_id=changed.request_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        change=changed.change.value,
        notice_ids=tuple(notice for notice, _, _ in told),
        referral_ids=tuple(referral for _, referral, _ in told),
        recipient_units=tuple(unit for _, _, unit in told),
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=changed.request_id)
