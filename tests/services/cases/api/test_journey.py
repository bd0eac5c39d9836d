"""A case from first contact to closing: each guard says no until its answer is there."""

from typing import Any
from uuid import uuid4

from tests.services.cases.conftest import Person, SignedIn, client_named, consent_for, today

PLAN = {
    "goals": [
        {
            "fieldOfAction": "LANGUAGE",
            "text": "Deutsch B1 bis zum Sommer",
            "measures": [{"text": "Integrationskurs", "responsibleKind": "CLIENT"}],
        }
    ]
}


async def refused(person: Person, case_id: str, action: str, *guards: str, **body: Any) -> None:
    """The step is refused for exactly these guards, and nothing has changed."""
    before = await person.get(f"/v1/cases/{case_id}")
    problem = await person.act(case_id, action, status=422, **body)
    assert problem["code"] == "guard-failed"
    assert problem["guards"] == list(guards)
    assert await person.get(f"/v1/cases/{case_id}") == before


async def test_a_case_goes_from_first_contact_to_closing_and_every_guard_is_asked(
    anna: Person,
) -> None:
    case = await anna.post(
        "/v1/cases",
        {"origin": "OUTREACH", "pseudonym": "Frau K.", "language": "ukr"},
    )
    case_id = case["id"]
    assert case["state"] == "REQUESTED"

    await refused(anna, case_id, "assign", "area-resolved")
    client = await anna.post("/v1/persons", client_named("Bondar")["person"])
    await anna.answer(
        case_id,
        "particulars",
        {
            "pseudonym": None,
            "contact": "0170 0000000",
            "language": "ukr",
            "municipalityAgs": "05570004",
            "isAreaResolved": True,
            "isStaffRelated": False,
            "isChildProtection": False,
            "personId": client["id"],
            "familyId": None,
        },
    )
    assert (await anna.act(case_id, "assign"))["state"] == "INTAKE"

    await intake(anna, case_id, client["id"])
    assert (await anna.act(case_id, "open"))["state"] == "ASSESSMENT"

    await refused(
        anna, case_id, "finish-assessment", "field-of-action-assessed", "client-took-part"
    )
    entry = {
        "fieldOfAction": "LANGUAGE",
        "need": "HIGH",
        "situation": "Spricht wenig Deutsch.",
        "resources": "Abitur, lernt schnell.",
        "hasClientTakenPart": True,
        "assessedOn": today(),
    }
    await anna.post(f"/v1/cases/{case_id}/assessment-entries", entry)
    assert (await anna.act(case_id, "finish-assessment"))["state"] == "PLANNING"

    await plan(anna, case_id)
    await monitor_and_close(anna, case_id)


async def intake(anna: Person, case_id: str, client_id: str) -> None:
    await refused(
        anna,
        case_id,
        "open",
        "indication-checklist-complete",
        "information-notice-given",
        "legal-basis",
        "double-care-checked",
    )
    checklist = {
        "problemAreas": 4,
        "hasSeveralProviders": True,
        "doStandardPathsFail": True,
        "lacksOwnResources": True,
        "judgement": "Vier Problembereiche, mehrere Stellen, Regelberatung reicht nicht.",
    }
    await anna.answer(case_id, "indication-checklist", checklist)
    notice = {"textVersion": "2022-03", "language": "ukr", "givenOn": today()}
    await anna.post(f"/v1/cases/{case_id}/information-notices", notice)
    await refused(
        anna, case_id, "open",
        "indication-checklist-complete", "legal-basis", "double-care-checked",
    )  # fmt: skip
    await anna.answer(case_id, "indication-checklist", {**checklist, "doesClientAgree": True})
    checked = await anna.post(f"/v1/cases/{case_id}/double-care-checks")
    assert checked["contactUnits"] == []
    await refused(anna, case_id, "open", "legal-basis")
    consent = await anna.post(f"/v1/cases/{case_id}/consents", consent_for(client_id))
    await refused(anna, case_id, "open", "legal-basis")
    given = await anna.give(consent)
    assert given["state"] == "ACTIVE"


async def plan(anna: Person, case_id: str) -> None:
    await refused(anna, case_id, "agree-plan", "plan-agreed", "goal-with-measure")
    draft = await anna.post(f"/v1/cases/{case_id}/plan-versions", PLAN)
    await refused(anna, case_id, "agree-plan", "plan-agreed")
    agreement = {"agreedOn": today(), "language": "ukr"}
    await anna.post(
        f"/v1/plan-versions/{draft['id']}/actions/agree",
        agreement,
        version=draft["version"],
        status=200,
    )
    assert (await anna.act(case_id, "agree-plan"))["state"] == "LINKING"


async def monitor_and_close(anna: Person, case_id: str) -> None:
    await refused(anna, case_id, "start-measures", "measure-started")
    current = (await anna.get(f"/v1/cases/{case_id}"))["currentPlan"]
    goal, measure = current["goals"][0], current["goals"][0]["measures"][0]
    step = {"onDate": today()}
    await anna.post(f"/v1/measures/{measure['id']}/actions/start", step, status=200)
    assert (await anna.act(case_id, "start-measures"))["state"] == "MONITORING"

    await refused(anna, case_id, "replan", "reason-given")
    await refused(anna, case_id, "evaluate", "every-goal-has-result")
    result = {"result": "REACHED"}
    await anna.post(f"/v1/goals/{goal['id']}/actions/record-result", result, status=200)
    await refused(anna, case_id, "add-measure", "goal-open")
    assert (await anna.act(case_id, "evaluate"))["state"] == "EVALUATION"

    sent = str(uuid4())
    version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
    await anna.post(f"/v1/cases/{case_id}/sent-referrals", {"referralId": sent}, version=version)
    await refused(
        anna, case_id, "close",
        "closing-reason-given", "no-open-referral", "measures-closed",
        "structural-question-answered",
    )  # fmt: skip
    await anna.post(f"/v1/measures/{measure['id']}/actions/finish", step, status=200)
    await anna.answer(case_id, "structural-finding-answer", {"finding": "NONE"})
    await refused(anna, case_id, "close", "no-open-referral", closingReason="GOALS_REACHED")


async def test_replanning_writes_the_next_version_and_carries_open_goals_over(
    anna: Person, case_in_monitoring: dict[str, Any]
) -> None:
    case_id = case_in_monitoring["id"]
    before = case_in_monitoring["currentPlan"]
    await anna.post(
        f"/v1/goals/{before['goals'][0]['id']}/actions/record-result",
        {"result": "PARTLY_REACHED"},
        status=200,
    )
    replanned = await anna.act(case_id, "replan", reason="Umzug nach Ahlen")
    assert replanned["state"] == "PLANNING"
    after = replanned["currentPlan"]
    assert (after["number"], after["agreedOn"]) == (before["number"] + 1, None)
    assert [goal["text"] for goal in after["goals"]] == [before["goals"][1]["text"]]
    assert after["goals"][0]["measures"][0]["state"] == "STARTED"
    versions = await anna.get(f"/v1/cases/{case_id}/plan-versions")
    assert [plan["number"] for plan in versions["items"]] == [2, 1]
    assert len(versions["items"][1]["goals"]) == 2


async def test_an_agreed_version_is_not_changed_any_more(
    anna: Person, case_in_monitoring: dict[str, Any]
) -> None:
    plan = case_in_monitoring["currentPlan"]
    path = f"/v1/plan-versions/{plan['id']}"
    problem = await anna.put(path, PLAN, version=plan["version"], status=409)
    assert problem["code"] == "plan-is-agreed"
    assert await anna.get(path) == plan


async def test_contact_is_lost_only_after_three_documented_tries(
    anna: Person, case_in_monitoring: dict[str, Any]
) -> None:
    case_id = case_in_monitoring["id"]
    attempt = {"channel": "PHONE", "attemptedOn": today(), "wasReached": False}
    for _ in range(2):
        await anna.post(f"/v1/cases/{case_id}/contact-attempts", attempt)
    lost = {"closingReason": "CONTACT_LOST"}
    await refused(anna, case_id, "end-early", "contact-attempts-documented", **lost)
    await anna.post(f"/v1/cases/{case_id}/contact-attempts", attempt | {"channel": "LETTER"})
    assert (await anna.act(case_id, "end-early", **lost))["state"] == "EVALUATION"


async def test_a_revoked_consent_stops_work_but_closes_nothing_by_itself(
    anna: Person, case_in_monitoring: dict[str, Any]
) -> None:
    """C20, R-C3, K5: no reason, no form, at once."""
    case_id = case_in_monitoring["id"]
    consents = (await anna.get(f"/v1/cases/{case_id}/consents"))["items"]
    revoked = await anna.post(
        f"/v1/consents/{consents[0]['id']}/actions/revoke",
        version=consents[0]["version"],
        status=200,
    )
    assert revoked["state"] == "REVOKED"
    case = await anna.get(f"/v1/cases/{case_id}")
    assert case["state"] == "MONITORING"
    assert "stop-after-revocation" in case["allowedActions"]
    assert "replan" not in case["allowedActions"]
    await refused(anna, case_id, "replan", "legal-basis", reason="weiter")
    basis = {"basis": "PUBLIC_TASK", "reason": "Schutz der Kinder"}
    await anna.answer(case_id, "other-basis", basis)
    await refused(anna, case_id, "stop-after-revocation", "consent-revoked")
    assert (await anna.act(case_id, "replan", reason="weiter"))["state"] == "PLANNING"


async def test_after_a_death_the_record_is_kept_and_not_worked_with(
    anna: Person, case_in_monitoring: dict[str, Any]
) -> None:
    closed = await anna.act(case_in_monitoring["id"], "record-death")
    assert (closed["state"], closed["closingReason"]) == ("CLOSED", "DECEASED")
    assert closed["isProcessingRestricted"] is True
    problem = await anna.act(case_in_monitoring["id"], "reopen", status=422)
    assert "client-alive" in problem["guards"]


async def test_a_step_that_the_table_does_not_have_answers_with_the_allowed_ones(
    anna: Person, case: dict[str, Any]
) -> None:
    problem = await anna.act(case["id"], "close", status=409)
    assert problem["code"] == "transition-not-allowed"
    assert problem["title"] == "In diesem Zustand ist diese Aktion nicht vorgesehen."
    assert "assign" in problem["allowedActions"]
    assert (await anna.get(f"/v1/cases/{case['id']}"))["state"] == "REQUESTED"


async def test_a_case_says_in_both_languages_what_blocks_each_step(
    anna: Person, case: dict[str, Any]
) -> None:
    await anna.act(case["id"], "assign")
    case = await anna.get(f"/v1/cases/{case['id']}")
    steps = {step["action"]: step for step in case["availableTransitions"]}
    assert steps["open"]["isOpen"] is False
    assert {"id": "double-care-checked", "message": {
        "de": "Die Prüfung auf Doppelbetreuung fehlt.",
        "en": "The double-care check is missing.",
    }} in steps["open"]["blockedBy"]  # fmt: skip
    assert steps["decline"]["isOpen"] is True
    assert steps["decline"]["asksFor"] == ["decline-reason-given"]
    assert case["allowedActions"] == [a for a, step in steps.items() if step["isOpen"]]


async def test_a_step_needs_the_version_that_was_seen(anna: Person, case: dict[str, Any]) -> None:
    path = f"/v1/cases/{case['id']}/actions/assign"
    assert (await anna.post(path, status=428))["code"] == "version-missing"
    stale = await anna.post(path, version=case["version"] - 1, status=412)
    assert stale["currentVersion"] == case["version"]
    assert (await anna.get(f"/v1/cases/{case['id']}"))["state"] == "REQUESTED"


async def test_nobody_unbound_to_secrecy_gets_a_case(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    """§ 203 (4) StGB."""
    stranger = f"{uuid4().hex}|nobody"
    problem = await anna.act(case["id"], "assign", status=422, caseManager=stranger)
    assert problem["guards"] == ["case-manager-active", "case-manager-bound-to-secrecy"]
    await anna.put("/v1/staff-members", {"actor": stranger, "isActive": True})
    problem = await anna.act(case["id"], "assign", status=422, caseManager=stranger)
    assert problem["guards"] == ["case-manager-bound-to-secrecy"]


async def test_a_declined_request_is_soon_to_be_erased(anna: Person, case: dict[str, Any]) -> None:
    problem = await anna.act(
        case["id"], "decline", status=422, declineReason="OTHER_CASE_MANAGEMENT_ACTIVE"
    )
    assert problem["guards"] == ["signposting-recorded"]
    await anna.answer(
        case["id"], "signposting", {"signpostedTo": "Caritas Rheine", "signpostedOn": today()}
    )
    declined = await anna.act(case["id"], "decline", declineReason="OTHER_CASE_MANAGEMENT_ACTIVE")
    assert (declined["state"], declined["closedOn"]) == ("DECLINED", today())
    assert declined["deletionDueOn"] > today()
    problem = await anna.act(case["id"], "erase", status=422)
    assert problem["guards"] == ["deletion-due", "archive-offer-answered", "erasure-confirmed"]
