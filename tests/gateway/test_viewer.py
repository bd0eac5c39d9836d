"""The first screen of each role in one operation."""

from typing import Any

import pytest

from deploy.local.demo.client import Client
from shared.kernel.caller import Caller
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.gateway.test_main_job import SUBMIT, TODAY, change, new_referral
from tests.gateway.working import ANNA, bound, done, opened
from tests.local_system import LocalSystem

CARITAS = "rheine-caritas-case-manager"
SCREEN = """
{
  viewer {
    actor roles locale displayName isMachine
    inbox(first: 100) { edges { node { id state } } }
    workList(first: 100) { edges { node { id reference nextTask { title } } } }
    tasks(first: 100) { edges { node { id title case { id } } } }
    alerts(first: 5) { edges { node { code isOpen } } }
    counts {
      waitingReferrals { count isMore } overdueReferrals { count isMore }
      overdueCases { count isMore } openAlerts { count isMore }
    }
  }
}
"""
LISTS = {
    "waf-case-manager": {"inbox", "workList", "tasks"},
    "waf-funding-officer": {"alerts"},
    "waf-coordinator": {"alerts"},
    "rheine-b3-officer": {"inbox"},
    "st-jobcenter-system": {"inbox"},
    "waf-dpo": set(),
}
COUNTS_OF = {
    "inbox": {"waitingReferrals", "overdueReferrals"},
    "workList": {"overdueCases"},
    "alerts": {"openAlerts"},
}


@pytest.mark.parametrize("persona", LISTS)
async def test_a_first_screen_has_the_lists_of_its_role_and_no_errors(
    as_: As, persona: str
) -> None:
    answer = await as_(persona).ask(SCREEN)
    assert "errors" not in answer, answer
    viewer = answer["data"]["viewer"]
    there = {name for name in ("inbox", "workList", "tasks", "alerts") if viewer[name]}
    assert there == LISTS[persona]
    counted = {name for name, tally in viewer["counts"].items() if tally is not None}
    assert counted == {one for name in there for one in COUNTS_OF.get(name, ())}
    # One call for each list and count that is asked for, and one for the cases of the tasks.
    assert answer["extensions"]["upstreamCalls"] <= 9
    assert viewer["isMachine"] == persona.endswith("-system")


async def test_what_waits_for_a_unit_is_in_its_inbox_and_counted(as_: As) -> None:
    sent = (await change(as_("st-jobcenter-system"), SUBMIT, **new_referral()))["referral"]
    viewer = (await as_(CARITAS).data(SCREEN))["viewer"]
    waiting = {edge["node"]["id"]: edge["node"]["state"] for edge in viewer["inbox"]["edges"]}
    tally = viewer["counts"]["waitingReferrals"]
    assert waiting[sent["id"]] == "SUBMITTED"
    assert (tally["count"], tally["isMore"]) == (len(waiting), False)
    assert sent["id"] not in str((await as_(ANNA).data(SCREEN))["viewer"]["inbox"])


async def test_own_open_tasks_come_with_their_cases(as_: As) -> None:
    anna = as_(ANNA)
    await bound(anna)
    case = await opened(anna)
    fields = "TaskSuccess task { id }"
    open_, ended = [
        await done(anna, "setTask", fields, caseId=case["id"], title=title, dueOn=TODAY)
        for title in ("Offen", "Fertig")
    ]
    await done(anna, "performTaskAction", fields, taskId=ended["id"], action="FINISH")
    answer = await anna.data(
        "query($a: String) { viewer { tasks(first: 100, after: $a) {"
        " edges { node { id state case { id } } } pageInfo { hasNextPage endCursor } } } }"
    )
    tasks: dict[str, Any] = {}
    page = answer["viewer"]["tasks"]
    tasks |= {edge["node"]["id"]: edge["node"] for edge in page["edges"]}
    while page["pageInfo"]["hasNextPage"]:
        page = (
            await anna.data(
                "query($a: String) { viewer { tasks(first: 100, after: $a) {"
                " edges { node { id state case { id } } } pageInfo { hasNextPage endCursor } } } }",
                a=page["pageInfo"]["endCursor"],
            )
        )["viewer"]["tasks"]
        tasks |= {edge["node"]["id"]: edge["node"] for edge in page["edges"]}
    assert tasks[open_["id"]] == {"id": open_["id"], "state": "OPEN", "case": {"id": case["id"]}}
    assert ended["id"] not in tasks


async def test_a_first_screen_without_one_service_shows_the_rest(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, referrals_url=NOWHERE) as as_:
        answer = await as_(ANNA).ask(SCREEN)
    viewer = answer["data"]["viewer"]
    assert viewer["workList"]["edges"] is not None
    assert viewer["inbox"] is None
    assert viewer["counts"]["waitingReferrals"] is None
    assert {(one["extensions"]["code"], one["extensions"]["service"]) for one in answer["errors"]} \
        == {("SERVICE_UNAVAILABLE", "referrals")}  # fmt: skip


def test_a_name_to_greet_with_is_in_no_log_and_decides_nothing() -> None:
    given = {
        "tenant_id": "05570", "unit_id": "waf-cm", "unit_type": "CM_TEAM",
        "issuer": "i", "subject": "s", "roles": frozenset[str](),
    }  # fmt: skip
    named = Caller(**given, display_name="Anna Muster")  # type: ignore[arg-type]
    assert "Anna" not in repr(named)
    assert named == Caller(**given)  # type: ignore[arg-type]
