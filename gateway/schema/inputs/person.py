"""What is said about a person, and what the search is asked."""

import strawberry

from gateway.schema.codes.case_files import Gender
from gateway.schema.codes.contents import CefrLevel
from gateway.schema.codes.persons import (
    Interpreting,
    Literacy,
    PersonContactKind,
    RepresentativeKind,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "Change what a person told; all of it is replaced.",
        "Die Angaben einer Person ändern; sie werden im Ganzen ersetzt.",
    )
)
class ChangePersonInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    family_name: str = needed("Family name.", "Familienname.")
    given_names: str = needed("Given names.", "Vornamen.")
    original_name: str | None = given(
        "Name in the original script.", "Name in der ursprünglichen Schrift."
    )
    birth_date: str | None = given(
        "Date of birth, as exact as it is known: YYYY-MM-DD, YYYY-MM or YYYY.",
        "Geburtsdatum, so genau wie bekannt: JJJJ-MM-TT, JJJJ-MM oder JJJJ.",
    )
    gender: Gender | None = given("Gender as told.", "Geschlecht, wie angegeben.")
    nationalities: list[str] | None = given(
        "Nationalities: three-digit keys, or ISO 3166-1 alpha-3.",
        "Staatsangehörigkeiten: dreistellige Schlüssel oder ISO 3166-1 alpha-3.",
    )
    languages: list[str] | None = given("Languages, ISO 639-3.", "Sprachen, ISO 639-3.")
    residence_group: str | None = given(
        "Residence group: a code of the list residence-groups.",
        "Aufenthaltsgruppe: ein Schlüssel der Liste residence-groups.",
    )
    disputed_fields: list[str] | None = given(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )


@strawberry.input(
    description=both("A way to reach a person.", "Ein Weg, eine Person zu erreichen.")
)
class ContactPointInput:
    kind: PersonContactKind = needed("Kind.", "Art.")
    value: str = needed("Number, address or name.", "Nummer, Adresse oder Name.")
    is_preferred: bool | None = given("The preferred one.", "Der bevorzugte Weg.")
    note: str | None = given("Note.", "Hinweis.")


@strawberry.input(description=both("Replace the ways of contact.", "Die Kontaktwege ersetzen."))
class KeepContactPointsInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    contact_points: list[ContactPointInput] = needed(
        "All ways of contact from now on.", "Alle Kontaktwege, wie sie nun gelten."
    )


@strawberry.input(description=both("An address.", "Eine Anschrift."))
class AddressInput:
    street: str = needed("Street.", "Straße.")
    house_number: str = needed("House number.", "Hausnummer.")
    postcode: str = needed("Postcode.", "Postleitzahl.")
    town: str = needed("Town.", "Ort.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    ags: str | None = given(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    district: str | None = given("District of the municipality.", "Ortsteil.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")


@strawberry.input(description=both("Replace the addresses.", "Die Anschriften ersetzen."))
class KeepAddressesInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    addresses: list[AddressInput] = needed(
        "All addresses from now on.", "Alle Anschriften, wie sie nun gelten."
    )


@strawberry.input(description=both("A language and its level.", "Eine Sprache und ihr Niveau."))
class LanguageSkillInput:
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    level: CefrLevel = needed("Level of the CEFR.", "Niveau des GER.")


@strawberry.input(
    description=both(
        "Replace languages, literacy and interpreting.",
        "Sprachen, Schrift und Dolmetschen ersetzen.",
    )
)
class KeepLanguagesInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    languages: list[LanguageSkillInput] = needed(
        "All languages from now on.", "Alle Sprachen, wie sie nun gelten."
    )
    literacy: Literacy | None = given(
        "Which script the person reads.", "Welche Schrift die Person liest."
    )
    interpreting: Interpreting | None = given(
        "How interpreting is needed.", "Wie gedolmetscht werden muss."
    )


@strawberry.input(
    description=both("Who represents the person by law.", "Wer die Person gesetzlich vertritt.")
)
class RepresentativeInput:
    kind: RepresentativeKind = needed("Kind.", "Art.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    representative_id: strawberry.ID | None = given(
        "UUID of the representative, where recorded as a person.",
        "UUID der Vertretung, soweit als Person erfasst.",
    )
    name: str | None = given("Name.", "Name.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")


@strawberry.input(
    description=both("Replace the legal representatives.", "Die gesetzliche Vertretung ersetzen.")
)
class KeepLegalRepresentativesInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    legal_representatives: list[RepresentativeInput] = needed(
        "All representatives from now on.", "Die ganze gesetzliche Vertretung, wie sie nun gilt."
    )


@strawberry.input(
    description=both("A field that the person disputes.", "Eine Angabe, die die Person bestreitet.")
)
class DisputeInput:
    field: str = needed("The field.", "Die Angabe.")
    note: str = needed("What they say instead.", "Was sie stattdessen sagt.")


@strawberry.input(
    description=both(
        "Note what the person disputes (§ 84 SGB X).",
        "Vermerken, was die Person bestreitet (§ 84 SGB X).",
    )
)
class NotePersonDisputesInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    disputes: list[DisputeInput] = needed(
        "All disputes from now on.", "Alles, was nun bestritten ist."
    )


@strawberry.input(
    description=both(
        "Set or lift a restriction on disclosure.", "Eine Auskunftssperre setzen oder aufheben."
    )
)
class RestrictPersonInput(Change):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    is_restricted: bool = needed(
        "A restriction on disclosure holds (Auskunftssperre).", "Es gilt eine Auskunftssperre."
    )


@strawberry.input(
    description=both(
        "Let a case manager see where a restricted person lives.",
        "Eine Fachkraft sehen lassen, wo eine Person mit Auskunftssperre lebt.",
    )
)
class GrantRestrictionReleaseInput(Command):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    actor: str = needed("Who shall see it; never oneself.", "Wer es sehen soll; nie man selbst.")
    reason: str = needed("Reason.", "Begründung.")


@strawberry.input(description=both("End a release.", "Eine Freigabe beenden."))
class EndRestrictionReleaseInput(Command):
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    actor: str = needed("Whose release.", "Wessen Freigabe.")


@strawberry.input(
    description=both(
        "Merge two records, or take it back.",
        "Zwei Datensätze zusammenführen oder das zurücknehmen.",
    )
)
class MergePersonsInput(Change):
    person_id: strawberry.ID = needed(
        "UUID of the record that stays.", "UUID des bleibenden Datensatzes."
    )
    merged_person_id: strawberry.ID = needed(
        "UUID of the record that is hidden.", "UUID des Datensatzes, der ausgeblendet wird."
    )


@strawberry.input(
    description=both(
        "Whom to search for; personal criteria travel in the body of a POST only.",
        "Wer gesucht wird; persönliche Merkmale stehen nur im Rumpf eines POST.",
    )
)
class PersonSearchInput:
    name: str = needed(
        "Name in any script or spelling.", "Name in beliebiger Schrift oder Schreibweise."
    )
    birth_date: str | None = given(
        "Date of birth, as exact as it is known: YYYY-MM-DD, YYYY-MM or YYYY.",
        "Geburtsdatum, so genau wie bekannt: JJJJ-MM-TT, JJJJ-MM oder JJJJ.",
    )
