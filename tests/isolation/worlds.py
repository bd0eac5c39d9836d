"""One row in every table for each of four controllers, whatever the tables are.

The database is a copy that the real migrations built, without checks, references and triggers:
policies, privileges and functions are the real ones, and nothing else refuses. A new
table is filled like the others, without anybody thinking of it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg

Connection = asyncpg.Connection
Row = dict[str, Any]
NAMESPACE: Final = UUID("6f1d4e0a-3b52-4c8e-9f07-2a1b5c6d7e80")
COLUMNS: Final = """
select c.relname as table, a.attname as name, a.attgenerated <> '' or a.attidentity = 'a' as made,
       format_type(coalesce(nullif(t.typelem, 0), t.oid), null) as type,
       t.typcategory = 'A' as many,
       case when coalesce(e.typname, t.typname) = 'varchar' and a.atttypmod > 4
            then a.atttypmod - 4 end as size
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
   and c.relname <> 'alembic_version'
 order by c.relname, a.attnum"""
CODES: Final = """
select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule
  from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace
   and cardinality(conkey) = 1"""
RULES: Final = """
select conrelid::regclass::text as table, conname as name, contype as kind from pg_constraint
 where contype in ('c', 'f') and connamespace = 'public'::regnamespace order by contype desc"""
ONE_OF: Final = re.compile(r"\(\(?\(?\"?(\w+)\"?\)?(?:::text)? = ANY \(.*?ARRAY\['([^']+)'")


@dataclass(frozen=True)
class World:
    """One controller: everything that is its own carries its mark."""

    tenant: str
    unit: str
    number: int = 9

    @cached_property
    def key(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.tenant}/{self.unit}")

    @property
    def mark(self) -> str:
        """Stands in every text of the world, and in no other's."""
        return f"zmark-{self.tenant}-{self.unit}"

    @property
    def marks(self) -> tuple[str, ...]:
        """By any of these its rows are known."""
        return (self.mark, str(self.key), self.mark.encode().hex())


HOME: Final = World("05570", "haus-nord", 1)
# Another controller of the same tenant; the same name in another tenant; another one there.
NEIGHBOUR: Final = World("05570", "haus-sued", 2)
NAMESAKE: Final = World("05566", "haus-nord", 3)
STRANGER: Final = World("05566", "haus-ost", 4)
WORLDS: Final = (HOME, NEIGHBOUR, NAMESAKE, STRANGER)

# Where the first code, or any time, would hide the row from whom it is for.
CODES_OF: Final = {
    ("referral", "state"): "ACCEPTED",
    ("case_record", "state"): "MONITORING",
    ("case_record", "closing_reason"): None,
    ("case_record", "closed_on"): None,
    ("case_record", "deletion_due_on"): None,
    ("org_unit", "type"): "CM_TEAM",
    ("family_member", "to_on"): None,
    ("person", "merged_into_id"): None,
    ("family", "arrival_cohort"): "UKRAINE",
    ("case_conference", "topics"): ["HOUSING"],
    ("consent", "state"): "ACTIVE",
    ("import_job", "state"): "RECEIVED",
    ("rule_run", "ended_at"): None,
    ("notice", "acknowledged_at"): None,
    ("notice", "escalated_at"): None,
}


class Tables:
    """What the catalogue says of every table."""

    def __init__(self, columns: list[asyncpg.Record], rules: list[asyncpg.Record]) -> None:
        self.columns: dict[str, list[asyncpg.Record]] = {}
        for column in columns:
            self.columns.setdefault(column["table"], []).append(column)
        self.codes: dict[tuple[str, str], str] = {}
        for rule in rules:
            found = ONE_OF.search(rule["rule"])
            if found:
                self.codes[rule["table"].strip('"'), found[1]] = found[2]

    @property
    def names(self) -> list[str]:
        return sorted(self.columns)

    def writable(self, table: str) -> list[str]:
        return [column["name"] for column in self.columns[table] if not column["made"]]

    def row(self, table: str, world: World) -> Row:
        """One row of the world, as JSON that `jsonb_populate_record` takes."""
        return {
            column["name"]: self._value(table, column, world)
            for column in self.columns[table]
            if not column["made"]
        }

    def _value(self, table: str, column: asyncpg.Record, world: World) -> Any:
        key = (table, column["name"])
        if key in CODES_OF:
            return CODES_OF[key]
        value = self.codes.get(key) or _value_of(column, world)
        return [value] if column["many"] else value


def _value_of(column: asyncpg.Record, world: World) -> Any:
    name, kind = column["name"], column["type"]
    if kind in {"character varying", "text", "character"}:
        text = _text_of(name, world)
        fits = column["size"] is None or len(text) <= column["size"]
        return text if fits else world.key.hex[: column["size"]]
    plain: dict[str, Any] = {
        "uuid": str(world.key),
        "date": f"2022-06-0{world.number}",
        "timestamp with time zone": f"2022-06-0{world.number}T10:00:00Z",
        "boolean": False,
        "jsonb": {"mark": world.mark},
        "json": {"mark": world.mark},
        "bytea": "\\x" + world.mark.encode().hex(),
    }
    return plain.get(kind, world.number)


def _text_of(name: str, world: World) -> str:
    if name == "tenant_id":
        return world.tenant
    if "unit" in name or name == "audience":
        return world.unit
    return world.mark


async def read_tables(admin: Connection) -> Tables:
    return Tables(await admin.fetch(COLUMNS), await admin.fetch(CODES))


async def fill(admin: Connection, tables: Tables, *, shared: Collection[str] | None = None) -> None:
    """As administrator, in a copy that is thrown away.

    Checks, references and triggers go: what is left to refuse are privileges and policies. With
    `shared` the references stay, as operations rely on them, and the tables named in it hold rows
    of the other tenant only.
    """
    for rule in await admin.fetch(RULES):
        if shared is not None and rule["kind"] == b"f":
            continue
        await admin.execute(f'alter table {rule["table"]} drop constraint "{rule["name"]}"')
    await admin.execute("set session_replication_role = replica")
    for table in tables.names:
        await admin.execute(f'alter table "{table}" disable trigger user')
        for world in WORLDS:
            if shared is None or table not in shared or world.tenant != HOME.tenant:
                await insert(admin, tables, table, tables.row(table, world))
    await admin.execute("reset session_replication_role")


async def insert(connection: Connection, tables: Tables, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in tables.writable(table))
    await connection.execute(
        f'insert into "{table}" ({names})'
        f' select {names} from jsonb_populate_record(null::"{table}", $1)',
        row,
    )
