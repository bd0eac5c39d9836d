"""What migrations of every service say about security, in one wording.

Every table has row-level security enabled **and forced**; the application role owns nothing and
gets single privileges, never `ALL` (which contains TRUNCATE, and TRUNCATE ignores policies).
The settings are read in a sub-select, so that PostgreSQL evaluates them once per query.
"""

from alembic import op

IDEMPOTENCY_DAYS = 7
TENANT_IS_MINE = "tenant_id = (select current_setting('app.tenant', true))"
UNIT_IS_MINE = "unit_id = (select current_setting('app.unit', true))"
ACTOR_IS_ME = "actor = (select current_setting('app.actor', true))"


def secure(
    table: str,
    *,
    role: str,
    privileges: str,
    using: str = TENANT_IS_MINE,
    check: str | None = None,
) -> None:
    """Enable and force row-level security on a new table, with one policy for `role`.

    `using` says which rows the role sees, `check` which it may write (default: the same).
    """
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    allow(table, role=role, privileges=privileges, using=using, check=check)


def allow(
    table: str,
    *,
    role: str,
    privileges: str,
    using: str = TENANT_IS_MINE,
    check: str | None = None,
    name: str | None = None,
) -> None:
    """One more policy on a secured table, with the privileges that go with it."""
    op.execute(f"grant {privileges} on {table} to {role}")
    op.execute(
        f"create policy {name or f'{role}_rows'} on {table} to {role}"
        f" using ({using}) with check ({check or using})"
    )


def only_writers(table: str, *, role: str, writers: str, deeds: str = "insert update") -> None:
    """Beside the policy of rows: nobody writes here but these roles, and the system.

    `writers` as in a pattern, `case_manager|team_lead`. Reading stays as it is; the roles of the
    caller are looked at once per statement.
    """
    is_writer = f"(select current_setting('app.roles', true) ~ ',({writers}|system),')"
    for deed in deeds.split():
        using = f" using ({is_writer})" if deed != "insert" else ""
        check = f" with check ({is_writer})" if deed != "delete" else ""
        op.execute(
            f"create policy writers_{deed} on {table} as restrictive for {deed} to {role}"
            f"{using}{check}"
        )


def any_writer(table: str, deeds: str = "insert update") -> None:
    """Take that back."""
    for deed in deeds.split():
        op.execute(f"drop policy writers_{deed} on {table}")


def secure_technical_tables(service: str) -> None:
    """Policies of outbox, consumed events, idempotency keys and audit log of one service.

    The relay role sees only the outbox, of every tenant, and clears idempotency keys that are past
    their time; the audit log takes inserts and gives
    nothing back but to the data protection officer of the tenant. Call it in the first migration,
    after the tables are made.
    """
    app, relay = f"kim_{service}_app", f"kim_{service}_relay"
    secure("outbox_message", role=app, privileges="insert")
    allow("outbox_message", role=relay, privileges="select, update (sent_at), delete", using="true")
    secure("consumed_event", role=app, privileges="select, insert")
    secure(
        "idempotency_key",
        role=app,
        privileges="select, insert, update",
        using=f"{TENANT_IS_MINE} and {ACTOR_IS_ME}",
    )
    allow(
        "idempotency_key",
        role=relay,
        privileges="select (created_at), delete",
        using=f"created_at < now() - interval '{IDEMPOTENCY_DAYS} days'",
    )
    op.execute("alter table audit_entry enable row level security")
    op.execute("alter table audit_entry force row level security")
    op.execute(f"grant select, insert on audit_entry to {app}")
    op.execute(
        f"create policy {app}_writes on audit_entry for insert to {app}"
        f" with check ({TENANT_IS_MINE} and {ACTOR_IS_ME})"
    )
    op.execute(
        f"create policy {app}_officer on audit_entry for select to {app} using ({TENANT_IS_MINE}"
        " and strpos((select current_setting('app.roles', true)), ',dpo,') > 0)"
    )
    op.execute(f"grant select on alembic_version to {app}")
    op.execute(
        "create function wake_relay() returns trigger language plpgsql as"
        " $$ begin perform pg_notify('outbox', ''); return null; end $$"
    )
    op.execute(
        "create trigger wake_relay after insert on outbox_message"
        " for each statement execute function wake_relay()"
    )


SYSTEM_ASKS = "(select current_setting('app.roles', true)) = ',system,'"
# What the worker's lists of jobs and webhooks in every tenant look at, by the name of its policy.
LISTED_FOR_THE_WORKER = {
    "job": "to_run",
    "webhook_endpoint": "to_serve",
    "webhook_delivery": "to_serve",
}


def list_for_the_system_only(condition: str = SYSTEM_ASKS) -> None:
    """What is due in every tenant the functions tell to whoever acts as the system; to others,
    or to a connection that nobody has been named on, they tell nothing.
    """
    for table, policy in LISTED_FOR_THE_WORKER.items():
        op.execute(f"alter policy {policy} on {table} using ({condition}) with check ({condition})")
