"""Settings of how far people see, in force and before."""

from uuid import UUID

from sqlalchemy import ColumnElement, Text, bindparam, func, select
from sqlmodel import col

from services.cases.domain.access_scopes import RowScope, ScopedRole
from services.cases.storage.tables import AccessScopeRow
from shared.database.filter_values import yes_or_no
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

S = AccessScopeRow
_COLUMNS = tuple(
    col(getattr(S, name))
    for name in (
        "id", "unit_id", "role", "actor", "row_scope", "colleagues", "case_types",
        "confidentiality_max", "recorded_by", "recorded_at", "ended_at", "ended_by",
    )
)  # fmt: skip
IN_FORCE: ColumnElement[bool] = col(S.ended_at).is_(None)
SCOPE = (*_COLUMNS, IN_FORCE.label("is_in_force"))
SCOPE_VIEW = View(select(*SCOPE).where(col(S.id) == bindparam("scope_id")))
SCOPE_LIST = ListView(
    select(*SCOPE),
    filters={
        "id": Filter(col(S.id), UUID, ("in",)),
        "unitId": Filter(col(S.unit_id), str),
        "role": Filter(col(S.role), ScopedRole),
        "actor": Filter(col(S.actor), str),
        "rowScope": Filter(col(S.row_scope), RowScope, ("eq", "in")),
        "isInForce": Filter(IN_FORCE, yes_or_no),
    },
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
)
SCOPE_ROW = Statement(select(*_COLUMNS).where(col(S.id) == bindparam("scope_id")))
# One setting per unit, role and person at a time, whoever else sets one at this moment.
LOCK_SCOPES_OF_UNIT = Statement(
    select(
        func.pg_advisory_xact_lock(
            func.hashtextextended(func.concat("access-scope ", bindparam("key", type_=Text)), 0)
        )
    )
)
REPLACED_SCOPE = Statement(
    select(col(S.id)).where(
        col(S.unit_id) == bindparam("unit_id"),
        col(S.role) == bindparam("role"),
        col(S.actor).is_not_distinct_from(bindparam("actor", type_=Text)),
        IN_FORCE,
    )
)
# A case that the caller gives to somebody else in this transaction stays in sight until its end.
KEEP_IN_SIGHT = Statement(
    "select set_config('app.handed_over', cast(:case_id as uuid)::text, true)"
)
