"""What the directory, its capacities, the clocks and the rules of routing need."""

import strawberry

from gateway.schema.codes.directory import (
    AreaKind,
    EndpointStatus,
    OrgUnitType,
    Parity,
    PublicBody87,
    SupervisoryAuthority,
    Weekday,
)
from gateway.schema.codes.exchange import DayKind
from gateway.schema.codes.referrals import ReferralMode
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both("A street or a section of it.", "Eine Straße oder ein Abschnitt davon.")
)
class RoutingStreetInput:
    street: str = needed("Street.", "Straße.")
    from_number: int | None = given("From house number.", "Ab Hausnummer.")
    to_number: int | None = given("To house number.", "Bis Hausnummer.")
    parity: Parity | None = given("Which numbers.", "Welche Nummern.")


@strawberry.input(
    description=both(
        "An area: MUNICIPALITIES has `keys`; DISTRICTS `ags`, `names`; STREETS `ags`, `sections`;"
        " SHAPE `ags`, `ring`.",
        "Ein Gebiet: MUNICIPALITIES hat `keys`; DISTRICTS `ags`, `names`; STREETS `ags`,"
        " `sections`; SHAPE `ags`, `ring`.",
    )
)
class RoutingAreaInput:
    kind: AreaKind = needed("How it is drawn.", "Wie es beschrieben ist.")
    keys: list[str] | None = given(
        "Keys of municipalities (8 digits) or districts (5).",
        "Schlüssel von Gemeinden (8 Stellen) oder Kreisen (5).",
    )
    ags: str | None = given("Its municipality.", "Ihre Gemeinde.")
    names: list[str] | None = given("Names of the parts.", "Namen der Ortsteile.")
    sections: list[RoutingStreetInput] | None = given("Streets.", "Straßen.")
    ring: list[list[float]] | None = given(
        "Closed ring of longitude and latitude.", "Geschlossener Ring aus Länge und Breite."
    )


@strawberry.input
class OrgUnitMembers:
    """What the directory knows of a unit."""

    type: OrgUnitType = needed("Kind.", "Art.")
    name_de: str = needed("Name in German.", "Name auf Deutsch.")
    name_en: str = needed("Name in English.", "Name auf Englisch.")
    controller_id: str = needed(
        "The unit that answers for it, often itself.",
        "Die verantwortliche Stelle, oft sie selbst.",
    )
    public_body_87: PublicBody87 = needed("Bound by § 87 AufenthG.", "An § 87 AufenthG gebunden.")
    body_35_sgb1: bool = needed("A body named in § 35 SGB I.", "Stelle nach § 35 SGB I.")
    supervisory_dp_authority: SupervisoryAuthority = needed(
        "Who supervises data protection.", "Datenschutzaufsicht."
    )
    areas: list[str] = needed("Municipalities and districts.", "Gemeinden und Kreise.")
    services: list[str] = needed("Codes of its services.", "Codes ihrer Leistungen.")
    endpoint_status: EndpointStatus = needed(
        "Whether it receives referrals.", "Ob sie Überleitungen entgegennimmt."
    )
    commitment_78_signed_on: Date | None = given(
        "Commitment under § 78 SGB X.", "Verpflichtung nach § 78 SGB X."
    )
    email: str | None = given("E-mail of the unit.", "E-Mail der Stelle.")
    phone: str | None = given("Telephone.", "Telefon.")
    url: str | None = given("Website.", "Internetseite.")
    dvdv_key: str | None = given(
        "Entry in the Deutsches Verwaltungsdiensteverzeichnis.", "Eintrag im DVDV."
    )
    has_software: bool | None = given(
        "It works with a system.", "Sie arbeitet mit einem Fachverfahren."
    )
    accepted_modes: list[ReferralMode] | None = given(
        "Kinds of referral it accepts; none named means all.",
        "Arten von Überleitungen, die sie annimmt; keine genannt heißt alle.",
    )
    deputy_unit: str | None = given(
        "The unit told when it does not answer.",
        "Die Stelle, die erfährt, wenn sie nicht antwortet.",
    )
    area_parts: list[RoutingAreaInput] | None = given(
        "Parts of municipalities it serves.", "Teile von Gemeinden, für die sie da ist."
    )


@strawberry.input(description=both("A unit for the directory.", "Eine Stelle für das Verzeichnis."))
class AddOrgUnitInput(OrgUnitMembers, Command):
    unit_id: str = needed("Key of the unit.", "Schlüssel der Stelle.")


@strawberry.input(
    description=both("Replace the entry of a unit.", "Den Eintrag einer Stelle ersetzen.")
)
class ReplaceOrgUnitInput(OrgUnitMembers, Change):
    unit_id: str = needed("Key of the unit.", "Schlüssel der Stelle.")


@strawberry.input(
    description=both("When it is open, Berlin time.", "Wann geöffnet ist, Berliner Zeit.")
)
class OpeningHoursInput:
    day: Weekday = needed("Day.", "Tag.")
    opens_at: str = needed("From, HH:MM.", "Von, HH:MM.")
    closes_at: str = needed("To, HH:MM.", "Bis, HH:MM.")


@strawberry.input(
    description=both(
        "Tell what a unit can take on; the first word needs no version.",
        "Melden, was eine Stelle aufnehmen kann; die erste Meldung braucht keine Fassung.",
    )
)
class TellCapacityInput(Command):
    unit_id: str = needed("Key of the unit.", "Schlüssel der Stelle.")
    service_code: str = needed("The service.", "Die Leistung.")
    expected_version: int | None = given(
        "Version of the record that the caller has seen.",
        "Fassung des Datensatzes, die der anfragenden Person vorlag.",
    )
    accepts: bool = needed("It takes people on.", "Sie nimmt auf.")
    seats_total: int | None = given("Places.", "Plätze.")
    seats_free: int | None = given("Free places; 0 is full.", "Freie Plätze; 0 ist voll.")
    waiting_days: int | None = given("Waiting time in days.", "Wartezeit in Tagen.")
    languages: list[str] | None = given(
        "Languages without an interpreter, ISO 639-3.",
        "Sprachen ohne Sprachmittlung, ISO 639-3.",
    )
    opening: list[OpeningHoursInput] | None = given("Opening hours.", "Öffnungszeiten.")
    valid_from: Date | None = given("First day of the offer.", "Erster Tag des Angebots.")
    valid_to: Date | None = given("Last day of the offer.", "Letzter Tag des Angebots.")


@strawberry.input(
    description=both(
        "The terms of a kind of referral from a day on.",
        "Die Fristen einer Art von Überleitung ab einem Tag.",
    )
)
class SetClockPolicyInput(Command):
    mode: ReferralMode = needed("Kind of referral.", "Art der Überleitung.")
    service_code: str | None = given(
        "The service; without it every service.", "Die Leistung; ohne sie jede Leistung."
    )
    day_kind: DayKind | None = given("Which days count.", "Welche Tage zählen.")
    remind_unpulled: int = needed(
        "Days from sending to the reminder.", "Tage vom Senden bis zur Erinnerung."
    )
    expire_unpulled: int = needed(
        "Days from sending to the expiry.", "Tage vom Senden bis zum Verfall."
    )
    remind_unanswered: int = needed(
        "Days from collecting to the reminder.", "Tage vom Abholen bis zur Erinnerung."
    )
    escalate_unanswered: int = needed(
        "Days from collecting to the escalation.", "Tage vom Abholen bis zur Eskalation."
    )
    valid_from: Date = needed("First day.", "Erster Tag.")


@strawberry.input(
    description=both(
        "Appoint a deputy in the own unit; both days are included.",
        "Eine Vertretung in der eigenen Stelle einsetzen; beide Tage eingeschlossen.",
    )
)
class AppointReferralDeputyInput(Command):
    principal: str = needed("Who is represented.", "Wer vertreten wird.")
    deputy: str = needed("Who stands in.", "Wer vertritt.")
    from_on: Date = needed("First day.", "Erster Tag.")
    to_on: Date = needed("Last day.", "Letzter Tag.")


@strawberry.input(description=both("End a deputyship.", "Eine Vertretung beenden."))
class EndReferralDeputyshipInput(Change):
    deputyship_id: strawberry.ID = needed("UUID of the deputyship.", "UUID der Vertretung.")
    last_day: Date = needed("Last day.", "Letzter Tag.")
