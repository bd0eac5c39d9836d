"""A process serves under a role that the policies bind, or not at all."""

from typing import Final

import asyncpg

# Why the policies would not hold this role: they do not bind a superuser or whoever bypasses them,
# and who owns a table, or may act for its owner, can switch them off.
POWERS: Final = """
select array_remove(array[
         case when r.rolsuper then 'is a superuser' end,
         case when r.rolbypassrls then 'bypasses row-level security' end,
         case when r.rolcreaterole then 'makes roles' end,
         case when r.rolreplication then 'replicates' end,
         case when exists (
           select from pg_catalog.pg_class c
            where c.relnamespace operator(pg_catalog.=) 'public'::pg_catalog.regnamespace
              and pg_catalog.pg_has_role(r.oid, c.relowner, 'member'))
           then 'owns tables' end,
         case when exists (
           select from pg_catalog.pg_database d
            where d.datname operator(pg_catalog.=) pg_catalog.current_database()
              and pg_catalog.pg_has_role(r.oid, d.datdba, 'member'))
           then 'owns the database' end
       ], null)
  from pg_catalog.pg_roles r where r.rolname operator(pg_catalog.=) current_user"""


class RoleTooStrong(Exception):
    """The role of a connection is one that row-level security does not hold."""

    def __init__(self, powers: list[str]) -> None:
        super().__init__(
            f"The database role {', '.join(powers)}: row-level security would not hold it."
            " Serve under the application's role, as deploy/postgres/roles.sql makes it."
        )


async def refuse_strong_role(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Raises RoleTooStrong."""
    powers: list[str] = await connection.fetchval(POWERS)
    if powers:
        raise RoleTooStrong(powers)
