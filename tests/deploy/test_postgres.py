"""The embedded PostgreSQL: who may do what, and what survives."""

import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from deploy.local.credentials import Credentials
from deploy.local.engine_files import engine_account, postgres_bin, postgres_home
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresFailed, PostgresServer
from deploy.local.processes import stop
from tests.engines import ServiceDatabase


@pytest.fixture
def own_server(run_folder: Path) -> Iterator[PostgresServer]:
    """A server for one test, with the safety that `make run` has."""
    account = engine_account()
    server = PostgresServer(
        home=postgres_home(run_folder, account),
        bin_dir=postgres_bin(None, account),
        port=free_ports(["postgres"])["postgres"],
        credentials=Credentials(run_folder / "credentials.json"),
        account=account,
    )
    children = [server.start()]
    yield server
    server.stop()
    for child in children:
        child.wait()


def postmaster(server: PostgresServer) -> psutil.Process:
    process = server.pid_file.find()
    assert process is not None
    return process


def test_what_was_committed_survives_a_kill_of_all_processes(own_server: PostgresServer) -> None:
    own_server.psql("postgres", statement="create table kept (id int); insert into kept values (7)")
    for process in [postmaster(own_server), *postmaster(own_server).children(recursive=True)]:
        process.kill()

    with own_server.start():
        assert own_server.psql("postgres", statement="select id from kept") == "7"
        own_server.stop()


def test_a_server_that_outlived_its_supervisor_is_replaced(own_server: PostgresServer) -> None:
    left = postmaster(own_server)
    own_server.psql("postgres", statement="create table kept (id int); insert into kept values (8)")

    with own_server.start():
        assert postmaster(own_server).pid != left.pid
        assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE
        assert own_server.psql("postgres", statement="select id from kept") == "8"
        own_server.stop()


def test_a_lock_file_with_a_strangers_number_is_removed_and_the_stranger_lives(
    own_server: PostgresServer,
) -> None:
    own_server.stop()
    lock_file = own_server.data_dir / "postmaster.pid"
    lock_file.write_text(f"{os.getpid()}\n{own_server.data_dir}\n1\n{own_server.port}\n\n\n\n")

    with own_server.start():
        assert own_server.is_ready()
        own_server.stop()


def test_an_interrupted_first_start_leaves_nothing_that_disturbs_the_next(
    own_server: PostgresServer,
) -> None:
    own_server.stop()
    half_made = own_server.home / "data.new"
    own_server.data_dir.rename(half_made)

    with own_server.start():
        assert own_server.is_ready()
        own_server.stop()


def test_stopping_is_fast_although_somebody_is_connected(own_server: PostgresServer) -> None:
    assert own_server.command().stop_signal is signal.SIGINT
    stop(postmaster(own_server), own_server.command().stop_signal, timeout_s=10)
    assert not own_server.is_ready()


def test_passwords_are_made_once_and_readable_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "credentials.json"
    first = Credentials(file)["kim_cases_app"]
    assert len(first) >= 32
    assert Credentials(file)["kim_cases_app"] == first
    assert Credentials(file)["kim_cases_relay"] != first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_nobody_gets_in_without_the_password(postgres: PostgresServer) -> None:
    dsn = postgres.dsn("postgres", "postgres")
    wrong = dsn.replace(postgres.credentials["postgres"], "wrong")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)


@pytest.fixture(scope="module")
def cases(database: Callable[[str], ServiceDatabase]) -> ServiceDatabase:
    return database("cases")


async def refused(dsn: str, statement: str) -> str:
    """The SQLSTATE with which PostgreSQL refuses."""
    try:
        connection = await asyncpg.connect(dsn)
    except asyncpg.PostgresError as failure:
        return str(failure.sqlstate)
    try:
        await connection.execute(statement)
    except asyncpg.PostgresError as failure:
        return str(failure.sqlstate)
    finally:
        await connection.close()
    return "00000"


NOT_PERMITTED = "42501"


@pytest.mark.parametrize("kind", ["app", "relay"])
@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (id int)",
        "create schema mine",
        "create role mine",
        "create extension hstore",
        "alter table alembic_version owner to current_user",
        "set role kim_cases_owner",
        "set role kim_cases_statistics",
        "set session_replication_role = replica",
    ],
)
async def test_the_application_roles_own_and_make_nothing(
    cases: ServiceDatabase, kind: str, statement: str
) -> None:
    dsn = {"app": cases.app_dsn, "relay": cases.relay_dsn}[kind]
    assert await refused(dsn, statement) == NOT_PERMITTED


async def test_no_role_of_a_service_bypasses_row_level_security(postgres: PostgresServer) -> None:
    rows = postgres.psql(
        "postgres",
        statement="select count(*) from pg_roles where rolname like 'kim\\_%'"
        " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)",
    )
    assert rows == "0"


async def test_a_service_cannot_enter_the_database_of_another(
    postgres: PostgresServer, cases: ServiceDatabase
) -> None:
    postgres.provision("funding", "kim_funding_neighbour")
    try:
        dsn = postgres.dsn("kim_cases_app", "kim_funding_neighbour")
        assert await refused(dsn, "select 1") == NOT_PERMITTED
    finally:
        postgres.psql("postgres", statement="drop database kim_funding_neighbour")


async def test_the_owner_hands_functions_to_statistics_and_makes_extensions(
    cases: ServiceDatabase,
) -> None:
    connection = await asyncpg.connect(cases.owner_dsn)
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(
            "create extension if not exists pg_trgm; create extension if not exists unaccent;"
            "create function handed_over() returns int security definer language sql as 'select 1';"
            "alter function handed_over() owner to kim_cases_statistics"
        )
        owner = await connection.fetchval(
            "select proowner::regrole::text from pg_proc where proname = 'handed_over'"
        )
        assert owner == "kim_cases_statistics"
    finally:
        await transaction.rollback()
        await connection.close()


async def test_nobody_signs_in_as_statistics(postgres: PostgresServer) -> None:
    said = postgres.psql(
        "postgres",
        statement="select rolcanlogin from pg_roles where rolname = 'kim_cases_statistics'",
    )
    assert said == "f"


def test_provisioning_again_changes_nothing(postgres: PostgresServer) -> None:
    statement = (
        "select datname, datacl, datdba from pg_database where datname like 'kim\\_%' order by 1"
    )
    postgres.provision("cases", "kim_cases_twice")
    try:
        before = postgres.psql("postgres", statement=statement)
        postgres.provision("cases", "kim_cases_twice")
        assert postgres.psql("postgres", statement=statement) == before
    finally:
        postgres.psql("postgres", statement="drop database kim_cases_twice")


def test_a_faulty_statement_is_an_error_and_not_silence(postgres: PostgresServer) -> None:
    with pytest.raises(PostgresFailed, match="does not exist"):
        postgres.psql("postgres", statement="select * from nothing_here")
