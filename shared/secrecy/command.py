"""The commands `fill`, `status`, `rotate-wrapping`, `rotate-keys` and `drop` of a service."""

import argparse
import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import asyncpg
import orjson
from sqlalchemy import MetaData

from shared.secrecy.columns import sealed_columns
from shared.secrecy.requiring import require_sealed
from shared.secrecy.store import keys_dsn
from shared.secrecy.upkeep import Upkeep
from shared.secrecy.wrapping import KeyIsBroken, KeyWrapper

EPILOG = """
All of it works while the service does, and may be broken off and started again at any time.

Environment: <SERVICE>_MIGRATOR_DSN, the owner's role; <SERVICE>_KEYS_MIGRATOR_DSN where the keys
are not beside it; <SERVICE>_WRAPPING_KEYS as the service has them.

Sealing for the first time: migrate, start the new version, end the older one, `fill` until it says
nothing is left. From then on the database takes nothing but what is sealed (CHECK constraints).
Another wrapping key: name it second everywhere (old,new), then first (new,old), restart, run
`rotate-wrapping`; when it has wrapped nothing any more, take the old one away.
Other keys of records: `rotate-keys`; the keys before are kept for as long as backups are, so that
a restored backup can be read, and go with `drop`.
"""
KEPT_DAYS = 40


def main(
    service: str,
    metadata: MetaData,
    wrapper: KeyWrapper,
    also_read: Mapping[str, str],
    arguments: Sequence[str] | None = None,
) -> int:
    """0 when it is done, 1 when a key is missing, 2 when the environment is not complete."""
    chosen = _parser(service).parse_args(arguments)
    dsn = os.environ.get(f"{service.upper()}_MIGRATOR_DSN")
    if not dsn:
        sys.stderr.write(f"Set {service.upper()}_MIGRATOR_DSN to the owner's role.\n")
        return 2
    keys = os.environ.get(f"{service.upper()}_KEYS_MIGRATOR_DSN") or keys_dsn(dsn)
    try:
        return asyncio.run(_run(chosen, dsn, keys, metadata, wrapper, also_read))
    except KeyIsBroken as broken:
        sys.stderr.write(f"{broken}\n")
        return 1


async def _run(
    chosen: argparse.Namespace,
    dsn: str,
    keys: str,
    metadata: MetaData,
    wrapper: KeyWrapper,
    also_read: Mapping[str, str],
) -> int:
    records = await asyncpg.connect(dsn, timeout=5, command_timeout=60)
    await records.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
    )
    store = await asyncpg.connect(keys, timeout=5, command_timeout=60)
    tables = [one for one in metadata.sorted_tables if sealed_columns(one)]
    upkeep = Upkeep(records, store, wrapper, tables, also_read, chosen.batch_rows, _tell)
    try:
        await _do(chosen, upkeep)
    finally:
        await records.close(timeout=2)
        await store.close(timeout=2)
    return 0


async def _do(chosen: argparse.Namespace, upkeep: Upkeep) -> None:
    if chosen.command == "status":
        for table, rows in (await upkeep.plain_rows()).items():
            _tell(f"{table}: {rows} rows not sealed")
    elif chosen.command == "fill":
        _tell(f"done: {await upkeep.fill()} rows sealed")
        if left := await require_sealed(upkeep.records, upkeep.tables, _tell):
            _tell(f"{left} columns take other text still: start it again")
    elif chosen.command == "rotate-wrapping":
        _tell(f"done: {await upkeep.rotate_wrapping()} keys wrapped anew")
    elif chosen.command == "rotate-keys":
        before = chosen.made_before or datetime.now(UTC)
        _tell(f"keys made before {before.isoformat()}")
        _tell(f"done: {await upkeep.rotate_keys(before)} keys changed")
    else:
        await upkeep.drop_superseded(timedelta(days=chosen.kept_days))


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _parser(service: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m services.{service}.sealing",
        description="Seal free text that is not sealed yet, and change keys, while all goes on.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--batch-rows", type=int, default=200, help="rows of one transaction")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("status", help="how many rows of each table are not sealed")
    commands.add_parser("fill", help="seal every text that is not, and take no other any more")
    commands.add_parser("rotate-wrapping", help="wrap every key under the first wrapping key")
    rotating = commands.add_parser("rotate-keys", help="a new key for each record")
    rotating.add_argument(
        "--made-before", type=_instant,
        help="only keys made before this instant (ISO 8601); goes on where a run was broken off",
    )  # fmt: skip
    dropping = commands.add_parser("drop", help="destroy keys that rotate-keys has superseded")
    dropping.add_argument(
        "--kept-days", type=int, default=KEPT_DAYS,
        help=f"days for which they are kept, as long as backups are ({KEPT_DAYS})",
    )  # fmt: skip
    return parser
