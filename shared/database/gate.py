"""One statement that first sets who asks, then reads, and logs what was seen.

Setting the identity costs no round trip of its own: a materialised CTE calls `set_config` and the
read hangs on its result by a lateral reference, which makes PostgreSQL run the gate first. Were a
policy evaluated before it, it would see no tenant and show nothing: the gate fails closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Boolean, Column, String, Text, bindparam, cast, column, insert, select
from sqlalchemy import table as named_table
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from shared.database.identity import IDENTITY_PARAMETERS, IDENTITY_SQL
from shared.database.statements import Statement, table_of
from shared.kernel.caller import Caller
from shared.observability.request import current_request
from shared.secrecy.columns import sealed_columns


@dataclass(frozen=True, slots=True)
class ReadLog:
    """What a read leaves in the audit log: the kind of record and the column with its id."""

    kind: str
    column: str = "id"


@dataclass(frozen=True, slots=True)
class Gated:
    """`inner` names its parameters; `sql` is what is sent, with `extra` parameters behind them."""

    inner: Statement
    sql: str


AUDIT_SQL = """, logged as (
  insert into audit.audit_entry (id, tenant_id, actor, unit_id, client_id, action, record_kind,
                           record_ids, purpose, request_id, reason, end_user, changes)
  select uuidv7(), {0}::text, {1}::text, {2}::text, {3}::text, 'read', {4}::text,
         ids, {5}::text, {6}::text, {7}::text, {8}::text, {9}::jsonb
  from (select array_agg(_logged) as ids from found {limit}) seen where ids is not null)"""
# Of a read, the changes of the entry hold this alone: none, when the whole record was shown.
MEMBERS = "members"
AUDIT_PARAMETERS = 10


def gated(inner: Statement, final: str, *, log: ReadLog | None, shown: str = "") -> Gated:
    """Put `inner` behind the gate; `final` selects from its rows as `found` (numbered by `_n`).

    `shown` is the placeholder of the number of rows shown, where a page fetches one row more; it
    takes the parameter after those of `inner`.
    """
    count = len(inner.names) + (1 if shown else 0)
    logged = ""
    if log is not None:
        limit = f"where _n <= {shown}" if shown else ""
        logged = AUDIT_SQL.format(*_placeholders(count, AUDIT_PARAMETERS), limit=limit)
        count += AUDIT_PARAMETERS
    identity = IDENTITY_SQL.format(*_placeholders(count, IDENTITY_PARAMETERS))
    sql = (
        f"with gate as materialized (select {identity} as ok), found as materialized"  # noqa: S608 - made of compiled statements and placeholders
        f" (select r.*, row_number() over () as _n from gate cross join lateral ({inner.sql}) r)"
        f"{logged} {final}"
    )
    return Gated(inner, sql)


_OPEN: Final = named_table("gate", column("ok", Boolean))


@lru_cache(maxsize=64)
def gated_insert(row_class: type[SQLModel], columns: tuple[str, ...]) -> Gated:
    """One row, put in behind the gate. Raises TypeError where one of the columns is sealed."""
    table = table_of(row_class)
    if not sealed_columns(table).keys().isdisjoint(columns):
        raise TypeError(f"{table.name} has text to seal: insert it in a transaction.")
    given = (cast(bindparam(name), _type_of(table.c[name])) for name in columns)
    behind = select(*given).select_from(_OPEN).where(_OPEN.c.ok)
    inner = Statement(insert(table).from_select(list(columns), behind))
    identity = IDENTITY_SQL.format(*_placeholders(len(inner.names), IDENTITY_PARAMETERS))
    return Gated(inner, f"with gate as materialized (select {identity} as ok) {inner.sql}")


def _type_of(column_: Column[Any]) -> TypeEngine[Any]:
    """Of a text without its length: a cast would cut off what is too long and say nothing."""
    return Text() if isinstance(column_.type, String | AutoString) else column_.type


def log_arguments(caller: Caller, log: ReadLog, members: Sequence[str] | None = None) -> list[Any]:
    """The values of the audit entry: ids and codes, never a name.

    `members` are those that were shown, where it is not the whole record.
    """
    request = current_request()
    return [
        caller.tenant_id,
        caller.actor,
        caller.unit_id,
        caller.client_id,
        log.kind,
        request.purpose,
        request.id,
        request.reason,
        request.end_user,
        None if members is None else {MEMBERS: list(members)},
    ]


def _placeholders(behind: int, count: int) -> list[str]:
    return [f"${behind + n}" for n in range(1, count + 1)]
