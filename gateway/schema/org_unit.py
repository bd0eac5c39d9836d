"""The agency directory: units, what they can take on, and where they are responsible."""

from typing import Any

import strawberry

from gateway.context import Info
from gateway.schema.codes.directory import (
    AreaKind,
    EndpointStatus,
    KeyUse,
    OrgUnitType,
    Parity,
    PublicBody87,
    SupervisoryAuthority,
    Weekday,
)
from gateway.schema.codes.referrals import ReferralMode
from gateway.schema.published import REQUEST, Published, both, field, record_of
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both("When it is open, Berlin time.", "Wann geöffnet ist, Berliner Zeit.")
)
class OpeningHours(Published):
    day: Weekday = field("Day.", "Tag.")
    opens_at: str = field("From, HH:MM.", "Von, HH:MM.")
    closes_at: str = field("To, HH:MM.", "Bis, HH:MM.")


@strawberry.type(
    description=both(
        "What a unit says it can take on for a service.",
        "Was eine Stelle für eine Leistung aufnehmen kann, nach eigenem Wort.",
    )
)
class UnitService(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    unit_id: str = field("The unit.", "Die Stelle.")
    service_code: str = field("The service.", "Die Leistung.")
    accepts: bool = field("It takes people on.", "Sie nimmt auf.")
    seats_total: int | None = field("Places.", "Plätze.")
    seats_free: int | None = field("Free places; 0 is full.", "Freie Plätze; 0 ist voll.")
    waiting_days: int | None = field("Waiting time in days.", "Wartezeit in Tagen.")
    languages: list[str] = field(
        "Languages without an interpreter, ISO 639-3.",
        "Sprachen ohne Sprachmittlung, ISO 639-3.",
    )
    opening: list[OpeningHours] = field("Opening hours.", "Öffnungszeiten.")
    valid_from: Date | None = field("First day of the offer.", "Erster Tag des Angebots.")
    valid_to: Date | None = field("Last day of the offer.", "Letzter Tag des Angebots.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(description=both("A public key (RFC 7517).", "Ein öffentlicher Schlüssel."))
class PublicKey(Published):
    kty: str = field("Kind, RSA.", "Art, RSA.")
    kid: str = field("Its thumbprint (RFC 7638).", "Sein Fingerabdruck (RFC 7638).")
    use: KeyUse = field("What it is for.", "Wofür er ist.")
    alg: str = field("Algorithm.", "Verfahren.")
    n: str = field("Modulus.", "Modul.")
    e: str = field("Exponent.", "Exponent.")


@strawberry.type(
    description=both(
        "A key of a unit, used within its term unless it is revoked.",
        "Ein Schlüssel einer Stelle, in seiner Frist benutzt, wenn er nicht zurückgezogen ist.",
    )
)
class UnitKey(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    unit_id: str = field("The unit.", "Die Stelle.")
    kid: str = field("Its thumbprint (RFC 7638).", "Sein Fingerabdruck (RFC 7638).")
    use: KeyUse = field("What it is for.", "Wofür er ist.")
    jwk: PublicKey = field("The key.", "Der Schlüssel.")
    valid_from: DateTime = field("First instant.", "Ab wann.")
    valid_to: DateTime = field("Last instant.", "Bis wann.")
    revoked_at: DateTime | None = field("When it was revoked.", "Wann er zurückgezogen wurde.")
    created_at: DateTime = field("When it was published.", "Wann er veröffentlicht wurde.")
    created_by: str = field("Who published it.", "Wer ihn veröffentlichte.")


@strawberry.type(
    description=both("A street or a section of it.", "Eine Straße oder ein Abschnitt davon.")
)
class RoutingStreet(Published):
    street: str = field("Street.", "Straße.")
    from_number: int | None = field("From house number.", "Ab Hausnummer.")
    to_number: int | None = field("To house number.", "Bis Hausnummer.")
    parity: Parity | None = field("Which numbers.", "Welche Nummern.")


@strawberry.type(
    description=both(
        "An area; which members it has follows from its kind.",
        "Ein Gebiet; welche Angaben es hat, folgt aus seiner Art.",
    )
)
class RoutingArea(Published):
    kind: AreaKind = field("How it is drawn.", "Wie es beschrieben ist.")
    keys: list[str] | None = field(
        "Keys of municipalities (8 digits) or districts (5).",
        "Schlüssel von Gemeinden (8 Stellen) oder Kreisen (5).",
    )
    ags: str | None = field("Its municipality.", "Ihre Gemeinde.")
    names: list[str] | None = field("Names of the parts.", "Namen der Ortsteile.")
    sections: list[RoutingStreet] | None = field("Streets.", "Straßen.")
    ring: list[list[float]] | None = field(
        "Closed ring of longitude and latitude.", "Geschlossener Ring aus Länge und Breite."
    )


@strawberry.type(
    description=both(
        "A unit of the directory: what the law needs to know before anything is sent to it.",
        "Eine Stelle des Verzeichnisses: was das Recht wissen muss, bevor ihr etwas gesendet wird.",
    )
)
class OrgUnit(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    unit_id: str = field("Key of the unit.", "Schlüssel der Stelle.")
    type: OrgUnitType = field("Kind.", "Art.")
    name_de: str = field("Name in German.", "Name auf Deutsch.")
    name_en: str = field("Name in English.", "Name auf Englisch.")
    controller_id: str = field(
        "The unit that answers for it, often itself.",
        "Die verantwortliche Stelle, oft sie selbst.",
    )
    public_body_87: PublicBody87 = field("Bound by § 87 AufenthG.", "An § 87 AufenthG gebunden.")
    body_35_sgb1: bool = field("A body named in § 35 SGB I.", "Stelle nach § 35 SGB I.")
    supervisory_dp_authority: SupervisoryAuthority = field(
        "Who supervises data protection.", "Datenschutzaufsicht."
    )
    areas: list[str] = field("Municipalities and districts.", "Gemeinden und Kreise.")
    services: list[str] = field("Codes of its services.", "Codes ihrer Leistungen.")
    endpoint_status: EndpointStatus = field(
        "Whether it receives referrals.", "Ob sie Überleitungen entgegennimmt."
    )
    commitment_78_signed_on: Date | None = field(
        "Commitment under § 78 SGB X.", "Verpflichtung nach § 78 SGB X."
    )
    email: str | None = field("E-mail of the unit.", "E-Mail der Stelle.")
    phone: str | None = field("Telephone.", "Telefon.")
    url: str | None = field("Website.", "Internetseite.")
    dvdv_key: str | None = field(
        "Entry in the Deutsches Verwaltungsdiensteverzeichnis.", "Eintrag im DVDV."
    )
    has_software: bool = field("It works with a system.", "Sie arbeitet mit einem Fachverfahren.")
    accepted_modes: list[ReferralMode] = field(
        "Kinds of referral it accepts; none named means all.",
        "Arten von Überleitungen, die sie annimmt; keine genannt heißt alle.",
    )
    deputy_unit: str | None = field(
        "The unit told when it does not answer.",
        "Die Stelle, die erfährt, wenn sie nicht antwortet.",
    )
    area_parts: list[RoutingArea] = field(
        "Parts of municipalities it serves.", "Teile von Gemeinden, für die sie da ist."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")

    @strawberry.field(
        description=both(
            "What it says it can take on, by service.",
            "Was sie nach eigenem Wort aufnehmen kann, je Leistung.",
        ),
        metadata={REQUEST: "GET referrals /v1/unit-services"},
    )
    async def capacities(self, info: Info) -> list[UnitService]:
        loader = info.context.loaders.of_key("referrals", "/v1/unit-services", "unitId")
        found = await loader.load(record_of(self)["unitId"])
        ordered: list[dict[str, Any]] = sorted(found, key=lambda one: one["serviceCode"])
        return [UnitService.from_record(one) for one in ordered]
