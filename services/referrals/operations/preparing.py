"""Make a draft ready without sending it (X2): complete, minimal, nothing secret unreleased."""

from uuid import UUID

from services.referrals.domain.codes import ReferralAction
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.lifecycle import next_state
from services.referrals.operations.sending import stored_sending
from services.referrals.operations.steps import Change, answer, begin, finish
from services.referrals.storage.ground_forms import read_ground
from services.referrals.storage.lookups import find_sender_record
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.service.writes import Answer


async def prepare(tx: Transaction, referral_id: UUID, expected_version: int | None) -> Answer:
    """Raises what the lifecycle raises, SenderUnknown, VersionMissing, Stale, NotFound."""
    held = await begin(tx, referral_id, ReferralAction.PREPARE, expected_version)
    record = await find_sender_record(tx, referral_id)
    assert record is not None
    ground = read_ground(record["legal_ground"])
    sending, digest = await stored_sending(tx, dict(held.row), ground)
    instant = now()
    facts = ReferralFacts(now=instant, sending=sending)
    change = Change(
        fact="prepared",
        at=instant,
        to_state=next_state(held.state, ReferralAction.PREPARE, held.side, facts),
        values={"payload_digest": digest},
    )
    await finish(tx, held, change)
    return await answer(tx, referral_id)
