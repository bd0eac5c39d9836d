"""What both sides of a referral need to change, hold, propose, write and answer."""

import strawberry

from gateway.schema.codes.contents import DataCategory
from gateway.schema.codes.exchange import (
    AmendReason,
    HoldReason,
    NoticeAnswer,
    NoticeKind,
    ProposalNote,
)
from gateway.schema.codes.referrals import Topic, Urgency
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.inputs.legal_ground import DisclosureDecisionInput, LegalGroundInput
from gateway.schema.inputs.referral import ReferralDraft
from gateway.schema.inputs.referral_content import ReferralContentInput
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input
class OnReferral(Change):
    """Base of what is done with a referral on the version seen."""

    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")


@strawberry.input(description=both("Replace a draft.", "Einen Entwurf ersetzen."))
class ReplaceReferralDraftInput(ReferralDraft, OnReferral):
    pass


@strawberry.input
class Corrected:
    """What may be said anew of a referral; what is left out stays."""

    content: ReferralContentInput | None = given("The whole content anew.", "Der ganze Inhalt neu.")
    disputed_fields: list[str] | None = given(
        "Fields whose correctness the person disputes (§ 84 SGB X).",
        "Felder, deren Richtigkeit die Person bestreitet (§ 84 SGB X).",
    )
    secret_categories: list[DataCategory] | None = given(
        "Parts under professional secrecy.", "Teile unter Berufsgeheimnis."
    )
    legal_ground: LegalGroundInput | None = given(
        "Consent or statute.", "Einwilligung oder Gesetz."
    )
    disclosure_decision: DisclosureDecisionInput | None = given(
        "Decision on disclosure to an authority.",
        "Entscheidung über die Offenlegung an eine Behörde.",
    )


@strawberry.input(
    description=both(
        "Change what was sent; what is left out stays.",
        "Gesendetes ändern; was fehlt, bleibt.",
    )
)
class AmendReferralInput(Corrected, OnReferral):
    reason: AmendReason = needed("Reason.", "Begründung.")
    attachment_ids: list[strawberry.ID] | None = given(
        "UUIDs of all its files, announced and uploaded; those not named are deleted.",
        "UUIDs aller ihrer Dateien, angekündigt und hochgeladen; nicht genannte werden gelöscht.",
    )
    topic: Topic | None = given("Field of action.", "Handlungsfeld.")
    urgency: Urgency | None = given("Urgency.", "Dringlichkeit.")
    language: str | None = given("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter_needed: bool | None = given(
        "An interpreter is needed.", "Sprachmittlung ist nötig."
    )


@strawberry.input(
    description=both(
        "Send a corrected copy of what was refused; what is left out is taken from it.",
        "Abgelehntes berichtigt neu anlegen; was fehlt, kommt aus der abgelehnten.",
    )
)
class AnswerRejectionInput(Corrected, OnReferral):
    recipient_unit: str | None = given("Another unit.", "Eine andere Stelle.")
    service_code: str | None = given("Another service.", "Eine andere Leistung.")
    submit: bool | None = given("Send it at once.", "Sofort senden.")


@strawberry.input(description=both("Put a referral on hold.", "Eine Überleitung ruhen lassen."))
class HoldReferralInput(OnReferral):
    reason: HoldReason = needed("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Propose another service of the own unit, a later beginning, or both.",
        "Eine andere eigene Leistung, einen späteren Beginn oder beides vorschlagen.",
    )
)
class ProposeOtherServiceInput(OnReferral):
    note_code: ProposalNote = needed("Reason.", "Begründung.")
    service_code: str | None = given("The other service.", "Die andere Leistung.")
    starts_on: Date | None = given("The later beginning.", "Der spätere Beginn.")


@strawberry.input(
    description=both("Answer a counter-proposal.", "Einen Gegenvorschlag beantworten.")
)
class AnswerCounterProposalInput(OnReferral):
    accept: bool = needed("Accept or decline.", "Annehmen oder ablehnen.")


@strawberry.input(
    description=both(
        "Assign a referral inside the receiving unit; without a person nobody has it any more.",
        "Eine Überleitung intern zuweisen; ohne Person ist niemand mehr zuständig.",
    )
)
class AssignReferralInsideInput(OnReferral):
    assignee: str | None = given("Issuer and subject.", "Aussteller und Kennung.")


@strawberry.input(
    description=both(
        "Write to the other side; before acceptance nobody is named.",
        "Der anderen Seite schreiben; vor der Annahme wird niemand genannt.",
    )
)
class PostReferralMessageInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    body: str = needed("The text.", "Der Text.")


@strawberry.input(
    description=both("Mark messages as read.", "Nachrichten als gelesen kennzeichnen.")
)
class MarkReferralMessagesReadInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    up_to: int = needed("Up to this number.", "Bis zu dieser Nummer.")


@strawberry.input(
    description=both(
        "Tell the unit that holds the data.", "Der Stelle, die die Daten hat, mitteilen."
    )
)
class RaiseReferralNoticeInput(Command):
    referral_id: strawberry.ID = needed("UUID of the referral.", "UUID der Überleitung.")
    kind: NoticeKind = needed("What happened.", "Was geschah.")


@strawberry.input(
    description=both("Say what became of the data.", "Sagen, was aus den Daten wurde.")
)
class AcknowledgeReferralNoticeInput(Change):
    notice_id: strawberry.ID = needed("UUID of the notice.", "UUID der Mitteilung.")
    answer: NoticeAnswer = needed("The answer.", "Die Antwort.")


@strawberry.input(
    description=both(
        "Report that a declaration was revoked; what is open under it is withdrawn.",
        "Den Widerruf einer Erklärung melden; was darunter offen ist, wird zurückgezogen.",
    )
)
class ReportConsentRevocationInput(Command):
    consent_reference: str = needed("Reference of the declaration.", "Aktenzeichen der Erklärung.")
