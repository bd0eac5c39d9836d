"""Cases for the steering group: what came, what went, what is open; small groups stay hidden."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import PostgresServer
from shared.kernel.clock import berlin_date, now
from shared.kernel.periods import Period
from shared.kernel.suppression import reporting_day
from tests.apis import TokenFor, create_app, running
from tests.engines import Engines, ServiceDatabase
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.conftest import Person, SignedIn, client_named

MOVED = ("openBefore", "opened", "closed", "openAtEnd")
QUARTERS = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))


@pytest.fixture
def own_database(real_engines: Engines) -> ServiceDatabase:
    return real_engines.database("cases", copy=f"controlling_{uuid4().hex[:8]}")


@pytest.fixture
async def signed_in(
    own_database: ServiceDatabase, issuer: str, token_for: TokenFor
) -> AsyncIterator[SignedIn]:
    """Figures count everything there is: each test has a database of its own."""
    app = create_app("cases", own_database, issuer)
    async with running(app) as client:
        yield lambda persona: Person(client, token_for(persona))


class County:
    """Kreis Warendorf and its cases."""

    def __init__(self, postgres: PostgresServer, name: str, signed_in: SignedIn) -> None:
        self.postgres, self.name, self.signed_in = postgres, name, signed_in

    async def open(self, day: str, count: int, **more: Any) -> list[str]:
        """Cases that were opened on a day."""
        key = uuid4().hex
        rows: list[dict[str, Any] | str] = [
            row(f"{key}-{n}", openedOn=day, members=[client_named("Erfunden")], **more)
            for n in range(count)
        ]
        answer = await send(self.signed_in("waf-case-manager"), rows)
        return [line["caseId"] for line in answer.json()["report"]]

    def close(self, cases: list[str], day: str, reason: str = "GOALS_REACHED") -> None:
        ids = ",".join(f"'{one}'" for one in cases)
        self.sql(
            f"update case_record set state = 'CLOSED', closing_reason = '{reason}',"
            f" closed_on = '{day}', state_since = '{day}' where id in ({ids})"
        )

    def reach_the_next_quarter(self) -> None:
        """Within a quarter the figures stay as they were first told."""
        self.sql("delete from figure_edition")

    def make_it_an_edition_ago(self, last: str) -> None:
        """The figures that were told are those of an edition that ended on an earlier day."""
        self.sql(
            f"update figure_edition set edition_on = '{last}', counts = (select jsonb_agg("
            f"c || jsonb_build_object('told_on', '{last}')) from jsonb_array_elements(counts) c"
            f" where (c ->> 'quarter_end')::date <= '{last}')"
        )

    def sql(self, statement: str) -> None:
        self.postgres.psql(self.name, statement=statement)

    async def told(self, first: str, last: str, who: str = "waf-coordinator", **how: Any) -> Any:
        path = "/v1/reports/case-controlling"
        return await self.signed_in(who).get(path, fromOn=first, toOn=last, **how)

    async def year(self, year: int) -> Any:
        return await self.told(f"{year}-01-01", f"{year}-12-31")

    async def quarters(self, year: int) -> list[Any]:
        return [await self.told(f"{year}-{first}", f"{year}-{last}") for first, last in QUARTERS]


@pytest.fixture
def county(postgres: PostgresServer, own_database: ServiceDatabase, signed_in: SignedIn) -> County:
    return County(postgres, own_database.name, signed_in)


def moved(told: Any) -> tuple[int | None, ...]:
    return tuple(told[name] for name in MOVED)


def counts(items: list[Any]) -> dict[str, int | None]:
    return {one["value"]: one["cases"] for one in items}


async def test_what_was_open_and_what_came_is_what_went_and_what_is_open(county: County) -> None:
    first = await county.open("2019-11-02", 12)
    second = await county.open("2020-02-10", 9)
    await county.open("2020-08-20", 8)
    county.close(first[:7], "2020-05-05")
    county.close(second[:6], "2020-12-31", "MOVED_AWAY")
    year = await county.year(2020)
    assert moved(year) == (12, 17, 13, 16)
    assert counts(year["closedByReason"]) == {"GOALS_REACHED": 7, "MOVED_AWAY": 6}
    assert counts(year["byAge"]) == {
        "FROM_3_TO_6_MONTHS": 8, "FROM_6_TO_12_MONTHS": None, "FROM_12_TO_24_MONTHS": None,
    }  # fmt: skip
    assert [moved(quarter) for quarter in await county.quarters(2020)] == [
        (12, 9, 0, 21), (21, 0, 7, 14), (14, 8, 0, 22), (22, 0, 6, 16),
    ]  # fmt: skip


async def test_a_small_quarter_is_the_rest_of_nothing(county: County) -> None:
    """Three came in May: neither the year, nor the other quarters, nor what is open tell it."""
    await county.open("2020-01-15", 20)
    await county.open("2020-05-15", 3)
    gone = await county.open("2020-08-15", 9)
    county.close(gone[:6], "2020-11-11")
    year, quarters = await county.year(2020), await county.quarters(2020)
    opened = [quarter["opened"] for quarter in quarters]
    assert opened[1] is None
    assert opened.count(None) >= 2 or year["opened"] is None
    before, came, went, now_open = moved(quarters[1])
    assert [before, came, went, now_open].count(None) >= 2
    shown = [one for one in (*opened, year["opened"]) if one is not None]
    assert len(shown) < len(opened)


async def test_the_same_question_in_a_quarter_has_the_same_answer(county: County) -> None:
    """The difference attack: one case is recorded, closed or erased between two questions."""
    cases = await county.open("2020-02-02", 30)
    asked = [await county.year(2020), *await county.quarters(2020), await county.year(2021)]
    await county.open("2020-03-03", 1)
    county.close(cases[:6], "2020-09-09")
    again = [await county.year(2020), *await county.quarters(2020), await county.year(2021)]
    assert again == asked
    assert asked[0]["openAtEnd"] == asked[5]["openBefore"] == 30
    county.reach_the_next_quarter()
    assert moved(await county.year(2020)) == (0, 31, 6, 25)


async def test_f23_two_editions_do_not_differ_by_a_case_of_an_old_quarter(county: County) -> None:
    """One is recorded late, one is closed late: both count in the quarter that is told next."""
    cases = await county.open("2020-02-02", 30)
    await county.year(2020)
    end = reporting_day(berlin_date(now()))
    county.make_it_an_edition_ago(Period.quarter_of(end).before.last.isoformat())
    asked = [await county.year(2020), *await county.quarters(2020)]
    await county.open("2020-03-03", 7)
    county.close(cases[:6], "2020-09-09")
    county.sql(f"delete from figure_edition where edition_on = '{end}'")
    assert [await county.year(2020), *await county.quarters(2020)] == asked
    newest = Period.quarter_of(end)
    told = await county.told(newest.first.isoformat(), newest.last.isoformat())
    assert moved(told) == (30, 7, 6, 31)


@pytest.mark.parametrize(
    ("first", "last", "status", "code"),
    [
        ("2020-01-01", "2020-06-30", 422, "period-not-whole"),
        ("2020-01-01", "2020-12-30", 422, "period-not-whole"),
        ("2198-01-01", "2198-12-31", 409, "figures-not-settled"),
    ],
)
async def test_only_ended_quarters_and_years_are_told(
    county: County, first: str, last: str, status: int, code: str
) -> None:
    refused = await county.told(first, last, status=status)
    assert refused["code"] == code


async def test_the_steering_group_and_nobody_else(county: County) -> None:
    for persona, status in (
        ("waf-coordinator", 200),
        ("waf-unit-head", 200),
        ("waf-auditor", 200),
        ("waf-case-manager", 403),
        ("waf-team-lead", 403),
        ("waf-funding-officer", 403),
        ("waf-admin", 403),
        ("waf-dpo", 403),
        ("waf-b3-officer", 404),
        ("waf-jobcenter-system", 403),
    ):
        await county.told("2020-01-01", "2020-12-31", persona, status=status)
    await county.open("2020-02-02", 6)
    county.reach_the_next_quarter()
    abroad = await county.told("2020-01-01", "2020-12-31", "ac-coordinator")
    assert moved(abroad) == (0, 0, 0, 0)
    assert moved(await county.year(2020)) == (0, 6, 0, 6)
