"""What migrations say about keys that are to be destroyed, and about text that is sealed later."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from alembic import op

from shared.database.migration import SYSTEM_ASKS, TENANT_IS_MINE, secure
from shared.secrecy.owner_sql import name_of_check

IS_SYSTEM = "strpos((select current_setting('app.roles', true)), ',system,') > 0"

SEALED_PLACES = """
create function sealed_places(content jsonb, place text, row_id uuid) returns jsonb
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(part.key, case when jsonb_typeof(part.value) = 'object' then (
    select coalesce(jsonb_object_agg(member.key,
             case when left(member.value #>> '{}', 1) = E'\\x01'
                  then to_jsonb(E'\\x01' || place || '.' || part.key || '.' || member.key || ' '
                                || row_id::text || ' ' || substr(member.value #>> '{}', 2))
                  else member.value end), '{}')
      from jsonb_each(part.value) member) else part.value end), '{}')
    from jsonb_each(content) part
$$"""
# The same, where a text may stand beside the parts.
SEALED_PLACES_OF_MEMBERS = """
create or replace function sealed_places(content jsonb, place text, row_id uuid) returns jsonb
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(part.key, case
    when jsonb_typeof(part.value) = 'object' then (
      select coalesce(jsonb_object_agg(member.key,
               case when left(member.value #>> '{}', 1) = E'\\x01'
                    then to_jsonb(E'\\x01' || place || '.' || part.key || '.' || member.key || ' '
                                  || row_id::text || ' ' || substr(member.value #>> '{}', 2))
                    else member.value end), '{}')
        from jsonb_each(part.value) member)
    when jsonb_typeof(part.value) = 'string' and left(part.value #>> '{}', 1) = E'\\x01'
      then to_jsonb(E'\\x01' || place || '.' || part.key || ' ' || row_id::text || ' '
                    || substr(part.value #>> '{}', 2))
    else part.value end), '{}')
    from jsonb_each(content) part
$$"""


def add_key_removal(service: str) -> None:
    """Whoever erases adds a line; the worker alone sees it, and takes it away when it is done."""
    op.create_table(
        "key_removal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_removal")),
    )
    secure(
        "key_removal",
        role=f"kim_{service}_app",
        privileges="select, insert, delete",
        using=IS_SYSTEM,
        check=TENANT_IS_MINE,
    )


def add_owner_policies(service: str, tables: Iterable[str]) -> None:
    """What is there is sealed online, under the owner's role, of all tenants: the keys that would
    open it again are not in this database.
    """
    for table in tables:
        op.execute(
            f"create policy owner_seals on {table} to kim_{service}_owner"
            " using (true) with check (true)"
        )


def add_sealed_places(service: str) -> None:
    """JSON of two levels whose sealed values say where they stand."""
    op.execute(SEALED_PLACES)
    op.execute("revoke all on function sealed_places(jsonb, text, uuid) from public")
    op.execute(f"grant execute on function sealed_places(jsonb, text, uuid) to kim_{service}_app")


def place_members_as_well() -> None:
    """Sealed texts that stand beside the parts say their place, too."""
    op.execute(SEALED_PLACES_OF_MEMBERS)


def place_parts_only() -> None:
    """Take that back."""
    op.execute(SEALED_PLACES.replace("create function", "create or replace function"))


def require_sealed_where_new(required: Mapping[tuple[str, str], str]) -> None:
    """A sealed column takes nothing but what is sealed. In a database that has no rows yet at
    once; where there are some, `sealing fill` requires it when it has sealed them, and by then no
    older version writes any more.
    """
    rows = " or ".join(f"exists (select from {table})" for table in _tables(required))
    added = " ".join(
        f"alter table {table} add constraint {name_of_check(table, column)} check ({condition});"
        for (table, column), condition in required.items()
    )
    op.execute(f"do $$ begin if not ({rows}) then {added} end if; end $$")


def let_in_all_forms(required: Iterable[tuple[str, str]]) -> None:
    """Take that back, wherever it was required."""
    for table, column in required:
        op.execute(f"alter table {table} drop constraint if exists {name_of_check(table, column)}")


def _tables(places: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({table for table, _ in places})


def list_removals_for_the_system(service: str) -> None:
    """The form that every policy across tenants has: the system, and no role beside it."""
    op.execute(
        f"alter policy kim_{service}_app_rows on key_removal using ({SYSTEM_ASKS})"
        f" with check ({TENANT_IS_MINE})"
    )
