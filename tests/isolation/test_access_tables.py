"""The access tables of all services, cell by cell, against the policies of their databases.

What belongs to single people (who is in charge, who wrote) is asked in the tests of the cases.
"""

from importlib import import_module
from typing import Final

from shared.kernel.access_table import AccessTable, Relation
from tests.isolation.conftest import PEOPLE, Walls
from tests.isolation.worlds import HOME, NAMESAKE, NEIGHBOUR, STRANGER, World

# In a world of the tests one unit is sender and recipient, wrote everything and is in charge.
OWN: Final = frozenset(Relation) - {Relation.OTHER_UNIT, Relation.OTHER_TENANT}
FROM: Final[dict[str, tuple[World, frozenset[Relation]]]] = {
    "own": (HOME, OWN),
    "neighbour": (NEIGHBOUR, frozenset({Relation.OTHER_UNIT})),
    "namesake": (NAMESAKE, frozenset({Relation.OTHER_TENANT})),
    "stranger": (STRANGER, frozenset({Relation.OTHER_TENANT})),
}
OF_HOME: Final = "select count(*) > 0 from {0} t where strpos(t::text, $1) > 0"


def table_of(walls: Walls) -> AccessTable:
    table: AccessTable = import_module(f"services.{walls.service}.domain.access_table").TABLE
    return table


async def test_every_cell_says_what_the_database_shows(walls: Walls) -> None:
    """Role × relation × kind; the audit logs have tests of their own in this folder."""
    wrong = []
    reaches = [one for one in table_of(walls).reaches if one.kind in walls.tables.names]
    for whose, (world, relations) in FROM.items():
        for role in PEOPLE:
            async with walls.asking(world, role) as app:
                for reach in reaches:
                    if reach.kind == "audit_entry":
                        continue
                    expected = any(reach.database_shows(role, one) for one in relations)
                    if reach.confidentiality in {"CONFIDENTIAL", "ENTRUSTED", "RESTRICTED"}:
                        # The rows of the worlds are of the first class alone.
                        continue
                    seen = await app.fetchval(OF_HOME.format(reach.kind), HOME.mark)
                    if seen is not expected:
                        wrong.append((whose, role, reach.kind, seen))
    assert wrong == []


def test_every_role_has_a_row_and_no_cell_reaches_another_tenant(walls: Walls) -> None:
    table = table_of(walls)
    assert {str(role) for role in table.rights} == set(PEOPLE)
    for reach in table.reaches:
        assert set(reach.readers) <= set(PEOPLE)
        assert not [role for role in PEOPLE if reach.opens(role, Relation.OTHER_TENANT)]
