"""Case conferences, meetings of the bodies, versions of the concept."""

import strawberry

from gateway.schema.commands import WarnedSuccess, command, made, outcome
from gateway.schema.conference import CaseConference
from gateway.schema.inputs.conference import RecordConferenceInput
from gateway.schema.inputs.meeting import (
    DraftConceptInput,
    PerformConceptActionInput,
    RecordMeetingInput,
)
from gateway.schema.meeting import ConceptVersion, Meeting
from gateway.schema.published import both, field


@strawberry.type(
    description=both(
        "The conference as recorded, with what to think over.",
        "Die Fallbesprechung, wie festgehalten, mit Hinweisen.",
    )
)
class ConferenceSuccess(WarnedSuccess):
    conference: CaseConference = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(
    description=both(
        "The meeting as recorded, with what to think over.",
        "Die Sitzung, wie festgehalten, mit Hinweisen.",
    )
)
class MeetingSuccess(WarnedSuccess):
    meeting: Meeting = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(
    description=both(
        "The version after the change, with what to think over.",
        "Die Fassung nach der Änderung, mit Hinweisen.",
    )
)
class ConceptSuccess(WarnedSuccess):
    concept: ConceptVersion = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_conference = made(ConferenceSuccess, "conference", CaseConference)
ConferenceResult = outcome(
    "ConferenceResult",
    ConferenceSuccess,
    en="The conference, or why not.",
    de="Die Fallbesprechung, oder warum nicht.",
)
_meeting = made(MeetingSuccess, "meeting", Meeting)
MeetingResult = outcome(
    "MeetingResult",
    MeetingSuccess,
    en="The meeting, or why not.",
    de="Die Sitzung, oder warum nicht.",
)
_concept = made(ConceptSuccess, "concept", ConceptVersion)
ConceptResult = outcome(
    "ConceptResult",
    ConceptSuccess,
    en="The version, or why not.",
    de="Die Fassung, oder warum nicht.",
)


@strawberry.type
class ConferenceMutations:
    record_conference = command(
        "POST cases /v1/cases/{case_id}/conferences",
        RecordConferenceInput,
        _conference,
        ConferenceResult,
        en="Record a case conference.",
        de="Eine Fallbesprechung festhalten.",
    )
    record_meeting = command(
        "POST cases /v1/meetings",
        RecordMeetingInput,
        _meeting,
        MeetingResult,
        en="Record a meeting of a body.",
        de="Die Sitzung eines Gremiums festhalten.",
    )
    draft_concept = command(
        "POST cases /v1/concept-versions",
        DraftConceptInput,
        _concept,
        ConceptResult,
        en="Draft a version of the concept.",
        de="Eine Fassung des Handlungskonzepts anlegen.",
    )
    perform_concept_action = command(
        "POST cases /v1/concept-versions/{concept_id}/actions/{action}",
        PerformConceptActionInput,
        _concept,
        ConceptResult,
        en="Endorse, approve or withdraw a version of the concept.",
        de="Einer Fassung des Handlungskonzepts zustimmen, sie genehmigen oder zurückziehen.",
    )
