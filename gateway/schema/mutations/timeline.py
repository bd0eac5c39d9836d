"""A person's status over time; proposed referrals."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.timeline import (
    CorrectTimelineEntryInput,
    DismissReferralProposalInput,
    RecordLegalCircleChangeInput,
    RecordStatusInput,
    TakeReferralProposalInput,
)
from gateway.schema.published import both, field
from gateway.schema.timeline import LegalCircleChange, ReferralProposal, TimelineEntry


@strawberry.type(description=both("The entry that was made.", "Der Eintrag, der gemacht wurde."))
class TimelineEntrySuccess(Success):
    entry: TimelineEntry = field("The entry.", "Der Eintrag.")


@strawberry.type(
    description=both("The change that was recorded.", "Der Wechsel, der erfasst wurde.")
)
class LegalCircleChangeSuccess(Success):
    change: LegalCircleChange = field("The change.", "Der Wechsel.")


@strawberry.type(
    description=both("The proposal after the decision.", "Der Vorschlag nach der Entscheidung.")
)
class ReferralProposalSuccess(Success):
    proposal: ReferralProposal = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_entry = made(TimelineEntrySuccess, "entry", TimelineEntry)
TimelineEntryResult = outcome(
    "TimelineEntryResult",
    TimelineEntrySuccess,
    en="The entry, or why not.",
    de="Der Eintrag, oder warum nicht.",
)
_change = made(LegalCircleChangeSuccess, "change", LegalCircleChange)
LegalCircleChangeResult = outcome(
    "LegalCircleChangeResult",
    LegalCircleChangeSuccess,
    en="The change, or why not.",
    de="Der Wechsel, oder warum nicht.",
)
_proposal = made(ReferralProposalSuccess, "proposal", ReferralProposal)
ReferralProposalResult = outcome(
    "ReferralProposalResult",
    ReferralProposalSuccess,
    en="The proposal, or why not.",
    de="Der Vorschlag, oder warum nicht.",
)


@strawberry.type
class TimelineMutations:
    record_status = command(
        "POST cases /v1/persons/{person_id}/timeline",
        RecordStatusInput,
        _entry,
        TimelineEntryResult,
        en="Record a residence group or a body of law of a person.",
        de="Eine Aufenthaltsgruppe oder einen Rechtskreis einer Person festhalten.",
    )
    correct_timeline_entry = command(
        "POST cases /v1/timeline-entries/{entry_id}/actions/correct",
        CorrectTimelineEntryInput,
        _entry,
        TimelineEntryResult,
        en="Correct an entry; what was believed before stays in the history.",
        de="Einen Eintrag berichtigen; was vorher galt, bleibt im Verlauf.",
    )
    record_legal_circle_change = command(
        "POST cases /v1/persons/{person_id}/legal-circle-changes",
        RecordLegalCircleChangeInput,
        _change,
        LegalCircleChangeResult,
        en="Record a change of the body of law; it proposes the next referrals.",
        de="Einen Rechtskreiswechsel erfassen; er schlägt die nächsten Überleitungen vor.",
    )
    take_referral_proposal = command(
        "POST cases /v1/referral-proposals/{proposal_id}/actions/take",
        TakeReferralProposalInput,
        _proposal,
        ReferralProposalResult,
        en="Take up a proposed referral.",
        de="Eine vorgeschlagene Überleitung aufgreifen.",
    )
    dismiss_referral_proposal = command(
        "POST cases /v1/referral-proposals/{proposal_id}/actions/dismiss",
        DismissReferralProposalInput,
        _proposal,
        ReferralProposalResult,
        en="Dismiss a proposed referral.",
        de="Eine vorgeschlagene Überleitung verwerfen.",
    )
