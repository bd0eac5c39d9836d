"""What the database itself refuses, asked directly under the application's role."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from services.funding.storage.tables import Table
from tests.apis import TokenFor, create_app, running
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk
from tests.services.funding.doors import APPROVER, OFFICER
from tests.services.funding.papers import WARENDORF_AWARD, case_management
from tests.services.funding.steps import active, released, share
from tests.services.funding.storage.everything import FILLINGS

Connection = asyncpg.Connection


# Rows that the system, and no person, deletes: when a case is erased, or past their days.
WEBHOOKS = {"webhook_endpoint", "webhook_delivery", "webhook_attempt"}
# Rows of an actor or a unit alone, asked in integration_rules; one that the relay writes when the
# feed forgets.
# Everybody of the Kreis with a right to it may know of funding: nobody loses sight of it.
NOT_FILLED = {
    "idempotency_key",
    "feed_horizon",
    "lost_sight",
    "partner_request",
    "job",
    "external_id",
    # The officer's alone; see tests/shared/audit.
    *("audit.audit_block", "audit.audit_seal", "audit.audit_expiry", "audit.audit_anchor"),
    *WEBHOOKS,
}
FORGOTTEN = {"expenditure_subject", "job", *WEBHOOKS}


@pytest.fixture(scope="module")
async def full_database(
    database: Callable[..., ServiceDatabase], issuer: str, token_for: TokenFor
) -> ServiceDatabase:
    """At least one row in every table that tells of Warendorf, in a copy of its own: filled once,
    as whoever asks it here leaves nothing behind.
    """
    full = database("funding", "full")
    async with running(create_app("funding", full, issuer)) as client:
        officer, approver = (Desk(client, token_for(persona)) for persona in (OFFICER, APPROVER))
        award = await active(officer, approver, WARENDORF_AWARD)
        for fill in FILLINGS:
            await fill(officer, approver, full, award)
    return full


@pytest.fixture
async def app_role(full_database: ServiceDatabase) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(full_database.app_dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def role_at_the_desk(funding_database: ServiceDatabase) -> AsyncIterator[Connection]:
    """The application's role where `officer` and `approver` work."""
    connection = await asyncpg.connect(funding_database.app_dsn)
    yield connection
    await connection.close()


@asynccontextmanager
async def acting(connection: Connection, tenant: str = "05570") -> AsyncIterator[None]:
    """A transaction in the name of a tenant, rolled back at the end."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        for name, value in (
            ("tenant", tenant),
            ("actor", "kreis|x"),
            ("roles", ",funding_officer,"),
        ):
            await connection.execute("select set_config($1, $2, true)", f"app.{name}", value)
        yield
    finally:
        await transaction.rollback()


# The application writes these and never reads them back.
WRITTEN_ONLY = {"outbox_message", "audit.audit_entry"}
READABLE = sorted(set(Table.metadata.tables) - WRITTEN_ONLY - {"consumed_event"})


@pytest.mark.parametrize("tenant", ["05566", ""])
async def test_the_application_role_sees_nothing_of_another_tenant(
    app_role: Connection, tenant: str
) -> None:
    for table in READABLE:
        async with acting(app_role, tenant):
            assert await app_role.fetchval(f"select count(*) from {table}") == 0, table


async def test_the_application_role_sees_its_own_tenant(app_role: Connection) -> None:
    for table in READABLE:
        if table in NOT_FILLED:
            continue
        async with acting(app_role):
            assert await app_role.fetchval(f"select count(*) from {table}") > 0, table


async def test_without_any_identity_nothing_is_seen(app_role: Connection) -> None:
    for table in READABLE:
        assert await app_role.fetchval(f"select count(*) from {table}") == 0, table


async def test_a_row_cannot_be_written_into_another_tenant(app_role: Connection) -> None:
    async with acting(app_role, "05566"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app_role.execute(
                "insert into rate (id, tenant_id, version, created_at, updated_at, funding_line,"
                " unit_kind, fiscal_year, ceiling_cents, source) values (uuidv7(), '05570', 1,"
                " now(), now(), 'B2_CASE_MANAGEMENT', 'POST_YEAR', 2030, 1, '')"
            )
    async with acting(app_role, "05566"):
        assert await app_role.execute("update award set reference = 'x'") == "UPDATE 0"


async def test_every_table_has_forced_row_level_security(app_role: Connection) -> None:
    secured = {
        row["relname"]
        for row in await app_role.fetch(
            "select relname from pg_class where relrowsecurity and relforcerowsecurity"
        )
    }
    owned = await app_role.fetchval(
        "select count(*) from pg_tables where tableowner = current_user"
    )

    assert secured == {table.name for table in Table.metadata.tables.values()}
    assert owned == 0


@pytest.mark.parametrize("table", sorted(Table.metadata.tables.keys() - FORGOTTEN))
async def test_the_application_role_deletes_and_empties_nothing(
    app_role: Connection, table: str
) -> None:
    for statement in (f"delete from {table}", f"truncate {table}"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app_role.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update award_version set total_cents = 1",
        "update award_version_line set amount_cents = 1",
        "update allocation_version set fte = 1",
        "update position_version set approved_fte = 1",
        "update position_report set total_approved_fte = 1",
        "update position_report_row set filled_fte = 1",
        "update occupancy set share = 1",
        "update occupancy set holder_ref = null",
        "update position_product set fiscal_year = 2030",
        "update rate set ceiling_cents = 1",
        "update deadline set kind = 'PROOF'",
        "update funding_alert set code = 'SHORTFALL'",
        "update ledger_account set is_floored = false",
        "update ledger_balance set balance_cents = 0",
        "update ledger_entry set value_date = now()",
        "update ledger_posting set amount_cents = 1",
        "update ledger_period set requested_by = 'c'",
        "update ledger_year_close set trial_balance = '[]'",
        "update journal_proposal set content = '{}'",
        "update audit_entry set action = ''",
        "update outbox_message set payload = '{}'",
    ],
)
async def test_what_is_on_record_is_never_rewritten(app_role: Connection, statement: str) -> None:
    async with acting(app_role):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app_role.execute(statement)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (
            "update award set released_by = recorded_by",
            "ck_award_four_eyes",
        ),
        ("update award set revoked_by = recorded_by", "ck_award_four_eyes_revoking"),
        ("update award set released_by = null", "ck_award_granted_is_released"),
        (
            "update award_version set approved_by = recorded_by",
            "ck_award_version_four_eyes",
        ),
        ("update allocation set released_by = planned_by", "ck_allocation_four_eyes"),
        ("update allocation set released_by = null", "ck_allocation_active_is_released"),
        (
            "update allocation_version set approved_by = recorded_by",
            "ck_allocation_version_four_eyes",
        ),
        ("update award set state = 'PAID'", "ck_award_state"),
        ("update allocation set state = 'LOST'", "ck_allocation_state"),
        (
            "update award_line set own_use_cents = amount_cents + 1",
            "ck_award_line_money_not_over_allocated",
        ),
        (
            "update award_line set own_use_fte = fte + 0.01",
            "ck_award_line_posts_not_over_allocated",
        ),
        (
            "update allocation set amount_cents = 99999999999",
            "ck_award_line_money_not_over_allocated",
        ),
        ("update allocation set fte = 14.01", "ck_award_line_posts_not_over_allocated"),
    ],
)
async def test_the_database_keeps_the_sharpest_rules_itself(
    app_role: Connection, statement: str, constraint: str
) -> None:
    async with acting(app_role):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await app_role.execute(statement)

    assert refused.value.constraint_name == constraint


async def test_a_share_is_counted_above_whoever_inserts_it(
    officer: Desk, approver: Desk, role_at_the_desk: Connection
) -> None:
    award = await active(officer, approver, case_management("6.00", "330000.00"))
    (b2,) = award["lines"]
    await officer.create("/v1/allocations", share(b2, "5.00", "275000.00"))
    copy = (
        "insert into allocation select (jsonb_populate_record(a, jsonb_build_object("
        "'id', uuidv7(), 'fte', $1::text, 'amount_cents', $2::bigint))).* from allocation a"
    )

    async with acting(role_at_the_desk):
        await role_at_the_desk.execute(copy, "1.00", 5_500_000)
        held: Any = await role_at_the_desk.fetchrow(
            "select allocated_fte, allocated_cents from award_line"
        )
        assert (str(held["allocated_fte"]), held["allocated_cents"]) == ("6.00", 33_000_000)
    for fte, cents in (("1.01", 1), ("1.00", 5_500_001)):
        async with acting(role_at_the_desk):
            with pytest.raises(asyncpg.CheckViolationError):
                await role_at_the_desk.execute(copy, fte, cents)


async def test_each_change_leaves_an_audit_entry_and_its_events(
    officer: Desk, approver: Desk, postgres: Any, funding_database: ServiceDatabase
) -> None:
    award = await active(officer, approver, case_management("6.00", "330000.00"))
    await released(officer, approver, share(award["lines"][0], "1.00", "55000.00"))
    admin = await asyncpg.connect(postgres.dsn("postgres", funding_database.name))
    try:
        entries = await admin.fetch("select action, actor, changes from audit_entry order by id")
        events = await admin.fetch("select subject, payload from outbox_message order by position")
    finally:
        await admin.close()

    assert [entry["action"] for entry in entries] == [
        "record-award",
        "apply-award",
        "post-entry",
        "grant-award",
        "notify-award",
        "make-final-award",
        "activate-award",
        "plan-allocation",
        "select-directly-allocation",
        "contract-allocation",
        "post-entry",
        "activate-allocation",
    ]
    assert entries[2]["actor"] != entries[0]["actor"]
    subjects = [event["subject"].removeprefix("kim.funding.") for event in events]
    assert subjects == [
        "award-recorded.v1",
        "award-state-changed.v1",
        "entry-posted.v1",
        *["award-state-changed.v1"] * 4,
        "allocation-planned.v1",
        *["allocation-state-changed.v1"] * 2,
        "entry-posted.v1",
        "allocation-state-changed.v1",
        "allocation-activated.v1",
    ]
    assert '"recipientUnit": "waf-caritas"' in events[-1]["payload"]
    assert "einziger Träger" not in "".join(event["payload"] for event in events)
