"""Retention explained, destruction lists with three people, erasure across services."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import orjson
import pytest

from services.cases.domain.practice import Practice
from services.cases.messaging.erasure import CONFIRMED, RULE_CHANGED
from services.cases.operations.keep_retention import keep_retention
from services.referrals.domain.events import CaseErasedConfirmed
from shared.database.connection import Database
from shared.messaging.consumer import Consumer
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn, client_named, today
from tests.services.cases.erasing import answer_archive, erasure_id, heard


@pytest.fixture
def lead(signed_in: SignedIn) -> Person:
    return signed_in("waf-team-lead")


async def ended_cases(person: Person, closed_on: str, count: int, **more: Any) -> list[str]:
    """Cases taken over from an older system, closed long ago; their ids."""
    lines = [
        {
            "key": uuid4().hex,
            "state": "CLOSED",
            "openedOn": "1990-01-02",
            "closedOn": closed_on,
            "closingReason": "GOALS_REACHED",
            "members": [client_named("Altfall")],
            **more,
        }
        for _ in range(count)
    ]
    answer = await person.client.post(
        "/v1/imports/cases",
        content=b"\n".join(orjson.dumps(line) for line in lines),
        headers=bearer(person.token)
        | {"Content-Type": "application/x-ndjson", "Idempotency-Key": uuid4().hex},
    )
    assert answer.json()["created"] == count, answer.text
    return [line["caseId"] for line in answer.json()["report"]]


async def test_a_case_says_until_when_it_is_kept_why_and_what_would_change_it(
    anna: Person,
) -> None:
    (case_id,) = await ended_cases(anna, "2015-06-30", 1)
    kept = await anna.get(f"/v1/cases/{case_id}/retention")
    assert (kept["keptUntil"], kept["isDue"]) == ("2018-12-31", True)
    assert (kept["rule"]["result"], kept["rule"]["source"]) == ("ANY", "DEFAULT")
    assert kept["because"]["de"].startswith("Der Fall endete am 30.06.2015.")
    codes = [change["code"] for change in kept["wouldChangeIf"]]
    assert codes == ["hold-placed", "case-reopened", "rule-changed"]

    await anna.act(case_id, "place-legal-hold")
    held = await anna.get(f"/v1/cases/{case_id}/retention")
    assert (held["keptUntil"], held["dueOn"], held["isDue"]) == (None, "2018-12-31", False)
    assert held["because"]["en"].startswith("A legal hold is in place")


async def test_a_new_rule_changes_the_days_of_the_cases_that_ended_so(
    anna: Person, lead: Person, consumer: Consumer, pool: Database
) -> None:
    (case_id,) = await ended_cases(anna, "2016-03-01", 1, closingReason="NOT_TARGET_GROUP")
    rule = {
        "result": "NOT_TARGET_GROUP",
        "startEvent": "PROCESS_ENDED",
        "periodYears": 20,
        "legalReasonDe": "Beschluss der Stelle",
        "legalReasonEn": "Decision of the unit",
        "validFrom": today(),
    }
    made = await lead.post("/v1/deletion-rules", rule)
    assert (await lead.post("/v1/deletion-rules", rule, status=409))["code"] == "already-exists"
    assert (await anna.post("/v1/deletion-rules", rule, status=403))["code"] == "not-permitted"
    unknown = await lead.post("/v1/deletion-rules", rule | {"result": "NEVER"}, status=422)
    assert unknown["code"] == "retention-result-unknown"
    assert made["recomputation"]["state"] == "WAITING"
    assert await consumer.handle(heard(RULE_CHANGED, {"ruleId": made["id"]}))
    await keep_retention(pool, Practice())
    assert (await anna.get(f"/v1/cases/{case_id}"))["deletionDueOn"] == "2036-03-01"
    kept = await anna.get(f"/v1/cases/{case_id}/retention")
    assert kept["keptUntil"] == "2036-03-01"
    assert kept["rule"]["legalReason"]["de"] == "Beschluss der Stelle"
    version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
    refused = await anna.post(f"/v1/cases/{case_id}/erasure", version=version, status=422)
    assert "deletion-due" in refused["guards"]


async def test_a_case_is_erased_when_every_service_has_confirmed(
    anna: Person, consumer: Consumer, database: Callable[[str], ServiceDatabase]
) -> None:
    (case_id,) = await ended_cases(anna, "2012-06-30", 1)
    await answer_archive(anna, case_id)
    case = await anna.get(f"/v1/cases/{case_id}")
    path = f"/v1/cases/{case_id}/erasure"
    assert (await anna.get(path))["requestedAt"] is None
    progress = await anna.post(path, version=case["version"], status=202)
    assert (progress["state"], progress["services"]) == ("CLOSED", ["referrals"])
    assert progress["confirmations"] == []

    data = {"caseId": case_id, "records": 2}
    earlier = heard(CONFIRMED[0], data | {"erasureId": str(uuid4())})
    await consumer.handle(earlier)
    assert (await anna.get(path))["erasedAt"] is None

    confirmed = heard(
        CONFIRMED[0], data | {"erasureId": await erasure_id(database("cases"), case_id)}
    )
    assert await consumer.handle(confirmed) is True
    assert await consumer.handle(confirmed) is False
    done = await anna.get(path)
    assert (done["state"], done["reference"]) == ("ERASED", case["reference"])
    assert [(c["service"], c["records"]) for c in done["confirmations"]] == [("referrals", 2)]
    assert done["erasedAt"] is not None
    tombstone = await anna.get(f"/v1/cases/{case_id}")
    assert (tombstone["personId"], tombstone["familyId"]) == (None, None)
    await anna.get(f"/v1/persons/{case['personId']}", status=404)


def test_the_confirmation_is_the_event_that_referrals_publishes() -> None:
    assert (CaseErasedConfirmed.event_type,) == CONFIRMED


async def test_a_hold_after_the_request_keeps_the_case(
    anna: Person, consumer: Consumer, database: Callable[[str], ServiceDatabase]
) -> None:
    (case_id,) = await ended_cases(anna, "2012-07-31", 1)
    await answer_archive(anna, case_id)
    version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
    await anna.post(f"/v1/cases/{case_id}/erasure", version=version, status=202)
    await anna.act(case_id, "place-legal-hold")
    data = {
        "caseId": case_id,
        "records": 0,
        "erasureId": await erasure_id(database("cases"), case_id),
    }
    await consumer.handle(heard(CONFIRMED[0], data))
    kept = await anna.get(f"/v1/cases/{case_id}")
    assert kept["state"] == "CLOSED"
    assert kept["personId"] is not None


async def move(person: Person, listed: dict[str, Any], action: str, **how: Any) -> Any:
    version = (await person.get(f"/v1/destruction-lists/{listed['id']}"))["version"]
    path = f"/v1/destruction-lists/{listed['id']}/actions/{action}"
    return await person.post(path, version=version, **{"status": 200} | how)


async def test_three_people_look_before_a_list_is_executed_and_the_report_stays(
    anna: Person,
    bernd: Person,
    lead: Person,
    consumer: Consumer,
    pool: Database,
    database: Callable[[str], ServiceDatabase],
) -> None:
    cases = await ended_cases(anna, "2001-06-30", 3)
    due = {"dueUntil": "2004-12-31"}
    listed = await anna.post("/v1/destruction-lists", due)
    assert {item["caseId"] for item in listed["items"]} == set(cases)
    nothing = await anna.post("/v1/destruction-lists", due, status=422)
    assert nothing["code"] == "nothing-due"

    await move(anna, listed, "submit")
    assert (await move(anna, listed, "review", status=422))["guards"] == ["is-second-person"]
    assert (await move(lead, listed, "review", status=422))["guards"] == ["handles-cases"]
    await move(bernd, listed, "request-changes")
    version = (await anna.get(f"/v1/destruction-lists/{listed['id']}"))["version"]
    excluded = await anna.post(
        f"/v1/destruction-lists/{listed['id']}/exclusions",
        {"caseId": cases[2]},
        version=version,
        status=200,
    )
    assert excluded["counts"]["excluded"] == 1
    await move(anna, listed, "submit")
    await move(bernd, listed, "review")
    assert (await move(bernd, listed, "approve", status=422))["guards"] == [
        "may-approve",
        "is-third-person",
    ]
    assert (await move(lead, listed, "approve"))["state"] == "APPROVED"

    assert (await move(anna, listed, "execute", status=422))["guards"] == ["archive-has-answered"]
    await answer_archive(anna, cases[0])
    await anna.act(cases[1], "place-legal-hold")
    assert (await move(anna, listed, "execute"))["state"] == "EXECUTING"
    await keep_retention(pool, Practice())
    executed = await lead.get(f"/v1/destruction-lists/{listed['id']}")
    assert executed["state"] == "EXECUTED"
    assert executed["executedAt"] is not None
    outcomes = {item["caseId"]: (item["outcome"], item["dropReason"]) for item in executed["items"]}
    assert outcomes == {
        cases[0]: ("REQUESTED", None),
        cases[1]: ("DROPPED", "LEGAL_HOLD"),
        cases[2]: ("EXCLUDED", "STILL_NEEDED"),
    }
    data = {
        "caseId": cases[0],
        "records": 0,
        "erasureId": await erasure_id(database("cases"), cases[0]),
    }
    await consumer.handle(heard(CONFIRMED[0], data))
    report = await lead.get(f"/v1/destruction-lists/{listed['id']}")
    assert (report["counts"]["erased"], report["counts"]["requested"]) == (1, 0)
    assert "Altfall" not in str(report)
    assert (await anna.get(f"/v1/cases/{cases[0]}"))["state"] == "ERASED"
    assert (await anna.get(f"/v1/cases/{cases[1]}"))["state"] == "CLOSED"


@pytest.mark.parametrize(
    ("state", "reviewer", "approver", "constraint"),
    [
        ("REVIEWED", "a", None, "second_person"),
        ("APPROVED", "b", "a", "third_person"),
        ("APPROVED", "b", "b", "third_person"),
        ("REVIEWED", None, None, "reviewed"),
        ("APPROVED", "b", None, "approved"),
    ],
)
async def test_the_database_refuses_a_list_without_three_different_people(
    state: str,
    reviewer: str | None,
    approver: str | None,
    constraint: str,
    database: Callable[[str], ServiceDatabase],
) -> None:
    connection = await asyncpg.connect(database("cases").app_dsn)
    async with connection.transaction():
        identity = {
            "app.actor": "a",
            "app.unit": "waf-cm",
            "app.tenant": "05570",
            "app.roles": ",case_manager,",
            "app.unit_type": "CM_TEAM",
        }
        for name, value in identity.items():
            await connection.execute("select set_config($1, $2, true)", name, value)
        with pytest.raises(asyncpg.CheckViolationError, match=constraint):
            await connection.execute(
                "insert into destruction_list (id, tenant_id, unit_id, state, due_until, author,"
                " reviewer, approver, version, created_at, updated_at) values (gen_random_uuid(),"
                " '05570', 'waf-cm', $1, current_date, 'a', $2, $3, 1, now(), now())",
                state,
                reviewer,
                approver,
            )
    await connection.close()
