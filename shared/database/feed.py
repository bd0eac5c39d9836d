"""The feed of events and the record of changes, as lists with a cursor at every item.

Both show only what is older than every transaction still running, so nothing that commits later
can appear behind a cursor. The price: a transaction that writes anywhere in the same PostgreSQL
holds them back until it ends.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    Table,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlmodel import SQLModel

from shared.database.connection import Database
from shared.database.cursors import read_cursor, write_cursor
from shared.database.filter_values import instant, yes_or_no
from shared.database.filters import Filter, Since
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.statements import table_of
from shared.database.views import View
from shared.kernel.caller import Caller
from shared.kernel.errors import Gone
from shared.kernel.text import Text

SETTLED: ColumnElement[int] = literal_column(
    "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
)
# The number that the next transaction will have: no position can have it yet.
NEXT: ColumnElement[int] = literal_column(
    "(pg_snapshot_xmax(pg_current_snapshot())::text)::bigint", BigInteger
)
NOWHERE = UUID(int=0)


class CursorTooOld(Gone):
    """`oldestCursor` is the first place from which nothing is missing."""

    code = "cursor-too-old"
    title = Text(
        de="So weit reicht es nicht zurück: ab hier fehlt etwas. Bitte den Bestand neu lesen.",
        en="It does not reach back that far: something is missing. Read the records anew.",
    )


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of record whose changes are told: its name outside and its table.

    The table's own policies say who sees a change; the row class has a column `id`.
    """

    kind: str
    row_class: type[SQLModel]


def cursor_of(position: Any, identity: Any) -> ColumnElement[str]:
    """The cursor of one row in SQL, spelt as `shared.database.cursors` reads it."""
    pair = func.concat('["', position, '","', identity, '"]')
    encoded = func.encode(func.convert_to(pair, "UTF8"), "base64")
    return func.translate(encoded, literal("+/=\n"), literal("-_")).label("cursor")


def event_feed(entries: type[SQLModel], horizons: type[SQLModel]) -> ListView:
    """The events that the caller's unit may read, in order.

    What stands before the horizon is there after a restore only: its cursors would be too old.
    """
    e: Table = table_of(entries)
    h: Table = table_of(horizons)
    place, horizon = tuple_(e.c.feed_tx, e.c.id), tuple_(h.c.position_tx, h.c.position_id)
    is_closed = exists().where(h.c.feed == "events", place <= horizon).correlate(e)
    source = func.concat("urn:kim:", func.split_part(e.c.type, ".", 2))
    return ListView(
        select(
            e.c.id,
            cursor_of(e.c.feed_tx, e.c.id),
            e.c.type,
            source.label("source"),
            e.c.subject,
            e.c.at.label("time"),
            e.c.actor_unit,
            e.c.data,
            e.c.feed_tx,
        ).where(e.c.feed_tx < SETTLED, ~is_closed),
        filters={
            "type": Filter(e.c.type, str, ("eq", "in")),
            "subject": Filter(e.c.subject, UUID, ("eq", "in")),
            "actorUnit": Filter(e.c.actor_unit, str, ("eq",)),
            "time": Filter(e.c.at, instant, ("gte", "lt")),
            "since": Since(e.c.at),
        },
        sorts={"position": "feed_tx"},
        default_sort="position",
        hidden=("feed_tx",),
        log=ReadLog("event", column="subject"),
    )


def change_list(
    changes: type[SQLModel], lost: type[SQLModel], kinds: Sequence[ChangeKind]
) -> ListView:
    """Each record once, at the place of its last change; what cannot be read is not told of.

    What is deleted can be read by nobody: who learns of it are the units that could read it. So
    does a unit that has lost sight of a record: to it, the record is deleted.
    """
    c: Table = table_of(changes)
    gone: Table = table_of(lost)
    readable = [
        and_(
            c.c.kind == bindparam(f"kind_{number}", one.kind, type_=String),
            exists().where(table_of(one.row_class).c.id == c.c.record_id).correlate(c),
        )
        for number, one in enumerate(kinds)
    ]
    told = union_all(
        select(
            c.c.record_id, c.c.kind, c.c.version, c.c.changed_at, c.c.is_deleted, c.c.change_tx
        ).where(or_(c.c.is_deleted, *readable)),
        select(
            gone.c.record_id,
            gone.c.kind,
            gone.c.version,
            gone.c.changed_at,
            true().label("is_deleted"),
            gone.c.change_tx,
        ),
    ).subquery("told")
    return ListView(
        select(
            told.c.record_id.label("id"),
            cursor_of(told.c.change_tx, told.c.record_id),
            told.c.kind,
            told.c.version,
            told.c.changed_at,
            told.c.is_deleted,
            told.c.change_tx,
        ).where(told.c.change_tx < SETTLED),
        filters={
            "kind": Filter(told.c.kind, str, ("eq", "in")),
            "isDeleted": Filter(told.c.is_deleted, yes_or_no, ("eq",)),
            "changedAt": Filter(told.c.changed_at, instant, ("gte", "lt")),
            "since": Since(told.c.changed_at),
        },
        sorts={"position": "change_tx"},
        default_sort="position",
        hidden=("change_tx",),
    )


class Horizon:
    """How far back the feed and the record of changes reach in a tenant."""

    def __init__(self, horizons: type[SQLModel]) -> None:
        h = table_of(horizons)
        here = select(literal(NOWHERE, Uuid).label("id"), NEXT.label("next_tx")).subquery("here")
        of_feed = h.c.feed == bindparam("feed", type_=String)
        self.view = View(
            select(
                func.coalesce(h.c.position_id, here.c.id).label("id"),
                here.c.next_tx,
                func.coalesce(h.c.position_tx, 0).label("position_tx"),
                h.c.at,
            ).select_from(here.outerjoin(h, of_feed))
        )

    async def check(
        self, database: Database, caller: Caller, feed: str, asked: Mapping[str, object]
    ) -> None:
        """Raises CursorTooOld when something behind `after` or `since` has been forgotten, and for
        a cursor that this database never gave out: it is of the time before a restore.
        """
        after, since = asked.get("after"), asked.get("since")
        if not isinstance(after, str) and not isinstance(since, str):
            return
        found = await self.view.one(database, caller, feed=feed)
        assert found is not None
        horizon = orjson.loads(found.body)
        position = (int(horizon["positionTx"]), UUID(horizon["id"]))
        is_older = False
        if isinstance(after, str):
            asked_tx, identity = read_cursor(after, BigInteger())
            is_older = (asked_tx, identity) < position or asked_tx >= int(horizon["nextTx"])
        if isinstance(since, str) and horizon["at"] is not None:
            is_older = is_older or _is_before(since, horizon["at"])
        if is_older:
            raise CursorTooOld(oldestCursor=write_cursor(str(position[0]), position[1]))


def _is_before(since: str, moment: str) -> bool:
    """Whether it is; what cannot be read, the list itself refuses."""
    with contextlib.suppress(ValueError):
        return instant(since) <= datetime.fromisoformat(moment)
    return False
