"""Notes in versions, and whom an entrusted one was handed on to."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.domain.access import Role
from services.cases.domain.acts import CORRECT_NOTE, HAND_ON_NOTE
from services.cases.domain.notes import Confidentiality, NoteAction, NoteReader
from services.cases.storage.queries.allowed import ME, allowed_where, permitted
from services.cases.storage.tables import CaseRow, NoteReleaseRow, NoteRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View
from shared.kernel.access_acts import Act
from shared.kernel.access_relations import Relation

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
_IS_MINE = col(NoteRow.owner) == ME
_IS_ENTRUSTED = col(NoteRow.confidentiality) == Confidentiality.ENTRUSTED.value
_CASE_IS_MINE = (
    select(col(CaseRow.id))
    .where(
        col(CaseRow.tenant_id) == col(NoteRow.tenant_id),
        col(CaseRow.id) == col(NoteRow.case_id),
        col(CaseRow.case_manager) == ME,
    )
    .correlate(NoteRow)
    .exists()
)
_READ_AS = case(
    (_IS_MINE, NoteReader.OWNER.value),
    (_IS_ENTRUSTED, NoteReader.RECEIVER.value),
    (
        col(NoteRow.confidentiality) == Confidentiality.CONFIDENTIAL.value,
        NoteReader.IN_CHARGE.value,
    ),
    else_=NoteReader.UNIT.value,
)
_STANDS: Final[Mapping[Relation, ColumnElement[bool]]] = {
    Relation.OWNER: _IS_MINE,
    Relation.IN_CHARGE: _CASE_IS_MINE,
}


def _permitted(act: Act) -> ColumnElement[bool]:
    """The row of the table of acts, for a note of its class: notes are read by case managers."""
    stands = permitted(act, Role.CASE_MANAGER, _STANDS)
    return and_(col(NoteRow.confidentiality) == act.confidentiality, stands)


# What the operations refuse for this note, whatever the roles of the caller.
_ALLOWED = allowed_where(
    (NoteAction.CORRECT, and_(IS_CURRENT, or_(*map(_permitted, CORRECT_NOTE.values())))),
    (NoteAction.HAND_ON, _permitted(HAND_ON_NOTE)),
)
NOTE = (
    *_COLUMNS,
    IS_CURRENT.label("is_current"),
    _READ_AS.label("read_as"),
    _ALLOWED.label("allowed_actions"),
)
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
