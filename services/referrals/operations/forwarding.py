"""Pass a referral on inside one controller, under the rules of sending over the new unit."""

from dataclasses import replace

import asyncpg

from services.referrals.domain.agencies import Agency
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import Mode, Purpose, ReferralAction
from services.referrals.domain.facts import Sending
from services.referrals.domain.legal_ground import LegalGround, StatutoryDecision, StatutoryGround
from services.referrals.domain.sharing import PayloadFacts
from services.referrals.operations.drafts import UnitUnknown
from services.referrals.operations.receiving import Act, conclude
from services.referrals.operations.steps import answer, begin
from services.referrals.storage.directory_lookups import find_agencies
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.service.writes import Answer


async def forward(tx: Transaction, act: Act, *, unit_id: str) -> Answer:
    """X8: on to a sub-unit of the same controller. Raises UnitUnknown."""
    held = await begin(tx, act.referral_id, ReferralAction.FORWARD, act.expected_version)
    agencies = await find_agencies(tx, tx.caller.unit_id, held.row["sender_unit"], unit_id)
    if unit_id not in agencies:
        raise UnitUnknown(unit=unit_id)
    answered = replace(
        act.answered,
        recipient=agencies.get(tx.caller.unit_id),
        forward_to=agencies[unit_id],
        service_code=held.row["service_code"],
    )
    onward = _onward(held.row, agencies[held.row["sender_unit"]], agencies[unit_id])
    values = {"recipient_unit": unit_id, "forwarded_from": tx.caller.unit_id}
    await conclude(tx, held, ReferralAction.FORWARD, answered, now(), values, sending=onward)
    return await answer(tx, held.id)


def _onward(row: asyncpg.Record, sender: Agency, recipient: Agency) -> Sending:
    """What was sent, over the new unit, as far as the unit that passes it on can know it.

    It sees neither the content nor the sender's decisions, so there is none for an authority.
    """
    ground = None
    if row["ground_code"] is not None:
        statutory = StatutoryDecision(
            ground=StatutoryGround(row["ground_code"]),
            decided_by="",
            decided_at=row["submitted_at"],
        )
        ground = LegalGround(statutory=statutory)
    return Sending(
        mode=Mode(row["mode"]),
        service=service(row["service_code"]),
        purpose=Purpose(row["purpose"]),
        sender=sender,
        recipient=recipient,
        payload=PayloadFacts(categories=frozenset(), fields=frozenset()),
        ground=ground,
    )
