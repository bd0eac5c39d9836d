"""Names stand in keys as well: both sides of a reference change, and it holds afterwards."""

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, String, Table

from shared.scrubbing.invented import Invented
from shared.scrubbing.plan import Plan
from shared.scrubbing.running import owner_of, scrub
from tests.engines import Engines, ServiceDatabase

METADATA = MetaData()
Table("emptied", METADATA, Column("id", Integer, primary_key=True))
Table("plan", METADATA, Column("id", Integer), Column("author", String))
Table(
    "approval",
    METADATA,
    Column("id", Integer),
    Column("author", String),
    ForeignKeyConstraint(("id", "author"), ("plan.id", "plan.author")),
)
PLAN = Plan(METADATA, frozenset({"emptied"}), frozenset(), {"author": Invented.actor})
MADE = """
create schema authored;
set search_path to authored;
create table emptied (id int);
create table plan (id int, author text, unique (id, author));
create table approval (
  id int, author text, foreign key (id, author) references plan (id, author)
);
insert into emptied values (1);
insert into plan values (1, 'kreis|anna'), (2, 'kreis|bernd');
insert into approval values (1, 'kreis|anna')
"""
STANDS = "select author from plan union all select author from approval order by author"
REFERENCE = "select condeferrable from pg_constraint where conrelid = 'approval'::regclass"


@pytest.fixture
def copy(real_engines: Engines) -> ServiceDatabase:
    return real_engines.database("cases", copy="scrubbed")


async def test_both_sides_of_a_reference_by_name_change(copy: ServiceDatabase) -> None:
    connection = await owner_of(copy.owner_dsn)
    told: list[str] = []
    try:
        await connection.execute(MADE)
        await scrub(connection, PLAN, Invented(b"1" * 32), told.append)
        authors = [row[0] for row in await connection.fetch(STANDS)]
        deferrable = await connection.fetchval(REFERENCE)
        left = await connection.fetchval("select count(*) from emptied")
    finally:
        await connection.close()
    assert len(authors) == 3
    assert len(set(authors)) == 2
    assert not {"kreis|anna", "kreis|bernd"} & set(authors)
    assert (deferrable, left) == (False, 0)
    assert "references hold" in told
