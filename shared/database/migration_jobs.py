"""The table of jobs, in one wording for every service's migration."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

ASKED_BY_ME = "requested_by = (select current_setting('app.actor', true))"
# Whoever has nothing at work comes first, then who came first.
JOBS_DUE = """
create function jobs_due(at timestamptz, forget_before timestamptz, rows_max int)
returns table (tenant_id text, unit_id text, requested_by text, id uuid, todo text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.tenant_id, j.unit_id, j.requested_by, j.id,
         case when j.state in ('QUEUED', 'RUNNING') then 'RUN'
              when j.state = 'DONE' then 'EXPIRE' else 'FORGET' end
    from job j
   where j.state = 'QUEUED'
      or j.state = 'RUNNING' and j.leased_until <= at
      or j.state = 'DONE' and j.expires_at <= at
      or j.state in ('FAILED', 'CANCELLED', 'EXPIRED') and j.updated_at < forget_before
   order by exists (select from job r
                     where r.tenant_id = j.tenant_id and r.requested_by = j.requested_by
                       and r.state = 'RUNNING' and r.leased_until > at),
            j.created_at
   limit rows_max
$$"""
JOBS_KNOWN = """
create function jobs_known(ids uuid[])
returns table (id uuid, is_at_work boolean, object_key text)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.id, j.state in ('QUEUED', 'RUNNING'), j.object_key from job j where j.id = any(ids)
$$"""
FUNCTIONS = (
    (JOBS_DUE, "jobs_due(timestamptz, timestamptz, int)"),
    (JOBS_KNOWN, "jobs_known(uuid[])"),
)


def add_jobs(service: str) -> None:
    """Who asked for a job sees it, and nobody else: what is in its file is what that person may
    see. The worker finds what is due through functions, and then works in the requester's name.
    """
    _make_job()
    app, statistics = f"kim_{service}_app", f"kim_{service}_statistics"
    secure(
        "job",
        role=app,
        privileges="select, insert, update, delete",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {ASKED_BY_ME}",
    )
    columns = (
        "id, tenant_id, unit_id, requested_by, state, leased_until, expires_at, updated_at,"
        " created_at, object_key"
    )
    allow("job", role=statistics, privileges=f"select ({columns})", using="true", name="to_run")
    for function, signature in FUNCTIONS:
        op.execute(function)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {app}")
        op.execute(f"alter function {signature} owner to {statistics}")


def drop_jobs(service: str) -> None:
    op.execute(f"set role kim_{service}_statistics")
    for _, signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    op.drop_table("job")


def _instant(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _columns() -> "list[sa.Column[Any]]":
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("tenant_id", 5),
        _text("unit_id", 63),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        _text("requested_by", 520),
        sa.Column("requested_roles", sa.ARRAY(sa.String(length=60)), nullable=False),
        _text("unit_type", 60),
        _text("client_id", 200),
        _text("purpose", 60),
        _text("reason", 300),
        _text("request_id", 64),
        _text("kind", 60),
        _text("format", 10),
        _text("locale", 2),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        _text("state", 10),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("checkpoint", postgresql.JSONB(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.Uuid(), nullable=True),
        _instant("leased_until", nullable=True),
        _instant("started_at", nullable=True),
        _instant("ended_at", nullable=True),
        _instant("expires_at", nullable=True),
        _text("object_key", 300, nullable=True),
        _text("sha256", 64, nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        _text("failure", 30, nullable=True),
    ]


def _make_job() -> None:
    rules = {
        "state": "state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'EXPIRED')",
        "format": "format in ('CSV', 'NDJSON')",
        "locale": "locale in ('de', 'en')",
        "lease": "(state = 'RUNNING') = (lease_id is not null)",
        "lease_end": "(lease_id is null) = (leased_until is null)",
        "result": "(state = 'DONE') = (object_key is not null)",
        "failure": "(state = 'FAILED') = (failure is not null)",
    }
    op.create_table(
        "job",
        *_columns(),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_job_{name}")) for name, rule in rules.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    requester = ["tenant_id", "unit_id", "requested_by", "created_at", "id"]
    op.create_index("ix_job_requester", "job", requester)
    op.create_index("ix_job_state", "job", ["tenant_id", "state", "created_at"])
