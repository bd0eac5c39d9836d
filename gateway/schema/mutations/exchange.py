"""What both sides of a referral do beside its steps: change, hold, propose, write, answer."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.exchange import (
    AcknowledgeReferralNoticeInput,
    AmendReferralInput,
    AnswerCounterProposalInput,
    AnswerRejectionInput,
    AssignReferralInsideInput,
    HoldReferralInput,
    MarkReferralMessagesReadInput,
    PostReferralMessageInput,
    ProposeOtherServiceInput,
    RaiseReferralNoticeInput,
    ReplaceReferralDraftInput,
    ReportConsentRevocationInput,
)
from gateway.schema.inputs.referral import ReferralStepInput
from gateway.schema.mutations.referrals import ReferralResult, ReferralSuccess
from gateway.schema.published import Published, both, field
from gateway.schema.referral import Referral
from gateway.schema.referral_exchange import MessagesRead, PostedReferralMessage, ReferralNotice
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "A revocation and what it withdrew.", "Ein Widerruf und was er zurückgezogen hat."
    )
)
class ConsentRevocation(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    consent_reference: str = field("Reference of the declaration.", "Aktenzeichen der Erklärung.")
    revoked_at: DateTime = field("When it was reported.", "Wann er gemeldet wurde.")
    withdrawn: int = field("Referrals withdrawn.", "Zurückgezogene Überleitungen.")


@strawberry.type(description=both("The message was posted.", "Die Nachricht ist abgesetzt."))
class ReferralMessageSuccess(Success):
    posted: PostedReferralMessage = field(
        "The message, without its text.", "Die Nachricht, ohne ihren Text."
    )


@strawberry.type(description=both("Messages were read.", "Nachrichten sind gelesen."))
class MessagesReadSuccess(Success):
    messages: MessagesRead = field("How far.", "Wie weit.")


@strawberry.type(description=both("The notice after the change.", "Die Mitteilung danach."))
class ReferralNoticeSuccess(Success):
    notice: ReferralNotice = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The revocation.", "Der Widerruf."))
class ConsentRevocationSuccess(Success):
    revocation: ConsentRevocation = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_referral = made(ReferralSuccess, "referral", Referral)
_notice = made(ReferralNoticeSuccess, "notice", ReferralNotice)
ReferralMessageResult = outcome(
    "ReferralMessageResult",
    ReferralMessageSuccess,
    en="The message, or why not.",
    de="Die Nachricht, oder warum nicht.",
)
MessagesReadResult = outcome(
    "MessagesReadResult",
    MessagesReadSuccess,
    en="How far the thread is read, or why not.",
    de="Wie weit der Verlauf gelesen ist, oder warum nicht.",
)
ReferralNoticeResult = outcome(
    "ReferralNoticeResult",
    ReferralNoticeSuccess,
    en="The notice, or why not.",
    de="Die Mitteilung, oder warum nicht.",
)
ConsentRevocationResult = outcome(
    "ConsentRevocationResult",
    ConsentRevocationSuccess,
    en="The revocation, or why not.",
    de="Der Widerruf, oder warum nicht.",
)
ACTIONS = "POST referrals /v1/referrals/{referral_id}/actions"


@strawberry.type
class ExchangeMutations:
    replace_referral_draft = command(
        "PUT referrals /v1/referrals/{referral_id}",
        ReplaceReferralDraftInput,
        _referral,
        ReferralResult,
        en="Replace a draft.",
        de="Einen Entwurf ersetzen.",
    )
    amend_referral = command(
        f"{ACTIONS}/amend",
        AmendReferralInput,
        _referral,
        ReferralResult,
        en="Change what was sent; every rule of sending is asked again.",
        de="Gesendetes ändern; jede Regel des Sendens wird neu geprüft.",
    )
    hold_referral = command(
        f"{ACTIONS}/hold",
        HoldReferralInput,
        _referral,
        ReferralResult,
        en="Put on hold; the clocks wait.",
        de="Ruhen lassen; die Fristen warten.",
    )
    resume_referral = command(
        f"{ACTIONS}/resume",
        ReferralStepInput,
        _referral,
        ReferralResult,
        en="Go on; the clocks run again.",
        de="Fortsetzen; die Fristen laufen weiter.",
    )
    propose_other_service = command(
        f"{ACTIONS}/propose",
        ProposeOtherServiceInput,
        _referral,
        ReferralResult,
        en="Propose another service or a later beginning.",
        de="Eine andere Leistung oder einen späteren Beginn vorschlagen.",
    )
    answer_counter_proposal = command(
        f"{ACTIONS}/answer-proposal",
        AnswerCounterProposalInput,
        _referral,
        ReferralResult,
        en="Accept or decline what the recipient proposes.",
        de="Den Gegenvorschlag annehmen oder ablehnen.",
    )
    answer_rejection = command(
        f"{ACTIONS}/answer-rejection",
        AnswerRejectionInput,
        _referral,
        ReferralResult,
        en="Send a corrected copy of what was refused.",
        de="Abgelehntes berichtigt neu anlegen.",
    )
    assign_referral_inside = command(
        f"{ACTIONS}/assign",
        AssignReferralInsideInput,
        _referral,
        ReferralResult,
        en="Say who of the receiving unit works on it.",
        de="Sagen, wer in der empfangenden Stelle sie bearbeitet.",
    )
    post_referral_message = command(
        "POST referrals /v1/referrals/{referral_id}/messages",
        PostReferralMessageInput,
        made(ReferralMessageSuccess, "posted", PostedReferralMessage),
        ReferralMessageResult,
        en="Write to the other side.",
        de="Der anderen Seite schreiben.",
    )
    mark_referral_messages_read = command(
        "POST referrals /v1/referrals/{referral_id}/messages/actions/read",
        MarkReferralMessagesReadInput,
        made(MessagesReadSuccess, "messages", MessagesRead),
        MessagesReadResult,
        en="Mark the other side's messages as read.",
        de="Nachrichten der anderen Seite als gelesen kennzeichnen.",
    )
    raise_referral_notice = command(
        "POST referrals /v1/notices",
        RaiseReferralNoticeInput,
        _notice,
        ReferralNoticeResult,
        en="Tell the unit that holds the data what happened to them.",
        de="Der Stelle, die die Daten hat, mitteilen, was mit ihnen geschah.",
    )
    acknowledge_referral_notice = command(
        "POST referrals /v1/notices/{notice_id}/actions/acknowledge",
        AcknowledgeReferralNoticeInput,
        _notice,
        ReferralNoticeResult,
        en="Say what became of the data.",
        de="Sagen, was aus den Daten wurde.",
    )
    report_consent_revocation = command(
        "POST referrals /v1/consent-revocations",
        ReportConsentRevocationInput,
        made(ConsentRevocationSuccess, "revocation", ConsentRevocation),
        ConsentRevocationResult,
        en="Report that a declaration was revoked.",
        de="Den Widerruf einer Erklärung melden.",
    )
