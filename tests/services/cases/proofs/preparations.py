"""What a case manager records in each phase, done again and again on one case."""

from typing import Any

from tests.services.cases.conftest import Person, consent_for, today
from tests.services.cases.proofs.case_files import CHECKLIST, ENTRY, GOALS, NOTICE, CaseFile


async def prepare(file: CaseFile, case: Any) -> None:
    """Record what the next step asks for; nothing while processing is restricted."""
    if case["isProcessingRestricted"]:
        return
    recording = {
        "INTAKE": _take_in,
        "ASSESSMENT": _assess,
        "PLANNING": _plan,
        "LINKING": _link,
        "MONITORING": _monitor,
        "EVALUATION": _evaluate,
        "CLOSED": _prepare_erasure,
        "DECLINED": _prepare_erasure,
    }.get(case["state"])
    if recording is not None:
        await recording(file, case)


async def _take_in(file: CaseFile, _: Any) -> None:
    path = f"/v1/cases/{file.id}"
    consents = (await file.person.get(f"{path}/consents"))["items"]
    if not any(one["state"] == "ACTIVE" for one in consents):
        consent = await file.person.post(f"{path}/consents", consent_for(file.client_id))
        await file.person.give(consent)
    await file.person.answer(file.id, "indication-checklist", CHECKLIST)
    await file.person.post(f"{path}/information-notices", NOTICE)
    await file.person.post(f"{path}/double-care-checks")


async def _assess(file: CaseFile, _: Any) -> None:
    entry = ENTRY | {"hasClientTakenPart": True}
    await file.person.post(f"/v1/cases/{file.id}/assessment-entries", entry)


async def _plan(file: CaseFile, case: Any) -> None:
    plan = case["currentPlan"]
    if plan is not None and plan["agreedOn"] is not None:
        return
    if plan is None:
        plan = await file.person.post(f"/v1/cases/{file.id}/plan-versions", GOALS)
    else:
        path = f"/v1/plan-versions/{plan['id']}"
        plan = await file.person.put(path, GOALS, version=plan["version"])
    agreement = {"agreedOn": today(), "language": "ukr"}
    path = f"/v1/plan-versions/{plan['id']}/actions/agree"
    await file.person.post(path, agreement, version=plan["version"], status=200)


def _measures(case: Any) -> list[Any]:
    plan = case["currentPlan"] or {"goals": []}
    return [measure for goal in plan["goals"] for measure in goal["measures"]]


async def _move(person: Person, case: Any, state: str, action: str) -> None:
    for measure in _measures(case):
        if measure["state"] == state:
            path = f"/v1/measures/{measure['id']}/actions/{action}"
            await person.post(path, {"onDate": today()}, status=200)


async def _link(file: CaseFile, case: Any) -> None:
    await _move(file.person, case, "PLANNED", "start")


async def _monitor(file: CaseFile, case: Any) -> None:
    for goal in (case["currentPlan"] or {"goals": []})["goals"]:
        if goal["result"] is None:
            path = f"/v1/goals/{goal['id']}/actions/record-result"
            await file.person.post(path, {"result": "REACHED"}, status=200)


async def _evaluate(file: CaseFile, case: Any) -> None:
    await _move(file.person, case, "PLANNED", "cancel")
    await _move(file.person, case, "STARTED", "finish")
    await file.person.answer(file.id, "structural-finding-answer", {"finding": "NONE"})


async def _prepare_erasure(file: CaseFile, _: Any) -> None:
    declined = {"archiveAnswer": "DECLINED"}
    await file.person.answer(file.id, "erasure-preparation", declined)
    await file.confirm_erasure()
    await file.move_day("deletion_due_on", -1)
