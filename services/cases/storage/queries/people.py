"""Persons, families, staff."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.domain.latin import search_key
from services.cases.storage.tables import (
    FamilyMemberRow,
    FamilyRow,
    PersonRow,
    StaffMemberRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View

PERSON = (
    col(PersonRow.id),
    col(PersonRow.version),
    col(PersonRow.family_name),
    col(PersonRow.given_names),
    col(PersonRow.original_name),
    col(PersonRow.birth_date),
    col(PersonRow.birth_date_precision),
    col(PersonRow.gender),
    col(PersonRow.nationalities),
    col(PersonRow.languages),
    col(PersonRow.residence_group),
    col(PersonRow.disputed_fields),
    col(PersonRow.unit_id),
    col(PersonRow.updated_at),
)
PERSON_VIEW = View(
    select(*PERSON).where(col(PersonRow.id) == bindparam("person_id")), log=ReadLog("person")
)


def name_range(beginning: str) -> list[tuple[str, str]]:
    """The filters that find a name by its beginning: a range on the folded key, because a LIKE
    would not use the index under row-level security.
    """
    key = search_key(beginning)
    after = key[:-1] + chr(ord(key[-1]) + 1) if key else ""
    return [("nameKey[gte]", key), ("nameKey[lt]", after)]


PERSON_LIST = ListView(
    select(*PERSON, col(PersonRow.name_key)),
    filters={
        "id": Filter(col(PersonRow.id), UUID, ("in",)),
        "nameKey": Filter(col(PersonRow.name_key), str, ("gte", "lt")),
        "birthDate": Filter(col(PersonRow.birth_date), str),
    },
    sorts={"name": "name_key", "id": "id"},
    default_sort="name",
    log=ReadLog("person"),
    hidden=("name_key",),
)
PERSON_FOR_UPDATE = Statement(
    select(*PERSON).where(col(PersonRow.id) == bindparam("person_id")).with_for_update()
)
BIRTH_DATE_OF_PERSON = Statement(
    select(col(PersonRow.id), col(PersonRow.birth_date)).where(
        col(PersonRow.id) == bindparam("person_id")
    )
)
MATCH_KEY_OF_PERSON = Statement(
    select(col(PersonRow.match_key)).where(col(PersonRow.id) == bindparam("person_id"))
)

_MEMBERS = json_list(
    select(
        col(FamilyMemberRow.id),
        col(FamilyMemberRow.person_id),
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
FAMILY = (
    col(FamilyRow.id),
    col(FamilyRow.version),
    col(FamilyRow.arrival_cohort),
    col(FamilyRow.unit_id),
    col(FamilyRow.created_at),
    col(FamilyRow.updated_at),
    _MEMBERS.label("members"),
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
    select(col(FamilyRow.id), col(FamilyRow.version))
    .where(col(FamilyRow.id) == bindparam("family_id"))
    .with_for_update()
)
PRESENT_FAMILY_OF_PERSON = Statement(
    select(col(FamilyMemberRow.family_id))
    .where(
        col(FamilyMemberRow.person_id) == bindparam("person_id"),
        col(FamilyMemberRow.to_on).is_(None),
    )
    .order_by(col(FamilyMemberRow.id).desc())
    .limit(1)
)
FAMILY_MEMBER = Statement(
    select(
        col(FamilyMemberRow.id),
        col(FamilyMemberRow.family_id),
        col(FamilyMemberRow.from_on),
        col(FamilyMemberRow.to_on),
    ).where(col(FamilyMemberRow.id) == bindparam("member_id"))
)

STAFF = (
    col(StaffMemberRow.id),
    col(StaffMemberRow.version),
    col(StaffMemberRow.actor),
    col(StaffMemberRow.is_active),
    col(StaffMemberRow.bound_to_secrecy_on),
    col(StaffMemberRow.is_state_recognised),
    col(StaffMemberRow.updated_at),
)
STAFF_VIEW = View(select(*STAFF).where(col(StaffMemberRow.id) == bindparam("staff_id")))
STAFF_LIST = ListView(
    select(*STAFF),
    filters={"actor": Filter(col(StaffMemberRow.actor), str)},
    sorts={"id": "id"},
    default_sort="id",
)
STAFF_OF_ACTOR = Statement(
    select(col(StaffMemberRow.id), col(StaffMemberRow.version))
    .where(col(StaffMemberRow.actor) == bindparam("actor"))
    .with_for_update()
)
PERSONS_OF_CASE = Statement(
    "select p.id from person p where p.id = :person_id or p.id in"
    " (select m.person_id from family_member m where m.family_id = :family_id)"
)
DELETE_FAMILY_UNLESS_USED = Statement(
    "delete from family f where f.id = :family_id"
    " and not exists (select from case_record c where c.family_id = f.id)"
)
DELETE_PERSONS_UNLESS_USED = Statement(
    "delete from person p where p.id = any(:person_ids)"
    " and not exists (select from case_record c where c.person_id = p.id)"
    " and not exists (select from family_member m where m.person_id = p.id)"
)
