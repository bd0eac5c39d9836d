"""`python -m services.cases.erasures`: keep the list of erasures, and replay it after a restore.

A backup forgets nothing by itself: restored, it brings back what was erased since. The list that
`export` writes names ids, kinds of data and instants, so it may lie where the backups do not.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from services.cases.domain.retention import DataKind
from services.cases.operations.practice import practice_of
from services.cases.operations.replay_erasures import Erasure, Replayed, erasures_since, replay
from services.cases.settings import Settings
from shared.database.connection import Database, open_database

EPILOG = """
Settings by environment, as for the service: CASES_DATABASE_DSN and the other CASES_ variables.
Run `export` after every backup and keep its file apart from the backups; run `replay` with the
newest file after every restore, before anybody works with the data. `replay` ends with 1 when a
legal hold kept something: lift it and run the command again. Done twice, it changes nothing more.
"""


class Line(BaseModel):
    """One line of the list (NDJSON)."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True
    )

    tenant_id: str
    unit_id: str
    case_id: UUID
    data_kind: DataKind
    erased_at: AwareDatetime

    def erasure(self) -> Erasure:
        return Erasure(**self.model_dump())


def main(arguments: list[str] | None = None) -> int:
    """0 when everything is erased, 1 when a hold kept something, 2 for a file not readable."""
    chosen = _parser().parse_args(arguments)
    try:
        return asyncio.run(_run(chosen))
    except (OSError, UnreadableLine) as failure:
        sys.stderr.write(f"{failure}\n")
        return 2


class UnreadableLine(Exception):
    """A line is no erasure; nothing of the file was replayed."""


async def _run(chosen: argparse.Namespace) -> int:
    settings = Settings()
    database = await open_database(
        settings.database_dsn.get_secret_value(),
        application="kim-cases-erasures",
    )
    try:
        if chosen.command == "export":
            return await _export(database, chosen.since, chosen.file)
        erasures = [line.erasure() for line in _read(chosen.file)]
        outcomes = await replay(database, erasures, practice_of(settings))
    finally:
        await database.close()
    for outcome, found in outcomes.items():
        sys.stdout.write(f"{outcome}: {len(found)}\n")
    for held in outcomes[Replayed.HELD]:
        sys.stderr.write(f"held: {held.tenant_id} {held.unit_id} {held.case_id}\n")
    return 1 if outcomes[Replayed.HELD] else 0


async def _export(database: Database, since: datetime, file: Path | None) -> int:
    with _target(file) as target:
        async for erasure in erasures_since(database, since):
            line = Line.model_validate(erasure, from_attributes=True)
            target.write(line.model_dump_json(by_alias=True) + "\n")
    return 0


def _target(file: Path | None) -> AbstractContextManager[TextIO]:
    return file.open("w", encoding="utf-8") if file else nullcontext(sys.stdout)


def _read(file: Path) -> Iterator[Line]:
    with file.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            if text.strip():
                try:
                    yield Line.model_validate_json(text)
                except ValidationError as fault:
                    raise UnreadableLine(f"{file}:{number}: {fault.errors()[0]['msg']}") from fault


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m services.cases.erasures",
        description="The list of what was erased, kept outside the database; replayed after a"
        " restore.",
        epilog=EPILOG,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    export = commands.add_parser("export", help="write the list as NDJSON, without personal data")
    export.add_argument(
        "--since", type=_instant, default=datetime.fromtimestamp(0, UTC),
        help="only from this instant on (ISO 8601); without it, everything",
    )  # fmt: skip
    export.add_argument("--file", type=Path, help="where to; without it, standard output")
    replaying = commands.add_parser("replay", help="erase again what the list names")
    replaying.add_argument("--file", type=Path, required=True, help="a list that export wrote")
    return parser


if __name__ == "__main__":
    sys.exit(main())
