"""Persons: recording, their parts, restriction, merging."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.case import RecordPersonInput
from gateway.schema.inputs.person import (
    ChangePersonInput,
    KeepAddressesInput,
    KeepContactPointsInput,
    KeepLanguagesInput,
    KeepLegalRepresentativesInput,
    MergePersonsInput,
    NotePersonDisputesInput,
    RestrictPersonInput,
)
from gateway.schema.person import Person
from gateway.schema.published import both, field


@strawberry.type(description=both("The person after the change.", "Die Person nach der Änderung."))
class PersonSuccess(Success):
    person: Person = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_made = made(PersonSuccess, "person", Person)
PersonResult = outcome(
    "PersonResult", PersonSuccess, en="The person, or why not.", de="Die Person, oder warum nicht."
)


@strawberry.type
class PersonMutations:
    record_person = command(
        "POST cases /v1/persons",
        RecordPersonInput,
        _made,
        PersonResult,
        en="Record a person.",
        de="Eine Person erfassen.",
    )
    change_person = command(
        "PUT cases /v1/persons/{person_id}",
        ChangePersonInput,
        _made,
        PersonResult,
        en="Change what a person told.",
        de="Die Angaben einer Person ändern.",
    )
    keep_contact_points = command(
        "PUT cases /v1/persons/{person_id}/contact-points",
        KeepContactPointsInput,
        _made,
        PersonResult,
        en="Keep the ways of contact of a person.",
        de="Die Kontaktwege einer Person führen.",
    )
    keep_addresses = command(
        "PUT cases /v1/persons/{person_id}/addresses",
        KeepAddressesInput,
        _made,
        PersonResult,
        en="Keep the addresses of a person.",
        de="Die Anschriften einer Person führen.",
    )
    keep_languages = command(
        "PUT cases /v1/persons/{person_id}/languages",
        KeepLanguagesInput,
        _made,
        PersonResult,
        en="Keep languages, literacy and interpreting of a person.",
        de="Sprachen, Schrift und Dolmetschen einer Person führen.",
    )
    keep_legal_representatives = command(
        "PUT cases /v1/persons/{person_id}/legal-representatives",
        KeepLegalRepresentativesInput,
        _made,
        PersonResult,
        en="Keep who represents a person by law.",
        de="Die gesetzliche Vertretung einer Person führen.",
    )
    note_person_disputes = command(
        "PUT cases /v1/persons/{person_id}/disputes",
        NotePersonDisputesInput,
        _made,
        PersonResult,
        en="Note what a person disputes (§ 84 SGB X).",
        de="Vermerken, was eine Person bestreitet (§ 84 SGB X).",
    )
    restrict_person = command(
        "PUT cases /v1/persons/{person_id}/restriction",
        RestrictPersonInput,
        _made,
        PersonResult,
        en="Set or lift a restriction on disclosure.",
        de="Eine Auskunftssperre setzen oder aufheben.",
    )
    merge_persons = command(
        "POST cases /v1/persons/{person_id}/actions/merge",
        MergePersonsInput,
        _made,
        PersonResult,
        en="Merge two records of one person; can be taken back.",
        de="Zwei Datensätze einer Person zusammenführen; das ist rücknehmbar.",
    )
    unmerge_persons = command(
        "POST cases /v1/persons/{person_id}/actions/unmerge",
        MergePersonsInput,
        _made,
        PersonResult,
        en="Take a merge back; both records are as before.",
        de="Eine Zusammenführung zurücknehmen; beide Datensätze sind wie zuvor.",
    )
