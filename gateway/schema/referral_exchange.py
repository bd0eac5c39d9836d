"""What both sides of a referral do and say after sending."""

import strawberry

from gateway.schema.codes.exchange import (
    AmendReason,
    CounterProposalState,
    DayKind,
    HoldReason,
    NoticeAnswer,
    NoticeKind,
    ProposalNote,
)
from gateway.schema.codes.referrals import ReferralMode, ReferralSide, ReferralState
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "One change after sending: which paths, never which values.",
        "Eine Änderung nach dem Senden: welche Pfade, nie welche Werte.",
    )
)
class ReferralAmendment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    number: int = field("Number of the change.", "Nummer der Änderung.")
    at: DateTime = field("When it was made.", "Wann sie erfolgte.")
    actor_unit: str = field("The unit that made it.", "Die ändernde Stelle.")
    reason: AmendReason = field("Reason.", "Begründung.")
    changed_fields: list[str] = field("Dotted paths.", "Pfade mit Punkt.")
    version_before: int = field("Version of the content before.", "Fassung des Inhalts davor.")
    version_after: int = field("Version of the content after.", "Fassung des Inhalts danach.")
    digest_before: str = field("Digest before.", "Prüfsumme davor.")
    digest_after: str = field("Digest after.", "Prüfsumme danach.")


@strawberry.type(
    description=both(
        "A message as it was posted, without its text.",
        "Eine Nachricht, wie sie abgesetzt wurde, ohne ihren Text.",
    )
)
class PostedReferralMessage(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    number: int = field("Place in the thread.", "Platz im Verlauf.")
    at: DateTime = field("When it was written.", "Wann sie geschrieben wurde.")
    author_unit: str = field("The unit that wrote it.", "Die schreibende Stelle.")
    side: ReferralSide = field("The side that wrote it.", "Die schreibende Seite.")
    read_at: DateTime | None = field(
        "When the other side read it.", "Wann die andere Seite sie las."
    )


@strawberry.type(
    description=both(
        "One message of the thread; it goes with the content.",
        "Eine Nachricht des Verlaufs; sie wird mit dem Inhalt gelöscht.",
    )
)
class ReferralMessage(PostedReferralMessage):
    body: str = field("The text.", "Der Text.")


@strawberry.type(
    description=both("How far a thread was read.", "Wie weit ein Verlauf gelesen ist.")
)
class MessagesRead(Published):
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    up_to: int = field("Up to this number.", "Bis zu dieser Nummer.")
    read: int = field("Those not read before.", "Davon vorher ungelesen.")


@strawberry.type(
    description=both(
        "What the recipient proposes instead.",
        "Was die empfangende Stelle stattdessen vorschlägt.",
    )
)
class CounterProposal(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    service_code: str | None = field("Another service of its own.", "Eine andere eigene Leistung.")
    starts_on: Date | None = field("A later beginning.", "Ein späterer Beginn.")
    note_code: ProposalNote = field("Reason.", "Begründung.")
    state: CounterProposalState = field("State.", "Stand.")
    proposed_by_unit: str = field("The unit that proposes.", "Die vorschlagende Stelle.")
    created_at: DateTime = field("When it was proposed.", "Wann vorgeschlagen wurde.")
    answered_at: DateTime | None = field("When it was answered.", "Wann geantwortet wurde.")


@strawberry.type(
    description=both(
        "What a recipient is told of data it holds, and its answer (Art. 19 GDPR).",
        "Was eine empfangende Stelle zu Daten erfährt, die sie hat, und ihre Antwort"
        " (Art. 19 DSGVO).",
    )
)
class ReferralNotice(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str = field("The receiving unit.", "Die empfangende Stelle.")
    kind: NoticeKind = field("What happened.", "Was geschah.")
    fields: list[str] = field(
        "Names of the fields concerned, where they are known.",
        "Namen der betroffenen Angaben, soweit bekannt.",
    )
    raised_at: DateTime = field("When it was raised.", "Wann sie entstand.")
    answer_by: DateTime = field("Until when to answer.", "Bis wann zu antworten ist.")
    escalated_at: DateTime | None = field("When it was escalated.", "Wann sie eskalierte.")
    acknowledged_at: DateTime | None = field("When it was answered.", "Wann geantwortet wurde.")
    answer: NoticeAnswer | None = field("The answer.", "Die Antwort.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    referral = related(
        "referrals /v1/referrals",
        "gateway.schema.referral:Referral",
        "referralId",
        en="The referral.",
        de="Die Überleitung.",
    )


@strawberry.type(
    description=both(
        "The clocks of a referral; a hold moves those that run.",
        "Die Fristen einer Überleitung; eine Ruhezeit verschiebt die laufenden.",
    )
)
class ReferralClocks(Published):
    remind_at: DateTime | None = field(
        "When the recipient is reminded to collect it.",
        "Wann die empfangende Stelle an das Abholen erinnert wird.",
    )
    reminded_at: DateTime | None = field("When it was reminded.", "Wann erinnert wurde.")
    expires_at: DateTime | None = field(
        "When it expires if nobody collects it.", "Wann sie verfällt, wenn niemand sie abholt."
    )
    answer_remind_at: DateTime | None = field(
        "When the recipient is reminded to answer.", "Wann an die Antwort erinnert wird."
    )
    escalate_at: DateTime | None = field(
        "When a missing answer is escalated.", "Wann eine fehlende Antwort eskaliert."
    )
    escalated_at: DateTime | None = field("When it was escalated.", "Wann eskaliert wurde.")
    held_since: DateTime | None = field("On hold since.", "Ruht seit.")
    hold_reason: HoldReason | None = field("Why it is on hold.", "Warum sie ruht.")


@strawberry.type(
    description=both(
        "One step of a referral: ids and codes.",
        "Ein Schritt einer Überleitung: Kennungen und Codes.",
    )
)
class ReferralStep(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    type: str = field("Type of the step.", "Art des Schritts.")
    at: DateTime = field("When it happened.", "Wann er geschah.")
    side: ReferralSide = field("The side that did it.", "Die handelnde Seite.")
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    from_state: ReferralState | None = field("State before.", "Stand davor.")
    to_state: ReferralState = field("State after.", "Stand danach.")
    referral_version: int = field("Version after.", "Fassung danach.")
    codes: list[str] = field("Codes of reasons.", "Codes der Gründe.")


@strawberry.type(
    description=both(
        "A link for an agency without software: times and counts, never the address.",
        "Ein Link für eine Stelle ohne Software: Zeiten und Zähler, nie die Adresse.",
    )
)
class AccessLink(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    referral_id: strawberry.ID = field("UUID of the referral.", "UUID der Überleitung.")
    unit_id: str = field("The unit it is for.", "Die Stelle, für die er ist.")
    created_at: DateTime = field("When it was made.", "Wann er entstand.")
    created_by: str = field("Who made it.", "Wer ihn anlegte.")
    expires_at: DateTime = field("When it ends.", "Wann er endet.")
    used_at: DateTime | None = field("When it was opened.", "Wann er geöffnet wurde.")
    revoked_at: DateTime | None = field("When it was taken back.", "Wann er zurückgenommen wurde.")
    refusals: int = field("Wrong tries.", "Fehlversuche.")


@strawberry.type(
    description=both(
        "The terms of a kind of referral, from a day on.",
        "Die Fristen einer Art von Überleitung, ab einem Tag.",
    )
)
class ClockPolicy(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    mode: ReferralMode = field("Kind of referral.", "Art der Überleitung.")
    service_code: str = field(
        "The service; empty for every service.", "Die Leistung; leer für jede Leistung."
    )
    day_kind: DayKind = field("Which days count.", "Welche Tage zählen.")
    remind_unpulled: int = field(
        "Days from sending to the reminder.", "Tage vom Senden bis zur Erinnerung."
    )
    expire_unpulled: int = field(
        "Days from sending to the expiry.", "Tage vom Senden bis zum Verfall."
    )
    remind_unanswered: int = field(
        "Days from collecting to the reminder.", "Tage vom Abholen bis zur Erinnerung."
    )
    escalate_unanswered: int = field(
        "Days from collecting to the escalation.", "Tage vom Abholen bis zur Eskalation."
    )
    valid_from: Date = field("First day.", "Erster Tag.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")


@strawberry.type(
    description=both(
        "Who stands in for whom in the own unit.", "Wer in der eigenen Stelle wen vertritt."
    )
)
class ReferralDeputyship(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    principal: str = field("Who is represented.", "Wer vertreten wird.")
    deputy: str = field("Who stands in.", "Wer vertritt.")
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date = field("Last day.", "Letzter Tag.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
