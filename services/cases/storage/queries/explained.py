"""A case as its reader gets it, and whether an access scope narrows what they see."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, or_, select
from sqlmodel import col

from services.cases.domain.access_scopes import ScopedRole
from services.cases.storage.queries.cases import CASE, DETAILS
from services.cases.storage.queries.facts import facts_object
from services.cases.storage.tables import AccessScopeRow, CaseRow
from shared.database.gate import ReadLog
from shared.database.views import View

S = AccessScopeRow
# As the policies ask it; whoever gets an explanation has the one role that can be narrowed.
IS_NARROWED: ColumnElement[Any] = (
    exists()
    .where(
        col(S.tenant_id) == col(CaseRow.tenant_id),
        col(S.unit_id) == col(CaseRow.unit_id),
        col(S.role) == ScopedRole.CASE_MANAGER.value,
        col(S.ended_at).is_(None),
        or_(col(S.actor).is_(None), col(S.actor) == bindparam("actor")),
    )
    .correlate(CaseRow)
    .label("is_narrowed")
)
EXPLAINED_CASE = View(
    select(*CASE, *DETAILS, IS_NARROWED, facts_object("facts")).where(
        col(CaseRow.id) == bindparam("case_id")
    ),
    log=ReadLog("case"),
)
