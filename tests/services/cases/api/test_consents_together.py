"""Several consents of one scope, and consents that never held (K4, K7, K8)."""

import asyncio
from datetime import date, timedelta
from typing import Any

import orjson
import pytest

from services.cases.operations.keep_consents_current import keep_consents_current
from shared.database.connection import open_database
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_consents import act, draft
from tests.services.cases.api.test_revocation_races import post
from tests.services.cases.conftest import Person, today
from tests.services.cases.erasing import as_owner


@pytest.fixture
async def second_case(bernd: Person, case: dict[str, Any]) -> dict[str, Any]:
    """Another case of the same person."""
    opening = {"origin": "OUTREACH", "personId": case["personId"]}
    opened: dict[str, Any] = await bernd.post("/v1/cases", opening)
    return opened


def giving(person: Person, consent: dict[str, Any]) -> Any:
    return post(person, f"/v1/consents/{consent['id']}/actions/give", version=consent["version"])


@pytest.mark.parametrize("turn", range(4))
async def test_of_one_scope_one_consent_is_active_in_whichever_case(
    anna: Person, bernd: Person, case: dict[str, Any], second_case: dict[str, Any], turn: int
) -> None:
    old = await act(anna, await draft(anna, case), "give")
    mine, other = await draft(anna, case), await draft(bernd, second_case)
    both = [giving(anna, mine), giving(bernd, other)]
    answers = await asyncio.gather(*(both if turn % 2 else reversed(both)))
    assert [answer.status_code for answer in answers] == [200, 200]
    paths = [f"/v1/consents/{one['id']}" for one in (old, mine, other)]
    states = [(await anna.get(path))["state"] for path in paths]
    assert states[0] == "SUPERSEDED"
    assert sorted(states[1:]) == ["ACTIVE", "SUPERSEDED"]


async def test_a_scheduled_consent_replaces_the_active_one_on_its_day(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase
) -> None:
    active = await act(anna, await draft(anna, case), "give")
    tomorrow = (date.fromisoformat(today()) + timedelta(days=1)).isoformat()
    later = await draft(anna, case, validFrom=tomorrow)
    assert (await act(anna, later, "give"))["state"] == "SCHEDULED"
    moved = "update consent set valid_from = $1 where id = $2"
    await as_owner(cases_database, "consent", moved, date.fromisoformat(today()), later["id"])
    opened = await open_database(cases_database.app_dsn, application="timer", connections_max=2)
    await keep_consents_current(opened)
    await opened.close()
    assert (await anna.get(f"/v1/consents/{later['id']}"))["state"] == "ACTIVE"
    assert (await anna.get(f"/v1/consents/{active['id']}"))["state"] == "SUPERSEDED"


async def told(database: ServiceDatabase, consent: dict[str, Any]) -> Any:
    found = await as_owner(
        database,
        "outbox_message",
        "select payload ->> 'data' from outbox_message"
        " where payload -> 'data' ->> 'consentId' = $1"
        " and subject = 'kim.cases.consent-invalidated.v1'",
        consent["id"],
    )
    return None if found is None else orjson.loads(found)


async def test_what_never_held_is_told_and_looked_at_as_an_incident(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase
) -> None:
    given = await act(anna, await draft(anna, case), "give")
    await act(anna, given, "invalidate", officerReference="DSB 12/2022")
    (task,) = (await anna.get(f"/v1/cases/{case['id']}/tasks"))["items"]
    assert task["title"].startswith("Datenschutzvorfall prüfen")
    assert task["dueOn"] == (date.fromisoformat(today()) + timedelta(days=3)).isoformat()
    event = await told(cases_database, given)
    assert (event["caseId"], event["recipientUnitId"]) == (case["id"], "waf-cm")

    never_given = await draft(anna, case)
    await act(anna, never_given, "invalidate", officerReference="DSB 13/2022")
    assert len((await anna.get(f"/v1/cases/{case['id']}/tasks"))["items"]) == 1
    assert await told(cases_database, never_given) is None
