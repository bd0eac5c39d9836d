"""The receipt of a referral: what was disclosed, to whom, when, under which digest."""

from typing import Any
from uuid import UUID

import orjson

from services.referrals.domain.disclosures import receipt_digest
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.disclosure_views import RECEIPT_VIEW, disclosure_sight
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


def with_digest(manifest: bytes) -> dict[str, Any]:
    """The same bytes for both sides: the digest is over `receipt`, as anybody can compute it."""
    receipt = orjson.loads(manifest)
    return {"receipt": receipt, "digest": receipt_digest(receipt)}


async def verify_receipt(tx: Transaction, referral_id: UUID, digest: str) -> Answer:
    """Whether the digest is that of the receipt or of the content it names. Raises NotFound."""
    found = await RECEIPT_VIEW.one_in(tx, referral_id=referral_id, **disclosure_sight(tx.caller))
    if found is None:
        raise NotFound
    held = with_digest(found.body)
    matches = digest in {held["digest"], held["receipt"]["payloadDigest"]}
    await record_change(
        tx,
        AuditEntry,
        action="receipt-verified",
        kind="referral",
        record_id=referral_id,
        changes={"matches": matches},
    )
    answer = {"matches": matches, "digest": held["digest"]}
    return Answer(Document(orjson.dumps(answer), version=None))
