"""Notes in versions, and whom an entrusted one was handed on to."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.storage.tables import NoteReleaseRow, NoteRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

_later: Any = aliased(NoteRow)
# Under the policy of the table: for whom the newer version is hidden, the older is the current.
IS_CURRENT = ~(
    select(_later.id)
    .where(
        _later.tenant_id == col(NoteRow.tenant_id),
        _later.series_id == col(NoteRow.series_id),
        _later.number > col(NoteRow.number),
    )
    .correlate(NoteRow)
    .exists()
)
_COLUMNS = tuple(
    col(getattr(NoteRow, name))
    for name in (
        "id", "case_id", "series_id", "number", "correction_reason", "kind", "confidentiality",
        "class_reason", "owner", "entrusted_by_id", "held_on", "text", "recorded_at",
    )
)  # fmt: skip
NOTE = (*_COLUMNS, IS_CURRENT.label("is_current"))
CURRENT_NOTES = select(*NOTE).where(IS_CURRENT)
_THIS_NOTE = col(NoteRow.id) == bindparam("note_id")
NOTE_VIEW = View(select(*NOTE).where(_THIS_NOTE), log=ReadLog("note"))
NOTES_OF_CASE = ListView(
    CURRENT_NOTES.where(col(NoteRow.case_id) == bindparam("case_id")),
    filters={
        "kind": Filter(col(NoteRow.kind), str),
        "confidentiality": Filter(col(NoteRow.confidentiality), str, ("eq", "in")),
    },
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("note"),
)
_SERIES = aliased(NoteRow)
VERSIONS_OF_NOTE = ListView(
    select(*NOTE).where(
        col(NoteRow.series_id).in_(
            select(col(_SERIES.series_id)).where(col(_SERIES.id) == bindparam("note_id"))
        )
    ),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
    log=ReadLog("note"),
)
NOTE_OF_ID = Statement(select(*NOTE).where(_THIS_NOTE))
NOTE_EXISTS = View(select(col(NoteRow.id)).where(_THIS_NOTE))

RELEASE = tuple(
    col(getattr(NoteReleaseRow, name))
    for name in (
        "id", "note_id", "case_id", "reason", "receiver", "outside_receiver", "justification",
        "data_categories", "consent_id", "release_id", "danger_signs", "court_reference",
        "secrecy_ground", "recorded_by", "recorded_at",
    )
)  # fmt: skip
RELEASE_VIEW = View(
    select(*RELEASE).where(col(NoteReleaseRow.id) == bindparam("release_record_id")),
    log=ReadLog("note-release"),
)
RELEASES_OF_NOTE = ListView(
    select(*RELEASE).where(col(NoteReleaseRow.note_id) == bindparam("note_id")),
    filters={},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("note-release"),
)
RECEIVER_OF_NOTE = Statement(
    select(col(NoteReleaseRow.id)).where(
        col(NoteReleaseRow.note_id) == bindparam("note_id"),
        col(NoteReleaseRow.receiver) == bindparam("receiver"),
    )
)
# Of the unit of the caller, by policy.
COLLEAGUE = Statement(
    "select is_active, is_state_recognised, bound_to_secrecy_on from staff_member"
    " where actor = :actor"
)
