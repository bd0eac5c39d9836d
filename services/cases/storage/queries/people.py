"""Persons, families, staff."""

from uuid import UUID

from sqlalchemy import ARRAY, String, bindparam, select, update
from sqlmodel import col

from services.cases.storage.queries.person_parts import MAY_BE_FOUND, WHOLE_PERSON
from services.cases.storage.tables import (
    FamilyMemberRow,
    FamilyRow,
    PersonRow,
    PersonSearchRow,
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
    select(*PERSON, *WHOLE_PERSON).where(col(PersonRow.id) == bindparam("person_id")),
    log=ReadLog("person"),
)


# In no URL stands a name or a birth date: sort keys would come back in the cursor, filters in logs.
_PERSONS = select(*PERSON, *WHOLE_PERSON, col(PersonRow.created_at))
PERSON_LIST = ListView(
    _PERSONS.where(MAY_BE_FOUND),
    filters={},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=ReadLog("person"),
    hidden=("created_at",),
)
# Persons that something refers to: also those whom no search shows, then masked.
PERSON_BATCH = ListView(
    _PERSONS,
    filters={"id": Filter(col(PersonRow.id), UUID, ("in",))},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
    log=ReadLog("person"),
    hidden=("created_at",),
)
PERSON_FOR_UPDATE = Statement(
    select(*PERSON, col(PersonRow.disputes), col(PersonRow.merged_into_id))
    .where(col(PersonRow.id) == bindparam("person_id"))
    .with_for_update()
)
UPDATE_SEARCH_KEYS = Statement(
    update(PersonSearchRow)
    .where(col(PersonSearchRow.person_id) == bindparam("person_id"))
    .values(
        latin_key=bindparam("latin_key"),
        original_key=bindparam("original_key"),
        sounds=bindparam("sounds", type_=ARRAY(String)),
    )
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
    " or p.merged_into_id = :person_id or p.merged_into_id in"
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
