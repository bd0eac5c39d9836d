"""Send a referral whose content only the recipient can read; judged by what the sender declares."""

from dataclasses import replace

from services.referrals.domain.access_links import LinkIsNotForAuthorities
from services.referrals.domain.agencies import UnitUnknown
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.receipt import text_digest
from services.referrals.domain.sealing import JweUnacceptable, Sealed
from services.referrals.operations.drafts import Draft, insert_draft, sending_of
from services.referrals.operations.sending import dispatch
from services.referrals.operations.steps import answer
from services.referrals.storage.directory_lookups import find_agencies, lock_declarations
from services.referrals.storage.disclosures import keep_sealed
from services.referrals.storage.keys import find_valid_key
from shared.auth.encryption import CiphertextUnacceptable, key_id_of
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.service.writes import Answer


async def send_sealed(
    tx: Transaction, draft: Draft, sealed: Sealed, *, deadlines: Deadlines
) -> Answer:
    """Written down and sent at once: what nobody here can read, nobody here can correct.

    Never to a foreigners or naturalisation authority: what cannot be looked into cannot pass the
    gate. Raises UnitUnknown, LinkIsNotForAuthorities, JweUnacceptable, FieldNotKnown, and what
    sending raises.
    """
    assert draft.recipient_unit is not None
    recipient = (await find_agencies(tx, draft.recipient_unit)).get(draft.recipient_unit)
    if recipient is None:
        raise UnitUnknown(unit=draft.recipient_unit)
    if recipient.is_foreigners_authority:
        raise LinkIsNotForAuthorities
    kid = await _key(tx, recipient.unit_id, sealed.jwe)
    facts = sealed.facts(draft.disputed_fields, draft.secret_categories)
    await lock_declarations(tx, *(draft.ground.references if draft.ground else ()))
    row = await insert_draft(tx, draft, is_sealed=True)
    digest = text_digest(sealed.jwe)
    await keep_sealed(tx, row["id"], kid=kid, jwe=sealed.jwe, digest=digest)
    sending = replace(await sending_of(tx, draft, row), payload=facts)
    moment = ReferralFacts(now=row["created_at"], sending=sending)
    await dispatch(tx, row, moment, digest=digest, deadlines=deadlines)
    return await answer(tx, row["id"], is_new=True)


async def _key(tx: Transaction, unit_id: str, jwe: str) -> str:
    try:
        kid = key_id_of(jwe)
    except CiphertextUnacceptable as refused:
        raise JweUnacceptable from refused
    if await find_valid_key(tx, unit_id, kid, now()) is None:
        raise JweUnacceptable
    return kid
