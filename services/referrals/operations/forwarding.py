"""Pass a referral on inside one controller, under the rules of sending over the new unit."""

from dataclasses import replace

import asyncpg

from services.referrals.domain.agencies import Agency, UnitUnknown
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import DataCategory, Mode, Purpose, ReferralAction
from services.referrals.domain.disclosures import DisclosureNotDecided
from services.referrals.domain.facts import Sending
from services.referrals.domain.legal_ground import (
    Declaration,
    LegalGround,
    StatutoryDecision,
    StatutoryGround,
)
from services.referrals.domain.sealing import ContentIsSealed
from services.referrals.domain.sharing import PayloadFacts
from services.referrals.operations.disclose import decision_for, pass_on
from services.referrals.operations.receiving import Act, conclude
from services.referrals.operations.steps import answer, begin
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.disclosures import find_manifest
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


async def forward(tx: Transaction, act: Act, *, unit_id: str) -> Answer:
    """X8: on to a sub-unit of the same controller, with what was disclosed here and no more.

    Raises UnitUnknown, DisclosureNotDecided, ContentIsSealed.
    """
    held = await begin(tx, act.referral_id, ReferralAction.FORWARD, act.expected_version)
    if held.row["is_sealed"]:
        raise ContentIsSealed
    agencies = await find_agencies(tx, tx.caller.unit_id, held.row["sender_unit"], unit_id)
    if unit_id not in agencies:
        raise UnitUnknown(unit=unit_id)
    manifest = await find_manifest(tx, held.id)
    if manifest is None:
        raise DisclosureNotDecided
    answered = replace(
        act.answered,
        recipient=agencies.get(tx.caller.unit_id),
        forward_to=agencies[unit_id],
        service_code=held.row["service_code"],
    )
    onward = _onward(held.row, manifest, agencies[held.row["sender_unit"]], agencies[unit_id])
    onward = replace(onward, disclosure=await decision_for(tx, held.id, agencies[unit_id], None))
    values = {"recipient_unit": unit_id, "forwarded_from": tx.caller.unit_id}
    await conclude(tx, held, ReferralAction.FORWARD, answered, now(), values, sending=onward)
    await pass_on(tx, manifest, onward)
    return await answer(tx, held.id)


def _onward(
    row: asyncpg.Record, manifest: asyncpg.Record, sender: Agency, recipient: Agency
) -> Sending:
    """What was sent, over the new unit, as the manifest tells it: the content is not seen here."""
    categories = frozenset(map(DataCategory, manifest["categories"]))
    return Sending(
        mode=Mode(row["mode"]),
        service=service(row["service_code"]),
        purpose=Purpose(row["purpose"]),
        sender=sender,
        recipient=recipient,
        payload=PayloadFacts(
            categories=categories,
            fields=frozenset(manifest["fields"]),
            disputed=frozenset(manifest["disputed_fields"]),
        ),
        ground=_ground(row, categories),
    )


def _ground(row: asyncpg.Record, categories: frozenset[DataCategory]) -> LegalGround:
    """The ground as both sides know it; its paper stays with the sender."""
    if row["ground_code"] is not None:
        statutory = StatutoryDecision(
            ground=StatutoryGround(row["ground_code"]),
            decided_by="",
            decided_at=row["submitted_at"],
        )
        return LegalGround(statutory=statutory)
    consent = Declaration(
        reference="",
        given_on=berlin_date(row["submitted_at"]),
        valid_to=row["ground_valid_to"],
        purpose=Purpose(row["purpose"]),
        recipient_unit=row["recipient_unit"],
        categories=categories,
    )
    return LegalGround(consent=consent)
