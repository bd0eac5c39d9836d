"""Persons, families, staff."""

from uuid import UUID

from sqlalchemy import ARRAY, String, bindparam, select, update
from sqlmodel import col

from services.cases.storage.queries.person_parts import MAY_BE_FOUND, WHOLE_PERSON
from services.cases.storage.tables import (
    PersonRow,
    PersonSearchRow,
    StaffMemberRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
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
        spelled_key=bindparam("spelled_key"),
        sounds=bindparam("sounds", type_=ARRAY(String)),
        skeletons=bindparam("skeletons", type_=ARRAY(String)),
        match_keys=bindparam("match_keys", type_=ARRAY(String)),
        keys_version=bindparam("keys_version"),
    )
)
PERSON_REFERENCE = Statement(
    select(col(PersonRow.id), col(PersonRow.birth_date), col(PersonRow.merged_into_id)).where(
        col(PersonRow.id) == bindparam("person_id")
    )
)
# All records of one person, as far as their names and birth dates tell.
NAMES_OF_PERSON = Statement(
    "with survivor as (select coalesce(merged_into_id, id) as id from person"
    " where id = :person_id)"
    " select p.family_name, p.given_names, p.original_name, p.birth_date, p.is_restricted"
    " from person p, survivor s where p.id = s.id or p.merged_into_id = s.id order by p.id"
)
SEARCH_KEYS_DUE = Statement("select * from search_keys_due(:version, :rows_max)")

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
