"""What lies in the database, seen by its administrator, whom no policy binds."""

import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from deploy.local.postgres import ADMIN, PostgresServer
from deploy.local.settings import HOST
from tests.engines import ServiceDatabase

TABLES = "select table_name from information_schema.tables where table_schema = 'public'"


def everything(postgres: PostgresServer, database: str) -> str:
    """Every row of every table as text."""
    tables = postgres.psql(database, statement=TABLES).splitlines()
    assert len(tables) > 1
    return "\n".join(
        postgres.psql(database, statement=f"select t::text from {table} t") for table in tables
    )


def found(postgres: PostgresServer, database: str, words: Iterable[str]) -> set[str]:
    """Which of the words stand anywhere, be it as bytes."""
    text = everything(postgres, database)
    return {word for word in words if word in text or word.encode().hex() in text}


def program(postgres: PostgresServer, name: str, *arguments: str) -> None:
    login = ("--host", HOST, "--port", str(postgres.port), "--username", ADMIN)
    ended = subprocess.run(
        [str(postgres.bin_dir / name), *login, *arguments],
        env={**os.environ, "PGPASSWORD": postgres.credentials[ADMIN]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def take_backup(
    postgres: PostgresServer, service: str, name: str, folder: Path
) -> Callable[[], ServiceDatabase]:
    """A backup of a service's records by pg_dump; what is given restores it beside them."""
    file, back = str(folder / "records.dump"), f"{name}_back"
    program(postgres, "pg_dump", "--format=custom", f"--file={file}", name)

    def restore() -> ServiceDatabase:
        postgres.psql("postgres", statement=f"drop database if exists {back} with (force)")
        postgres.provision(service, back)
        program(postgres, "pg_restore", f"--dbname={back}", "--clean", "--if-exists", file)
        app, relay, owner = (
            postgres.dsn(f"kim_{service}_{role}", back) for role in ("app", "relay", "owner")
        )
        return ServiceDatabase(back, app, relay, owner)

    return restore
