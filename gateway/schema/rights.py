"""Requests of data subjects: their clock, what services hold, who decided, who was told."""

import strawberry

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.schema.access_report import AccessReport
from gateway.schema.ahead import own_id
from gateway.schema.case_file import Blocker
from gateway.schema.codes.rights import (
    DataRight,
    IdentityCheck,
    RefusalGround,
    RightsAskedBy,
    RightsAskedOn,
    RightsChange,
    RightsExtensionReason,
    RightsHandedOver,
    RightsReceivedVia,
    RightsRequestAction,
    RightsRequestState,
    RightsSettlement,
)
from gateway.schema.erasure_preview import ErasurePreview
from gateway.schema.published import Published, both, field
from gateway.schema.reads import part, parts, read_one_by_one, related
from gateway.schema.scalars import Date, DateTime
from gateway.schema.texts import BothLanguages

DETAIL = "cases /v1/rights-requests/{id}"


@strawberry.type(
    description=both(
        "How many records of one kind a service holds of the person.",
        "Wie viele Datensätze einer Art ein Dienst über die Person hat.",
    )
)
class RightsPart(Published):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    kind: str = field("Kind of data; NONE where it holds nothing.", "Datenart; NONE ohne Daten.")
    records: int = field("Number of records.", "Anzahl der Datensätze.")
    may_concern_others: bool = field(
        "A person decides before it goes out.", "Ein Mensch entscheidet vor der Herausgabe."
    )
    answered_at: DateTime = field("When it was reported.", "Wann es gemeldet wurde.")


@strawberry.type(
    description=both(
        "Whether a part of the answer goes out, and on what ground not.",
        "Ob ein Teil der Auskunft herausgeht, und aus welchem Grund nicht.",
    )
)
class RightsDecision(Published):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    kind: str = field("Kind of data.", "Datenart.")
    record_id: strawberry.ID | None = field(
        "UUID of one record; null for the whole kind.",
        "UUID eines Datensatzes; leer für die ganze Art.",
    )
    is_withheld: bool = field("It does not go out.", "Er geht nicht heraus.")
    ground: RefusalGround | None = field("The legal ground.", "Der gesetzliche Grund.")
    decided_by: str = field("Who decided.", "Wer entschied.")
    decided_at: DateTime = field("When it was decided.", "Wann entschieden wurde.")


@strawberry.type(
    description=both(
        "A recipient that was told of a change (Art. 19 GDPR).",
        "Ein Empfänger, dem eine Änderung mitgeteilt wurde (Art. 19 DSGVO).",
    )
)
class RightsNotice(Published):
    id: strawberry.ID = field("UUID of the notice.", "UUID der Mitteilung.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Zusteuerung.")
    recipient_unit: str = field("The unit that was told.", "Die unterrichtete Stelle.")
    change: RightsChange = field("What it was told.", "Was ihr mitgeteilt wurde.")
    told_at: DateTime = field("When it was told.", "Wann sie unterrichtet wurde.")
    answer: str | None = field(
        "Its answer; null while it has not confirmed.", "Ihre Antwort; leer bis zur Bestätigung."
    )
    answered_at: DateTime | None = field("When it answered.", "Wann sie antwortete.")
    overdue_at: DateTime | None = field(
        "When its time to answer ended.", "Wann ihre Frist zur Antwort endete."
    )


@strawberry.type(
    description=both("A step of the present state.", "Ein Schritt des jetzigen Standes.")
)
class RightsTransition(Published):
    action: RightsRequestAction = field("The step.", "Der Schritt.")
    label: BothLanguages = field("Name.", "Bezeichnung.")
    to: RightsRequestState = field("State to which it leads.", "Stand, zu dem er führt.")
    rule: str = field("The rule, for example Art. 15.3.", "Die Regel, zum Beispiel Art. 15.3.")
    is_open: bool = field("Whether it can be taken now.", "Ob er jetzt möglich ist.")
    blocked_by: list[Blocker] = field("What is missing.", "Was fehlt.")


@strawberry.type(
    description=both(
        "A note that only who reads it may hand over (§ 65 SGB VIII).",
        "Eine Notiz, die nur herausgeben darf, wer sie liest (§ 65 SGB VIII).",
    )
)
class OwnNote(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    confidentiality: str = field("Class.", "Klasse.")
    kind: str = field("Kind.", "Art.")
    held_on: Date = field("Day.", "Tag.")
    text: str = field("The text.", "Der Text.")


@strawberry.type(
    description=both(
        "A request of a data subject under Art. 15 to 21 GDPR, with its clock.",
        "Ein Betroffenenantrag nach Art. 15 bis 21 DSGVO, mit seiner Frist.",
    )
)
class RightsRequest(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    data_right: DataRight = field("The right.", "Das Recht.")
    state: RightsRequestState = field("State.", "Stand.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    case_ids: list[strawberry.ID] = field("Files of the person.", "Akten der Person.")
    asked_by: RightsAskedBy = field("Who asks.", "Wer fragt.")
    asked_on: RightsAskedOn | None = field("Ground that is named.", "Grund, der genannt wird.")
    fields: list[str] = field("Fields said to be wrong.", "Angaben, die falsch sein sollen.")
    letter_id: strawberry.ID | None = field(
        "UUID of the letter in the file.", "UUID des Schreibens in der Akte."
    )
    received_on: Date = field("Day of receipt.", "Tag des Eingangs.")
    received_via: RightsReceivedVia = field("How it came in.", "Wie er einging.")
    due_on: Date = field(
        "Last day to answer (Art. 12 (3)).", "Letzter Tag für die Antwort (Art. 12 Abs. 3)."
    )
    is_overdue: bool = field("The day has passed unanswered.", "Der Tag ist ohne Antwort vorbei.")
    extension_reason: RightsExtensionReason | None = field(
        "Why the time limit was extended.", "Warum die Frist verlängert wurde."
    )
    identity_check: IdentityCheck | None = field(
        "How identity was checked.", "Wie die Identität geprüft wurde."
    )
    identity_checked_by: str | None = field("Who checked it.", "Wer sie prüfte.")
    services: list[str] = field("Services that were asked.", "Gefragte Dienste.")
    settlement: RightsSettlement | None = field(
        "How contested values were settled.", "Wie strittige Angaben geklärt wurden."
    )
    refusal_ground: RefusalGround | None = field("Why it was refused.", "Warum abgelehnt wurde.")
    are_remedies_told: bool = field(
        "Complaint and judicial remedy were told.", "Auf Rechtsbehelfe wurde hingewiesen."
    )
    person_told_on: Date | None = field(
        "When the person was informed.", "Wann die Person unterrichtet wurde."
    )
    handed_over_via: RightsHandedOver | None = field(
        "How the answer was handed over.", "Wie die Antwort übergeben wurde."
    )
    decided_by: str | None = field("Who decided.", "Wer entschied.")
    decided_at: DateTime | None = field("When it was decided.", "Wann entschieden wurde.")
    exported_at: DateTime | None = field(
        "When the answer was assembled.", "Wann die Auskunft zusammengestellt wurde."
    )
    export_removed_at: DateTime | None = field(
        "When the answer was removed from the store.", "Wann die Auskunft entfernt wurde."
    )
    warned_on: Date | None = field(
        "When the end of the time limit was told.", "Wann auf das Fristende hingewiesen wurde."
    )
    overdue_told_on: Date | None = field(
        "When the missed time limit was told.", "Wann die versäumte Frist gemeldet wurde."
    )
    ended_at: DateTime | None = field("When it ended.", "Wann er endete.")
    recorded_by: str = field("Who recorded it.", "Wer ihn erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann er erfasst wurde.")
    updated_at: DateTime = field("When it was last changed.", "Wann er zuletzt geändert wurde.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    person = related(
        "cases /v1/persons",
        "gateway.schema.person:Person",
        "personId",
        en="The person.",
        de="Die Person.",
    )
    erasure_preview = part(
        "cases /v1/rights-requests/{id}/erasure-preview",
        ErasurePreview,
        en="Dry run of the erasure; of a request for erasure only.",
        de="Probelauf der Löschung; nur bei einem Antrag auf Löschung.",
    )
    own_notes = parts(
        "cases /v1/rights-requests/{id}/own-notes",
        OwnNote,
        en="Notes about the person that only the caller may hand over.",
        de="Notizen über die Person, die nur die fragende Fachkraft herausgeben darf.",
    )

    @strawberry.field(
        description=both(
            "Where the case service gives the assembled answer: `json`, `de.pdf`, `en.pdf` behind"
            " it; null while there is none.",
            "Wo der Falldienst die zusammengestellte Auskunft herausgibt: dahinter `json`,"
            " `de.pdf`, `en.pdf`; leer, solange es keine gibt.",
        )
    )
    def export_path(self) -> str | None:
        return f"/v1/rights-requests/{self.record['id']}/export/" if self._has_answer() else None

    @read_one_by_one(
        "cases /v1/rights-requests/{id}/accesses",
        en="Who saw or received the data; there with the answer to an access request.",
        de="Wer die Angaben gesehen oder erhalten hat; da, sobald es die Auskunft ist.",
    )
    async def access_report(self, info: Info) -> AccessReport | None:
        if not self._has_answer():
            return None
        path = "/v1/rights-requests/{id}/accesses"
        found = await info.context.loaders.document("cases", path).load(own_id(self.record))
        return AccessReport.from_optional(found)

    @read_one_by_one(
        DETAIL, en="What services hold, by kind.", de="Was Dienste haben, nach Datenart."
    )
    async def parts(self, info: Info) -> list[RightsPart]:
        return [RightsPart.from_record(one) for one in (await self._whole(info))["parts"]]

    @read_one_by_one(DETAIL, en="Decisions about parts.", de="Entscheidungen über Teile.")
    async def decisions(self, info: Info) -> list[RightsDecision]:
        found = (await self._whole(info))["decisions"]
        return [RightsDecision.from_record(one) for one in found]

    @read_one_by_one(DETAIL, en="Recipients that were told.", de="Unterrichtete Empfänger.")
    async def notices(self, info: Info) -> list[RightsNotice]:
        return [RightsNotice.from_record(one) for one in (await self._whole(info))["notices"]]

    @read_one_by_one(
        DETAIL,
        en="Every step of the state, with what blocks it.",
        de="Jeder Schritt des Standes, mit dem, was ihn hindert.",
    )
    async def available_transitions(self, info: Info) -> list[RightsTransition]:
        found = (await self._whole(info))["availableTransitions"]
        return [RightsTransition.from_record(one) for one in found]

    def _has_answer(self) -> bool:
        return self.record["exportedAt"] is not None and self.record["exportRemovedAt"] is None

    async def _whole(self, info: Info) -> Record:
        """A row of a list and the answer of a command have no steps; the request itself has."""
        if "availableTransitions" in self.record:
            return self.record
        loader = info.context.loaders.document("cases", "/v1/rights-requests/{id}")
        whole = await loader.load(own_id(self.record))
        assert whole is not None, "listed a moment ago"
        return whole
