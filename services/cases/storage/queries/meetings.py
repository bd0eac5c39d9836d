"""Meetings of the bodies, and the versions of the concept."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import ConceptRow, MeetingRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

_MEETING = select(
    col(MeetingRow.id),
    col(MeetingRow.body),
    col(MeetingRow.body_name),
    col(MeetingRow.held_on),
    col(MeetingRow.participant_units),
    col(MeetingRow.topics),
    col(MeetingRow.decisions),
    col(MeetingRow.unit_id),
    col(MeetingRow.recorded_at),
)
MEETING_VIEW = View(_MEETING.where(col(MeetingRow.id) == bindparam("meeting_id")))
MEETING_LIST = ListView(
    _MEETING,
    filters={
        "body": Filter(col(MeetingRow.body), str, ("eq", "in")),
        "heldOn": Filter(col(MeetingRow.held_on), date.fromisoformat, ("eq", "gte", "lte")),
    },
    sorts={"heldOn": "held_on"},
    default_sort="-heldOn",
)
MEETING_OF_BODY = Statement(
    select(col(MeetingRow.id)).where(
        col(MeetingRow.id) == bindparam("meeting_id"),
        col(MeetingRow.body) == bindparam("body"),
        col(MeetingRow.held_on) == bindparam("held_on"),
    )
)
CONCEPT = tuple(
    col(getattr(ConceptRow, name))
    for name in (
        "id", "version", "number", "state", "title", "document_reference", "dated_on",
        "endorsed_on", "endorsed_in", "approved_on", "approved_by", "approval_reference",
        "withdrawn_on", "unit_id", "recorded_at",
    )
)  # fmt: skip
CONCEPT_VIEW = View(select(*CONCEPT).where(col(ConceptRow.id) == bindparam("concept_id")))
CONCEPT_LIST = ListView(
    select(*CONCEPT),
    filters={"state": Filter(col(ConceptRow.state), str, ("eq", "in"))},
    sorts={"number": "number"},
    default_sort="-number",
)
CONCEPT_FOR_UPDATE = Statement(
    select(*CONCEPT).where(col(ConceptRow.id) == bindparam("concept_id")).with_for_update()
)
APPROVED_CONCEPTS = Statement(
    select(*CONCEPT).where(col(ConceptRow.state) == "APPROVED").with_for_update()
)
# One version after the other in a tenant; the lock ends with the transaction.
TURN_OF_CONCEPTS = Statement(
    "select pg_advisory_xact_lock(hashtext('concept_version ' || :tenant_id))"
)
NEXT_CONCEPT_NUMBER = Statement("select coalesce(max(number), 0) + 1 from concept_version")
