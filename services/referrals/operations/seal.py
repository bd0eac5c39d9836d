"""Send a referral whose content only the recipient can read; judged by what the sender declares."""

from dataclasses import replace
from uuid import UUID

from services.referrals.domain.agencies import NotForAuthorities
from services.referrals.domain.codes import ReferralAction, ReferralState
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.guards import RECIPIENT_IS_KNOWN
from services.referrals.domain.overlays import OverlayAction, Present, require_overlay
from services.referrals.domain.receipt import text_digest
from services.referrals.domain.sealing import JweUnacceptable, Sealed
from services.referrals.operations.drafts import Draft, insert_draft, sending_of
from services.referrals.operations.sending import dispatch
from services.referrals.operations.steps import answer, side_of
from services.referrals.storage.directory_lookups import lock_declarations
from services.referrals.storage.disclosures import keep_sealed
from services.referrals.storage.keys import find_valid_modulus
from services.referrals.storage.lookups import referral_for_update
from shared.auth.encryption import CiphertextUnacceptable, envelope_of, is_for
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.lifecycle import require_guards
from shared.service.writes import Answer


async def send_sealed(
    tx: Transaction, draft: Draft, sealed: Sealed, *, deadlines: Deadlines
) -> Answer:
    """Written down and sent at once: what nobody here can read, nobody here can correct.

    Never to a foreigners or naturalisation authority: what cannot be looked into cannot pass the
    gate. Where the rules choose the recipient, the key must be that unit's. Raises
    NotForAuthorities, JweUnacceptable, DeclarationDiffers, NotFound, NotYourSide and
    TransitionNotAllowed for what it follows, and what creating and sending raise.
    """
    if draft.follows_id is not None:
        await _require_refused(tx, draft.follows_id)
    facts = sealed.facts(draft.disputed_fields, draft.secret_categories)
    await lock_declarations(tx, *(draft.ground.references if draft.ground else ()))
    row = await insert_draft(tx, draft, is_sealed=True)
    sending = replace(await sending_of(tx, draft, row), payload=facts)
    moment = ReferralFacts(now=row["created_at"], sending=sending)
    # A referral that waits for a person to find the unit would have the key of none.
    require_guards((RECIPIENT_IS_KNOWN,), moment, action=ReferralAction.SUBMIT.value)
    assert sending.recipient is not None
    if sending.recipient.is_foreigners_authority:
        raise NotForAuthorities
    kid = await _key(tx, sending.recipient.unit_id, sealed.jwe)
    digest = text_digest(sealed.jwe)
    await keep_sealed(tx, row["id"], kid=kid, jwe=sealed.jwe, digest=digest)
    await dispatch(tx, row, moment, digest=digest, deadlines=deadlines)
    return await answer(tx, row["id"], is_new=True)


async def _require_refused(tx: Transaction, referral_id: UUID) -> None:
    """A sealed referral is answered by a sealed one, which the sender alone can make."""
    row = await referral_for_update(tx, referral_id)
    side = side_of(row, tx.caller)
    require_overlay(ReferralState(row["state"]), OverlayAction.ANSWER_REJECTION, side, Present())


async def _key(tx: Transaction, unit_id: str, jwe: str) -> str:
    try:
        envelope = envelope_of(jwe)
    except CiphertextUnacceptable as refused:
        raise JweUnacceptable from refused
    modulus = await find_valid_modulus(tx, unit_id, envelope.key_id, now())
    if modulus is None or not is_for(envelope, modulus):
        raise JweUnacceptable
    return envelope.key_id
