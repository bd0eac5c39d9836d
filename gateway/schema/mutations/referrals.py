"""Steps of a referral."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.referral import (
    AcceptReferralInput,
    AssignReferralInput,
    EndReferralInput,
    ForwardReferralInput,
    NewReferralInput,
    ReferralStepInput,
    RejectReferralInput,
    SendReferralInput,
    StartReferralServiceInput,
    WithdrawReferralInput,
)
from gateway.schema.manual_referral import ManualReferral
from gateway.schema.published import both, field
from gateway.schema.referral import Referral


@strawberry.type(
    description=both("The referral after the change.", "Die Überleitung nach der Änderung.")
)
class ReferralSuccess(Success):
    referral: Referral = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(
    description=both("The referral with its unit.", "Die Überleitung mit ihrer Stelle.")
)
class AssignReferralSuccess(Success):
    referral: ManualReferral = field(
        "The referral as it now stands.", "Die Überleitung, wie sie jetzt ist."
    )


_referral = made(ReferralSuccess, "referral", Referral)
_manual = made(AssignReferralSuccess, "referral", ManualReferral)
ReferralResult = outcome(
    "ReferralResult",
    ReferralSuccess,
    en="The referral, or why not.",
    de="Die Überleitung, oder warum nicht.",
)
AssignReferralResult = outcome(
    "AssignReferralResult",
    AssignReferralSuccess,
    en="The entry of the manual queue, or why not.",
    de="Der Eintrag der Klärungsliste, oder warum nicht.",
)


@strawberry.type
class ReferralMutations:
    submit_referral = command(
        "POST referrals /v1/referrals",
        NewReferralInput,
        _referral,
        ReferralResult,
        en="Write a referral down and send it at once.",
        de="Eine Überleitung anlegen und sofort senden.",
        said={"submit": True},
    )
    draft_referral = command(
        "POST referrals /v1/referrals",
        NewReferralInput,
        _referral,
        ReferralResult,
        en="Write a referral down without sending it.",
        de="Eine Überleitung anlegen, ohne sie zu senden.",
        said={"submit": False},
    )
    pull_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/pull",
        ReferralStepInput,
        _referral,
        ReferralResult,
        en="Collect a referral: the recipient has it now.",
        de="Eine Überleitung abholen: die empfangende Stelle hat sie jetzt.",
    )
    start_referral_review = command(
        "POST referrals /v1/referrals/{referral_id}/actions/start-review",
        ReferralStepInput,
        _referral,
        ReferralResult,
        en="Start the review.",
        de="Die Prüfung beginnen.",
    )
    accept_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/accept",
        AcceptReferralInput,
        _referral,
        ReferralResult,
        en="Accept: the content becomes readable, a case follows.",
        de="Annehmen: der Inhalt wird lesbar, ein Fall folgt.",
    )
    reject_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/reject",
        RejectReferralInput,
        _referral,
        ReferralResult,
        en="Reject, with coded reasons.",
        de="Ablehnen, mit Gründen als Codes.",
    )
    forward_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/forward",
        ForwardReferralInput,
        _referral,
        ReferralResult,
        en="Pass on to another unit of the same controller.",
        de="An eine andere Stelle derselben verantwortlichen Stelle weitergeben.",
    )
    withdraw_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/withdraw",
        WithdrawReferralInput,
        _referral,
        ReferralResult,
        en="Take back, as long as it is not accepted.",
        de="Zurückziehen, solange sie nicht angenommen ist.",
    )
    prepare_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/prepare",
        ReferralStepInput,
        _referral,
        ReferralResult,
        en="Make a draft ready to send.",
        de="Einen Entwurf sendebereit machen.",
    )
    send_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/submit",
        SendReferralInput,
        _referral,
        ReferralResult,
        en="Send a referral that is ready.",
        de="Eine sendebereite Überleitung senden.",
    )
    start_referral_service = command(
        "POST referrals /v1/referrals/{referral_id}/actions/start-service",
        StartReferralServiceInput,
        _referral,
        ReferralResult,
        en="Record the first contact.",
        de="Den ersten Kontakt festhalten.",
    )
    complete_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/complete",
        EndReferralInput,
        _referral,
        ReferralResult,
        en="Complete, with the outcome.",
        de="Abschließen, mit dem Ergebnis.",
    )
    return_referral = command(
        "POST referrals /v1/referrals/{referral_id}/actions/return",
        EndReferralInput,
        _referral,
        ReferralResult,
        en="Give back, with the outcome.",
        de="Zurückgeben, mit dem Ergebnis.",
    )
    assign_referral = command(
        "POST referrals /v1/manual-queue/{referral_id}/actions/assign",
        AssignReferralInput,
        _manual,
        AssignReferralResult,
        en="Name the unit where no rule could.",
        de="Die Stelle festlegen, wo keine Regel es konnte.",
    )
