"""One statement that first sets who asks, then reads, and logs what was seen.

Setting the identity costs no round trip of its own: a materialised CTE calls `set_config` and the
read hangs on its result by a lateral reference, which makes PostgreSQL run the gate first. Were a
policy evaluated before it, it would see no tenant and show nothing: the gate fails closed.
"""

from dataclasses import dataclass
from typing import Any

from shared.database.identity import IDENTITY_PARAMETERS, IDENTITY_SQL
from shared.database.statements import Statement
from shared.kernel.caller import Caller
from shared.observability.request import current_request


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
  insert into audit_entry (id, tenant_id, at, actor, unit_id, client_id, action, record_kind,
                           record_ids, purpose, request_id, reason)
  select uuidv7(), {0}::text, clock_timestamp(), {1}::text, {2}::text, {3}::text, 'read', {4}::text,
         ids, {5}::text, {6}::text, {7}::text
  from (select array_agg(_logged) as ids from found {limit}) seen where ids is not null)"""
AUDIT_PARAMETERS = 8


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


def log_arguments(caller: Caller, log: ReadLog) -> list[Any]:
    """The values of the audit entry: ids and codes, never a name."""
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
    ]


def _placeholders(behind: int, count: int) -> list[str]:
    return [f"${behind + n}" for n in range(1, count + 1)]
