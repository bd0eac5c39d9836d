"""families part and join

A family remembers what it was split from and what it was joined to; each case remembers the
families it went through, so that counting an earlier day finds it where it was then. A timeline
entry may be replaced once in each record of a merged person.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "a1f0c3d5e7b9"
down_revision = "d41f7a9c6b20"
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

COUNT_FAMILIES = """
create or replace function count_families(as_of date)
returns table (state text, municipality_ags text, arrival_cohort text, families bigint)
language sql stable security definer set search_path = public, pg_temp set work_mem = '32MB' as $$
  with on_the_day as (
    select {family_id} as family_id, c.municipality_ags, c.opened_on, c.id,
           case when c.state_since <= as_of then c.state
                else (select p.to_state from case_phase p
                       where p.tenant_id = c.tenant_id and p.case_id = c.id and p.on_date <= as_of
                       order by p.position desc limit 1) end as state
      from case_record c {moves}
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
# The family that a case left first after the day is the one it belonged to on the day.
AS_IT_WAS = COUNT_FAMILIES.format(
    family_id="coalesce(v.from_family_id, c.family_id)",
    moves="""
      left join (select distinct on (m.case_id) m.case_id, m.from_family_id
                   from family_move m
                  where m.tenant_id = (select current_setting('app.tenant', true))
                    and m.effective_on > as_of
                  order by m.case_id, m.effective_on, m.id) v on v.case_id = c.id""",
)
AS_IT_IS = COUNT_FAMILIES.format(family_id="c.family_id", moves="")


def upgrade() -> None:
    for column in ("split_from_id", "joined_into_id"):
        op.add_column("family", sa.Column(column, sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_family_{column}_family"),
            "family",
            "family",
            [column],
            ["id"],
            ondelete="SET NULL",
        )
    op.add_column("family", sa.Column("joined_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_family_joined"), "family", "(joined_into_id is null) or joined_on is not null"
    )
    op.create_index("ix_family_joined_into", "family", ["tenant_id", "joined_into_id"])
    op.create_index("ix_family_split_from", "family", ["tenant_id", "split_from_id"])
    _moves()
    op.drop_index("uq_timeline_entry_replaces", table_name="timeline_entry")
    op.create_index(
        "uq_timeline_entry_replaces",
        "timeline_entry",
        ["tenant_id", "replaces_id", "person_id"],
        unique=True,
    )
    allow(
        "family_move",
        role=STATISTICS,
        privileges="select (id, tenant_id, case_id, from_family_id, effective_on)",
        using=TENANT_IS_MINE,
    )
    _count(AS_IT_WAS)


def _moves() -> None:
    op.create_table(
        "family_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_family_id", sa.Uuid(), nullable=False),
        sa.Column("to_family_id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_family_move_case_id_case_file"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["family.id"], name=op.f(f"fk_family_move_{column}_family")
            )
            for column in ("from_family_id", "to_family_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_move")),
    )
    op.create_index(
        "ix_family_move_case", "family_move", ["tenant_id", "case_id", "effective_on", "id"]
    )
    op.create_index("ix_family_move_from", "family_move", ["tenant_id", "from_family_id"])
    op.create_index("ix_family_move_to", "family_move", ["tenant_id", "to_family_id"])
    # Gone with the case file: the cascade needs no privilege.
    secure("family_move", role=APP, privileges="select, insert", using=MINE)


def _count(body: str) -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(body)
    op.execute("reset role")


def downgrade() -> None:
    _count(AS_IT_IS)
    op.drop_table("family_move")
    op.drop_index("uq_timeline_entry_replaces", table_name="timeline_entry")
    op.create_index(
        "uq_timeline_entry_replaces", "timeline_entry", ["tenant_id", "replaces_id"], unique=True
    )
    for column in ("joined_on", "joined_into_id", "split_from_id"):
        op.drop_column("family", column)
