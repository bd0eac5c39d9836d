"""Figures about referrals over HTTP: what is shown, to whom, and what stays hidden."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.referrals.domain.statistics import GroupBy
from shared.kernel.clock import BERLIN
from shared.kernel.ids import new_id
from tests.engines import ServiceDatabase
from tests.services.referrals.desk import Desk

DeskOf = Callable[[str], Desk]
pytestmark = pytest.mark.usefixtures("directory")

FIGURES = "/v1/statistics/referrals"
FLOWS = "/v1/statistics/referral-flows"
REFERRAL = """
insert into referral (id, tenant_id, version, state, mode, service_code, topic, purpose, urgency,
  language, interpreter_needed, municipality_ags, age_band, sender_unit, recipient_unit,
  covers_feedback, subject_digest, problems, owner_unit, created_at, updated_at, submitted_at)
values ($1, $2, 1, $3, $4, $5, 'HOUSING', 'CASE_MANAGEMENT', 'ROUTINE', 'tur', false, '05570044',
  'ADULT_27_64', $6, $7, false, $8, '[]', $6, $9, $9, $9)"""
EVENT = """
insert into referral_event (id, tenant_id, feed_tx, referral_id, type, at, side, actor_unit,
  sender_unit, recipient_unit, is_for_recipient, from_state, to_state, referral_version, codes)
values ($1, $2, $3, $4, 'kim.referrals.referral-changed.v1', $5, 'SENDER', $6, $6, $7, true, null,
  $8, 1, '{}')"""


class Past:
    """Referrals of years gone by, put straight into the tables."""

    def __init__(self, admin: Any) -> None:
        self._admin = admin
        self._numbers = iter(range(1, 1_000_000))

    async def send(self, day: str, count: int = 1, **more: Any) -> list[UUID]:
        return [await self._one(day, **more) for _ in range(count)]

    async def _one(
        self,
        day: str,
        *,
        sender: str = "waf-jobcenter",
        recipient: str = "waf-cm",
        service: str = "CASE_MANAGEMENT",
        mode: str = "ZUSTEUERUNG_IN",
        tenant: str = "05570",
        steps: tuple[tuple[float, str], ...] = (),
    ) -> UUID:
        """`steps` are days after sending and the state reached."""
        referral_id, sent_at = (
            new_id(),
            datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=BERLIN),
        )
        last = steps[-1][1] if steps else "SUBMITTED"
        digest = referral_id.bytes
        row = (referral_id, tenant, last, mode, service, sender, recipient, digest, sent_at)
        await self._admin.execute(REFERRAL, *row)
        for days, state in ((0.0, "SUBMITTED"), *steps):
            at = sent_at + timedelta(days=days)
            await self.step(referral_id, at, state, sender, recipient, tenant)
        return referral_id

    async def step(
        self,
        referral_id: UUID,
        at: datetime,
        state: str,
        sender: str = "waf-jobcenter",
        recipient: str = "waf-cm",
        tenant: str = "05570",
    ) -> None:
        place = next(self._numbers)
        values = (new_id(), tenant, place, referral_id, at, sender, recipient, state)
        await self._admin.execute(EVENT, *values)


@pytest.fixture
def past(owner: Any) -> Past:
    return Past(owner)


def year(number: int, **more: str) -> str:
    asked = {"fromOn": f"{number}-01-01", "toOn": f"{number}-12-31", **more}
    return "&".join(f"{name}={value}" for name, value in asked.items())


async def figures(desk_of: DeskOf, query: str, persona: str = "waf-coordinator") -> Any:
    answer = await desk_of(persona).get(f"{FIGURES}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def by_value(found: Any) -> dict[str, int | None]:
    return {one["value"]: one["referrals"] for one in found["groups"]}


async def test_statistics_hide_what_is_below_five(desk_of: DeskOf, past: Past) -> None:
    for day, count in (("02-03", 12), ("08-04", 6), ("11-05", 7)):
        await past.send(f"2020-{day}", count, service="CASE_MANAGEMENT")
    await past.send("2020-05-04", 9, service="JOB_PLACEMENT")
    await past.send("2020-08-05", 3, service="YOUTH_WELFARE")
    found = await figures(desk_of, year(2020, groupBy="service"))
    assert (found["unit"], found["smallCellMin"], found["settledOn"]) == (
        "REFERRAL",
        5,
        "2021-03-31",
    )
    assert by_value(found) == {
        "CASE_MANAGEMENT": 25,
        "JOB_PLACEMENT": None,
        "YOUTH_WELFARE": None,
    }
    assert found["referrals"] == 37
    months = by_value(await figures(desk_of, year(2020, groupBy="month")))
    assert {month: count for month, count in months.items() if count} == {
        "2020-02": 12,
        "2020-05": 9,
        "2020-08": 9,
        "2020-11": 7,
    }


async def test_a_small_quarter_takes_the_total_of_the_year_with_it(
    desk_of: DeskOf, past: Past
) -> None:
    await past.send("2015-02-03", 12)
    await past.send("2015-05-04", 9)
    await past.send("2015-08-05", 3)
    found = await figures(desk_of, year(2015, groupBy="month"))
    assert found["referrals"] is None
    shown = {month: count for month, count in by_value(found).items() if count != 0}
    assert shown == {"2015-02": 12, "2015-05": 9, "2015-08": None}
    assert (await figures(desk_of, year(2015, groupBy="mode")))["referrals"] is None


async def test_no_difference_of_periods_or_days_tells_a_small_group(
    desk_of: DeskOf, past: Past
) -> None:
    """The difference attack: year less quarters, and the same question after something happened."""
    for quarter, count in (("02", 8), ("05", 7), ("08", 6), ("11", 9)):
        await past.send(f"2019-{quarter}-10", count, service="CASE_MANAGEMENT")
        await past.send(f"2019-{quarter}-11", 7, service="JOB_PLACEMENT")
    [late] = await past.send("2019-11-12", 1, service="CASE_MANAGEMENT")
    await past.send("2019-05-12", 2, service="YOUTH_WELFARE")
    await past.send("2019-08-12", 6, service="YOUTH_WELFARE")
    whole = await figures(desk_of, year(2019, groupBy="service"))
    assert by_value(whole) == {
        "CASE_MANAGEMENT": 31, "JOB_PLACEMENT": 28, "YOUTH_WELFARE": 8,
    }  # fmt: skip
    ends = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
    quarters = [
        by_value(await figures(desk_of, f"fromOn=2019-{first}&toOn=2019-{last}&groupBy=service"))
        for first, last in ends
    ]
    youth = [quarter["YOUTH_WELFARE"] for quarter in quarters]
    assert youth.count(None) == 2, quarters
    assert youth[1] is None
    for quarter in quarters:
        assert list(quarter.values()).count(None) != 1
    before = await figures(desk_of, year(2019, groupBy="outcome"))
    await past.step(late, datetime(2020, 4, 1, 12, tzinfo=BERLIN), "ACCEPTED")
    assert await figures(desk_of, year(2019, groupBy="outcome")) == before


async def test_days_are_medians_of_five_and_more(desk_of: DeskOf, past: Past) -> None:
    for days in (1, 2, 3, 4.5, 30):
        steps = ((0.5, "DELIVERED"), (days, "ACCEPTED"), (days + 10, "COMPLETED"))
        await past.send("2018-01-15", 1, steps=steps)
    for days in (2, 4, 6, 8):
        await past.send("2018-01-16", 2, service="JOB_PLACEMENT", steps=((days, "REJECTED"),))
    found = await figures(desk_of, year(2018, groupBy="service"))
    days_of = {
        one["value"]: (one["medianDaysToAcceptance"], one["medianDaysToCompletion"])
        for one in found["groups"]
    }
    assert days_of == {"CASE_MANAGEMENT": ("3.0", "13.0"), "JOB_PLACEMENT": (None, None)}
    assert found["medianDaysToAcceptance"] == "3.0"
    outcomes = by_value(await figures(desk_of, year(2018, groupBy="outcome")))
    assert outcomes == {"COMPLETED": 5, "REJECTED": 8}


async def test_every_table_of_a_year_has_the_same_total_and_units_add_up_to_types(
    desk_of: DeskOf, past: Past
) -> None:
    await past.send("2017-03-01", 8, recipient="waf-cm")
    await past.send("2017-06-01", 7, recipient="waf-cm-nord", mode="WARM_HANDOVER")
    await past.send("2017-09-01", 6, recipient="waf-jugendamt", service="YOUTH_WELFARE")
    await past.send("2017-12-01", 5, sender="waf-jugendamt", recipient="waf-jobcenter")
    for by in GroupBy:
        found = await figures(desk_of, year(2017, groupBy=by.value))
        assert found["referrals"] == 26
        counts = list(by_value(found).values())
        assert None in counts or sum(count or 0 for count in counts) == 26, by
    units = (await figures(desk_of, year(2017, groupBy="recipientUnit")))["groups"]
    types = by_value(await figures(desk_of, year(2017, groupBy="recipientType")))
    for kind, count in types.items():
        assert sum(one["referrals"] for one in units if one["agencyType"] == kind) == count
    answer = await desk_of("waf-coordinator").get(f"{FLOWS}?{year(2017)}")
    flows = {
        (one["senderType"], one["recipientType"]): one["referrals"]
        for one in answer.json()["flows"]
    }
    assert flows == {
        ("JOBCENTER_ACTIVE", "CM_TEAM"): 15,
        ("JOBCENTER_ACTIVE", "JUGENDAMT"): 6,
        ("JUGENDAMT", "JOBCENTER_ACTIVE"): 5,
    }


async def test_figures_are_of_the_own_kreis_and_for_those_who_answer_for_them(
    desk_of: DeskOf, past: Past, referrals_database: ServiceDatabase
) -> None:
    await past.send("2016-03-01", 11)
    assert (await figures(desk_of, year(2016, groupBy="service")))["referrals"] == 11
    abroad = await figures(desk_of, year(2016, groupBy="service"), "rheine-coordinator")
    assert (abroad["referrals"], abroad["groups"]) == (0, [])
    for persona, status in (
        ("waf-unit-head", 200),
        ("waf-auditor", 200),
        ("waf-case-manager", 403),
        ("waf-jobcenter-system", 403),
        ("waf-integrator", 403),
        ("waf-b3-officer", 403),
        ("waf-admin", 403),
    ):
        for path in (FIGURES, FLOWS):
            answer = await desk_of(persona).get(f"{path}?{year(2016)}")
            assert answer.status_code == status, (persona, path)
    app = await asyncpg.connect(referrals_database.app_dsn)
    for name, value in (("tenant", "05570"), ("roles", ",case_manager,")):
        await app.execute("select set_config($1, $2, false)", f"app.{name}", value)
    sql = "select count(*) from referral_figures(2016, now(), 'service')"
    assert await app.fetchval(sql) == 0
    await app.close()


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("fromOn=2016-01-01&toOn=2016-01-31", 422, "period-not-whole"),
        ("fromOn=2016-01-01&toOn=2016-06-30", 422, "period-not-whole"),
        ("fromOn=2016-01-01&toOn=2016-03-31&groupBy=recipientUnit", 422, "period-too-short"),
        ("fromOn=2198-01-01&toOn=2198-12-31", 409, "figures-not-settled"),
        ("fromOn=2016-01-01&toOn=2016-12-31&groupBy=nationality", 422, "fields-refused"),
        ("fromOn=yesterday&toOn=2016-12-31", 422, "fields-refused"),
    ],
)
async def test_only_fixed_periods_and_known_groups_are_answered(
    desk_of: DeskOf, query: str, status: int, code: str
) -> None:
    answer = await desk_of("waf-coordinator").get(f"{FIGURES}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
