"""The tables of webhooks, in one wording for every service's migration."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE}"
IS_OPEN = "state in ('WAITING', 'SENDING')"
TABLES = ("webhook_attempt", "webhook_delivery", "webhook_endpoint")
WEBHOOKS_TO_SERVE = """
create function webhooks_to_serve(at timestamptz, rows_max int)
returns table (tenant_id text, unit_id text, endpoint_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.tenant_id, e.unit_id, e.id from webhook_endpoint e
   where e.state = 'ACTIVE'
         and exists (select from feed_entry f where f.tenant_id = e.tenant_id
                        and (f.feed_tx, f.id) > (e.cursor_tx, e.cursor_id))
      or exists (select from webhook_delivery d
                  where d.tenant_id = e.tenant_id and d.endpoint_id = e.id
                    and (e.state = 'ACTIVE' or d.is_test)
                    and (d.state = 'WAITING' and d.next_attempt_at <= at
                         or d.state = 'SENDING' and d.leased_until <= at))
   limit rows_max
$$"""
WEBHOOKS_TO_KEEP = """
create function webhooks_to_keep()
returns table (tenant_id text, unit_id text, endpoint_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.tenant_id, e.unit_id, e.id from webhook_endpoint e
$$"""


def add_webhooks(service: str) -> None:
    """Tables, policies and the functions by which the worker finds work in every tenant.

    A unit sees its own endpoints and deliveries. The functions give ids of endpoints and nothing
    that an endpoint says; they need `feed_entry`.
    """
    _make_endpoint()
    _make_delivery()
    _make_attempt()
    app, statistics = f"kim_{service}_app", f"kim_{service}_statistics"
    for table in TABLES:
        privileges = (
            "select, insert, delete"
            if table == "webhook_attempt"
            else ("select, insert, update, delete")
        )
        secure(table, role=app, privileges=privileges, using=MINE)
    for table, columns in (
        ("webhook_endpoint", "id, tenant_id, unit_id, state, cursor_tx, cursor_id"),
        (
            "webhook_delivery",
            "tenant_id, endpoint_id, state, is_test, next_attempt_at, leased_until",
        ),
    ):
        allow(
            table, role=statistics, privileges=f"select ({columns})", using="true", name="to_serve"
        )
    op.execute(f"grant select (id, tenant_id, feed_tx) on feed_entry to {statistics}")
    for function, signature in (
        (WEBHOOKS_TO_SERVE, "webhooks_to_serve(timestamptz, int)"),
        (WEBHOOKS_TO_KEEP, "webhooks_to_keep()"),
    ):
        op.execute(function)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {app}")
        op.execute(f"alter function {signature} owner to {statistics}")


def drop_webhooks(service: str) -> None:
    op.execute(f"set role kim_{service}_statistics")
    op.execute("drop function webhooks_to_serve(timestamptz, int)")
    op.execute("drop function webhooks_to_keep()")
    op.execute("reset role")
    for table in TABLES:
        op.drop_table(table)


def _instant(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_endpoint() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.Column("created_by", sa.String(length=520), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("types", sa.ARRAY(sa.String(length=200)), nullable=False),
        sa.Column("includes_own", sa.Boolean(), nullable=False),
        sa.Column("profile", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("disabled_reason", sa.String(length=30), nullable=True),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret_sealed", sa.LargeBinary(), nullable=True),
        _instant("previous_until", nullable=True),
        sa.Column("cursor_tx", sa.BigInteger(), nullable=False),
        sa.Column("cursor_id", sa.Uuid(), nullable=False),
        sa.Column("silence_hours", sa.Integer(), nullable=True),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        _instant("last_success_at", nullable=True),
        sa.CheckConstraint(
            "profile in ('STANDARD', 'FIT')", name=op.f("ck_webhook_endpoint_profile")
        ),
        sa.CheckConstraint(
            "state in ('ACTIVE', 'PAUSED', 'DISABLED')", name=op.f("ck_webhook_endpoint_state")
        ),
        sa.CheckConstraint(
            "silence_hours between 1 and 8760", name=op.f("ck_webhook_endpoint_silence_hours")
        ),
        sa.CheckConstraint(
            "(previous_secret_sealed is null) = (previous_until is null)",
            name=op.f("ck_webhook_endpoint_overlap"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index(
        "ix_webhook_endpoint_unit", "webhook_endpoint", ["tenant_id", "unit_id", "created_at", "id"]
    )


def _make_delivery() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("feed_tx", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _instant("created_at"),
        _instant("first_at", nullable=True),
        _instant("next_attempt_at"),
        _instant("leased_until", nullable=True),
        sa.Column("replay_id", sa.Uuid(), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state in ('WAITING', 'SENDING', 'DELIVERED', 'DEAD', 'SKIPPED')",
            name=op.f("ck_webhook_delivery_state"),
        ),
        sa.CheckConstraint(
            "(state = 'SENDING') = (leased_until is not null)",
            name=op.f("ck_webhook_delivery_lease"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint(
            "tenant_id",
            "endpoint_id",
            "event_id",
            "replay_id",
            name="uq_webhook_delivery_once",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        "ix_webhook_delivery_open",
        "webhook_delivery",
        ["tenant_id", "endpoint_id", "subject", "feed_tx", "event_id"],
        postgresql_where=sa.text(IS_OPEN),
    )
    op.create_index(
        "ix_webhook_delivery_listed",
        "webhook_delivery",
        ["tenant_id", "endpoint_id", "created_at", "id"],
    )


def _make_attempt() -> None:
    op.create_table(
        "webhook_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        _instant("at"),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('OK', 'HTTP', 'TIMEOUT', 'REFUSED_ADDRESS', 'TLS', 'CONNECTION')",
            name=op.f("ck_webhook_attempt_outcome"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_attempt")),
    )
    op.create_index(
        "ix_webhook_attempt_delivery", "webhook_attempt", ["tenant_id", "delivery_id", "at"]
    )
