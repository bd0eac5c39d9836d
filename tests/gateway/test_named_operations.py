"""The screens used most: each operation of the frontend starter has its exact budget of calls.

At most one call for each service and level; where a record is read that the service hands out one
by one (the content of a referral, the transitions of an award), the operation reads one record.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import SUBMIT, change, new_referral, step
from tests.gateway.test_people import SAMIRA, invented, record
from tests.gateway.working import ANNA, bound, done, opened, proof_begun
from tests.waiting import until

AACHEN = "ac-funding-officer"
OPERATIONS = Path(__file__).parents[2] / "docs" / "frontend" / "operations"
CARITAS, JOBCENTER, OFFICER = (
    "rheine-caritas-case-manager",
    "st-jobcenter-system",
    "waf-funding-officer",
)


def operation(name: str) -> str:
    return (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")


async def asked(asker: Asker, name: str, /, **variables: Any) -> tuple[Any, dict[str, int]]:
    """The data, and the calls by service."""
    answer = await asker.ask(operation(name), **variables)
    assert "errors" not in answer, answer["errors"]
    took = answer["extensions"]
    assert took["upstreamCalls"] == sum(took["upstreamCallsByService"].values())
    return answer["data"], took["upstreamCallsByService"]


def nodes(connection: Any) -> list[Any]:
    return [edge["node"] for edge in connection["edges"]]


@pytest.fixture
async def cases(as_: As) -> list[str]:
    """Two cases of one case manager, each with a task and a flag."""
    anna = as_(ANNA)
    await bound(anna)
    made = [(await opened(anna))["id"] for _ in range(2)]
    for case_id in made:
        of = {"caseId": case_id}
        for title in ("Antrag", "Anruf"):
            due = {"title": title, "dueOn": "2099-01-04"}
            await done(anna, "setTask", "TaskSuccess task { id }", **of, **due)
        raised = {"code": "DEADLINE", "severity": "CRITICAL", "reason": "Frist am Freitag"}
        await done(anna, "raiseFlag", "FlagSuccess flag { id }", **of, **raised)
    return made


@pytest.fixture
async def referrals(as_: As) -> list[str]:
    """Two accepted referrals whose cases have come about."""
    ids = []
    for _ in range(2):
        sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
        pulled = await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent)
        await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled["referral"])
        ids.append(sent["id"])
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Referral { case { id } } } }"

    async def all_have_cases() -> bool:
        found = await as_(CARITAS).data(query, ids=ids)
        return all(node["case"] for node in found["nodes"])

    await until(all_have_cases)
    return ids


async def test_my_cases(as_: As, cases: list[str]) -> None:
    me = (await as_(ANNA).data("{ viewer { actor } }"))["viewer"]["actor"]
    data, calls = await asked(as_(ANNA), "MyCases", caseManager=me)
    listed = {node["id"]: node for node in nodes(data["cases"])}
    assert all(len(listed[one]["tasks"]) == 2 for one in cases)
    # The list; of all its rows at once persons, flags, tasks, and what is in the way of an action.
    assert calls == {"cases": 5}


async def test_a_case_in_full(as_: As, cases: list[str]) -> None:
    data, calls = await asked(as_(ANNA), "CaseInFull", id=cases[0])
    assert len(data["case"]["tasks"]) == 2
    assert [one["code"] for one in data["case"]["flags"]] == ["DEADLINE"]
    # The case with its file and transitions, and one call for each kind of record it has.
    assert calls == {"cases": 10, "referrals": 1}


async def test_the_inbox(as_: As, referrals: list[str]) -> None:
    data, calls = await asked(as_(CARITAS), "ReferralInbox", state=["ACCEPTED"])
    listed = {node["id"]: node for node in nodes(data["referralInbox"])}
    assert all(listed[one]["case"]["id"] for one in referrals)
    # The list and all senders; all cases.
    assert calls == {"referrals": 2, "cases": 1}


async def test_a_referral_in_full(as_: As, referrals: list[str]) -> None:
    data, calls = await asked(as_(CARITAS), "ReferralInFull", id=referrals[0])
    assert data["referral"]["content"]["need"]["topics"] == ["HOUSING"]
    assert data["referral"]["sender"]["nameDe"]
    # The referral, both its units, and one call for each of five kinds of record it has.
    assert calls == {"referrals": 7, "cases": 1}


async def test_an_allocation_with_positions(as_: As) -> None:
    query = "{ allocations(first: 1) { edges { node { id } } } }"
    (one,) = nodes((await as_(AACHEN).data(query))["allocations"])
    data, calls = await asked(as_(AACHEN), "AllocationWithPositions", id=one["id"])
    assert len(data["allocation"]["award"]["positions"]) > 1
    # The allocation, its transitions, instalments, payments, recoveries; its award; its posts.
    assert calls == {"funding": 7}


async def test_the_budget(as_: As) -> None:
    data, calls = await asked(as_(OFFICER), "BudgetOverview", fiscalYear=2022)
    (award,) = nodes(data["awards"])
    assert len(award["lines"]) > 1
    assert len(award["positions"]) > 1
    assert len(data["forecasts"]["items"]) > 1
    # Awards, forecasts, alerts; posts, allocations, drawdowns of all awards.
    assert calls == {"funding": 6}


async def test_the_status_report(as_: As) -> None:
    data, calls = await asked(as_("waf-coordinator"), "StatusReport", asOf="2022-11-21")
    assert len(data["statusReport"]["funding"]["lines"]) > 1
    assert calls == {"funding": 1, "cases": 1}


async def test_a_proof(as_: As) -> None:
    begun = await proof_begun(as_(OFFICER), "{ id }")
    data, calls = await asked(as_(OFFICER), "ProofOfUse", id=begun["id"])
    assert data["proof"]["dueOn"] == "2023-04-03"
    assert calls == {"funding": 1}


async def test_the_work_list(as_: As, cases: list[str]) -> None:
    data, calls = await asked(as_(ANNA), "WorkList", name="MINE")
    assert {node["id"] for node in nodes(data["workList"])} >= set(cases)
    # The list with tasks and flags; all cases; all persons.
    assert calls == {"cases": 3}


async def test_a_search_for_persons(as_: As) -> None:
    name = invented("Yildirim")
    known = {(await record(as_(SAMIRA), familyName=name))["id"] for _ in range(2)}
    data, calls = await asked(as_(SAMIRA), "SearchPersons", input={"name": name})
    assert {node["id"] for node in nodes(data["searchPersons"])} == known
    # The search and all persons found; those of no family ask for none.
    assert calls == {"cases": 2}


def test_every_operation_of_the_starter_has_its_budget_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    names = {path.stem for path in OPERATIONS.glob("*.graphql")}
    assert len(names) >= 10
    assert {name for name in names if f'"{name}"' not in source} == set()
