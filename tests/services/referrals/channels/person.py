"""A person made of canaries: what is written about it, and the papers that go with it."""

from dataclasses import dataclass
from typing import Any

from tests.canaries import Canaries
from tests.services.referrals.papers import TELGTE

SERVICE = "RESIDENCE_APPLICATION"
OPTIONAL_PARTS = ("contact", "address", "residence", "educationWork")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a canary stands for: a field of one referral's content, or another thing said."""

    referral: int
    path: str


def content_of(canaries: Canaries, number: int, parts: frozenset[str]) -> dict[str, Any]:
    """The content of a referral; each value that can be a word is one."""

    def word(path: str) -> str:
        return canaries.word(Mark(number, path))

    content: dict[str, Any] = {
        "identity": {
            "familyName": f"{word('identity.familyName')} Şahin-Öztürk",
            "givenNames": word("identity.givenNames"),
            "birthDate": canaries.birth_date(Mark(number, "identity.birthDate")),
        },
        "languages": {"spoken": ["tur"]},
    }
    if "contact" in parts:
        content["contact"] = {
            "phone": canaries.phone(Mark(number, "contact.phone")),
            "email": f"{word('contact.email')}@example.org",
            "preferredWay": word("contact.preferredWay"),
        }
    if "address" in parts:
        content["address"] = {
            "street": f"{word('address.street')}-Straße",
            "town": word("address.town"),
        }
    if "residence" in parts:
        content["residence"] = {"group": "TOLERATED", "matter": word("residence.matter")}
    if "educationWork" in parts:
        summary = f"Köchin, {word('educationWork.summary')}.\nSucht „Arbeit“."
        content["educationWork"] = {"summary": summary}
    return content


def paths_of(content: dict[str, Any]) -> list[str]:
    return [f"{part}.{member}" for part, members in content.items() for member in members]


def consent_of(
    canaries: Canaries, number: int, recipient: str, content: dict[str, Any]
) -> dict[str, Any]:
    return {
        "reference": canaries.word(Mark(number, "consent.reference")),
        "givenOn": "2026-01-01",
        "validTo": "2099-12-31",
        "purpose": "OWN_APPLICATION",
        "recipientUnit": recipient,
        "categories": sorted(content),
        "form": "ELECTRONIC",
        "formReason": f"Eilig: {canaries.word(Mark(number, 'consent.formReason'))}",
    }


def application_of(
    canaries: Canaries, number: int, recipient: str, content: dict[str, Any]
) -> dict[str, Any]:
    """The person's own application on residence, as a draft."""
    return {
        "mode": "ZUSTEUERUNG_OUT",
        "serviceCode": SERVICE,
        "topic": "RESIDENCE_LAW",
        "purpose": "OWN_APPLICATION",
        "language": "tur",
        "subjectReference": f"A-{canaries.word(Mark(number, 'subjectReference'))}",
        "recipientUnit": recipient,
        "place": {"ags": TELGTE, "street": canaries.word(Mark(number, "place.street"))},
        "content": content,
        "disputedFields": ["identity.givenNames"],
        "legalGround": {"consent": consent_of(canaries, number, recipient, content)},
    }
