"""Persons in case files."""

import strawberry

from gateway.schema.access import PersonAccess, access_of
from gateway.schema.codes.case_files import BirthDatePrecision, Gender
from gateway.schema.codes.persons import Interpreting, Literacy, PersonAction
from gateway.schema.node import Node
from gateway.schema.person_hit import PersonHit
from gateway.schema.person_parts import (
    ContactPoint,
    LanguageSkill,
    LegacyName,
    LegalRepresentative,
    Nationality,
    PersonAddress,
    PersonDispute,
    PersonMerge,
)
from gateway.schema.provenance import Delivery, ExternalId, Provenance
from gateway.schema.published import Published, both, field
from gateway.schema.reads import children, part, parts, related, related_all
from gateway.schema.scalars import DateTime
from gateway.schema.timeline import LegalCircleChange, TimelineEntry


@strawberry.type(description=both("A person, as told.", "Eine Person, wie angegeben."))
class Person(Published, Node):
    access = access_of(PersonAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    family_name: str = field("Family name.", "Familienname.")
    given_names: str = field("Given names.", "Vornamen.")
    original_name: str | None = field(
        "Name in the original script.", "Name in der ursprünglichen Schrift."
    )
    birth_date: str | None = field(
        "Date of birth, as exact as it is known: YYYY-MM-DD, YYYY-MM or YYYY.",
        "Geburtsdatum, so genau wie bekannt: JJJJ-MM-TT, JJJJ-MM oder JJJJ.",
    )
    birth_date_precision: BirthDatePrecision = field(
        "How much of the date is known.", "Wie genau das Datum bekannt ist."
    )
    gender: Gender = field("Gender as told.", "Geschlecht, wie angegeben.")
    nationalities: list[str] = field(
        "Nationalities, three-digit keys.", "Staatsangehörigkeiten, dreistellige Schlüssel."
    )
    nationality_details: list[Nationality] = field(
        "The nationalities with ISO codes and names.",
        "Die Staatsangehörigkeiten mit ISO-Kürzel und Bezeichnung.",
    )
    languages: list[str] = field("Languages, ISO 639-3.", "Sprachen, ISO 639-3.")
    residence_group: str = field(
        "Residence group: a code of the list residence-groups.",
        "Aufenthaltsgruppe: ein Schlüssel der Liste residence-groups.",
    )
    disputed_fields: list[str] = field(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    external_ids: list[ExternalId] = field(
        "What other systems know the person by.", "Wie andere Verfahren die Person kennen."
    )
    provenance: list[Delivery] = field(
        "What was delivered by which system.", "Was welches Verfahren lieferte."
    )
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    is_restricted: bool = field(
        "A restriction on disclosure holds (Auskunftssperre).", "Es gilt eine Auskunftssperre."
    )
    literacy: Literacy = field("Which script the person reads.", "Welche Schrift die Person liest.")
    interpreting: Interpreting | None = field(
        "How interpreting is needed.", "Wie gedolmetscht werden muss."
    )
    disputes: list[PersonDispute] = field(
        "What the person disputes, with their reason (§ 84 SGB X).",
        "Was die Person bestreitet, mit Begründung (§ 84 SGB X).",
    )
    merged_into_id: strawberry.ID | None = field(
        "UUID of the record this one was merged into.",
        "UUID des Datensatzes, in den dieser zusammengeführt wurde.",
    )
    merged_record_ids: list[strawberry.ID] = field(
        "UUIDs of the records that were merged into this one.",
        "UUIDs der Datensätze, die in diesen zusammengeführt wurden.",
    )
    family_ids: list[strawberry.ID] = field(
        "UUIDs of the families the person belongs to.",
        "UUIDs der Familien, zu denen die Person gehört.",
    )
    masked_fields: list[str] = field(
        "Fields hidden from the caller by the restriction.", "Felder, die die Sperre verbirgt."
    )
    allowed_actions: list[PersonAction] = field(
        "What the record's state and its restriction leave open: the buttons to draw.",
        "Was Stand und Sperre des Datensatzes zulassen: die Knöpfe, die zu zeigen sind.",
    )
    contact_points: list[ContactPoint] = field("Ways of contact.", "Kontaktwege.")
    addresses: list[PersonAddress] = field(
        "Addresses, each with its time.", "Anschriften, jede mit ihrer Zeit."
    )
    language_skills: list[LanguageSkill] = field(
        "Languages with their levels.", "Sprachen mit Niveau."
    )
    legal_representatives: list[LegalRepresentative] = field(
        "Legal representatives, each with the time.",
        "Gesetzliche Vertretung, jeweils mit ihrer Zeit.",
    )
    merged_into = related(
        "cases /v1/persons",
        "gateway.schema.person:Person",
        "mergedIntoId",
        en="The record this one was merged into.",
        de="Der Datensatz, in den dieser zusammengeführt wurde.",
    )
    families = related_all(
        "cases /v1/families",
        "gateway.schema.family:Family",
        "familyIds",
        en="The families the person belongs to.",
        de="Die Familien, zu denen die Person gehört.",
    )
    timeline = children(
        "cases /v1/timeline-entries",
        TimelineEntry,
        "personId",
        in_order_of="fromOn",
        en="Residence groups and bodies of law over time, with the history of corrections.",
        de="Aufenthaltsgruppen und Rechtskreise im Verlauf, mit den Berichtigungen.",
    )
    legal_circle_changes = children(
        "cases /v1/legal-circle-changes",
        LegalCircleChange,
        "personId",
        in_order_of="effectiveOn",
        en="Changes of the body of law.",
        de="Rechtskreiswechsel.",
    )
    value_origins = part(
        "cases /v1/persons/{id}/provenance",
        Provenance,
        en="Where each value came from.",
        de="Woher jeder Wert kam.",
    )
    merges = parts(
        "cases /v1/persons/{id}/merges",
        PersonMerge,
        en="History of merges.",
        de="Verlauf der Zusammenführungen.",
    )
    duplicate_candidates = parts(
        "cases /v1/persons/{id}/duplicate-candidates",
        PersonHit,
        en="Other records that may be the same person, the likeliest first; nothing merges by"
        " itself.",
        de="Andere Datensätze, die dieselbe Person sein können, die ähnlichsten zuerst; nichts"
        " wird von selbst zusammengeführt.",
    )
    legacy_name = part(
        "cases /v1/persons/{id}/legacy-name",
        LegacyName,
        en="The name for systems with Windows-1252.",
        de="Der Name für Verfahren mit Windows-1252.",
    )
