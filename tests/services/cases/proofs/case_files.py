"""A case brought into any state over the interface, with all that a step asks for but for one
thing that a test leaves out.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from tests.names import invented
from tests.services.cases.conftest import Person, client_named, consent_for, today
from tests.services.cases.proofs.stored import Connection

S, A = CaseState, CaseAction
CHECKLIST = {
    "problemAreas": 3,
    "hasSeveralProviders": True,
    "doStandardPathsFail": True,
    "lacksOwnResources": True,
    "doesClientAgree": True,
    "judgement": "Drei Problembereiche.",
}
NOTICE = {"textVersion": "2022-03", "language": "ukr", "givenOn": today()}
ENTRY = {
    "fieldOfAction": "WORK",
    "need": "MEDIUM",
    "situation": "Sucht Arbeit.",
    "resources": "Ausbildung.",
    "assessedOn": today(),
}
MEASURE = {"text": "Bewerbung", "responsibleKind": "CASE_MANAGER"}
GOALS = {"goals": [{"fieldOfAction": "WORK", "text": "Arbeit", "measures": [MEASURE]}]}
ASKED = """
insert into case_erasure (id, tenant_id, unit_id, request_id, services, requested_at)
values ($1::uuid, '05570', 'waf-cm', $2, array['referrals'], now())
on conflict (id) do update set request_id = excluded.request_id returning request_id
"""
CONFIRMED = """
insert into erasure_confirmation
(id, tenant_id, unit_id, case_id, request_id, service, records, confirmed_at)
values (gen_random_uuid(), '05570', 'waf-cm', $1::uuid, $2, 'referrals', 0, now())
"""
# The way of a case: which step leads to each state, after all that it asks for was recorded.
WAY = (S.INTAKE, S.ASSESSMENT, S.PLANNING, S.LINKING, S.MONITORING, S.EVALUATION, S.CLOSED)


@dataclass(slots=True)
class CaseFile:
    """A case under way. `lacking` is the id of the guard that is to fail, or empty."""

    person: Person
    admin: Connection
    lacking: str
    action: CaseAction
    id: str = ""
    client_id: str = ""

    async def reach(self, state: CaseState, case_type: str = "KIM") -> None:
        """Raise the case from its opening to `state` and prepare the step that is asked there."""
        await self._open(state, case_type)
        if state is S.DECLINED:
            await self.person.act(self.id, "decline", declineReason="CAPACITY")
        elif state in WAY:
            await self._go(WAY.index(state))

    async def _open(self, state: CaseState, case_type: str) -> None:
        opening: dict[str, Any] = {
            "origin": "SELF_CONTACT",
            "isAreaResolved": self.has("area-resolved"),
            "isStaffRelated": state is S.REQUESTED and not self.has("no-staff-conflict"),
            "members": [client_named(_own_name(), birthDate="1990-05-17")],
            "caseType": case_type,
        }
        opened = await self.person.post("/v1/cases", opening)
        self.id, self.client_id = opened["id"], opened["personId"]

    async def _go(self, last: int) -> None:
        steps = (
            self._intake, self._assess, self._plan, self._link, self._monitor, self._evaluate,
            self._close,
        )  # fmt: skip
        for reached, step in enumerate(steps[: last + 1]):
            await step()
            await self._prepare(WAY[reached], is_there=reached == last)

    async def _prepare(self, state: CaseState, *, is_there: bool) -> None:
        """Record what the next step asks for; where the case stays, all but what is lacking."""
        prepare = {
            S.INTAKE: self._take_in,
            S.ASSESSMENT: self._enter_assessment,
            S.PLANNING: self._draft_plan,
            S.LINKING: self._start_measure,
            S.MONITORING: self._record_result,
            S.EVALUATION: self._answer,
        }.get(state)
        if prepare is not None:
            await prepare(is_there=is_there)

    def has(self, guard: str, *, is_there: bool = True) -> bool:
        return not (is_there and self.lacking == guard)

    async def _intake(self) -> None:
        await self.person.act(self.id, "assign")

    async def _take_in(self, *, is_there: bool) -> None:
        path = f"/v1/cases/{self.id}"
        consent = await self.person.post(f"{path}/consents", consent_for(self.client_id))
        await self.person.give(consent)
        if self.has("indication-checklist-complete", is_there=is_there):
            await self.person.answer(self.id, "indication-checklist", CHECKLIST)
        if self.has("information-notice-given", is_there=is_there):
            await self.person.post(f"{path}/information-notices", NOTICE)
        if self.has("double-care-checked", is_there=is_there):
            await self.person.post(f"{path}/double-care-checks")

    async def _assess(self) -> None:
        await self.person.act(self.id, "open")

    async def _enter_assessment(self, *, is_there: bool) -> None:
        if self.has("field-of-action-assessed", is_there=is_there):
            took_part = self.has("client-took-part", is_there=is_there)
            entry = ENTRY | {"hasClientTakenPart": took_part}
            await self.person.post(f"/v1/cases/{self.id}/assessment-entries", entry)

    async def _plan(self) -> None:
        await self.person.act(self.id, "finish-assessment")

    async def _draft_plan(self, *, is_there: bool) -> None:
        if not self.has("goal-with-measure", is_there=is_there):
            return
        plan = await self.person.post(f"/v1/cases/{self.id}/plan-versions", GOALS)
        if self.has("plan-agreed", is_there=is_there):
            agreement = {"agreedOn": today(), "language": "ukr"}
            path = f"/v1/plan-versions/{plan['id']}/actions/agree"
            await self.person.post(path, agreement, version=plan["version"], status=200)
        if not self.has("responsible-per-measure", is_there=is_there):
            goal = f"/v1/goals/{plan['goals'][0]['id']}/measures"
            await self.person.post(goal, {"text": "Wer?"})

    async def _link(self) -> None:
        await self.person.act(self.id, "agree-plan")

    async def _start_measure(self, *, is_there: bool) -> None:
        if self.has("measure-started", is_there=is_there):
            await self.move_measure("start")

    async def _monitor(self) -> None:
        await self.person.act(self.id, "start-measures")

    async def _record_result(self, *, is_there: bool) -> None:
        is_wanted = (self.action is A.ADD_MEASURE) == (self.lacking == "goal-open")
        if not is_there or (is_wanted and self.lacking != "every-goal-has-result"):
            goal = (await self.person.get(f"/v1/cases/{self.id}"))["currentPlan"]["goals"][0]["id"]
            path = f"/v1/goals/{goal}/actions/record-result"
            await self.person.post(path, {"result": "REACHED"}, status=200)

    async def _evaluate(self) -> None:
        await self.person.act(self.id, "evaluate")

    async def _answer(self, *, is_there: bool) -> None:
        if self.has("measures-closed", is_there=is_there):
            await self.move_measure("finish")
        if self.has("structural-question-answered", is_there=is_there):
            await self.person.answer(self.id, "structural-finding-answer", {"finding": "NONE"})

    async def _close(self) -> None:
        if self.lacking == "client-alive":
            await self.person.act(self.id, "record-death")
            await self.person.act(self.id, "lift-restriction")
        else:
            await self.person.act(self.id, "close", closingReason="GOALS_REACHED")

    async def move_measure(self, action: str) -> None:
        plan = (await self.person.get(f"/v1/cases/{self.id}"))["currentPlan"]
        measure = plan["goals"][0]["measures"][0]["id"]
        path = f"/v1/measures/{measure}/actions/{action}"
        await self.person.post(path, {"onDate": today()}, status=200)

    async def revoke_consent(self) -> None:
        [consent] = (await self.person.get(f"/v1/cases/{self.id}/consents"))["items"]
        path = f"/v1/consents/{consent['id']}/actions/revoke"
        await self.person.post(path, version=consent["version"], status=200)

    async def move_day(self, column: str, days: int) -> None:
        """The administrator moves the calendar of this case."""
        await self.admin.execute(
            f"update case_record set {column} = current_date + $2::int where id = $1", self.id, days
        )

    async def confirm_erasure(self) -> None:
        """As the saga notes it once every service has deleted its part."""
        asked = await self.admin.fetchval(ASKED, self.id, uuid4())
        await self.admin.execute(CONFIRMED, self.id, asked)
        await self.admin.execute(
            "update case_record set erasure_confirmed_by = $2 where id = $1", self.id, ["referrals"]
        )

    async def another(self, *, is_active: bool, is_bound: bool) -> str:
        """A new colleague, active or bound to secrecy or both."""
        actor = f"urn:test|{uuid4().hex}"
        colleague: dict[str, Any] = {"actor": actor, "isActive": is_active}
        if is_bound:
            colleague["boundToSecrecyOn"] = "2021-02-01"
        await self.person.put("/v1/staff-members", colleague)
        return actor


def _own_name() -> str:
    """Nobody else's: cases of one name are all looked through in each search for other care."""
    return f"Bondar-{invented()}"
