"""persons in scope

What belongs to a person or a family is seen with a case of theirs, in every list, search, feed and
file. Who has no case yet is seen by the unit, so that somebody opens one. The policies call functions
with the rights of the caller instead of naming tables: each statement would otherwise be planned with
the rules of the cases written out once per table.
"""

from alembic import op

from shared.database.migration import TENANT_IS_MINE

revision = "d83b06c9f1a4"
down_revision = "b7e2409dc516"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
TENANT = "(select current_setting('app.tenant', true))"
MINE = f"""c.tenant_id = {TENANT} and c.unit_id = (select current_setting('app.unit', true))
   and (select current_setting('app.roles', true) ~ ',case_manager,')"""
# Ids only, of cases of the caller's unit: whether there are any that the caller does not see.
CASES_OF_FAMILY = f"""
create function cases_of_family(household uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id from case_record c where {MINE} and c.family_id = household
   union
  select c.id from family_member m join case_record c on c.person_id = m.person_id
   where m.tenant_id = {TENANT} and m.family_id = household and {MINE}
$$"""  # noqa: S608 - constant conditions
CASES_OF_PERSON = f"""
create function cases_of_person(record uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  with survivor as (
    select coalesce(o.merged_into_id, o.id) as id from person o
     where o.tenant_id = {TENANT} and o.id = record
  ), known as (
    select s.id from survivor s
     union
    select p.id from survivor s
      join person p on p.tenant_id = {TENANT} and p.merged_into_id = s.id
  )
  select c.id from known k join case_record c on c.person_id = k.id where {MINE}
   union
  select cases_of_family(m.family_id) from known k
    join family_member m on m.tenant_id = {TENANT} and m.person_id = k.id
$$"""  # noqa: S608 - constant conditions
DEFINERS = {
    "cases_of_family(uuid)": CASES_OF_FAMILY,
    "cases_of_person(uuid)": CASES_OF_PERSON,
}
# As in the policies of the cases.
UNNARROWED = """(select not exists (select from access_scope s
   where s.tenant_id = current_setting('app.tenant', true)
     and s.unit_id = current_setting('app.unit', true) and s.ended_at is null
     and strpos(current_setting('app.roles', true), ',' || s.role || ',') > 0
     and (s.actor is null or s.actor = current_setting('app.actor', true))))"""
SEES = """
create function sees_{name}(record uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from {table} up where up.tenant_id = {tenant} and up.id = record)
$$"""
SEEN_BY = {"case_record": "sees_case", "family": "sees_family", "person": "sees_person"}
OF_THE_CALLER = {
    "is_unnarrowed()": f"""
create function is_unnarrowed() returns boolean
language sql stable set search_path = public, pg_temp as $$ select {UNNARROWED} $$""",
    **{
        f"{name}(uuid)": SEES.format(name=name.removeprefix("sees_"), table=table, tenant=TENANT)
        for table, name in SEEN_BY.items()
    },
}


def _hangs(cases: str) -> str:
    """On a case that is seen, or on none."""
    return f"(select coalesce(bool_or(sees_case(k.id)), true) from {cases} k (id))"  # noqa: S608 - constants


def _seen(table: str, column: str, parent: str) -> str:
    if parent in SEEN_BY:
        return f"({column} is null or {SEEN_BY[parent]}({column}))"
    return f"""({column} is null or exists (select 1 from {parent} up
      where up.tenant_id = {table}.tenant_id and up.id = {column}))"""  # noqa: S608 - constants


def _told(member: str, parent: str) -> str:
    return _seen("feed_entry", f"(feed_entry.data ->> '{member}')::uuid", parent)


def _changed(kind: str, table: str) -> str:
    return f"(kind = '{kind}' and {_seen('record_change', 'record_change.record_id', table)})"


OF_A_PERSON = (
    *("address", "contact_point", "language_skill", "legal_circle_change", "legal_representative"),
    *("person_search", "restriction_release", "rights_request", "timeline_entry"),
)
OF_A_REQUEST = ("rights_decision", "rights_notice", "rights_part")
FOLLOWED = {
    "case": "case_record",
    "person": "person",
    "family": "family",
    "consent": "consent",
    "document": "document",
    "task": "case_task",
    "plan-version": "plan_version",
}
ADDED = {
    "person": _hangs("cases_of_person(person.id)"),
    "family": _hangs("cases_of_family(family.id)"),
    "family_member": _hangs("cases_of_family(family_member.family_id)"),
    **{one: _seen(one, f"{one}.person_id", "person") for one in OF_A_PERSON},
    **{one: _seen(one, f"{one}.request_id", "rights_request") for one in OF_A_REQUEST},
    "person_merge": _seen("person_merge", "person_merge.survivor_id", "person"),
    "external_id": _seen("external_id", "external_id.person_id", "person")
    + " and "
    + _seen("external_id", "external_id.case_id", "case_record"),
    # An event tells of a case, a person or a family, or of nobody.
    "feed_entry": " and ".join(
        (_told("caseId", "case_record"), _told("personId", "person"), _told("familyId", "family"))
    ),
    # Of what is deleted there is only an id.
    "record_change": "is_deleted or "
    + " or ".join(_changed(kind, table) for kind, table in FOLLOWED.items()),
}
# Seen with their case so far; the other record that they name counts as well.
WIDER = {
    "delivery": _seen("delivery", "delivery.person_id", "person"),
    "related_case": _seen("related_case", "related_case.related_case_id", "case_record"),
}


# Written out in the migration before.
OF_A_CASE = (
    *("assessment_entry", "case_conference", "case_flag", "case_phase", "case_task", "consent"),
    *("conference_outcome", "conference_participant", "contact_attempt", "counselling_contact"),
    *("custom_fields", "delivery", "destruction_item", "document", "double_care_check"),
    *("extract_origin", "family_move", "goal", "indication_checklist", "information_notice"),
    *("kind_deadline", "measure", "note", "note_release", "phase_reason", "plan_approval"),
    *("plan_version", "referral_proposal", "related_case", "seen_mark", "sent_referral"),
)


def upgrade() -> None:
    for signature, body in (OF_THE_CALLER | DEFINERS).items():
        op.execute(body)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}")
    for signature in DEFINERS:
        op.execute(f"alter function {signature} owner to {STATISTICS}")
    for table in OF_A_CASE:
        condition = _seen(table, f"{table}.case_id", "case_record")
        op.execute(f"alter policy in_scope on {table} using ({_unless_unnarrowed(condition)})")
    for table, condition in ADDED.items():
        op.execute(_policy("in_scope", table, condition))
    for table, condition in WIDER.items():
        op.execute(_policy("both_in_scope", table, condition))


def _unless_unnarrowed(condition: str) -> str:
    return f"{TENANT_IS_MINE} and ((select is_unnarrowed()) or ({condition}))"


def _policy(name: str, table: str, condition: str) -> str:
    return (
        f"create policy {name} on {table} as restrictive for select to {APP}"
        f" using ({_unless_unnarrowed(condition)})"
    )


def downgrade() -> None:
    for table in WIDER:
        op.execute(f"drop policy both_in_scope on {table}")
    for table in ADDED:
        op.execute(f"drop policy in_scope on {table}")
    for table in OF_A_CASE:
        condition = f"""{UNNARROWED} or case_id is null or exists (
            select 1 from case_record c
             where c.tenant_id = {table}.tenant_id and c.id = {table}.case_id)"""  # noqa: S608 - constants
        op.execute(f"alter policy in_scope on {table} using ({condition})")
    op.execute(f"set role {STATISTICS}")
    for signature in reversed(DEFINERS):
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    for signature in OF_THE_CALLER:
        op.execute(f"drop function {signature}")
