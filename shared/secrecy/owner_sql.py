"""What upkeep says to the database of the keys, under the owner's role."""

from sqlalchemy import Table

from shared.secrecy.columns import Sealed, SealedJson, SealedMembers, sealed_columns

NEWEST = """
select * from data_key where tenant_id = $1 and holder = $2 and part = $3 and record = $4
 order by generation desc limit 1"""
OF_ID = "select * from data_key where tenant_id = $1 and id = $2"
OF_ALL = "select * from data_key where (id, reader) > ($1, $2) order by id, reader limit $3"
ADD = """
insert into data_key (id, tenant_id, holder, part, record, generation, reader, wrapped)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing"""
WRAP = """
update data_key set wrapped = $4
 where tenant_id = $1 and id = $2 and reader = $3 and wrapped = $5"""
IS_VALID = """
select convalidated from pg_constraint
 where conrelid = to_regclass('public.' || quote_ident($1)) and conname = $2"""
LATER = """
select from data_key l where l.tenant_id = k.tenant_id and l.holder = k.holder
   and l.part = k.part and l.record = k.record and l.generation > k.generation"""
MADE_BEFORE = f"""
select distinct on (k.id) k.* from data_key k
 where k.created_at < $1 and not exists ({LATER}) order by k.id limit $2"""  # noqa: S608 - constants
SUPERSEDED = f"select distinct holder, part from data_key k where exists ({LATER})"  # noqa: S608 - constants
DROP = f"""
delete from data_key k where exists ({LATER} and l.created_at < now() - $1::interval)
returning 1"""  # noqa: S608 - constants


# A text that is said and not sealed, in the language of paths.
PLAIN_TEXT = '? (@.type() == "string" && @ != "" && !(@ starts with "\\u0001"))'


def is_plain(table: Table) -> str:
    """The condition that a text of the row is not sealed."""
    return " or ".join(
        f"({condition_of_plain(name, column)})" for name, column in sealed_columns(table).items()
    )


def condition_of_plain(name: str, column: Sealed) -> str:
    """The same of one column."""
    if isinstance(column, SealedMembers):
        return " or ".join(
            f"coalesce(jsonb_path_exists({name}, '$.{path} {PLAIN_TEXT}'), false)"
            for path in column.paths
        )
    if isinstance(column, SealedJson):
        return (
            f"exists (select from jsonb_each({name}) p, jsonb_each(p.value) m"  # noqa: S608 - names of our own tables
            f" where left(m.value #>> '{{}}', 1) is distinct from E'\\x01')"
        )
    return f"{name} <> '' and left({name}, 1) <> E'\\x01'"


# What a scrubbed copy has instead, for everybody to read.
STANDS_INSTEAD = "[entfernt] [removed]"


def sealed_text(name: str) -> str:
    """What a CHECK says of a sealed text: it is sealed, or says nothing."""
    return f"left({name}, 1) = E'\\x01' or {name} in ('', '{STANDS_INSTEAD}')"


def sealed_members(name: str, *paths: str) -> str:
    """The same of JSON with free texts at these paths."""
    return " and ".join(
        f"not coalesce(jsonb_path_exists({name}, '$.{path} {PLAIN_TEXT}'), false)" for path in paths
    )


def sealed_json(name: str) -> str:
    """The same of JSON whose members are sealed each by itself."""
    return (
        f"not jsonb_path_exists({name}, '$.* ? (@.type() != \"object\")')"
        f" and not jsonb_path_exists({name}, '$.*.* ?"
        ' (@.type() != "string" || !(@ starts with "\\u0001"))\')'
    )


def condition_of_sealed(name: str, column: Sealed) -> str:
    if isinstance(column, SealedMembers):
        return sealed_members(name, *column.paths)
    return sealed_json(name) if isinstance(column, SealedJson) else sealed_text(name)


def name_of_check(table: str, column: str) -> str:
    return f"ck_{table}_{column}_is_sealed"
