"""How far a role or a person of a unit sees."""

import strawberry

from gateway.schema.access_scope import AccessScope
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.access_scope import EndAccessScopeInput, SetAccessScopeInput
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The access scope after the change.", "Der Zugriffsumfang nach der Änderung.")
)
class AccessScopeSuccess(Success):
    access_scope: AccessScope = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_scope = made(AccessScopeSuccess, "access_scope", AccessScope)
AccessScopeResult = outcome(
    "AccessScopeResult",
    AccessScopeSuccess,
    en="The access scope, or why not.",
    de="Der Zugriffsumfang, oder warum nicht.",
)


@strawberry.type
class AccessScopeMutations:
    set_access_scope = command(
        "POST cases /v1/access-scopes",
        SetAccessScopeInput,
        _scope,
        AccessScopeResult,
        en="Narrow what a role or a person of a unit sees, at once, in place of what held before.",
        de="Einengen, was eine Rolle oder eine Person einer Stelle sieht, sofort und anstelle des"
        " Bisherigen.",
    )
    end_access_scope = command(
        "POST cases /v1/access-scopes/{scope_id}/actions/end",
        EndAccessScopeInput,
        _scope,
        AccessScopeResult,
        en="End an access scope.",
        de="Einen Zugriffsumfang beenden.",
    )
