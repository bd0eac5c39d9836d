"""routing samples

How many referrals were sent from a neighbourhood: no key of referral or person, no house number,
points as squares of 0.001 degrees. Written and forgotten by functions, read by who writes rules.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, allow, secure

revision = "a5d2f3b8c7e4"
down_revision = "e3c7a4d20b96"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
ROLES = "(select current_setting('app.roles', true))"
I_WRITE_RULES = (
    f"{TENANT_IS_MINE} and (strpos({ROLES}, ',coordinator,') > 0 or strpos({ROLES}, ',admin,') > 0)"
)
LEAVE = """
create function leave_routing_sample(
  month date, service_code text, ags text, district text, street text,
  lon_microdeg int, lat_microdeg int, unit_id text, manual_reason text, rules_version int
) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into routing_sample (tenant_id, month, service_code, ags, district, street, square,
    unit_id, manual_reason, rules_version, times)
  values (current_setting('app.tenant'), $1, $2, $3, $4,
    -- Some write more than the street into the street; "17. Juni" stays.
    regexp_replace($5, '(\\s*(,|\\(|c/o)|\\s*[0-9]+(?![0-9]*\\.)).*$', ''),
    case when $6 is null or $7 is null then ''
      else round($6 / 1000.0)::int || ',' || round($7 / 1000.0)::int end,
    $8, $9, $10, 1)
  on conflict on constraint pk_routing_sample do update set times = routing_sample.times + 1
$$"""
FORGET = """
create function forget_routing_samples(before date) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with gone as (delete from routing_sample where month < before returning 1)
  select count(*) from gone
$$"""
FUNCTIONS = {
    "leave_routing_sample(date, text, text, text, text, int, int, text, text, int)": LEAVE,
    "forget_routing_samples(date)": FORGET,
}


def upgrade() -> None:
    op.create_table(
        "routing_sample",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("district", sa.String(length=120), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("square", sa.String(length=15), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("manual_reason", sa.String(length=20), nullable=False),
        sa.Column("rules_version", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id",
            "month",
            "service_code",
            "ags",
            "district",
            "street",
            "square",
            "unit_id",
            "manual_reason",
            "rules_version",
            name=op.f("pk_routing_sample"),
        ),
    )
    secure("routing_sample", role=APP, privileges="select", using=I_WRITE_RULES)
    allow(
        "routing_sample",
        role=STATISTICS,
        privileges="select, insert, update (times), delete",
        using="true",
    )
    for signature, statement in FUNCTIONS.items():
        op.execute(statement)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}")
        op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
    op.drop_table("routing_sample")
