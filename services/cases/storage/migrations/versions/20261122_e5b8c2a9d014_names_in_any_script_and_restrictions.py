"""names in any script and restrictions

Search keys spelled in Latin and by consonants, each row with the version of the rules that made it,
so that the worker computes older ones anew; the blind check asks for several fingerprints at once.
Who sees the whereabouts of a restricted person holds a case of theirs **and** was in charge when the
restriction was set, or was released since. `find_persons` asks each index for itself: one statement
with all conditions joined by "or" took up to 0.9 s for three letters among 500,000 persons.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "e5b8c2a9d014"
down_revision = "e7c25d90af18"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
TENANT = "(select current_setting('app.tenant', true))"
UNIT = "(select current_setting('app.unit', true))"
ACTOR = "(select current_setting('app.actor', true))"
IS_NOT_B3 = (
    "current_setting('app.roles', true) !~ ',b3_officer,'"
    " and current_setting('app.unit_type', true) not in ('ABH', 'EBH')"
)
IS_CASE_STAFF = (
    f"(select current_setting('app.roles', true) ~ ',(case_manager|system),' and {IS_NOT_B3})"
)
MAY_RELEASE = (
    "(select current_setting('app.roles', true) ~ ',(case_manager|team_lead|unit_head|system),'"
    f" and {IS_NOT_B3})"
)
OPEN = "('REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION')"

# All records of one person; merges are one level deep.
RECORDS = """
    select p.id from person p, (
      select coalesce(o.merged_into_id, o.id) as id from person o where o.id = {person}) survivor
     where p.id = survivor.id or p.merged_into_id = survivor.id"""

SEES_WHEREABOUTS = f"""
create or replace function {{name}}(person uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  with record as ({RECORDS.format(person="$1")})
  select exists (
    select from case_record c
     where c.tenant_id = {TENANT} and c.case_manager = {ACTOR}
       and (c.person_id in (select id from record) or c.family_id in (
             select m.family_id from family_member m
              where m.tenant_id = c.tenant_id and m.person_id in (select id from record)
                and m.to_on is null)))
  and exists (
    select from restriction_release r
     where r.tenant_id = {TENANT} and r.person_id in (select id from record)
       and r.actor = {ACTOR} and r.ended_at is null)
$$"""  # noqa: S608 - constant conditions

HOLDS_CASE_OF = """
create or replace function holds_case_of(person uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (
    select from case_record c
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.case_manager = (select current_setting('app.actor', true))
       and (c.person_id = person or c.family_id in (
             select m.family_id from family_member m
              where m.tenant_id = c.tenant_id and m.person_id = person and m.to_on is null)))
$$"""

# A team lead sees no person; this much must be known to release somebody.
RESTRICTION_OF = f"""
create function restriction_of(person uuid)
returns table (is_restricted boolean, restricted_by text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.is_restricted, p.restricted_by from person p
   where p.id = $1 and p.tenant_id = {TENANT} and p.unit_id = {UNIT} and {MAY_RELEASE}
$$"""  # noqa: S608 - constant conditions

FIND_OTHER_CARE = f"""
create function units_with_open_case(fingerprints text[])
returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  with record as (
    select p.id from person_search s join person o on o.id = s.person_id
      join person p on p.id = coalesce(o.merged_into_id, o.id)
        or p.merged_into_id = coalesce(o.merged_into_id, o.id)
     where s.tenant_id = {TENANT} and s.match_keys && fingerprints::varchar[]
       and (select current_setting('app.roles', true) like '%,case_manager,%')
       and not exists (
         select from person q where q.is_restricted
            and (q.id = coalesce(o.merged_into_id, o.id)
                 or q.merged_into_id = coalesce(o.merged_into_id, o.id)))
  )
  select distinct c.unit_id
    from record r
    left join family_member m
      on m.tenant_id = {TENANT} and m.person_id = r.id and m.to_on is null
    join case_record c
      on c.tenant_id = {TENANT} and (c.person_id = r.id or c.family_id = m.family_id)
   where c.state in {OPEN}
$$"""  # noqa: S608 - constant conditions

SEARCH_KEYS_DUE = """
create function search_keys_due(version int, rows_max int)
returns table (tenant_id text, unit_id text, person_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.tenant_id, s.unit_id, s.person_id from person_search s
   where s.keys_version < version
     and (select current_setting('app.roles', true) = ',system,')
   order by s.tenant_id, s.unit_id limit rows_max
$$"""

# Three letters begin too many names to weigh them all: what begins alike, sounds alike or has the
# same consonants comes first, and only where that is little the similar spellings are looked for.
_MINE = "s.tenant_id = c.tenant_id and s.unit_id = c.unit_id"
FIND_PERSONS = f"""
create function find_persons(
  is_identified boolean, latin text, original text, codes text[], consonants text[])
returns table (person_id uuid, score int, reasons text[])
language sql stable security definer set search_path = public, pg_temp as $$
  with caller as materialized (
    select current_setting('app.tenant', true) as tenant_id,
           current_setting('app.unit', true) as unit_id
     where is_identified and {IS_CASE_STAFF}
  ), certain as materialized (
    (select s.person_id from caller c join person_search s on {_MINE}
        and s.latin_key ~>=~ latin and s.latin_key ~<~ (latin || chr(1114111))
      order by s.latin_key using ~<~ limit 200)
    union (select s.person_id from caller c join person_search s on {_MINE}
        and s.original_key like '%' || original || '%' limit 200)
    union (select s.person_id from caller c join person_search s on {_MINE}
        and s.sounds @> codes::varchar[] limit 200)
    union (select s.person_id from caller c join person_search s on {_MINE}
        and s.skeletons @> consonants::varchar[] limit 200)
  ), alike as (
    select s.person_id from caller c join person_search s on {_MINE} and latin <% s.latin_key
     where (select count(*) from certain) < 200
    union
    select s.person_id from caller c join person_search s on {_MINE} and latin <% s.spelled_key
     where (select count(*) from certain) < 200
  ), weighed as (
    select s.person_id, s.latin_key,
           coalesce(s.original_key like '%' || original || '%', false) as same_original,
           coalesce(s.latin_key = latin, false) as same,
           coalesce(starts_with(s.latin_key, latin), false) as begins,
           greatest(word_similarity(latin, s.latin_key), word_similarity(latin, s.spelled_key), 0)
             as likeness,
           coalesce(s.sounds @> codes::varchar[], false) as sounds_alike,
           coalesce(s.skeletons @> consonants::varchar[], false) as same_consonants
      from (select * from certain union select * from alike) found
      join caller c on true
      join person_search s on s.tenant_id = c.tenant_id and s.person_id = found.person_id
  ), hit as (
    select w.person_id, w.latin_key,
           case when w.same_original or w.begins then 100
                else greatest(round(w.likeness * 90)::int,
                              case when w.sounds_alike then 60 else 0 end,
                              case when w.same_consonants then 55 else 0 end) end as score,
           array_remove(array[
             case when w.same_original then 'SAME_ORIGINAL_NAME' end,
             case when w.same then 'SAME_NAME' end,
             case when w.begins or w.likeness >= 0.6 then 'SIMILAR_NAME' end,
             case when w.sounds_alike then 'SOUNDS_ALIKE' end,
             case when w.same_consonants then 'SAME_CONSONANTS' end], null) as reasons
      from weighed w
     order by score desc, w.latin_key, w.person_id limit 200
  )
  select distinct on (coalesce(p.merged_into_id, p.id))
         coalesce(p.merged_into_id, p.id), h.score, h.reasons
    from hit h join person p on p.id = h.person_id
   order by coalesce(p.merged_into_id, p.id), h.score desc
$$"""  # noqa: S608 - constant conditions

COUNT_FAMILIES = """
create or replace function count_families(as_of date)
returns table (state text, municipality_ags text, arrival_cohort text, families bigint)
language sql stable security definer set search_path = public, pg_temp set work_mem = '32MB' as $$
  with {hidden} on_the_day as (
    select coalesce(v.from_family_id, c.family_id) as family_id, {ags} as municipality_ags,
           c.opened_on, c.id,
           case when c.state_since <= as_of then c.state
                else (select p.to_state from case_phase p
                       where p.tenant_id = c.tenant_id and p.case_id = c.id and p.on_date <= as_of
                       order by p.position desc limit 1) end as state
      from case_record c
      left join (select distinct on (m.case_id) m.case_id, m.from_family_id
                   from family_move m
                  where m.tenant_id = (select current_setting('app.tenant', true))
                    and m.effective_on > as_of
                  order by m.case_id, m.effective_on, m.id) v on v.case_id = c.id
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.opened_on <= as_of and c.family_id is not null
  ), counted as (
    select distinct on (d.family_id) d.family_id, d.state, d.municipality_ags
      from on_the_day d
     where d.state in ('INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION')
     order by d.family_id, d.opened_on desc, d.id desc
  )
  select k.state, k.municipality_ags, f.arrival_cohort, count(*)
    from counted k join family f on f.id = k.family_id
   group by k.state, k.municipality_ags, f.arrival_cohort
$$"""
# Where a restricted person lives is no figure either: the family counts without a place.
WITHOUT_PLACE = COUNT_FAMILIES.format(
    hidden="""hidden as materialized (
    select p.id from person p
     where p.tenant_id = (select current_setting('app.tenant', true)) and p.is_restricted
  ), hidden_family as materialized (
    select m.family_id from family_member m
     where m.tenant_id = (select current_setting('app.tenant', true)) and m.to_on is null
       and m.person_id in (select id from hidden)
  ),""",
    ags="""case when c.person_id in (select id from hidden)
             or c.family_id in (select h.family_id from hidden_family h) then null
             else c.municipality_ags end""",
)
WITH_PLACE = COUNT_FAMILIES.format(hidden="", ags="c.municipality_ags")
OF_STATISTICS = {
    "restriction_of(uuid)": RESTRICTION_OF,
    "units_with_open_case(text[])": FIND_OTHER_CARE,
    "search_keys_due(int, int)": SEARCH_KEYS_DUE,
    "find_persons(boolean, text, text, text[], text[])": FIND_PERSONS,
}


def upgrade() -> None:
    _widen_search()
    op.add_column("person", sa.Column("restricted_by", sa.String(length=520), nullable=True))
    op.create_index(
        "ix_person_restricted",
        "person",
        ["tenant_id", "id"],
        postgresql_where=sa.text("is_restricted"),
    )
    _releases()
    _release_who_is_in_charge()
    _as_statistics(
        "drop function find_persons(boolean, text, text, text[])",
        "drop function units_with_open_case(text)",
    )
    op.execute("revoke select (match_key) on person from kim_cases_statistics")
    op.execute(
        "grant select (unit_id, merged_into_id, is_restricted, restricted_by)"
        f" on person to {STATISTICS}"
    )
    op.execute(
        "grant select (spelled_key, skeletons, match_keys, keys_version)"
        f" on person_search to {STATISTICS}"
    )
    op.drop_index("ix_person_match", table_name="person")
    op.drop_column("person", "match_key")
    for signature, body in OF_STATISTICS.items():
        op.execute(body)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}")
        op.execute(f"alter function {signature} owner to {STATISTICS}")
    _as_statistics(WITHOUT_PLACE)
    # The policies of addresses and contact points follow the function by its identity.
    op.execute("alter function holds_case_of(uuid) rename to sees_whereabouts_of")
    op.execute(SEES_WHEREABOUTS.format(name="sees_whereabouts_of"))


def _widen_search() -> None:
    codes = sa.ARRAY(sa.String(length=64))
    op.add_column("person_search", sa.Column("spelled_key", sa.String(length=500), nullable=True))
    for column in ("skeletons", "match_keys"):
        op.add_column(
            "person_search", sa.Column(column, codes, server_default="{}", nullable=False)
        )
    op.add_column(
        "person_search",
        sa.Column("keys_version", sa.SmallInteger(), server_default="0", nullable=False),
    )
    # The exact fingerprint goes on working until the worker has computed the others.
    for table in ("person", "person_search"):
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        "update person_search s set match_keys = array[p.match_key] from person p"
        " where p.id = s.person_id and p.match_key is not null"
    )
    for table in ("person", "person_search"):
        op.execute(f"alter table {table} force row level security")
    op.create_index(
        "ix_person_search_prefix",
        "person_search",
        ["tenant_id", "unit_id", "latin_key"],
        postgresql_ops={"latin_key": "varchar_pattern_ops"},
    )
    op.create_index(
        "ix_person_search_spelled",
        "person_search",
        ["tenant_id", "unit_id", "spelled_key"],
        postgresql_using="gin",
        postgresql_ops={"spelled_key": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_person_search_skeletons",
        "person_search",
        ["tenant_id", "unit_id", "skeletons"],
        postgresql_using="gin",
    )
    op.create_index(
        "ix_person_search_match", "person_search", ["tenant_id", "match_keys"],
        postgresql_using="gin",
    )  # fmt: skip


def _releases() -> None:
    op.create_table(
        "restriction_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("released_by", sa.String(length=520), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "basis in ('IN_CHARGE', 'RELEASED')", name=op.f("ck_restriction_release_basis")
        ),
        sa.CheckConstraint(
            "basis = 'IN_CHARGE' or (reason is not null and actor <> released_by)",
            name=op.f("ck_restriction_release_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_restriction_release_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction_release")),
    )
    op.create_index(
        "ix_restriction_release_person", "restriction_release", ["tenant_id", "person_id", "actor"]
    )
    secure(
        "restriction_release",
        role=APP,
        privileges="select, insert, update (ended_at)",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {MAY_RELEASE}",
    )


def _release_who_is_in_charge() -> None:
    """Restrictions from before: who holds a case of the person now goes on seeing it."""
    tables = ("person", "case_record", "family_member", "restriction_release")
    for table in tables:
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        "insert into restriction_release (id, tenant_id, unit_id, person_id, actor, basis,"
        " released_by, released_at)"
        " select gen_random_uuid(), h.* from (select distinct p.tenant_id, p.unit_id, p.id,"
        " c.case_manager, 'IN_CHARGE', c.case_manager, now() from person p join case_record c"
        " on c.tenant_id = p.tenant_id and (c.person_id = p.id or c.family_id in"
        " (select m.family_id from family_member m where m.person_id = p.id and m.to_on is null))"
        " where p.is_restricted and c.case_manager is not null) h"
    )
    for table in tables:
        op.execute(f"alter table {table} force row level security")


def _as_statistics(*statements: str) -> None:
    op.execute(f"set role {STATISTICS}")
    for statement in statements:
        op.execute(statement)
    op.execute("reset role")


def downgrade() -> None:
    op.execute("alter function sees_whereabouts_of(uuid) rename to holds_case_of")
    op.execute(HOLDS_CASE_OF)
    _as_statistics(*(f"drop function {signature}" for signature in OF_STATISTICS), WITH_PLACE)
    op.drop_table("restriction_release")
    op.drop_index("ix_person_restricted", table_name="person")
    op.drop_column("person", "restricted_by")
    op.drop_index("ix_person_search_prefix", table_name="person_search")
    for column in ("spelled_key", "skeletons", "match_keys", "keys_version"):
        op.drop_column("person_search", column)
    op.add_column("person", sa.Column("match_key", sa.String(length=64), nullable=True))
    op.create_index(
        "ix_person_match",
        "person",
        ["tenant_id", "match_key"],
        postgresql_where=sa.text("match_key is not null"),
    )
    op.execute(f"grant select (match_key) on person to {STATISTICS}")
    _as_statistics(_FORMER_OTHER_CARE, _FORMER_FIND)
    for signature in ("units_with_open_case(text)", "find_persons(boolean, text, text, text[])"):
        _as_statistics(f"grant execute on function {signature} to {APP}")


# Down to names only: enough for the older program to run until its own keys are there.
_FORMER_OTHER_CARE = f"""
create function units_with_open_case(fingerprint text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.unit_id from person p
    left join family_member m
      on m.tenant_id = p.tenant_id and m.person_id = p.id and m.to_on is null
    join case_record c
      on c.tenant_id = p.tenant_id and (c.person_id = p.id or c.family_id = m.family_id)
   where p.tenant_id = {TENANT} and p.match_key = fingerprint and c.state in {OPEN}
     and (select current_setting('app.roles', true) like '%,case_manager,%')
$$"""  # noqa: S608 - constant conditions
_FORMER_FIND = f"""
create function find_persons(is_identified boolean, latin text, original text, codes text[])
returns table (person_id uuid, score int, reasons text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select s.person_id, 100, array['SIMILAR_NAME'] from person_search s
   where is_identified and s.tenant_id = {TENANT} and s.unit_id = {UNIT} and {IS_CASE_STAFF}
     and s.latin_key like latin || '%' limit 200
$$"""  # noqa: S608 - constant conditions
