"""How far a role or a person of a unit sees."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import Actor, Paged
from services.cases.domain.access_scopes import (
    CASE_TYPES_MAX,
    TEAM_SIZE_MAX,
    RowScope,
    ScopedRole,
)
from services.cases.domain.notes import Confidentiality
from shared.web.fields import Code, RequestModel, ResponseModel, UnitKey


class AccessScopeBody(RequestModel):
    unit_id: UnitKey
    role: ScopedRole
    actor: Actor | None = Field(None, description="Whose; empty: everybody of the role.")
    row_scope: RowScope
    colleagues: list[Actor] = Field(
        default_factory=list, max_length=TEAM_SIZE_MAX, description="Of TEAM: whose cases besides."
    )
    case_types: list[Code] | None = Field(
        None,
        max_length=CASE_TYPES_MAX,
        description="Codes of the types that are seen; empty list: none, left out: every type.",
    )
    confidentiality_max: Confidentiality = Field(
        Confidentiality.ENTRUSTED,
        description="Highest class of notes of others; one's own are always read.",
    )


class AccessScopeView(ResponseModel):
    id: UUID
    unit_id: str
    role: ScopedRole
    actor: str | None
    row_scope: RowScope
    colleagues: list[str]
    case_types: list[str] | None
    confidentiality_max: Confidentiality
    recorded_by: str
    recorded_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    is_in_force: bool


class AccessScopePage(Paged):
    items: list[AccessScopeView]
