"""What the policies of the database read: who asks, for which unit of which tenant.

All of it is transaction-local: `set_config(..., true)` cannot leak into the next request that
gets the connection, whatever happens in between.
"""

import asyncpg

from shared.kernel.caller import Caller

# A comparison of the five results: evaluated in order, never null, so it is always true.
IDENTITY_SQL = (
    "(set_config('app.tenant', {0}, true) is not null"
    " and set_config('app.unit', {1}, true) is not null"
    " and set_config('app.unit_type', {2}, true) is not null"
    " and set_config('app.actor', {3}, true) is not null"
    " and set_config('app.roles', {4}, true) is not null)"
)
IDENTITY_PARAMETERS = 5
SET_IDENTITY = "select " + IDENTITY_SQL.format(*(f"${n}" for n in range(1, 6)))


def identity_arguments(caller: Caller) -> list[str]:
    """The values of `app.tenant`, `app.unit`, `app.unit_type`, `app.actor` and `app.roles`.

    Roles are joined with commas at both ends, so that a policy can ask for `,dpo,`.
    """
    return [
        caller.tenant_id,
        caller.unit_id,
        caller.unit_type,
        caller.actor,
        f",{','.join(sorted(caller.roles))},",
    ]


async def keep_as_it_is(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """What a pool does with a connection that comes back, in place of its reset query.

    All settings are transaction-local, and the query would cost every request one round trip more.
    """
