"""How many cases a year had and how they ended: groups below five stay hidden (k = 5)."""

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import PostgresServer
from tests.apis import TokenFor, create_app, running
from tests.engines import Engines, ServiceDatabase
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.conftest import Person, SignedIn, client_named

RUNNING, REACHED, MOVED, LOST = "RUNNING", "GOALS_REACHED", "MOVED_AWAY", "CONTACT_LOST"


@pytest.fixture(scope="module")
def outcomes_database(real_engines: Engines) -> ServiceDatabase:
    return real_engines.database("cases", copy="outcomes")


@pytest.fixture(scope="module")
async def signed_in(
    outcomes_database: ServiceDatabase, issuer: str, token_for: TokenFor
) -> AsyncIterator[SignedIn]:
    """Outcomes count everything there is, so they are asked of a database of their own."""
    app = create_app("cases", outcomes_database, issuer)
    async with running(app) as client:
        yield lambda persona: Person(client, token_for(persona))


class County:
    """Cases of Kreis Warendorf, ended as a test says; each year of a test is its own."""

    def __init__(self, postgres: PostgresServer, name: str, signed_in: SignedIn) -> None:
        self.postgres, self.name, self.signed_in = postgres, name, signed_in

    async def had(self, year: int, outcomes: Mapping[str, int]) -> None:
        key = uuid4().hex
        rows = [
            row(f"{key}-{n}", openedOn=f"{year}-02-01", members=[client_named("Erfunden")])
            for n in range(sum(outcomes.values()))
        ]
        answer = await send(self.signed_in("waf-case-manager"), rows)
        taken = [line["caseId"] for line in answer.json()["report"]]
        for outcome, count in outcomes.items():
            mine, taken = taken[:count], taken[count:]
            if outcome != RUNNING:
                ids = ",".join(f"'{one}'" for one in mine)
                self._close(outcome, f"{year}-11-30", ids)
            else:  # ended later, so that no other year of these tests counts them
                ids = ",".join(f"'{one}'" for one in mine)
                self._close("OTHER", f"{year + 1}-01-01", ids)

    def _close(self, outcome: str, day: str, ids: str) -> None:
        self.postgres.psql(
            self.name,
            statement="update case_record set state = 'CLOSED',"
            f" closing_reason = '{outcome}', closed_on = '{day}', state_since = '{day}'"
            f" where id in ({ids})",
        )

        self.reach_the_next_quarter()

    def reach_the_next_quarter(self) -> None:
        """Within a quarter the figures stay as they were first told."""
        self.postgres.psql(self.name, statement="delete from figure_edition")

    async def told(self, year: int, who: str = "waf-coordinator") -> Any:
        return await self.signed_in(who).get("/v1/reports/case-outcomes", year=str(year))


@pytest.fixture
def county(
    postgres: PostgresServer, outcomes_database: ServiceDatabase, signed_in: SignedIn
) -> County:
    return County(postgres, outcomes_database.name, signed_in)


def counts(told: Any) -> dict[str, int | None]:
    return {one["outcome"]: one["cases"] for one in told["outcomes"]}


async def test_five_cases_are_shown_and_four_are_hidden(county: County) -> None:
    await county.had(2016, {REACHED: 5})
    await county.had(2018, {REACHED: 4})

    five, four = await county.told(2016), await county.told(2018)

    assert (five["cases"], counts(five)) == (5, {REACHED: 5})
    assert (four["cases"], counts(four)) == (None, {REACHED: None})
    assert five["smallCellMin"] == four["smallCellMin"] == 5


async def test_hazard_12_a_difference_tells_no_small_group(county: County) -> None:
    """Four lost contact of 30: with the total shown, a second group has to hide them."""
    await county.had(2020, {REACHED: 12, MOVED: 6, LOST: 4, RUNNING: 8})

    told = await county.told(2020)

    assert told["cases"] == 30
    assert counts(told) == {REACHED: 12, LOST: None, MOVED: None, RUNNING: 8}


async def test_cases_of_another_county_are_not_counted(county: County) -> None:
    await county.had(2022, {REACHED: 7})

    assert (await county.told(2022, "ac-coordinator"))["cases"] == 0
    assert (await county.told(2022))["cases"] == 7


async def test_who_may_read_outcomes(county: County) -> None:
    for persona, status in (
        ("waf-funding-officer", 200),
        ("waf-unit-head", 200),
        ("waf-auditor", 200),
        ("waf-b3-officer", 404),
        ("waf-admin", 403),
        ("waf-dpo", 403),
        ("waf-jobcenter-system", 403),
    ):
        await county.signed_in(persona).get("/v1/reports/case-outcomes", status=status, year="2022")
