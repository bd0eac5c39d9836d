"""The main job through the one door: from a referral to a closed case, over GraphQL alone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from shared.kernel.clock import berlin_date, now
from tests.gateway.conftest import As, Asker
from tests.waiting import until

TODAY = berlin_date(now()).isoformat()
LATER = (berlin_date(now()) + timedelta(days=180)).isoformat()
CATEGORIES = ["IDENTITY", "CONTACT", "LANGUAGES", "ADDRESS", "FAMILY", "NEED"]
REFUSED = """
  ... on UserError { code message pointer }
  ... on ValidationError { errors { pointer code } }
  ... on GuardFailedError { guards { id message } }
  ... on ConflictError { state allowedActions }
  ... on StaleVersionError { currentVersion }
"""


def mutation(name: str, kind: str, fields: str) -> str:
    return (
        f"mutation($input: {kind}!) {{ result: {name}(input: $input)"
        f" {{ __typename {fields} {REFUSED} }} }}"
    )


SUBMIT = mutation(
    "submitReferral",
    "NewReferralInput",
    "... on ReferralSuccess { isReplayed referral { id version state side recipientUnit"
    " allowedActions } }",
)


def new_referral(**changes: Any) -> dict[str, Any]:
    reference = f"gql-{uuid4().hex[:10]}"
    return {
        "mode": "ZUSTEUERUNG_IN",
        "serviceCode": "CASE_MANAGEMENT",
        "topic": "SCHOOL_CHILDCARE",
        "purpose": "CASE_MANAGEMENT",
        "language": "tur",
        "interpreterNeeded": True,
        "subjectReference": reference,
        "recipientUnit": "rheine-caritas",
        "place": {"ags": "05566076"},
        "content": {
            "identity": {"familyName": "Aydoğan", "givenNames": "Elif", "birthDate": "1988-03-14"},
            "contact": {"phone": "05971 000000"},
            "languages": {"spoken": ["tur"], "germanLevel": "A2"},
            "need": {"summary": "Kitaplatz und Wohnung.", "topics": ["HOUSING"]},
        },
        "legalGround": {
            "consent": {
                "reference": f"E-{reference}",
                "givenOn": TODAY,
                "validTo": LATER,
                "purpose": "CASE_MANAGEMENT",
                "recipientUnit": "rheine-caritas",
                "categories": CATEGORIES,
            },
            "coversFeedback": True,
        },
        **changes,
    }


async def change(asker: Asker, query: str, **given: Any) -> Any:
    return (await asker.data(query, input=given))["result"]


async def step(asker: Asker, name: str, kind: str, referral: Any, **given: Any) -> Any:
    query = mutation(
        name, kind, "... on ReferralSuccess { referral { id version state allowedActions } }"
    )
    asked = {"referralId": referral["id"], "expectedVersion": referral["version"], **given}
    return await change(asker, query, **asked)


@pytest.fixture
async def submitted(as_: As) -> Any:
    sent = await change(as_("st-jobcenter-system"), SUBMIT, **new_referral())
    assert sent["__typename"] == "ReferralSuccess", sent
    return sent["referral"]


async def test_a_referral_becomes_a_case_that_ends_well(as_: As, submitted: Any) -> None:
    caritas = as_("rheine-caritas-case-manager")
    assert (submitted["state"], submitted["side"]) == ("SUBMITTED", "SENDER")
    assert submitted["allowedActions"] == ["WITHDRAW"]

    pulled = (await step(caritas, "pullReferral", "ReferralStepInput", submitted))["referral"]
    assert pulled["state"] == "DELIVERED"
    accepted = (await step(caritas, "acceptReferral", "AcceptReferralInput", pulled))["referral"]
    assert accepted["state"] == "ACCEPTED"

    case = await until(lambda: case_of(caritas, submitted["id"]))
    assert (case["state"], case["referral"]["id"]) == ("REQUESTED", submitted["id"])
    worker = CaseWorker(caritas, case["id"])
    await worker.describe()
    await worker.act("ASSIGN")
    early = await worker.try_act("OPEN")
    assert early["__typename"] == "GuardFailedError"
    assert "double-care-checked" in {guard["id"] for guard in early["guards"]}
    assert (await worker.read())["state"] == "INTAKE"
    await worker.take_in()
    await worker.act("OPEN")
    await worker.assess()
    await worker.act("FINISH_ASSESSMENT")
    await worker.plan_and_reach()
    await worker.record(
        "answerStructuralQuestion", "AnswerStructuralQuestionInput", "CaseSuccess", finding="NONE"
    )
    await worker.act("CLOSE", closingReason="GOALS_REACHED")
    closed = await worker.read()
    assert closed["state"] == "CLOSED"
    assert [phase["toState"] for phase in closed["file"]["phases"]] == [
        "REQUESTED", "INTAKE", "ASSESSMENT", "PLANNING", "LINKING", "MONITORING", "EVALUATION",
        "CLOSED",
    ]  # fmt: skip


async def case_of(asker: Asker, referral_id: str) -> Any:
    query = "query($id: ID!) { referral(id: $id) { case { id state referral { id } } } }"
    return (await asker.data(query, id=referral_id))["referral"]["case"]


class CaseWorker:
    """One case in the hands of its case manager, each step in the version last read."""

    def __init__(self, asker: Asker, case_id: str) -> None:
        self.asker = asker
        self.case_id = case_id

    async def read(self) -> Any:
        query = """query($id: ID!) { case(id: $id) {
          id version state allowedActions personId
          availableTransitions { action isOpen blockedBy { id } asksFor }
          file { phases { toState } currentPlan { id version goals { id measures { id } } } }
        } }"""
        return (await self.asker.data(query, id=self.case_id))["case"]

    async def try_act(self, action: str, **given: Any) -> Any:
        query = mutation(
            "performCaseAction",
            "PerformCaseActionInput",
            "... on CaseSuccess { case { state version allowedActions } }",
        )
        version = (await self.read())["version"]
        asked = {"caseId": self.case_id, "action": action, "expectedVersion": version, **given}
        return await change(self.asker, query, **asked)

    async def act(self, action: str, **given: Any) -> None:
        done = await self.try_act(action, **given)
        assert done["__typename"] == "CaseSuccess", (action, done)

    async def record(self, name: str, kind: str, success: str, **given: Any) -> Any:
        """`success` is the type that it must answer with."""
        inner = {"PlanSuccess": "plan { id version goals { id measures { id } } }"}
        fields = inner.get(success, "__typename")
        query = mutation(name, kind, f"... on {success} {{ {fields} }}")
        asked = {"caseId": self.case_id, **given}
        if kind in VERSIONED:
            asked["expectedVersion"] = (await self.read())["version"]
        done = await change(self.asker, query, **asked)
        assert done["__typename"] == success, (name, done)
        return done

    async def describe(self) -> None:
        """The person comes from the referral by the case manager's own hand."""
        query = mutation(
            "recordPerson", "RecordPersonInput", "... on PersonSuccess { person { id } }"
        )
        person = {"familyName": "Aydoğan", "givenNames": "Elif", "birthDate": "1988-03-14"}
        recorded = await change(self.asker, query, **person)
        await self.record(
            "describeCase",
            "DescribeCaseInput",
            "CaseSuccess",
            pseudonym=None,
            contact="05971 000000",
            language="tur",
            municipalityAgs="05566076",
            isAreaResolved=True,
            isStaffRelated=False,
            isChildProtection=False,
            personId=recorded["person"]["id"],
            familyId=None,
        )

    async def take_in(self) -> None:
        await self.record(
            "documentIndication",
            "DocumentIndicationInput",
            "CaseSuccess",
            problemAreas=3,
            hasSeveralProviders=True,
            doStandardPathsFail=True,
            lacksOwnResources=True,
            doesClientAgree=True,
            judgement="Mehrere Handlungsfelder greifen ineinander.",
        )
        await self.record(
            "giveInformationNotice",
            "GiveInformationNoticeInput",
            "CaseFileSuccess",
            textVersion="2026-1",
            language="deu",
            givenOn=TODAY,
        )
        await self.record("checkDoubleCare", "CheckDoubleCareInput", "DoubleCareSuccess")
        await self.record(
            "recordOtherBasis",
            "RecordOtherBasisInput",
            "CaseSuccess",
            basis="PUBLIC_TASK",
            reason="§ 9 TIntG NRW",
        )

    async def assess(self) -> None:
        await self.record(
            "assessField",
            "AssessFieldInput",
            "CaseFileSuccess",
            fieldOfAction="SCHOOL_CHILDCARE",
            need="HIGH",
            situation="Für das jüngere Kind fehlt ein Kitaplatz.",
            resources="Nachbarschaft hilft.",
            hasClientTakenPart=True,
            assessedOn=TODAY,
        )

    async def plan_and_reach(self) -> None:
        """From the plan over its measure to the evaluation."""
        measure = {"text": "Anmeldung im Kita-Portal", "responsibleKind": "CASE_MANAGER"}
        goal = {"fieldOfAction": "SCHOOL_CHILDCARE", "text": "Kitaplatz", "measures": [measure]}
        drafted = await self.record("draftPlan", "DraftPlanInput", "PlanSuccess", goals=[goal])
        plan = drafted["plan"]
        query = mutation("agreePlan", "AgreePlanInput", "... on PlanSuccess { plan { agreedOn } }")
        agreed = {"planId": plan["id"], "expectedVersion": plan["version"]}
        await change(self.asker, query, **agreed, agreedOn=TODAY, language="tur")
        await self.act("AGREE_PLAN")
        goal_id, measure_id = plan["goals"][0]["id"], plan["goals"][0]["measures"][0]["id"]
        await self.move_measure(measure_id, "START")
        await self.act("START_MEASURES")
        await self.move_measure(measure_id, "FINISH")
        query = mutation(
            "recordGoalResult", "RecordGoalResultInput", "... on PlanSuccess { __typename }"
        )
        await change(self.asker, query, goalId=goal_id, result="REACHED")
        await self.act("EVALUATE")

    async def move_measure(self, measure_id: str, action: str) -> None:
        query = mutation(
            "performMeasureAction", "PerformMeasureActionInput", "... on PlanSuccess { __typename }"
        )
        done = await change(self.asker, query, measureId=measure_id, action=action, onDate=TODAY)
        assert done["__typename"] == "PlanSuccess", done


VERSIONED = {
    "DescribeCaseInput",
    "DocumentIndicationInput",
    "RecordOtherBasisInput",
    "AnswerStructuralQuestionInput",
}
