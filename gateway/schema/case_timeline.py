"""Entries of a case's timeline, whichever service recorded them."""

import strawberry

from gateway.schema.codes.case_files import Confidentiality, NoteKind
from gateway.schema.codes.case_timeline import CaseTimelineKind
from gateway.schema.codes.cases import CaseState
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.documents import DocumentKind
from gateway.schema.codes.expenditures import ExpenditureState
from gateway.schema.codes.referrals import ReferralSide, ReferralState
from gateway.schema.codes.services import ServiceName
from gateway.schema.codes.timeline import TimelineKind
from gateway.schema.codes.work import ContactKind, ContactOutcome, TaskState
from gateway.schema.pages import PageInfo
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.interface(
    description=both(
        "One entry of the timeline of a case. In the order in which things were recorded.",
        "Ein Eintrag im Verlauf eines Falls. In der Reihenfolge, in der erfasst wurde.",
    )
)
class CaseTimelineEntry(Published):
    record_id: strawberry.ID = field(
        "UUID of the record; `node` finds cases and referrals by it.", "UUID des Datensatzes."
    )
    kind: CaseTimelineKind = field("What it is.", "Was es ist.")
    service: ServiceName = field("Who recorded it.", "Welcher Dienst es erfasste.")
    at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    on_date: Date | None = field(
        "The day that counts: held, due, agreed, from, value date.",
        "Der Tag, der zählt: gehalten, fällig, vereinbart, ab, Wertstellung.",
    )
    actor: str | None = field(
        "Issuer and subject of who recorded it, where the service says so.",
        "Aussteller und Kennung der erfassenden Person, wo der Dienst es sagt.",
    )


@strawberry.type(description=both("A step from phase to phase.", "Ein Schritt von Phase zu Phase."))
class CasePhaseEntry(CaseTimelineEntry):
    action: str = field("The action.", "Die Aktion.")
    from_state: CaseState | None = field("State before.", "Stand davor.")
    to_state: CaseState = field("State after.", "Stand danach.")
    rule: str = field("Number of the rule, for example C4.", "Nummer der Regel, zum Beispiel C4.")


@strawberry.type(description=both("A counselling contact.", "Ein Beratungskontakt."))
class CaseContactEntry(CaseTimelineEntry):
    contact_kind: ContactKind = field("Kind.", "Art.")
    outcome: ContactOutcome = field("What came of it.", "Was dabei herauskam.")
    minutes: int = field("Minutes.", "Minuten.")


@strawberry.type(
    description=both("A task that was set, or ended.", "Eine Aufgabe, gestellt oder beendet.")
)
class CaseTaskEntry(CaseTimelineEntry):
    title: str = field("What it is about.", "Worum es geht.")
    task_state: TaskState = field("Its state now.", "Ihr heutiger Stand.")


@strawberry.type(
    description=both(
        "A note in its current version, without its text; only for who may read it.",
        "Ein Vermerk in geltender Fassung, ohne Text; nur für wen er lesbar ist.",
    )
)
class CaseNoteEntry(CaseTimelineEntry):
    note_kind: NoteKind = field("Kind.", "Art.")
    confidentiality: Confidentiality = field("Who may read it.", "Wer ihn lesen darf.")
    number: int = field("Number of the version.", "Nummer der Fassung.")


@strawberry.type(description=both("A version of the help plan.", "Eine Fassung des Hilfeplans."))
class CasePlanEntry(CaseTimelineEntry):
    number: int = field("Number of the version.", "Nummer der Fassung.")


@strawberry.type(description=both("A document.", "Ein Dokument."))
class CaseDocumentEntry(CaseTimelineEntry):
    title: str = field("Title.", "Titel.")
    document_kind: DocumentKind = field("Kind.", "Art.")


@strawberry.type(
    description=both(
        "What holds of the client for a time: residence, body of law.",
        "Was für eine Zeit von der Person gilt: Aufenthalt, Rechtskreis.",
    )
)
class CaseStatusEntry(CaseTimelineEntry):
    status_kind: TimelineKind = field("Kind.", "Art.")
    code: str = field(
        "A code of the list residence-groups or legal-circles.",
        "Ein Schlüssel der Liste residence-groups oder legal-circles.",
    )
    to_on: Date | None = field("Last day.", "Letzter Tag.")
    replaces_id: strawberry.ID | None = field(
        "UUID of the entry that this one corrects.", "UUID des Eintrags, den dieser berichtigt."
    )


@strawberry.type(
    description=both(
        "A step of a referral to or from the case, as the caller's side sees it.",
        "Ein Schritt einer Überleitung zu oder aus dem Fall, wie die eigene Seite ihn sieht.",
    )
)
class CaseReferralEntry(CaseTimelineEntry):
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    type: str = field("Type of the event.", "Art des Ereignisses.")
    side: ReferralSide = field("The side that acted.", "Die handelnde Seite.")
    state_before: ReferralState | None = field("State before.", "Stand davor.")
    state_after: ReferralState = field("State after.", "Stand danach.")


@strawberry.type(
    description=both(
        "A cost that was recorded for the case, for who may read funding.",
        "Eine Ausgabe, die für den Fall erfasst wurde; für wen Förderung lesbar ist.",
    )
)
class CaseCostEntry(CaseTimelineEntry):
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    amount: Amount = field("Euros.", "Euro.")
    cost_state: ExpenditureState = field("State.", "Stand.")


@strawberry.type(description=both("One row of a timeline.", "Eine Zeile eines Verlaufs."))
class CaseTimelineEdge:
    cursor: str = field("Place of this entry.", "Ort dieses Eintrags.")
    node: CaseTimelineEntry = field("The entry.", "Der Eintrag.")


@strawberry.type(
    description=both(
        "A page of the timeline of a case, over all services, the latest first.",
        "Eine Seite des Verlaufs eines Falls, über alle Dienste, das Neueste zuerst.",
    )
)
class CaseTimelineConnection:
    edges: list[CaseTimelineEdge] = field("The entries.", "Die Einträge.")
    page_info: PageInfo = field("Where this page ends.", "Wo diese Seite endet.")
    is_complete: bool = field(
        "Every service that was asked has answered; else read the page again later.",
        "Jeder gefragte Dienst hat geantwortet; sonst die Seite später noch einmal lesen.",
    )
    unavailable: list[ServiceName] = field(
        "Services that did not answer: what they know is missing here.",
        "Dienste, die nicht antworteten: Was sie wissen, fehlt hier.",
    )
