"""Give out a link to a referral, and take it back: the sender's part."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from services.referrals.domain.access_links import (
    SECRET_BYTES,
    Kind,
    LinkNeedsSending,
    LinksAreOff,
    Ticket,
    link_end,
    ticket_digest,
)
from services.referrals.domain.agencies import NotForAuthorities, UnitUnknown
from services.referrals.domain.codes import PENDING, ReferralState
from services.referrals.domain.sealing import ContentIsSealed
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.links import LINK_VIEW, link_for_update, revoke_former_links
from services.referrals.storage.lookups import referral_for_update
from services.referrals.storage.tables import AccessLinkRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

UNDER_WAY = PENDING | {ReferralState.ACCEPTED, ReferralState.IN_SERVICE}


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """How this installation makes links; without a key it makes none."""

    key: bytes = field(repr=False)
    public_url: str

    def require_key(self) -> bytes:
        """Raises LinksAreOff."""
        if not self.key:
            raise LinksAreOff
        return self.key


@dataclass(slots=True)
class NewLink:
    """`token` is there after the operation: it stands in no table and in no stored answer."""

    referral_id: UUID
    valid_days: int
    terms: LinkTerms
    token: str | None = field(default=None, repr=False)


async def make_link(tx: Transaction, command: NewLink) -> Answer:
    """A link for the present recipient; it takes the place of a former one of this referral.

    Raises LinksAreOff, NotFound unless the own unit has sent it, LinkNeedsSending, UnitUnknown,
    ContentIsSealed, NotForAuthorities.
    """
    key = command.terms.require_key()
    row = await referral_for_update(tx, command.referral_id)
    if row["sender_unit"] != tx.caller.unit_id:
        raise NotFound
    if ReferralState(row["state"]) not in UNDER_WAY:
        raise LinkNeedsSending
    recipient = (await find_agencies(tx, row["recipient_unit"])).get(row["recipient_unit"])
    if recipient is None:
        raise UnitUnknown(unit=row["recipient_unit"])
    if recipient.is_foreigners_authority:
        raise NotForAuthorities
    if row["is_sealed"]:
        # Pages could show the ciphertext only.
        raise ContentIsSealed
    link_id, instant = new_id(), now()
    ends_at = link_end(instant, command.valid_days)
    ticket = Ticket(Kind.LINK, tx.caller.tenant_id, link_id, ends_at)
    token = ticket.written(key, secrets.token_bytes(SECRET_BYTES))
    await revoke_former_links(tx, row["id"], instant)
    await tx.insert(
        AccessLinkRow,
        id=link_id,
        referral_id=row["id"],
        sender_unit=tx.caller.unit_id,
        unit_id=recipient.unit_id,
        token_digest=ticket_digest(token),
        created_at=instant,
        created_by=tx.caller.actor,
        expires_at=ends_at,
        refusals=0,
    )
    await _note(tx, "access-link-made", link_id, row["id"])
    command.token = token
    return await _answer(tx, link_id)


async def revoke_link(tx: Transaction, referral_id: UUID, link_id: UUID) -> Answer:
    """From now on it opens nothing, and a session opened by it is over. Raises NotFound."""
    row = await link_for_update(tx, link_id)
    if row is None or row["referral_id"] != referral_id:
        raise NotFound
    if row["revoked_at"] is None:
        await tx.update(AccessLinkRow, link_id, revoked_at=now())
        await _note(tx, "access-link-revoked", link_id, referral_id)
    return await _answer(tx, link_id)


async def _answer(tx: Transaction, link_id: UUID) -> Answer:
    document = await LINK_VIEW.one_in(tx, link_id=link_id)
    assert document is not None
    return Answer(document)


async def _note(tx: Transaction, action: str, link_id: UUID, referral_id: UUID) -> None:
    await record_change(
        tx,
        AuditEntry,
        action=action,
        kind="access-link",
        record_id=link_id,
        changes={"referralId": str(referral_id)},
    )
