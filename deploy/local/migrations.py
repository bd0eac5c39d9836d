"""`python -m deploy.local.migrations upgrade|check SERVICE…`: Alembic for services, one process.

The address of each database comes from `<SERVICE>_MIGRATOR_DSN`, the owner's role.
"""

import argparse
import os
import sys
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from deploy.local.settings import PROJECT_DIR, SERVICES


class NoMigrations(Exception):
    """A service without migrations or without an address of its database."""


def upgrade(service: str) -> None:
    """Bring the service's database to the newest revision. Raises NoMigrations."""
    command.upgrade(_config(service), "head")


def check(service: str) -> None:
    """Raises alembic's CommandError when the tables in code and in the database differ."""
    command.check(_config(service))


def _config(service: str) -> Config:
    file = _settings_file(service)
    variable = f"{service.upper()}_MIGRATOR_DSN"
    if not os.environ.get(variable):
        raise NoMigrations(f"{variable} is not set: whose database should be migrated?")
    return Config(file, stdout=StringIO())  # its own words name no service; `main` says which


def _settings_file(service: str) -> Path:
    file = PROJECT_DIR / "services" / service / "alembic.ini"
    if not file.is_file():
        raise NoMigrations(f"The service {service} has no migrations: {file} is missing.")
    return file


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.migrations", description=__doc__)
    parser.add_argument("verb", choices=("upgrade", "check"))
    parser.add_argument("services", nargs="*", default=SERVICES, metavar="SERVICE")
    chosen = parser.parse_args(arguments)
    for service in chosen.services:
        try:
            upgrade(service)
            if chosen.verb == "check":
                check(service)
                print(f"{service}: the migrations build what the code declares")
        except (NoMigrations, CommandError) as failure:
            print(f"{service}: {failure}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
