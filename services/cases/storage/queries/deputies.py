"""Who stands in for whom, as it is at a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, case, or_, select
from sqlmodel import col

from services.cases.domain.deputies import DeputyshipState
from services.cases.storage.tables import DeputyshipRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

TODAY: ColumnElement[Any] = bindparam("today", type_=Date)
# What `state_of_deputyship` says, for lists.
STATE: ColumnElement[Any] = case(
    (
        or_(col(DeputyshipRow.ended_at).is_not(None), col(DeputyshipRow.to_on) < TODAY),
        DeputyshipState.ENDED.value,
    ),
    (col(DeputyshipRow.from_on) > TODAY, DeputyshipState.PLANNED.value),
    else_=DeputyshipState.IN_FORCE.value,
).label("state")
_COLUMNS = tuple(
    col(getattr(DeputyshipRow, name))
    for name in (
        "id", "principal", "deputy", "from_on", "to_on", "recorded_by", "recorded_at",
        "ended_at", "ended_by",
    )
)  # fmt: skip
DEPUTYSHIP = (*_COLUMNS, STATE)
DEPUTYSHIP_VIEW = View(
    select(*DEPUTYSHIP).where(col(DeputyshipRow.id) == bindparam("deputyship_id"))
)
DEPUTYSHIP_LIST = ListView(
    select(*DEPUTYSHIP),
    filters={
        "principal": Filter(col(DeputyshipRow.principal), str),
        "deputy": Filter(col(DeputyshipRow.deputy), str),
        "toOn": Filter(col(DeputyshipRow.to_on), date.fromisoformat, ("gte",)),
        "state": Filter(STATE, DeputyshipState, ("eq", "in")),
    },
    sorts={"fromOn": "from_on"},
    default_sort="-fromOn",
)
DEPUTYSHIP_FOR_UPDATE = Statement(
    select(*_COLUMNS).where(col(DeputyshipRow.id) == bindparam("deputyship_id")).with_for_update()
)
