"""What stands in the file of a case."""

import strawberry

from gateway.context import Info
from gateway.schema.ahead import own_id
from gateway.schema.case_type import TypeOfCase
from gateway.schema.codes.case_files import (
    ArchiveAnswer,
    ContactChannel,
    GoalResult,
    MeasureState,
    NeedLevel,
    OtherBasis,
    ResponsibleKind,
    SentReferralState,
    StructuralFindingAnswer,
)
from gateway.schema.codes.cases import CaseAction, CaseState
from gateway.schema.document import PlanApproval
from gateway.schema.provenance import Delivery, ExternalId
from gateway.schema.published import REQUEST, Published, both, field
from gateway.schema.scalars import Date, DateTime, Json
from gateway.schema.texts import BothLanguages


@strawberry.type(description=both("A measure of a goal.", "Eine Maßnahme zu einem Ziel."))
class CaseMeasure(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    text: str = field("Text.", "Text.")
    responsible_kind: ResponsibleKind | None = field("Who is responsible.", "Wer zuständig ist.")
    responsible_ref: str = field(
        "Which unit or other body.", "Welche Stelle oder andere Einrichtung."
    )
    state: MeasureState = field("State.", "Stand.")
    due_on: Date | None = field("Day on which it is due.", "Tag der Fälligkeit.")
    started_on: Date | None = field("Day of the start.", "Tag des Beginns.")
    ended_on: Date | None = field("Day of the end.", "Tag des Endes.")


@strawberry.type(description=both("A goal of the plan.", "Ein Ziel des Hilfeplans."))
class CaseGoal(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    field_of_action: str = field("Field of action.", "Handlungsfeld.")
    text: str = field("Text.", "Text.")
    target_on: Date | None = field(
        "Day by which it shall be reached.", "Tag, bis zu dem es erreicht sein soll."
    )
    result: GoalResult | None = field("Result.", "Ergebnis.")
    result_on: Date | None = field("Day of the result.", "Tag des Ergebnisses.")
    measures: list[CaseMeasure] = field("Measures.", "Maßnahmen.")


@strawberry.type(description=both("A version of the help plan.", "Eine Fassung des Hilfeplans."))
class CasePlan(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    number: int = field("Number of the version.", "Nummer der Fassung.")
    agreed_on: Date | None = field(
        "Day of the agreement with the person.", "Tag der Vereinbarung mit der Person."
    )
    agreement_language: str | None = field(
        "Language of the agreement.", "Sprache der Vereinbarung."
    )
    cooperation_plan_on: Date | None = field(
        "Date of a Kooperationsplan of the Jobcenter.",
        "Datum eines Kooperationsplans des Jobcenters.",
    )
    goals: list[CaseGoal] = field("Goals.", "Ziele.")

    @strawberry.field(
        description=both(
            "Who approved it, where the case type asks for a second person.",
            "Wer ihn freigab, wo der Falltyp eine zweite Person verlangt.",
        ),
        metadata={REQUEST: "GET cases /v1/plan-approvals"},
    )
    async def approval(self, info: Info) -> PlanApproval | None:
        loader = info.context.loaders.of_parent("cases", "/v1/plan-approvals", "planVersionId")
        found = await loader.load(own_id(self.record))
        return PlanApproval.from_record(found[0]) if found else None


@strawberry.type(description=both("One step of the case.", "Ein Schritt des Falls."))
class CasePhase(Published):
    from_state: CaseState | None = field("State before.", "Stand davor.")
    to_state: CaseState = field("State after.", "Stand danach.")
    action: str = field("The action.", "Die Aktion.")
    rule: str = field("Number of the rule, for example C4.", "Nummer der Regel, zum Beispiel C4.")
    on_date: Date = field("Day.", "Tag.")
    at: DateTime = field("Instant.", "Zeitpunkt.")
    actor: str = field(
        "Issuer and subject of who did it.", "Aussteller und Kennung der handelnden Person."
    )


@strawberry.type(
    description=both(
        "Checklist: does the person need case management?",
        "Prüfliste: Braucht die Person Case Management?",
    )
)
class Indication(Published):
    problem_areas: int | None = field("Number of problem areas.", "Zahl der Problemfelder.")
    has_several_providers: bool | None = field(
        "Several providers are involved.", "Mehrere Stellen sind beteiligt."
    )
    do_standard_paths_fail: bool | None = field(
        "The usual paths do not help.", "Die üblichen Wege reichen nicht."
    )
    lacks_own_resources: bool | None = field(
        "Own resources are not enough.", "Eigene Ressourcen reichen nicht."
    )
    does_client_agree: bool | None = field("The person agrees.", "Die Person ist einverstanden.")
    judgement: str = field(
        "Why case management and not ordinary counselling.",
        "Warum Case Management und nicht einfache Beratung.",
    )


@strawberry.type(description=both("Information given to a person.", "Information an eine Person."))
class InformationNotice(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    person_id: strawberry.ID | None = field("UUID of the person.", "UUID der Person.")
    text_version: str = field("Version of the information text.", "Fassung des Informationstextes.")
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter: str | None = field("Who interpreted.", "Wer dolmetschte.")
    given_on: Date = field("Day on which it was given.", "Tag, an dem es erfolgte.")


@strawberry.type(
    description=both(
        "Check whether another unit is working with the family.",
        "Prüfung, ob eine andere Stelle die Familie begleitet.",
    )
)
class DoubleCareCheck(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    is_exact: bool = field("Whether the match is exact.", "Ob die Übereinstimmung genau ist.")
    contact_units: list[str] = field(
        "Units to call; never about what.", "Stellen, die anzurufen sind; nie weswegen."
    )
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")


@strawberry.type(
    description=both("Assessment of one field of action.", "Einschätzung eines Handlungsfelds.")
)
class AssessmentEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    field_of_action: str = field("Field of action.", "Handlungsfeld.")
    need: NeedLevel = field("Need.", "Bedarf.")
    situation: str = field("Situation.", "Lage.")
    resources: str = field("Resources.", "Ressourcen.")
    legal_circle: str | None = field("Body of law.", "Rechtskreis.")
    score: int | None = field(
        "0 (no need) to 100, where a scale is used.",
        "0 (kein Bedarf) bis 100, wo eine Skala benutzt wird.",
    )
    has_client_taken_part: bool = field("The person took part.", "Die Person hat mitgewirkt.")
    assessed_on: Date = field("Day of the assessment.", "Tag der Einschätzung.")


@strawberry.type(
    description=both("An attempt to reach the person.", "Ein Versuch, die Person zu erreichen.")
)
class ContactAttempt(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    channel: ContactChannel = field("Channel.", "Weg.")
    attempted_on: Date = field("Day of the attempt.", "Tag des Versuchs.")
    was_reached: bool = field("The person was reached.", "Die Person wurde erreicht.")


@strawberry.type(description=both("A missing precondition.", "Eine fehlende Voraussetzung."))
class Blocker(Published):
    id: str = field("UUID.", "UUID.")
    message: BothLanguages = field("Sentence for people.", "Satz für Menschen.")


@strawberry.type(
    description=both("An action of the present state.", "Eine Aktion des jetzigen Standes.")
)
class CaseTransition(Published):
    action: CaseAction = field("The action.", "Die Aktion.")
    label: BothLanguages = field("Name.", "Bezeichnung.")
    to: CaseState = field("State to which it leads.", "Stand, zu dem sie führt.")
    rule: str = field("Number of the rule, for example C4.", "Nummer der Regel, zum Beispiel C4.")
    is_open: bool = field("Whether it can be done now.", "Ob sie jetzt möglich ist.")
    blocked_by: list[Blocker] = field("What is missing.", "Was fehlt.")
    asks_for: list[str] = field(
        "What the action asks to be given with it.", "Was mit der Aktion anzugeben ist."
    )


@strawberry.type(
    description=both("A referral sent from the case.", "Eine Überleitung aus dem Fall.")
)
class SentReferral(Published):
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    state: SentReferralState = field("State.", "Stand.")


@strawberry.type(
    description=both("What stands in the file of a case.", "Was in der Akte eines Falls steht.")
)
class CaseFile(Published):
    contact: str | None = field("How the person can be reached.", "Wie die Person erreichbar ist.")
    is_area_resolved: bool = field(
        "The responsible area is settled.", "Die Zuständigkeit ist geklärt."
    )
    is_staff_related: bool = field(
        "The person is known to staff; access is narrower.",
        "Die Person ist Beschäftigten bekannt; der Zugriff ist enger.",
    )
    other_basis: OtherBasis | None = field(
        "Legal basis beside consent.", "Rechtsgrundlage neben der Einwilligung."
    )
    other_basis_reason: str | None = field("Reason for that basis.", "Begründung dieser Grundlage.")
    signposted_to: str | None = field(
        "Service the person was pointed to.", "Stelle, auf die verwiesen wurde."
    )
    signposted_on: Date | None = field("Day of the signposting.", "Tag des Verweises.")
    structural_finding: StructuralFindingAnswer | None = field(
        "Whether the case hints at deficient structures.",
        "Ob der Fall auf strukturelle Mängel hinweist.",
    )
    structural_field: str | None = field(
        "Field of action of that finding.", "Handlungsfeld dieses Hinweises."
    )
    deletion_due_on: Date | None = field(
        "Day on which erasure is due.", "Tag, an dem die Löschung fällig ist."
    )
    archive_answer: ArchiveAnswer | None = field(
        "Answer of the municipal archive.", "Antwort des Kommunalarchivs."
    )
    external_ids: list[ExternalId] = field(
        "What other systems know the case by.", "Wie andere Verfahren den Fall kennen."
    )
    provenance: list[Delivery] = field(
        "What was delivered by which system.", "Was welches Verfahren lieferte."
    )
    phases: list[CasePhase] = field("History of phases.", "Verlauf der Phasen.")
    indication_checklist: Indication | None = field(
        "Checklist for case management.", "Prüfliste für das Case Management."
    )
    information_notices: list[InformationNotice] = field(
        "Information given to the person (Art. 13 GDPR).",
        "Informationen an die Person (Art. 13 DSGVO).",
    )
    double_care_checks: list[DoubleCareCheck] = field(
        "Checks for double care.", "Prüfungen auf Doppelbetreuung."
    )
    assessment_entries: list[AssessmentEntry] = field(
        "Assessment by field of action.", "Einschätzung nach Handlungsfeld."
    )
    contact_attempts: list[ContactAttempt] = field(
        "Attempts to reach the person.", "Versuche, die Person zu erreichen."
    )
    sent_referrals: list[SentReferral] = field(
        "Referrals sent from this case.", "Überleitungen aus diesem Fall."
    )
    current_plan: CasePlan | None = field(
        "The plan in force or in draft.", "Der geltende oder entworfene Hilfeplan."
    )
    case_type: TypeOfCase = field("Version of its case type.", "Fassung des Falltyps.")
    custom_fields: Json | None = field(
        "Custom fields, as the case type describes them.",
        "Zusatzfelder, wie der Falltyp sie beschreibt.",
    )
    masked_fields: list[str] = field(
        "Fields left empty because the person is under an Auskunftssperre.",
        "Felder, die wegen einer Auskunftssperre leer sind.",
    )
