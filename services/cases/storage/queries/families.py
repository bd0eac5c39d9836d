"""Families: members, the cases they have and had, and what goes when the last case goes."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlmodel import col

from services.cases.storage.tables import FamilyMemberRow, FamilyMoveRow, FamilyRow, PersonRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View


def _going_on(person_id: Any) -> ColumnElement[Any]:
    """The record that goes on after a merge, or the member's own."""
    query = select(func.coalesce(col(PersonRow.merged_into_id), col(PersonRow.id)))
    return query.where(col(PersonRow.id) == person_id).correlate(FamilyMemberRow).scalar_subquery()


_MEMBERS = json_list(
    select(
        col(FamilyMemberRow.id),
        col(FamilyMemberRow.person_id),
        _going_on(col(FamilyMemberRow.person_id)).label("current_person_id"),
        col(FamilyMemberRow.role),
        col(FamilyMemberRow.from_on),
        col(FamilyMemberRow.to_on),
    )
    .where(
        col(FamilyMemberRow.tenant_id) == col(FamilyRow.tenant_id),
        col(FamilyMemberRow.family_id) == col(FamilyRow.id),
    )
    .order_by(col(FamilyMemberRow.id))
    .correlate(FamilyRow)
)
_CASE_MOVES = json_list(
    select(
        col(FamilyMoveRow.case_id),
        col(FamilyMoveRow.from_family_id),
        col(FamilyMoveRow.to_family_id),
        col(FamilyMoveRow.effective_on),
    )
    .where(
        col(FamilyMoveRow.tenant_id) == col(FamilyRow.tenant_id),
        or_(
            col(FamilyMoveRow.from_family_id) == col(FamilyRow.id),
            col(FamilyMoveRow.to_family_id) == col(FamilyRow.id),
        ),
    )
    .order_by(col(FamilyMoveRow.effective_on), col(FamilyMoveRow.id))
    .correlate(FamilyRow)
)
FAMILY = (
    col(FamilyRow.id),
    col(FamilyRow.version),
    col(FamilyRow.arrival_cohort),
    col(FamilyRow.split_from_id),
    col(FamilyRow.joined_into_id),
    col(FamilyRow.joined_on),
    col(FamilyRow.unit_id),
    col(FamilyRow.created_at),
    col(FamilyRow.updated_at),
    _MEMBERS.label("members"),
    _CASE_MOVES.label("case_moves"),
)
FAMILY_VIEW = View(
    select(*FAMILY).where(col(FamilyRow.id) == bindparam("family_id")), log=ReadLog("family")
)
FAMILY_LIST = ListView(
    select(*FAMILY),
    filters={"id": Filter(col(FamilyRow.id), UUID, ("in",))},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=ReadLog("family"),
)
FAMILY_FOR_UPDATE = Statement(
    select(
        col(FamilyRow.id),
        col(FamilyRow.version),
        col(FamilyRow.arrival_cohort),
        col(FamilyRow.joined_into_id),
    )
    .where(col(FamilyRow.id) == bindparam("family_id"))
    .with_for_update()
)
# A merged record belongs where the record that goes on belongs.
PRESENT_FAMILY_OF_PERSON = Statement(
    "select m.family_id from family_member m join person p on p.id = m.person_id"
    " where m.to_on is null and (p.id = :person_id or p.merged_into_id = :person_id)"
    " order by m.id desc limit 1"
)
FAMILY_MEMBER = Statement(
    select(
        col(FamilyMemberRow.id),
        col(FamilyMemberRow.family_id),
        col(FamilyMemberRow.from_on),
        col(FamilyMemberRow.to_on),
    ).where(col(FamilyMemberRow.id) == bindparam("member_id"))
)
PRESENT_MEMBERS = Statement(
    "select m.id, coalesce(p.merged_into_id, p.id) as person_id, m.person_id as record_id,"
    " m.role, m.from_on from family_member m join person p on p.id = m.person_id"
    " where m.family_id = :family_id and m.to_on is null order by m.id"
)
CASES_OF_FAMILY_FOR_UPDATE = Statement(
    "select c.id, c.version, c.unit_id, c.state, c.is_processing_restricted,"
    " (select coalesce(p.merged_into_id, p.id) from person p where p.id = c.person_id)"
    " as client_id from case_record c where c.family_id = :family_id order by c.id for update of c"
)
# The family that a case belongs to, those that it belonged to, and those that these took in.
FAMILIES_OF_CASE = Statement(
    "with recursive known (id) as ("
    " select c.family_id from case_record c where c.id = :case_id"
    " union select v.from_family_id from family_move v where v.case_id = :case_id"
    " union select f.id from family f join known k on f.joined_into_id = k.id)"
    " select id from known where id is not null"
)
PERSONS_OF_CASE = Statement(
    "with direct as (select p.id, p.merged_into_id from person p where p.id = :person_id or p.id in"
    " (select m.person_id from family_member m where m.family_id = any(:family_ids)))"
    " select id from direct"
    " union select p.id from person p join direct d on p.merged_into_id = d.id"
)
DELETE_FAMILIES_UNLESS_USED = Statement(
    "delete from family f where f.id = any(:family_ids)"
    " and not exists (select from case_record c where c.family_id = f.id)"
    " and not exists (select from family_move v"
    "   where v.from_family_id = f.id or v.to_family_id = f.id)"
)
DELETE_PERSONS_UNLESS_USED = Statement(
    "delete from person p where p.id = any(:person_ids)"
    " and not exists (select from case_record c where c.person_id = p.id)"
    " and not exists (select from family_member m where m.person_id = p.id) returning p.id"
)
