"""What belongs to a person: ways of contact, languages, representatives, disputes, merges."""

import strawberry

from gateway.schema.codes.contents import CefrLevel
from gateway.schema.codes.persons import PersonContactKind, ReleaseBasis, RepresentativeKind
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A nationality with its names.", "Eine Staatsangehörigkeit mit ihren Bezeichnungen."
    )
)
class Nationality(Published):
    key: str = field("Destatis key, three digits.", "Destatis-Schlüssel, dreistellig.")
    iso: str | None = field(
        "ISO 3166-1 alpha-3; null where there is none.",
        "ISO 3166-1 alpha-3; null, wo es keins gibt.",
    )
    label_de: str | None = field("Name in German.", "Bezeichnung auf Deutsch.")
    label_en: str | None = field("Name in English.", "Bezeichnung auf Englisch.")
    valid_to: Date | None = field(
        "Last day of a former state.", "Letzter Tag eines früheren Staates."
    )


@strawberry.type(description=both("An address of a person.", "Eine Anschrift einer Person."))
class PersonAddress(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    street: str = field("Street.", "Straße.")
    house_number: str = field("House number.", "Hausnummer.")
    postcode: str = field("Postcode.", "Postleitzahl.")
    town: str = field("Town.", "Ort.")
    ags: str | None = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    district: str | None = field("District of the municipality.", "Ortsteil.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")


@strawberry.type(description=both("A way to reach a person.", "Ein Weg, eine Person zu erreichen."))
class ContactPoint(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    kind: PersonContactKind = field("Kind.", "Art.")
    value: str = field("Number, address or name.", "Nummer, Adresse oder Name.")
    is_preferred: bool = field("The preferred one.", "Der bevorzugte Weg.")
    note: str | None = field("Note.", "Hinweis.")


@strawberry.type(
    description=both(
        "A language and how well it is spoken.", "Eine Sprache und wie gut sie gesprochen wird."
    )
)
class LanguageSkill(Published):
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    level: CefrLevel = field("Level of the CEFR.", "Niveau des GER.")


@strawberry.type(
    description=both("Who represents a person by law.", "Wer eine Person gesetzlich vertritt.")
)
class LegalRepresentative(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    kind: RepresentativeKind = field("Kind.", "Art.")
    representative_id: strawberry.ID | None = field(
        "UUID of the representative, where recorded as a person.",
        "UUID der Vertretung, soweit als Person erfasst.",
    )
    name: str | None = field("Name.", "Name.")
    masked_fields: list[str] = field(
        "Fields hidden from the caller by a restriction of the person.",
        "Felder, die eine Sperre der Person verbirgt.",
    )
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")
    representative = related(
        "cases /v1/persons",
        "gateway.schema.person:Person",
        "representativeId",
        en="The representative, where recorded as a person.",
        de="Die Vertretung, soweit als Person erfasst.",
    )


@strawberry.type(
    description=both(
        "A field that the person disputes (§ 84 SGB X).",
        "Eine Angabe, die die Person bestreitet (§ 84 SGB X).",
    )
)
class PersonDispute(Published):
    field_: str = strawberry.field(name="field", description=both("The field.", "Die Angabe."))
    note: str = field("What they say instead.", "Was sie stattdessen sagt.")
    recorded_on: Date = field("Day of the record.", "Tag der Aufnahme.")


@strawberry.type(
    description=both(
        "A character that Windows-1252 cannot write.",
        "Ein Zeichen, das Windows-1252 nicht schreiben kann.",
    )
)
class LegacyReplacement(Published):
    position: int = field("Place in the name, from 0.", "Stelle im Namen, ab 0.")
    original: str = field("The character as given.", "Das Zeichen, wie angegeben.")
    written: str = field("What stands for it.", "Was dafür steht.")


@strawberry.type(
    description=both(
        "A name as older systems can take it.", "Ein Name, wie ältere Verfahren ihn aufnehmen."
    )
)
class LegacyNamePart(Published):
    text: str = field(
        "The name as Windows-1252 can write it.", "Der Name, wie Windows-1252 ihn schreiben kann."
    )
    is_exact: bool = field("Nothing had to be replaced.", "Nichts musste ersetzt werden.")
    replacements: list[LegacyReplacement] = field("What was replaced.", "Was ersetzt wurde.")


@strawberry.type(
    description=both(
        "The name for systems with Windows-1252.", "Der Name für Verfahren mit Windows-1252."
    )
)
class LegacyName(Published):
    family_name: LegacyNamePart = field("Family name.", "Familienname.")
    given_names: LegacyNamePart = field("Given names.", "Vornamen.")
    disputed_fields: list[str] = field(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    disputes: list[PersonDispute] = field(
        "What the person disputes, with their reason (§ 84 SGB X).",
        "Was die Person bestreitet, mit Begründung (§ 84 SGB X).",
    )


@strawberry.type(
    description=both(
        "Two records made one, and perhaps two again.",
        "Zwei Datensätze, die einer wurden, und vielleicht wieder zwei.",
    )
)
class PersonMerge(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    survivor_id: strawberry.ID = field(
        "UUID of the record that stays.", "UUID des bleibenden Datensatzes."
    )
    merged_id: strawberry.ID = field(
        "UUID of the record that was hidden.", "UUID des ausgeblendeten Datensatzes."
    )
    merged_by: str = field("Who merged them.", "Wer zusammenführte.")
    merged_at: DateTime = field("When they were merged.", "Wann zusammengeführt wurde.")
    unmerged_by: str | None = field("Who took it back.", "Wer es zurücknahm.")
    unmerged_at: DateTime | None = field("When it was taken back.", "Wann es zurückgenommen wurde.")


@strawberry.type(
    description=both(
        "Who sees the whereabouts of a restricted person (§ 51 BMG).",
        "Wer den Aufenthalt einer Person mit Auskunftssperre sieht (§ 51 BMG).",
    )
)
class RestrictionRelease(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    actor: str = field("Who sees them.", "Wer ihn sieht.")
    basis: ReleaseBasis = field("Why.", "Warum.")
    reason: str | None = field("Reason.", "Begründung.")
    released_by: str = field("Who released.", "Wer freigab.")
    released_at: DateTime = field("When it was released.", "Wann freigegeben wurde.")
    ended_at: DateTime | None = field("When it ended.", "Wann es endete.")
