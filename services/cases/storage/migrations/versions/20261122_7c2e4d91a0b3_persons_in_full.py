"""persons in full

Parts of a person's record, the keys that find it, and the history of merges. `find_persons` looks
only into `person_search`: under row-level security a trigram index would stay unused, so the
function belongs to `kim_cases_statistics` and filters tenant and unit itself, from the connection.
What it finds is shown through the caller's own policies on `person`.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "7c2e4d91a0b3"
down_revision = "b7d2e4f60a31"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
IS_CASE_STAFF = (
    "(select current_setting('app.roles', true) ~ ',(case_manager|system),'"
    " and current_setting('app.roles', true) !~ ',b3_officer,'"
    " and current_setting('app.unit_type', true) not in ('ABH', 'EBH'))"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IS_CASE_STAFF}"
PARTS = ("language_skill", "legal_representative", "person_search")
WHEREABOUTS = ("contact_point", "address")
EVERYTHING = "select, insert, update, delete"

# Who holds a case of the person or of the family they live in now. Runs with the caller's rights.
HOLDS_CASE_OF = """
create function holds_case_of(person uuid) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (
    select from case_record c
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.case_manager = (select current_setting('app.actor', true))
       and (c.person_id = person or c.family_id in (
             select m.family_id from family_member m
              where m.tenant_id = c.tenant_id and m.person_id = person and m.to_on is null)))
$$"""

FIND_PERSONS = f"""
create function find_persons(is_identified boolean, latin text, original text, codes text[])
returns table (person_id uuid, score int, reasons text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select hit.person_id,
         (case when hit.same_original then 100 when hit.begins then 100
               else greatest(round(hit.likeness * 90)::int,
                             case when hit.sounds_alike then 60 else 0 end) end),
         array_remove(array[
           case when hit.same_original then 'SAME_ORIGINAL_NAME' end,
           case when hit.same then 'SAME_NAME' end,
           case when hit.begins or hit.likeness >= 0.6 then 'SIMILAR_NAME' end,
           case when hit.sounds_alike then 'SOUNDS_ALIKE' end], null)
    from (
      select s.person_id, s.latin_key,
             coalesce(s.original_key like '%' || original || '%', false) as same_original,
             coalesce(s.latin_key = latin, false) as same,
             coalesce(s.latin_key like latin || '%', false) as begins,
             coalesce(word_similarity(latin, s.latin_key), 0) as likeness,
             coalesce(s.sounds @> codes::varchar[], false) as sounds_alike
        from person_search s
       where is_identified
         and s.tenant_id = (select current_setting('app.tenant', true))
         and s.unit_id = (select current_setting('app.unit', true))
         and {IS_CASE_STAFF}
         and (s.latin_key like latin || '%' or latin <% s.latin_key
              or s.original_key like '%' || original || '%' or s.sounds @> codes::varchar[])
    ) hit
   order by 2 desc, hit.latin_key limit 200
$$"""  # noqa: S608 - a constant condition


def upgrade() -> None:
    for extension in ("pg_trgm", "btree_gin"):
        op.execute(f"create extension if not exists {extension} schema public")
    _widen_person()
    _part(
        "contact_point",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("is_preferred", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        _one_of("contact_point", "kind", "PHONE", "MOBILE", "EMAIL", "MESSENGER", "OTHER"),
    )
    _part(
        "address",
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("house_number", sa.String(length=20), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("district", sa.String(length=120), nullable=True),
        *_period("address"),
    )
    _part(
        "language_skill",
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        _one_of("language_skill", "level", "NONE", "A1", "A2", "B1", "B2", "C1", "C2"),
    )
    _part(
        "legal_representative",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("representative_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        *_period("legal_representative"),
        _one_of(
            "legal_representative", "kind", "PARENT", "GUARDIAN", "OFFICIAL_GUARDIAN", "CUSTODIAN"
        ),
        sa.CheckConstraint(
            "(representative_id is null) <> (name is null)",
            name=op.f("ck_legal_representative_who"),
        ),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["person.id"],
            name=op.f("fk_legal_representative_representative_id_person"),
            ondelete="CASCADE",
        ),
    )
    _part(
        "person_search",
        sa.Column("latin_key", sa.String(length=500), nullable=False),
        sa.Column("original_key", sa.String(length=500), nullable=True),
        sa.Column("sounds", sa.ARRAY(sa.String(length=60)), nullable=False),
    )
    _merges()
    # Persons from before are found by their folded name; sounds come with their next change.
    op.execute("alter table person no force row level security")
    op.execute(
        "insert into person_search (id, tenant_id, unit_id, person_id, latin_key, sounds)"
        " select uuidv7(), tenant_id, unit_id, id, name_key, '{}' from person"
    )
    op.execute("alter table person force row level security")
    _indexes()
    _secure()


def _widen_person() -> None:
    for column in (
        sa.Column("is_restricted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("literacy", sa.String(length=20), server_default="NOT_RECORDED", nullable=False),
        sa.Column("interpreting", sa.String(length=10), nullable=True),
        sa.Column("disputes", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
    ):
        op.add_column("person", column)
    op.create_check_constraint(
        op.f("ck_person_literacy"),
        "person",
        "literacy in ('NOT_RECORDED', 'LATIN_SCRIPT', 'OTHER_SCRIPT', 'NOT_LITERATE')",
    )
    op.create_check_constraint(
        op.f("ck_person_interpreting"),
        "person",
        "interpreting in ('PERSON', 'PHONE', 'VIDEO', 'WRITTEN')",
    )
    op.create_foreign_key(
        op.f("fk_person_merged_into_id_person"),
        "person",
        "person",
        ["merged_into_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index("ix_person_merged_into", "person", ["tenant_id", "merged_into_id"])


def _part(table: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        table,
        *_identity(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f(f"fk_{table}_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _identity() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
    )


def _period(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    return (
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "valid_to is null or valid_from <= valid_to", name=op.f(f"ck_{table}_period")
        ),
    )


def _one_of(table: str, column: str, *codes: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{column} in ({allowed})", name=op.f(f"ck_{table}_{column}"))


def _merges() -> None:
    op.create_table(
        "person_merge",
        *_identity(),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("merged_by", sa.String(length=520), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unmerged_by", sa.String(length=520), nullable=True),
        sa.Column("unmerged_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["person.id"],
                name=op.f(f"fk_person_merge_{column}_person"),
                ondelete="CASCADE",
            )
            for column in ("survivor_id", "merged_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )


def _indexes() -> None:
    for name, table, columns in (
        ("ix_contact_point_person", "contact_point", ["person_id"]),
        ("ix_address_person", "address", ["person_id"]),
        ("ix_legal_representative_person", "legal_representative", ["person_id"]),
        ("ix_legal_representative_other", "legal_representative", ["representative_id"]),
        ("ix_person_merge_survivor", "person_merge", ["survivor_id"]),
        ("ix_person_merge_merged", "person_merge", ["merged_id"]),
    ):
        op.create_index(name, table, ["tenant_id", *columns])
    op.create_index(
        "uq_language_skill", "language_skill", ["tenant_id", "person_id", "language"], unique=True
    )
    op.create_index(
        "uq_person_search_person", "person_search", ["tenant_id", "person_id"], unique=True
    )
    for kind, column in (("latin", "latin_key"), ("original", "original_key")):
        op.create_index(
            f"ix_person_search_{kind}",
            "person_search",
            ["tenant_id", "unit_id", column],
            postgresql_using="gin",
            postgresql_ops={column: "gin_trgm_ops"},
        )
    op.create_index(
        "ix_person_search_sounds",
        "person_search",
        ["tenant_id", "unit_id", "sounds"],
        postgresql_using="gin",
    )


def _secure() -> None:
    op.execute(HOLDS_CASE_OF)
    op.execute("revoke all on function holds_case_of(uuid) from public")
    op.execute(f"grant execute on function holds_case_of(uuid) to {APP}")
    for table in PARTS:
        secure(table, role=APP, privileges=EVERYTHING, using=MINE)
    for table in WHEREABOUTS:
        is_open = (
            f"(not exists (select from person p where p.id = {table}.person_id"
            f" and p.is_restricted) or holds_case_of({table}.person_id))"
        )
        secure(table, role=APP, privileges=EVERYTHING, using=f"{MINE} and {is_open}")
    secure(
        "person_merge",
        role=APP,
        privileges="select, insert, update (unmerged_by, unmerged_at)",
        using=MINE,
    )
    # The function filters by tenant and unit: a second condition here would keep the trigram
    # index from being used, because its operators are not leakproof.
    allow(
        "person_search",
        role=STATISTICS,
        privileges="select (tenant_id, unit_id, person_id, latin_key, original_key, sounds)",
        using="true",
        check="false",
    )
    op.execute(FIND_PERSONS)
    signature = "find_persons(boolean, text, text, text[])"
    op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {APP}")
    op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function find_persons(boolean, text, text, text[])")
    op.execute("reset role")
    for table in ("person_merge", *PARTS, *WHEREABOUTS):
        op.drop_table(table)
    op.execute("drop function holds_case_of(uuid)")
    op.drop_index("ix_person_merged_into", table_name="person")
    for column in ("merged_into_id", "disputes", "interpreting", "literacy", "is_restricted"):
        op.drop_column("person", column)
    for extension in ("btree_gin", "pg_trgm"):
        op.execute(f"drop extension {extension}")
