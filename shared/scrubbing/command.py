"""The command line that every service's `scrub.py` gives."""

import argparse
import asyncio
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.scrubbing.invented import KEY_BYTES, Invented
from shared.scrubbing.plan import Plan
from shared.scrubbing.running import NotACopy, check_is_copy, owner_of, scrub

EPILOG = """
Restore a backup into a database of another name, without the database of the keys and without the
object store; then, with nobody connected, for each of the three services:

  CASES_MIGRATOR_DSN=postgresql://…/cases_copy python -m services.cases.scrub \\
      --copy cases_copy --key scrub.key

Delete the key file when all three are done: whoever has it can try names. The copy holds
invented names, no free text, no contacts, no files, no messages and no log; ages, codes, days,
amounts and the structure of cases stay, so it remains confidential: it is pseudonymous, not
anonymous.

Environment: <SERVICE>_MIGRATOR_DSN, the owner's role on the copy.
"""


def main(service: str, plan: Plan, arguments: Sequence[str] | None = None) -> int:
    """0 when the copy is scrubbed, 2 when it is no copy or the environment is not complete."""
    chosen = _parser(service).parse_args(arguments)
    variable = f"{service.upper()}_MIGRATOR_DSN"
    dsn = os.environ.get(variable)
    if not dsn:
        sys.stderr.write(f"Set {variable} to the owner's role on the copy.\n")
        return 2
    try:
        rows = asyncio.run(_run(dsn, chosen.copy, _key(chosen.key), plan))
    except NotACopy as refused:
        sys.stderr.write(f"{refused}\nNothing was changed.\n")
        return 2
    _tell(f"done: {rows} rows replaced. Delete {chosen.key} when all services are done.")
    return 0


async def _run(dsn: str, copy: str, key: bytes, plan: Plan) -> int:
    connection = await owner_of(dsn)
    try:
        await check_is_copy(connection, copy)
        return await scrub(connection, plan, Invented(key), _tell)
    finally:
        await connection.close(timeout=2)


def _key(path: Path) -> bytes:
    """The key of the file; a file that is not there is made, for its owner alone."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser(service: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m services.{service}.scrub",
        description="Take everything about real people out of a copy of the database.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--copy", required=True, help="name of the database that is scrubbed")
    parser.add_argument(
        "--key", type=Path, required=True,
        help="file of the key, made when it is not there; the same for all services",
    )  # fmt: skip
    return parser
