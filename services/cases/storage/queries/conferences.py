"""Case conferences with who was told what, and how often they are held."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import (
    ConferenceOutcomeRow,
    ConferenceParticipantRow,
    ConferenceRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View

_PARTICIPANTS = json_list(
    select(
        col(ConferenceParticipantRow.participant).label("unit"),
        col(ConferenceParticipantRow.participant_type).label("unit_type"),
        col(ConferenceParticipantRow.basis),
        col(ConferenceParticipantRow.fields).label("fields_disclosed"),
        col(ConferenceParticipantRow.consent_id),
        col(ConferenceParticipantRow.release_id),
        col(ConferenceParticipantRow.ground),
        col(ConferenceParticipantRow.decision_reason),
        col(ConferenceParticipantRow.is_client_informed),
        col(ConferenceParticipantRow.request_reference),
        col(ConferenceParticipantRow.recorded_by).label("decided_by"),
        col(ConferenceParticipantRow.recorded_at).label("decided_at"),
    )
    .where(
        col(ConferenceParticipantRow.tenant_id) == col(ConferenceRow.tenant_id),
        col(ConferenceParticipantRow.conference_id) == col(ConferenceRow.id),
    )
    .order_by(col(ConferenceParticipantRow.participant))
    .correlate(ConferenceRow)
)
_OUTCOMES = json_list(
    select(
        col(ConferenceOutcomeRow.kind),
        col(ConferenceOutcomeRow.text),
        col(ConferenceOutcomeRow.responsible_unit),
        col(ConferenceOutcomeRow.due_on),
    )
    .where(
        col(ConferenceOutcomeRow.tenant_id) == col(ConferenceRow.tenant_id),
        col(ConferenceOutcomeRow.conference_id) == col(ConferenceRow.id),
    )
    .order_by(col(ConferenceOutcomeRow.position))
    .correlate(ConferenceRow)
)
CONFERENCE = select(
    col(ConferenceRow.id),
    col(ConferenceRow.case_id),
    col(ConferenceRow.held_on),
    col(ConferenceRow.topics),
    col(ConferenceRow.extract),
    col(ConferenceRow.recorded_by),
    col(ConferenceRow.recorded_at),
    _PARTICIPANTS.label("participants"),
    _OUTCOMES.label("outcomes"),
)
CONFERENCE_VIEW = View(
    CONFERENCE.where(col(ConferenceRow.id) == bindparam("conference_id")),
    log=ReadLog("case-conference"),
)
CONFERENCES_OF_CASE = ListView(
    CONFERENCE.where(col(ConferenceRow.case_id) == bindparam("case_id")),
    filters={},
    sorts={"heldOn": "held_on"},
    default_sort="-heldOn",
    log=ReadLog("case-conference"),
)
CONFERENCES_HELD = Statement("select * from count_conferences(:year)")
