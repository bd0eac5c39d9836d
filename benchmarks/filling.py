"""Fill the databases of an installation with cases, their people and their referrals.

Rows are made by SQL, as the administrator of the installation: policies hold for everybody who
works with it, and would have to be answered for every row. Names get the search keys that the
service computes for them. Sealed text is left out, since only the service holds the keys of its
records; triggers stay silent, so that nothing looks as if it had happened now.
"""

import hashlib
import itertools
import json
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg

from deploy.local.parts import Installation
from services.cases.domain.choices import Gender
from services.cases.operations.record_person import (
    PersonParticulars,
    person_columns,
    search_columns,
)

SIZES: Final = {"1k": 1_000, "10k": 10_000, "200k": 200_000, "2m": 2_000_000}
SQL: Final = Path(__file__).parent / "sql"
ADMIN: Final = "postgres"
NAMES_MAX: Final = 50_000
NAME_COLUMNS: Final = (
    *("family_name", "given_names", "original_name", "name_key", "birth_date"),
    *("latin_key", "original_key", "spelled_key", "sounds", "skeletons", "match_keys"),
    "keys_version",
)
# Ten slots over four units of three Kreise: half of all cases belong to one team.
UNITS: Final = (
    *[("05570", "waf-cm", "waf-case-manager", "05570004", "waf-jobcenter")] * 5,
    *[("05566", "rheine-caritas", "rheine-caritas-case-manager", "05566076", "st-jobcenter")] * 3,
    (
        *("05566", "rheine-lernen-foerdern", "rheine-lernen-foerdern-case-manager"),
        *("05566076", "st-jobcenter"),
    ),
    ("05334", "ac-cm", "ac-case-manager", "05334002", "ac-jobcenter"),
)
ONSETS: Final = (
    "k",
    "m",
    "s",
    "b",
    "h",
    "sch",
    "tr",
    "w",
    "l",
    "r",
    "d",
    "g",
    "n",
    "st",
    "kr",
    "v",
)
VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ou", "y")
ENDINGS: Final = ("nko", "ov", "ova", "er", "mann", "oglu", "ian", "adze", "ez", "ski", "uk", "sen")
CYRILLIC: Final = str.maketrans("abdegiklmnoprstuvyz", "абдегиклмнопрстувыз")


def is_filled(state_dir: Path, cases: int) -> bool:
    """Whether this folder holds what this very code would fill in."""
    mark = _mark(state_dir)
    return mark.exists() and json.loads(mark.read_text()) == _fingerprint(cases)


async def fill(installation: Installation, cases: int) -> None:
    """Into migrated, empty databases. Says what it does; takes minutes for millions."""
    began = time.monotonic()
    names = list(_names(min(cases, NAMES_MAX)))
    _say("names and their search keys", began, len(names))
    for service in ("cases", "referrals"):
        dsn = installation.postgres.dsn(ADMIN, f"kim_{service}")
        connection = await asyncpg.connect(dsn)
        try:
            await _prepare(connection, installation.settings.issuer_url)
            if service == "cases":
                await connection.copy_records_to_table("bench_name", records=names)
            await _run(connection, service, cases)
        finally:
            await connection.close()
    _mark(installation.settings.state_dir).write_text(json.dumps(_fingerprint(cases)))


async def _prepare(connection: "asyncpg.Connection[asyncpg.Record]", issuer_url: str) -> None:
    await connection.execute(
        "set session_replication_role = replica; set synchronous_commit = off;"
        " set maintenance_work_mem = '512MB'; set work_mem = '128MB'; set jit = off;"
        " create temp table bench_unit (slot int, tenant_id text, unit_id text, actor text,"
        " ags text, sender text);"
        " create temp table bench_name (slot int, language text, family_name text,"
        " given_names text, original_name text, name_key text, birth_date text, latin_key text,"
        " original_key text, spelled_key text, sounds text[], skeletons text[],"
        " match_keys text[], keys_version int)"
    )
    units = [
        (slot, tenant, unit, f"{issuer_url}|{persona}", ags, sender)
        for slot, (tenant, unit, persona, ags, sender) in enumerate(UNITS)
    ]
    await connection.copy_records_to_table("bench_unit", records=units)


async def _run(connection: "asyncpg.Connection[asyncpg.Record]", service: str, cases: int) -> None:
    text = (SQL / f"{service}.sql").read_text().replace("{count}", str(cases))
    for part in text.split("-- step: ")[1:]:
        title, _, statement = part.partition("\n")
        began = time.monotonic()
        if title == "search keys":
            indexes = await _without_slow_indexes(connection, "person_search")
            said = await connection.execute(statement)
            for index in indexes:
                await connection.execute(index)
        else:
            said = await connection.execute(statement)
        rows = int(said.rsplit(" ", 1)[-1]) if said.startswith("INSERT") else 0
        _say(f"{service}: {title}", began, rows)


async def _without_slow_indexes(
    connection: "asyncpg.Connection[asyncpg.Record]", table: str
) -> list[str]:
    """Drop those that are built faster at once than row by row; answers how to make them again."""
    found = await connection.fetch(
        "select indexname, indexdef from pg_indexes where tablename = $1"
        " and indexdef like '% USING gin %'",
        table,
    )
    for index in found:
        await connection.execute(f'drop index "{index["indexname"]}"')
    return [index["indexdef"] for index in found]


def _names(count: int) -> Iterator[tuple[Any, ...]]:
    """Invented persons in the columns of `bench_name`, the same in every run."""
    chance = random.Random(7)  # noqa: S311 - invented names, nothing secret
    today = date(2020, 1, 2)
    for slot in range(count):
        family, given = _word(chance) + chance.choice(ENDINGS), _word(chance)
        is_cyrillic = slot % 10 == 0
        told = PersonParticulars(
            family_name=family.capitalize(),
            given_names=given.capitalize(),
            original_name=f"{given} {family}".translate(CYRILLIC) if is_cyrillic else None,
            birth_date=str(today - timedelta(days=chance.randrange(365, 80 * 365))),
            gender=Gender.FEMALE,
        )
        columns = person_columns(told, today=today)
        columns |= search_columns(columns)
        language = "ukr" if is_cyrillic else "ara"
        yield (slot, language, *(columns[name] for name in NAME_COLUMNS))


def _word(chance: random.Random) -> str:
    syllables = chance.choice((1, 2, 2, 3))
    pairs = ((chance.choice(ONSETS), chance.choice(VOWELS)) for _ in range(syllables))
    return "".join(itertools.chain.from_iterable(pairs))


def _fingerprint(cases: int) -> dict[str, Any]:
    sources = [Path(__file__), *sorted(SQL.glob("*.sql"))]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    return {"cases": cases, "code": digest.hexdigest()}


def _mark(state_dir: Path) -> Path:
    return state_dir.with_suffix(".filled.json")


def _say(what: str, began: float, rows: int) -> None:
    count = f"{rows:,} rows" if rows else ""
    print(f"  {what:<28} {count:>16} {time.monotonic() - began:7.1f} s", flush=True)
