"""At the database: coordination sees findings and no link to a case."""

from typing import Any

import asyncpg
import pytest

from tests.services.cases.api.test_findings import FINDINGS, finding_of
from tests.services.cases.conftest import Person
from tests.services.cases.storage.test_policies import (
    STEERING,
    as_application,
    ask_as,
)

__all__ = ["as_application"]
COORDINATION = {"roles": ",coordinator,", "unit": "waf-ki", "unit_type": "KI"}
OF_THE_CASE = ("extract_origin", "case_conference", "conference_participant", "conference_outcome")


@pytest.fixture
async def finding(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    recorded: dict[str, Any] = await anna.post(FINDINGS, finding_of(case))
    return recorded


async def test_hazard_06_coordination_sees_the_extract_and_no_link_to_its_case(
    finding: dict[str, Any],
    case: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    extract = "select * from finding_extract where finding_id = $1"
    origin = "select case_id from extract_origin where finding_id = $1"
    await ask_as(as_application, **COORDINATION)
    [row] = await as_application.fetch(extract, finding["id"])
    assert set(dict(row)) == {
        "id", "tenant_id", "finding_id", "field_of_action", "residence_group", "arrival_band",
        "age_band", "language", "municipality_ags", "problem",
    }  # fmt: skip
    assert case["id"] not in {str(value) for value in row.values()}
    assert row["id"].version == 4, "an id that tells the time leads to the case"
    # Not even as a coordinator inside the unit of the case.
    for unit in ("waf-ki", "waf-cm"):
        await ask_as(as_application, **COORDINATION | {"unit": unit})
        assert await as_application.fetch(origin, finding["id"]) == []
        for table in (*OF_THE_CASE, "case_record"):
            assert await as_application.fetchval(f"select count(*) from {table}") == 0
    await ask_as(as_application)
    assert str(await as_application.fetchval(origin, finding["id"])) == case["id"]
    await ask_as(as_application, unit="waf-other-cm")
    assert await as_application.fetchval(origin, finding["id"]) is None


@pytest.mark.parametrize("table", sorted(STEERING))
async def test_authorities_other_tenants_and_machines_see_nothing_that_steers(
    table: str,
    finding: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    for stranger in (
        {"tenant": "05566"},
        {"roles": ",b3_officer,coordinator,"},
        {"unit_type": "ABH"},
        {"roles": ",partner,"},
        {"roles": ",admin,"},
    ):
        await ask_as(as_application, **stranger)
        assert await as_application.fetchval(f"select count(*) from {table}") == 0


@pytest.mark.parametrize(
    ("who", "change"),
    [
        (COORDINATION, "update finding_extract set problem = ''"),
        ({}, "update structural_finding set state = 'SOLVED'"),
        (COORDINATION, "update structural_finding set state = 'DRAFT'"),
        ({"roles": ",team_lead,"}, "update structural_finding set title = ''"),
        ({}, "update conference_participant set fields = '{}'"),
        ({}, "delete from extract_origin"),
    ],
)
async def test_the_database_refuses_who_is_not_to_write(
    who: dict[str, str],
    change: str,
    finding: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await ask_as(as_application, **who)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_application.execute(change)


async def test_erasing_the_file_of_a_case_leaves_the_extract_and_cuts_the_link(
    finding: dict[str, Any],
    case: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    await ask_as(as_application)
    await as_application.execute("delete from case_file where id = $1", case["id"])
    count = "select count(*) from {} where finding_id = $1"
    assert await as_application.fetchval(count.format("extract_origin"), finding["id"]) == 0
    assert await as_application.fetchval(count.format("finding_extract"), finding["id"]) == 1
