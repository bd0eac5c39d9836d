"""What the database itself says of deputyships: at most a year, and ended once."""

from datetime import date, timedelta

import asyncpg
import pytest

from tests.services.cases.storage.test_policies import as_application, ask_as

__all__ = ["as_application"]

Application = "asyncpg.Connection[asyncpg.Record]"
ME = "urn:test|principal"
FIRST = date(2026, 1, 1)
APPOINTS = (
    "insert into deputyship (id, tenant_id, unit_id, principal, deputy, from_on, to_on,"
    " recorded_by, recorded_at) values (gen_random_uuid(), '05570', 'waf-cm', $1,"
    " 'urn:test|deputy', $2, $3, $1, now()) returning id"
)
ENDS = "update deputyship set ended_at = now(), ended_by = $1 where id = $2"


async def test_a_deputyship_lasts_no_longer_than_a_year(as_application: Application) -> None:
    await ask_as(as_application, actor=ME)
    last = FIRST + timedelta(days=364)
    assert await as_application.fetchval(APPOINTS, ME, FIRST, last) is not None
    with pytest.raises(asyncpg.CheckViolationError):
        await as_application.fetchval(APPOINTS, ME, FIRST, last + timedelta(days=1))


@pytest.mark.parametrize(
    "change",
    [
        "ended_at = null, ended_by = null",
        "ended_at = ended_at + interval '1 day'",
        "ended_by = 'urn:test|deputy'",
        "to_on = to_on + 1",
    ],
)
async def test_what_was_ended_cannot_be_made_longer(
    as_application: Application, change: str
) -> None:
    await ask_as(as_application, actor=ME)
    found = await as_application.fetchval(APPOINTS, ME, FIRST, FIRST + timedelta(days=9))
    await as_application.execute(ENDS, ME, found)
    refusals = (asyncpg.CheckViolationError, asyncpg.InsufficientPrivilegeError)
    with pytest.raises(refusals):
        await as_application.execute(f"update deputyship set {change} where id = $1", found)


async def test_an_end_is_not_dated_into_the_future(as_application: Application) -> None:
    await ask_as(as_application, actor=ME)
    found = await as_application.fetchval(APPOINTS, ME, FIRST, FIRST + timedelta(days=9))
    with pytest.raises(asyncpg.CheckViolationError):
        await as_application.execute(ENDS.replace("now()", "now() + interval '1 day'"), ME, found)
