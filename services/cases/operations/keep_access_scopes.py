"""Set how far a role or a person of a unit sees; end such a setting."""

from dataclasses import dataclass
from uuid import UUID

from services.cases.domain.access_scopes import (
    OwnScope,
    RowScope,
    ScopedRole,
    ScopeEnded,
    check_team,
)
from services.cases.domain.notes import Confidentiality
from services.cases.storage.queries.access_scopes import (
    LOCK_SCOPES_OF_UNIT,
    REPLACED_SCOPE,
    SCOPE_ROW,
    SCOPE_VIEW,
)
from services.cases.storage.tables import AccessScopeRow, AuditEntry
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessScope:
    """`actor` None: everybody of the role in the unit; `case_types` None: every type."""

    unit_id: str
    role: ScopedRole
    actor: str | None
    row_scope: RowScope
    colleagues: tuple[str, ...]
    case_types: tuple[str, ...] | None
    confidentiality_max: Confidentiality


async def set_access_scope(tx: Transaction, scope: AccessScope) -> Answer:
    """It holds from the next statement on; what held before stays, with its end.

    Raises TeamUnclear, OwnScope.
    """
    check_team(scope.row_scope, scope.colleagues)
    if scope.actor == tx.caller.actor:
        raise OwnScope
    place = {"unit_id": scope.unit_id, "role": scope.role.value, "actor": scope.actor}
    await _lock_unit(tx, scope.unit_id)
    replaced, at = await tx.value(REPLACED_SCOPE, **place), now()
    if replaced is not None:
        await tx.update(AccessScopeRow, replaced, ended_at=at, ended_by=tx.caller.actor)
    scope_id = new_id()
    await tx.insert(
        AccessScopeRow,
        id=scope_id,
        **place,
        row_scope=scope.row_scope.value,
        colleagues=list(scope.colleagues),
        case_types=None if scope.case_types is None else list(scope.case_types),
        confidentiality_max=scope.confidentiality_max.value,
        recorded_by=tx.caller.actor,
        recorded_at=at,
    )
    return await _answer(tx, scope_id, "set-access-scope", scope)


async def end_access_scope(tx: Transaction, scope_id: UUID) -> Answer:
    """From the next statement on, what the law and the policies leave is seen again.

    Raises NotFound, ScopeEnded, OwnScope.
    """
    found = await tx.row(SCOPE_ROW, scope_id=scope_id)
    if found is None:
        raise NotFound
    await _lock_unit(tx, found["unit_id"])
    found = await tx.row(SCOPE_ROW, scope_id=scope_id)
    assert found is not None
    if found["ended_at"] is not None:
        raise ScopeEnded
    if found["actor"] == tx.caller.actor:
        raise OwnScope
    await tx.update(AccessScopeRow, scope_id, ended_at=now(), ended_by=tx.caller.actor)
    return await _answer(tx, scope_id, "end-access-scope")


async def _lock_unit(tx: Transaction, unit_id: str) -> None:
    """One change of the settings of a unit at a time."""
    await tx.execute(LOCK_SCOPES_OF_UNIT, key=f"{tx.caller.tenant_id} {unit_id}")


async def _answer(
    tx: Transaction, scope_id: UUID, action: str, scope: AccessScope | None = None
) -> Answer:
    codes = (
        {}
        if scope is None
        else {
            "rowScope": scope.row_scope.value,
            "caseTypes": None if scope.case_types is None else list(scope.case_types),
            "confidentialityMax": scope.confidentiality_max.value,
        }
    )
    await record_change(
        tx, AuditEntry, action=action, kind="access-scope", record_id=scope_id, changes=codes
    )
    document = await SCOPE_VIEW.one_in(tx, scope_id=scope_id)
    assert document is not None
    return Answer(document, f"/v1/access-scopes/{scope_id}" if scope is not None else None)
