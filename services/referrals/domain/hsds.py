"""The directory in the words of the Human Services Data Specification (HSDS) 3.0.

Its member names stay in snake_case: they are another standard's. Ids that HSDS wants and we do not
keep are made out of ours (UUID version 5), so that they stay the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from services.referrals.domain.agencies import EndpointStatus
from services.referrals.domain.capacity import Capacity, Opening
from services.referrals.domain.catalogue import SERVICES, Service
from shared.kernel.clock import iso_instant

VERSION: Final = "3.0"
PROFILE: Final = "https://docs.openreferral.org/en/3.0/"
FULL: Final = "Zurzeit keine Aufnahme. / Nobody can be taken on at present."
STATUS: Final = {
    EndpointStatus.DRAFT: "inactive",
    EndpointStatus.ACTIVE: "active",
    EndpointStatus.SUSPENDED: "temporarily closed",
}
Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A unit of the directory as others may read of it."""

    id: UUID
    name_de: str
    name_en: str
    email: str | None
    phone: str | None
    url: str | None
    areas: Sequence[str]
    area_parts: Sequence[Document]
    services: Sequence[str]
    endpoint_status: EndpointStatus
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the unit told of one of its services."""

    capacity: Capacity
    languages: Sequence[str]
    opening: Sequence[Opening]
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One service of one unit."""

    organization: Organization
    service: Service
    told: Told | None = None

    @property
    def id(self) -> UUID:
        return uuid5(self.organization.id, self.service.code)

    @property
    def modified_at(self) -> datetime:
        of_unit = self.organization.updated_at
        return of_unit if self.told is None else max(of_unit, self.told.updated_at)


def offers_of(organization: Organization, told: dict[str, Told]) -> list[Offer]:
    """In the order of their codes; `told` is by service code."""
    return [
        Offer(organization=organization, service=SERVICES[code], told=told.get(code))
        for code in sorted(organization.services)
        if code in SERVICES
    ]


def term_id(service_code: str) -> UUID:
    """The taxonomy term of a service of our catalogue."""
    return uuid5(NAMESPACE_URL, f"urn:kim:code-list:referrals:services#{service_code}")


def minimal(offer: Offer) -> Document:
    return {"id": str(offer.id), "last_modified": iso_instant(offer.modified_at)}


def listed(offer: Offer, today: date) -> Document:
    """What a list shows of a service: members that stand for one thing each."""
    one, told = offer.organization, offer.told
    is_full = told is not None and not told.capacity.accepts_on(today)
    return _given(
        {
            "id": str(offer.id),
            "name": offer.service.title.de,
            "alternate_name": offer.service.title.en,
            "description": f"{one.name_de}: {offer.service.title.de}",
            "url": one.url,
            "email": one.email,
            "status": STATUS[one.endpoint_status],
            "alert": FULL if is_full else None,
            "assured_date": told.updated_at.date().isoformat() if told else None,
            "last_modified": iso_instant(offer.modified_at),
            "organization": organization(one),
        }
    )


def nested(offer: Offer, today: date) -> Document:
    """A service with everything that belongs to it."""
    one, told = offer.organization, offer.told
    term = term_id(offer.service.code)
    return listed(offer, today) | {
        "phones": _phones(one),
        "schedules": [_schedule(offer, hours, told) for hours in told.opening] if told else [],
        "service_areas": _areas(offer),
        "languages": [
            {"id": str(uuid5(offer.id, f"language:{code}")), "code": code}
            for code in (told.languages if told else ())
        ],
        "attributes": [
            {
                "id": str(uuid5(offer.id, "attribute")),
                "link_entity": "service",
                "taxonomy_term": {
                    "id": str(term),
                    "code": offer.service.code,
                    "name": offer.service.title.de,
                    "description": offer.service.title.en,
                },
            }
        ],
    }


def organization(one: Organization) -> Document:
    return _given(
        {
            "id": str(one.id),
            "name": one.name_de,
            "alternate_name": one.name_en,
            "description": f"{one.name_de} / {one.name_en}",
            "email": one.email,
            "website": one.url,
        }
    )


def nested_organization(one: Organization, offers: Sequence[Offer], today: date) -> Document:
    """A unit with its telephone and services."""
    services = []
    for offer in offers:
        shown = listed(offer, today)
        shown.pop("organization")
        services.append(shown)
    return organization(one) | {"phones": _phones(one), "services": services}


def _given(members: Document) -> Document:
    """HSDS leaves out what is not known; null is no value of its strings."""
    return {name: value for name, value in members.items() if value is not None}


def _phones(one: Organization) -> list[Document]:
    if one.phone is None:
        return []
    return [{"id": str(uuid5(one.id, "phone")), "number": one.phone, "type": "voice"}]


def _schedule(offer: Offer, hours: Opening, told: Told) -> Document:
    first, last = told.capacity.valid_from, told.capacity.valid_to
    return _given(
        {
            "id": str(uuid5(offer.id, f"schedule:{hours.day.value}:{hours.opens_at}")),
            "freq": "WEEKLY",
            "byday": hours.day.value,
            "opens_at": hours.opens_at,
            "closes_at": hours.closes_at,
            "valid_from": first.isoformat() if first else None,
            "valid_to": last.isoformat() if last else None,
        }
    )


def _areas(offer: Offer) -> list[Document]:
    one = offer.organization
    whole = [("text", key) for key in one.areas]
    parts = [_extent(part) for part in one.area_parts]
    return [
        {
            "id": str(uuid5(offer.id, f"area:{extent}")),
            "extent": extent,
            "extent_type": kind,
        }
        for kind, extent in (*whole, *parts)
    ]


def _extent(part: Document) -> tuple[str, str]:
    match part["kind"]:
        case "SHAPE":
            return "geojson", json.dumps({"type": "Polygon", "coordinates": [part["ring"]]})
        case "DISTRICTS":
            return "text", f"{part['ags']}: {', '.join(part['names'])}"
        case _:
            streets = ", ".join(section["street"] for section in part["sections"])
            return "text", f"{part['ags']}: {streets}"
