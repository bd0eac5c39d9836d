"""Two clerks at once: exactly one wins, the other is told so, and one effect is stored."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.cases.domain.consent_lifecycle import ConsentAction
from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from tests.apis import bearer
from tests.services.cases.conftest import Person, today
from tests.services.cases.proofs.case_files import GOALS, CaseFile
from tests.services.cases.proofs.stored import Connection
from tests.services.cases.proofs.test_consent_guards import Given, day
from tests.waiting import until

ROUNDS = range(5)
CLERKS = 4
WAITING = """
select count(*) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""


def ask(person: Person, path: str, body: Any, version: int) -> Coroutine[Any, Any, httpx.Response]:
    headers = bearer(person.token) | {
        "Idempotency-Key": uuid4().hex,
        "If-Match": f'"{version}"',
    }
    return person.client.post(path, json=body, headers=headers)


async def at_once(
    admin: Connection, case_id: str, requests: list[Coroutine[Any, Any, httpx.Response]]
) -> list[httpx.Response]:
    """All requests stand before the locked case, and are let go together."""
    async with admin.transaction():
        await admin.execute("select 1 from case_record where id = $1::uuid for update", case_id)
        running = [asyncio.create_task(request) for request in requests]

        async def do_all_wait() -> bool:
            # Within a transaction the view would show for ever what it showed first.
            await admin.execute("select pg_stat_clear_snapshot()")
            return bool(await admin.fetchval(WAITING) >= len(requests))

        await until(do_all_wait)
    return await asyncio.gather(*running)


def statuses(answers: list[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


async def counted(admin: Connection, query: str, *values: Any) -> int:
    return int(await admin.fetchval(query, *values))


@pytest.mark.parametrize("round_number", ROUNDS)
async def test_of_four_who_close_at_once_one_wins(
    anna: Person, bernd: Person, admin: Connection, round_number: int
) -> None:
    file = CaseFile(anna, admin, "", CaseAction.CLOSE)
    await file.reach(CaseState.EVALUATION)
    case = await anna.get(f"/v1/cases/{file.id}")
    path = f"/v1/cases/{file.id}/actions/close"
    reasons = ["GOALS_REACHED", "MOVED_AWAY", "GOALS_REACHED", "CLIENT_ENDED"]
    requests = [
        ask(clerk, path, {"closingReason": reason}, case["version"])
        for clerk, reason in zip((anna, bernd) * 2, reasons, strict=True)
    ]
    answers = await at_once(admin, file.id, requests)
    assert statuses(answers) == [200, 412, 412, 412]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    after = await anna.get(f"/v1/cases/{file.id}")
    assert (after["version"], after["closingReason"]) == (case["version"] + 1, won["closingReason"])
    assert [one["action"] for one in after["phases"]].count("close") == 1
    closed = "select count(*) from outbox_message where aggregate_id = $1::uuid and subject = $2"
    assert await counted(admin, closed, file.id, "kim.cases.case-closed.v1") == 1
    audited = "select count(*) from audit_entry where record_ids @> array[$1::uuid] and action = $2"
    assert await counted(admin, audited, file.id, "close") == 1


@pytest.mark.parametrize("round_number", ROUNDS)
async def test_of_four_who_agree_a_plan_at_once_one_wins(
    anna: Person, bernd: Person, admin: Connection, round_number: int
) -> None:
    file = CaseFile(anna, admin, "goal-with-measure", CaseAction.AGREE_PLAN)
    await file.reach(CaseState.PLANNING)
    plan = await anna.post(f"/v1/cases/{file.id}/plan-versions", GOALS)
    path = f"/v1/plan-versions/{plan['id']}/actions/agree"
    requests = [
        ask(clerk, path, {"agreedOn": today(), "language": language}, plan["version"])
        for clerk, language in zip((anna, bernd) * 2, ("ukr", "deu", "rus", "eng"), strict=True)
    ]
    answers = await at_once(admin, file.id, requests)
    assert statuses(answers) == [200, 412, 412, 412]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    after = await anna.get(f"/v1/plan-versions/{plan['id']}")
    assert after["agreementLanguage"] == won["agreementLanguage"]
    assert after["version"] == plan["version"] + 1


RACES = [
    ("DRAFT", ("give",) * 4, {"ACTIVE"}),
    ("DRAFT", ("give", "refuse", "give", "refuse"), {"ACTIVE", "REFUSED"}),
    ("ACTIVE", ("revoke",) * 4, {"REVOKED"}),
    ("ACTIVE", ("revoke", "invalidate", "revoke", "invalidate"), {"REVOKED", "INVALID"}),
]


@pytest.mark.parametrize("round_number", ROUNDS)
@pytest.mark.parametrize(("state", "actions", "possible"), RACES)
async def test_of_four_who_give_or_revoke_at_once_one_wins(
    anna: Person,
    bernd: Person,
    admin: Connection,
    state: str,
    actions: tuple[str, ...],
    possible: set[str],
    round_number: int,
) -> None:
    consent = Given(anna, admin)
    await consent.open()
    await consent.draft(day(0))
    if state == "ACTIVE":
        await consent.act(ConsentAction.GIVE)
    shown = await consent.read()
    path = f"/v1/consents/{consent.id}/actions"
    order = {"officerReference": "DSB 1/2022"}
    requests = [
        ask(clerk, f"{path}/{action}", order if action == "invalidate" else {}, shown["version"])
        for clerk, action in zip((anna, bernd) * 2, actions, strict=True)
    ]
    answers = await at_once(admin, consent.case_id, requests)
    assert statuses(answers) == [200, 412, 412, 412]
    after = await consent.read()
    assert after["state"] in possible
    assert after["version"] == shown["version"] + 1
    steps = "select count(*) from audit_entry where changes ->> 'consentId' = $1"
    assert await counted(admin, steps, consent.id) == (2 if state == "ACTIVE" else 1)


@pytest.mark.parametrize("round_number", ROUNDS)
async def test_of_two_consents_of_one_scope_given_at_once_one_stays_active(
    anna: Person, bernd: Person, admin: Connection, round_number: int
) -> None:
    consent = Given(anna, admin)
    await consent.open()
    drafts = []
    for _ in range(2):
        await consent.draft(day(0))
        drafts.append(await consent.read())
    requests = [
        ask(clerk, f"/v1/consents/{one['id']}/actions/give", {}, one["version"])
        for clerk, one in zip((anna, bernd), drafts, strict=True)
    ]
    answers = await at_once(admin, consent.case_id, requests)
    assert statuses(answers) == [200, 200]
    listed = await anna.get(f"/v1/cases/{consent.case_id}/consents")
    assert sorted(one["state"] for one in listed["items"]) == ["ACTIVE", "SUPERSEDED"]
