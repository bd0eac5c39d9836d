"""Keep the offer directory, and say in a finding what it found about an offer (R-S4-13)."""

from typing import Any
from uuid import UUID

from services.cases.domain.codes import FIELDS_OF_ACTION
from services.cases.domain.findings import FindingState, require_turn
from services.cases.domain.offers import (
    Offer,
    OfferRelation,
    OfferState,
    overlap_warnings,
    require_fitting,
    require_whole,
)
from services.cases.operations.answers import with_warnings
from services.cases.operations.on_finding import advance_finding, finding_answer, lock_finding
from services.cases.storage.queries.offers import AREAS_OF_TOPIC, OFFER_FOR_UPDATE, OFFER_VIEW
from services.cases.storage.tables import AuditEntry, FindingOfferRow, OfferRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

KIND = "counselling-offer"


async def record_offer(tx: Transaction, offer: Offer) -> Answer:
    """One that overlaps with another of its topic is recorded with a warning.

    Raises OfferIncomplete, CodeUnknown.
    """
    offer_id, at = new_id(), now()
    await tx.insert(
        OfferRow,
        id=offer_id,
        unit_id=tx.caller.unit_id,
        version=1,
        recorded_at=at,
        updated_at=at,
        **_columns(offer),
    )
    return await _answer(tx, offer_id, offer, "record-offer", is_new=True)


async def change_offer(
    tx: Transaction, offer_id: UUID, expected_version: int | None, offer: Offer
) -> Answer:
    """Replace what is known. Raises NotFound, VersionMissing, Stale, OfferIncomplete,
    CodeUnknown.
    """
    row = await tx.row(OFFER_FOR_UPDATE, offer_id=offer_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    version = row["version"] + 1
    await tx.update(OfferRow, offer_id, version=version, updated_at=now(), **_columns(offer))
    return await _answer(tx, offer_id, offer, "change-offer")


async def link_offer(
    tx: Transaction, finding_id: UUID, offer_id: UUID, relation: OfferRelation
) -> Answer:
    """The finding with what it says about the offer.

    Raises NotFound, NotYourTurn, FindingIsSolved, RelationDoesNotFit, AlreadyExists (409).
    """
    finding = await lock_finding(tx, finding_id)
    require_turn(FindingState(finding["state"]), tx.caller.roles)
    offer = await tx.row(OFFER_FOR_UPDATE, offer_id=offer_id)
    if offer is None:
        raise NotFound
    require_fitting(OfferState(offer["state"]), relation)
    await tx.insert(
        FindingOfferRow,
        id=new_id(),
        finding_id=finding_id,
        offer_id=offer_id,
        relation=relation,
        recorded_at=now(),
    )
    changes = {"offerId": str(offer_id), "relation": relation}
    await advance_finding(tx, finding, "link-offer", changes=changes)
    return await finding_answer(tx, finding_id)


def _columns(offer: Offer) -> dict[str, Any]:
    require_whole(offer)
    return {
        "state": offer.state,
        "title": offer.title,
        "topic": FIELDS_OF_ACTION.choose(offer.topic, berlin_date(now())),
        "area_ags": sorted(offer.area_ags),
        "provider": offer.provider,
        "provider_unit": offer.provider_unit,
        "places": offer.places,
    }


async def _answer(
    tx: Transaction, offer_id: UUID, offer: Offer, action: str, *, is_new: bool = False
) -> Answer:
    await record_change(
        tx,
        AuditEntry,
        action=action,
        kind=KIND,
        record_id=offer_id,
        changes={"state": offer.state, "topic": offer.topic},
    )
    document = await OFFER_VIEW.one_in(tx, offer_id=offer_id)
    assert document is not None
    others = await tx.rows(AREAS_OF_TOPIC, topic=offer.topic, offer_id=offer_id)
    warnings = overlap_warnings(offer, [row["area_ags"] for row in others])
    location = f"/v1/offers/{offer_id}" if is_new else None
    return Answer(with_warnings(document, warnings), location)
