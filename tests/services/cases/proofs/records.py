"""Findings, destruction lists, measures, case types and concepts, brought to where one guard alone
refuses the next step.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from services.cases.domain.lifecycle import CaseAction
from tests.services.cases.api.test_case_types import case_type
from tests.services.cases.api.test_findings import FINDINGS, finding_of, step
from tests.services.cases.api.test_meetings import CONCEPT, STEERING
from tests.services.cases.api.test_retention import answer_archive, ended_cases
from tests.services.cases.conftest import Person, SignedIn, client_named, today
from tests.services.cases.proofs.case_files import GOALS, CaseFile, CaseState
from tests.services.cases.proofs.stored import (
    OF_CASE,
    OF_CASE_TYPE,
    OF_CONCEPT,
    OF_FINDING,
    OF_LIST,
    Connection,
)

NEVER = "2099-12-31"


@dataclass(slots=True)
class Machine:
    """Who takes the step, on which record, with which body, and how to compare what is stored."""

    anna: Person
    bernd: Person
    signed_in: SignedIn
    admin: Connection
    person: Person = field(init=False)
    id: str = ""
    path: str = ""
    query: str = ""
    body: dict[str, Any] | None = None
    is_versioned: bool = True

    def __post_init__(self) -> None:
        self.person = self.anna

    async def move(self, person: Person, action: str, body: Any = None) -> Any:
        version = (await person.get(self.path))["version"]
        return await person.post(f"{self.path}/actions/{action}", body, version=version, status=200)


async def finding_in(machine: Machine, state: str, action: str, lacking: str) -> None:
    anna, hatice = machine.anna, machine.signed_in("waf-coordinator")
    opening = {"origin": "SELF_CONTACT", "members": [client_named("Shevchenko")]}
    case = await anna.post("/v1/cases", opening)
    finding = await anna.post(FINDINGS, finding_of(case))
    machine.id, machine.path = finding["id"], f"{FINDINGS}/{finding['id']}"
    machine.query = OF_FINDING
    reason = {"reason": "Vorerst zurückgestellt."}
    machine.body = None if lacking == "reason-given" else reason
    if lacking != "cases-collected":
        await step(anna, finding, "COLLECT")
    if state == "SET_ASIDE":
        await machine.move(anna, "set-aside", reason)
        machine.person = hatice
    elif state != "DRAFT":
        await _analyse(machine, finding, state, lacking)
    if lacking == "extract-exists":
        # As the erasure of the case leaves the finding.
        origins = "select extract_id from extract_origin where case_id = $1::uuid"
        gone = [row["extract_id"] for row in await machine.admin.fetch(origins, case["id"])]
        await machine.admin.execute(
            "delete from extract_origin where case_id = $1::uuid", case["id"]
        )
        await machine.admin.execute("delete from finding_extract where id = any($1)", gone)


async def _analyse(machine: Machine, finding: Any, state: str, lacking: str) -> None:
    anna, hatice = machine.anna, machine.signed_in("waf-coordinator")
    await machine.move(anna, "begin-analysis")
    await step(anna, finding, "ANALYSE")
    if lacking != "discussed":
        await step(hatice, finding, "DISCUSS")
    particulars = {
        "title": "Zu wenige Kurse",
        "fieldOfAction": "LANGUAGE",
        "participantUnits": ["waf-cm", "waf-ki"],
        "partnerUnits": ["waf-jobcenter"],
        "proposedMeasure": None if lacking == "measure-described" else "Brückenkurs.",
        "fundingReference": "INTERFACE_MEASURES",
    }
    version = (await hatice.get(machine.path))["version"]
    await hatice.put(machine.path, particulars, version=version)
    if state == "IN_ANALYSIS":
        return
    machine.person = hatice
    await machine.move(hatice, "propose-measure")
    if state == "MEASURE_RUNNING":
        await machine.move(hatice, "start-measure")
        await step(hatice, finding, "MEASURE")


async def list_in(machine: Machine, state: str, action: str, lacking: str) -> None:
    anna, bernd, lead = machine.anna, machine.bernd, machine.signed_in("waf-team-lead")
    [case_id] = await ended_cases(anna, "1994-06-30", 1)
    listed = await anna.post("/v1/destruction-lists", {"dueUntil": "1997-12-31"})
    machine.id, machine.path = listed["id"], f"/v1/destruction-lists/{listed['id']}"
    machine.query = OF_LIST
    if state != "DRAFT":
        await machine.move(anna, "submit")
    if state == "CHANGES_REQUESTED":
        await machine.move(bernd, "request-changes")
    if state in {"REVIEWED", "APPROVED", "EXECUTING"}:
        await machine.move(bernd, "review")
    if state in {"APPROVED", "EXECUTING"}:
        await machine.move(lead, "approve")
        if lacking != "archive-has-answered":
            await answer_archive(anna, case_id)
    if state == "EXECUTING":
        # No worker runs here: the case on the list is still to be erased.
        await machine.move(anna, "execute")
    if lacking == "has-cases":
        for item in listed["items"]:
            version = (await anna.get(machine.path))["version"]
            left = {"caseId": item["caseId"]}
            await anna.post(f"{machine.path}/exclusions", left, version=version, status=200)
    await _choose_person(machine, state, lacking)


async def _choose_person(machine: Machine, state: str, lacking: str) -> None:
    lead = machine.signed_in("waf-team-lead")
    if lacking == "is-author":
        machine.person = machine.bernd
    if lacking == "handles-cases":
        machine.person = lead
    if lacking == "may-approve":
        # Somebody who is neither author nor reviewer, and not the team lead either.
        machine.person = machine.bernd
        await _set_reviewer(machine, "urn:test|somebody")
    if lacking == "is-third-person":
        # A team lead who reviewed in an earlier function.
        machine.person = lead
        await _set_reviewer(machine, actor_of(lead))


async def _set_reviewer(machine: Machine, actor: str) -> None:
    await machine.admin.execute(
        "update destruction_list set reviewer = $2 where id = $1::uuid", machine.id, actor
    )


def actor_of(person: Person) -> str:
    """Issuer and subject of the person's token, as they are stored."""
    claims = json.loads(base64.urlsafe_b64decode(person.token.split(".")[1] + "=="))
    return f"{claims['iss']}|{claims['sub']}"


async def measure_in(machine: Machine, state: str, action: str, lacking: str) -> None:
    file = CaseFile(machine.anna, machine.admin, "goal-with-measure", CaseAction.AGREE_PLAN)
    await file.reach(CaseState.PLANNING)
    plan = await machine.anna.post(f"/v1/cases/{file.id}/plan-versions", GOALS)
    machine.id, machine.query = file.id, OF_CASE
    machine.path = f"/v1/measures/{plan['goals'][0]['measures'][0]['id']}"
    machine.body, machine.is_versioned = {"onDate": today()}, False


async def case_type_in(machine: Machine, state: str, action: str, lacking: str) -> None:
    machine.person = machine.signed_in("waf-coordinator")
    draft = await machine.person.post("/v1/case-types", case_type(results=[]))
    machine.id, machine.path = draft["id"], f"/v1/case-types/{draft['id']}"
    machine.query = OF_CASE_TYPE


async def concept_in(machine: Machine, state: str, action: str, lacking: str) -> None:
    hatice = machine.person = machine.signed_in("waf-coordinator")
    meeting = await hatice.post("/v1/meetings", STEERING)
    concept = await hatice.post("/v1/concept-versions", CONCEPT)
    machine.id, machine.path = concept["id"], f"/v1/concept-versions/{concept['id']}"
    machine.query = OF_CONCEPT
    step_body: dict[str, Any] = {"onDate": STEERING["heldOn"], "meetingId": meeting["id"]}
    approval = {
        "onDate": "2022-06-01",
        "approvedBy": "Bezirksregierung Arnsberg",
        "approvalReference": "36.02-1",
    }
    if state != "DRAFT":
        await machine.move(hatice, "endorse", step_body)
        step_body = approval
    if state == "APPROVED":
        await machine.move(hatice, "approve", step_body)
    machine.body = step_body | _spoiled(lacking)
    if action == "endorse" and lacking == "not-in-future":
        await _move_meeting(machine, meeting["id"])


def _spoiled(lacking: str) -> dict[str, Any]:
    return {
        "not-in-future": {"onDate": NEVER},
        "steering-group-met": {"meetingId": str(uuid4())},
        "endorsed-before": {"onDate": "2022-05-02"},
        "approval-named": {"approvedBy": None},
        "successor-approved": {"onDate": today()},
    }.get(lacking, {})


async def _move_meeting(machine: Machine, meeting_id: str) -> None:
    """No meeting of the future is recorded; the administrator moves one there."""
    await machine.admin.execute(
        "update meeting set held_on = $2::text::date where id = $1::uuid", meeting_id, NEVER
    )
