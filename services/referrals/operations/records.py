"""What of the domain goes into which columns, and back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.referrals.domain.areas import Location, Place
from services.referrals.domain.attachments import AttachedFile
from services.referrals.domain.legal_ground import DisclosureDecision, LegalGround
from services.referrals.domain.receipt import payload_digest
from services.referrals.domain.routing import RoutingDecision
from services.referrals.storage.ground_forms import Form, disclosure_form, ground_form
from shared.kernel.caller import Caller


def digest_of(
    content: dict[str, Any],
    disputed: list[str],
    secret: list[str],
    attachments: Sequence[AttachedFile] = (),
) -> str:
    """Over content, notes and files together: a note that gets lost changes what was said."""
    payload: dict[str, Any] = {
        "content": content,
        "disputedFields": sorted(disputed),
        "secretCategories": sorted(secret),
    }
    if attachments:
        files = sorted(attachments, key=lambda file: file.id)
        payload["attachments"] = [file.form for file in files]
    return payload_digest(payload)


def subject_digest(unit_id: str, reference: str) -> bytes:
    """Tells two pending referrals of one person apart from those of another, and no more."""
    return hashlib.sha256(f"{unit_id}\n{reference}".encode()).digest()


def routing_columns(decision: RoutingDecision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    reason = decision.manual_reason
    return {
        "rules_version": decision.rules_version,
        "manual_reason": reason.value if reason else None,
    }


def ground_columns(ground: LegalGround | None) -> dict[str, Any]:
    """What both sides may know of the ground: kind, norm, last day, whether answers go back."""
    consent = ground.consent if ground else None
    statutory = ground.statutory if ground else None
    kind = "CONSENT" if consent else "STATUTE" if statutory else None
    return {
        "ground_kind": kind,
        "ground_code": statutory.ground.value if statutory and kind == "STATUTE" else None,
        "ground_valid_to": consent.valid_to if consent else None,
        "covers_feedback": bool(ground and ground.covers_feedback),
    }


def decider(caller: Caller, asserted: str) -> str:
    """Who decided: the person signed in; a system says which of its people it was."""
    return asserted if caller.is_machine and asserted else caller.actor


def disclosure_record(caller: Caller, decision: DisclosureDecision | None) -> Form | None:
    if decision is not None:
        decision = decision.taken_by(decider(caller, decision.decided_by))
    return disclosure_form(decision)


def ground_record(caller: Caller, ground: LegalGround | None) -> dict[str, Any]:
    """What only the sender keeps of the ground."""
    consent, release = ground.references if ground else (None, None)
    if ground is not None and ground.statutory is not None:
        who = decider(caller, ground.statutory.decided_by)
        ground = replace(ground, statutory=ground.statutory.taken_by(who))
    return {
        "consent_reference": consent,
        "release_reference": release,
        "legal_ground": ground_form(ground),
    }


def place_columns(place: Place) -> dict[str, Any]:
    location = place.location
    return {
        "ags": place.ags,
        "street": place.street,
        "house_number": place.house_number,
        "district": place.district,
        "lon_microdeg": location.lon_microdeg if location else None,
        "lat_microdeg": location.lat_microdeg if location else None,
    }


def place_of(row: Any) -> Place:
    lon, lat = row["lon_microdeg"], row["lat_microdeg"]
    return Place(
        ags=row["ags"],
        street=row["street"],
        house_number=row["house_number"],
        district=row["district"],
        location=None if lon is None else Location(lon, lat),
    )
