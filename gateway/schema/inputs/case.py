"""What steps of a case take."""

import strawberry

from gateway.schema.codes.case_files import (
    CaseOrigin,
    FamilyRole,
    Gender,
    OpenUntil,
    OtherBasis,
    StructuralFindingAnswer,
)
from gateway.schema.codes.cases import CaseAction, ClosingReason, DeclineReason
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.inputs.case_opening import (
    OpeningConsentInput,
    OpeningIndicationInput,
    OpeningNoticeInput,
)
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "A person as told; no register number has a place here.",
        "Eine Person, wie angegeben; Registernummern haben hier keinen Platz.",
    )
)
class PersonInput:
    family_name: str = needed("Family name.", "Familienname.")
    given_names: str = needed("Given names.", "Vornamen.")
    original_name: str | None = given(
        "Name in the original script.", "Name in der ursprünglichen Schrift."
    )
    birth_date: str | None = given("Date of birth.", "Geburtsdatum.")
    gender: Gender | None = given("Gender as told.", "Geschlecht, wie angegeben.")
    nationalities: list[str] | None = given(
        "Nationalities: three-digit keys, or ISO 3166-1 alpha-3.",
        "Staatsangehörigkeiten: dreistellige Schlüssel oder ISO 3166-1 alpha-3.",
    )
    languages: list[str] | None = given("Languages.", "Sprachen.")
    residence_group: str | None = given("Residence group.", "Aufenthaltsgruppe.")
    disputed_fields: list[str] | None = given(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )


@strawberry.input(
    description=both(
        "Record a person as told; register numbers have no place here.",
        "Eine Person erfassen, wie angegeben; Registernummern haben hier keinen Platz.",
    )
)
class RecordPersonInput(Command):
    family_name: str = needed("Family name.", "Familienname.")
    given_names: str = needed("Given names.", "Vornamen.")
    original_name: str | None = given(
        "Name in the original script.", "Name in der ursprünglichen Schrift."
    )
    birth_date: str | None = given("Date of birth.", "Geburtsdatum.")
    gender: Gender | None = given("Gender as told.", "Geschlecht, wie angegeben.")
    nationalities: list[str] | None = given(
        "Nationalities: three-digit keys, or ISO 3166-1 alpha-3.",
        "Staatsangehörigkeiten: dreistellige Schlüssel oder ISO 3166-1 alpha-3.",
    )
    languages: list[str] | None = given("Languages.", "Sprachen.")
    residence_group: str | None = given("Residence group.", "Aufenthaltsgruppe.")
    disputed_fields: list[str] | None = given(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )


@strawberry.input(description=both("A member of the family.", "Ein Mitglied der Familie."))
class NewMemberInput:
    role: FamilyRole = needed("Role in the family.", "Rolle in der Familie.")
    person: PersonInput = needed("The person.", "Die Person.")


@strawberry.input(
    description=both(
        "Open a case, with its persons where known.",
        "Einen Fall anlegen, mit seinen Personen, soweit bekannt.",
    )
)
class OpenCaseInput(Command):
    origin: CaseOrigin = needed("How the case came about.", "Wie der Fall entstand.")
    pseudonym: str | None = given(
        "Pseudonym, where a name is not needed yet.", "Pseudonym, solange kein Name nötig ist."
    )
    contact: str | None = given("How the person can be reached.", "Wie die Person erreichbar ist.")
    language: str | None = given("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    municipality_ags: str | None = given(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    is_area_resolved: bool | None = given(
        "The responsible area is settled.", "Die Zuständigkeit ist geklärt."
    )
    is_staff_related: bool | None = given(
        "The person is known to staff; access is narrower.",
        "Die Person ist Beschäftigten bekannt; der Zugriff ist enger.",
    )
    is_child_protection: bool | None = given(
        "A matter of child protection.", "Ein Fall des Kinderschutzes."
    )
    person_id: strawberry.ID | None = given("UUID of the person.", "UUID der Person.")
    family_id: strawberry.ID | None = given("UUID of the family.", "UUID der Familie.")
    arrival_cohort: str | None = given(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
    members: list[NewMemberInput] | None = given(
        "Members of the family.", "Mitglieder der Familie."
    )
    case_type: str | None = given(
        "Code of a published case type.", "Schlüssel eines veröffentlichten Falltyps."
    )
    until: OpenUntil | None = given(
        "Assign and open the case too, where every guard holds.",
        "Den Fall auch zuweisen und eröffnen, wenn alle Voraussetzungen erfüllt sind.",
    )
    indication_checklist: OpeningIndicationInput | None = given(
        "Why case management is indicated.", "Warum ein Case Management angezeigt ist."
    )
    information_notice: OpeningNoticeInput | None = given(
        "The information given to the person.", "Die Information, die die Person erhielt."
    )
    consent: OpeningConsentInput | None = given(
        "A consent of the client.", "Eine Einwilligung der Klientin oder des Klienten."
    )


@strawberry.input(
    description=both(
        "Move a case; `asksFor` of a transition says what it needs.",
        "Einen Fall weiterführen; `asksFor` sagt, was die Aktion braucht.",
    )
)
class PerformCaseActionInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    action: CaseAction = needed("The action.", "Die Aktion.")
    case_manager: str | None = given(
        "Issuer and subject of the case manager.", "Aussteller und Kennung der Fachkraft."
    )
    decline_reason: DeclineReason | None = given(
        "Why the case was not taken on.", "Warum der Fall nicht aufgenommen wurde."
    )
    closing_reason: ClosingReason | None = given("Why the case ended.", "Warum der Fall endete.")
    reason: str | None = given("Reason.", "Begründung.")
    is_same_person_confirmed: bool | None = given(
        "Confirmed to be the same person (reopen).",
        "Bestätigt, dass es dieselbe Person ist (Wiederaufnahme).",
    )


@strawberry.input(
    description=both("Change the particulars of a case.", "Die Angaben zu einem Fall ändern.")
)
class DescribeCaseInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    pseudonym: str | None = needed(
        "Pseudonym, where a name is not needed yet.", "Pseudonym, solange kein Name nötig ist."
    )
    contact: str | None = needed("How the person can be reached.", "Wie die Person erreichbar ist.")
    language: str | None = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    municipality_ags: str | None = needed(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    is_area_resolved: bool = needed(
        "The responsible area is settled.", "Die Zuständigkeit ist geklärt."
    )
    is_staff_related: bool = needed(
        "The person is known to staff; access is narrower.",
        "Die Person ist Beschäftigten bekannt; der Zugriff ist enger.",
    )
    is_child_protection: bool = needed(
        "A matter of child protection.", "Ein Fall des Kinderschutzes."
    )
    person_id: strawberry.ID | None = needed("UUID of the person.", "UUID der Person.")
    family_id: strawberry.ID | None = needed("UUID of the family.", "UUID der Familie.")


@strawberry.input(
    description=both(
        "Document why the person needs case management.",
        "Dokumentieren, warum die Person Case Management braucht.",
    )
)
class DocumentIndicationInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    judgement: str = needed(
        "Why case management and not ordinary counselling.",
        "Warum Case Management und nicht einfache Beratung.",
    )
    problem_areas: int | None = given("Number of problem areas.", "Zahl der Problemfelder.")
    has_several_providers: bool | None = given(
        "Several providers are involved.", "Mehrere Stellen sind beteiligt."
    )
    do_standard_paths_fail: bool | None = given(
        "The usual paths do not help.", "Die üblichen Wege reichen nicht."
    )
    lacks_own_resources: bool | None = given(
        "Own resources are not enough.", "Eigene Ressourcen reichen nicht."
    )
    does_client_agree: bool | None = given("The person agrees.", "Die Person ist einverstanden.")


@strawberry.input(
    description=both(
        "Record a legal basis beside consent.",
        "Eine Rechtsgrundlage neben der Einwilligung festhalten.",
    )
)
class RecordOtherBasisInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    basis: OtherBasis | None = needed("The legal basis.", "Die Rechtsgrundlage.")
    reason: str | None = given("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Record where the person was pointed to.", "Festhalten, wohin die Person verwiesen wurde."
    )
)
class RecordSignpostingInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    signposted_to: str = needed(
        "Service the person was pointed to.", "Stelle, auf die verwiesen wurde."
    )
    signposted_on: Date = needed("Day of the signposting.", "Tag des Verweises.")


@strawberry.input(
    description=both(
        "Answer whether the case hints at deficient structures.",
        "Beantworten, ob der Fall auf strukturelle Mängel hinweist.",
    )
)
class AnswerStructuralQuestionInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    finding: StructuralFindingAnswer = needed("The answer.", "Die Antwort.")
    field_of_action: str | None = given("Field of action.", "Handlungsfeld.")


@strawberry.input(
    description=both(
        "Link a referral sent from the case.", "Eine Überleitung aus dem Fall verbinden."
    )
)
class LinkSentReferralInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
