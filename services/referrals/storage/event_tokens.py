"""The events of one referral, and one event, as far as the asking unit may know them."""

from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import bindparam, func, select
from sqlmodel import col

from services.referrals.storage.base import FeedEntry
from shared.database.connection import Database
from shared.database.feed import SETTLED, cursor_of
from shared.database.gate import ReadLog
from shared.database.views import View
from shared.kernel.caller import Caller

E = FeedEntry
TOKENS_MAX: Final = 100
_EVENTS = View(
    select(
        col(E.id),
        col(E.type),
        col(E.subject),
        col(E.at).label("time"),
        col(E.data),
        col(E.feed_tx),
    ).where(col(E.subject) == bindparam("referral_id"), col(E.feed_tx) < SETTLED),
    sort="feed_tx",
    descending=True,
    hidden=("feed_tx",),
    log=ReadLog("event", column="subject"),
)


EVENT_VIEW = View(
    select(
        col(E.id),
        cursor_of(E.feed_tx, E.id),
        col(E.type),
        func.concat("urn:kim:", func.split_part(E.type, ".", 2)).label("source"),
        col(E.subject),
        col(E.at).label("time"),
        col(E.actor_unit),
        col(E.data),
    ).where(col(E.id) == bindparam("event_id"), col(E.feed_tx) < SETTLED),
    log=ReadLog("event", column="subject"),
)


async def events_of(database: Database, caller: Caller, referral_id: UUID) -> list[dict[str, Any]]:
    """The newest ones, oldest first."""
    page = await _EVENTS.page(database, caller, first=TOKENS_MAX, referral_id=referral_id)
    items: list[dict[str, Any]] = orjson.loads(page.body)["items"]
    return items[::-1]
