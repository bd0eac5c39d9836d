"""Every guard of every move of a case, asked over the interface: only it fails, it says so in two
languages, and nothing is stored.
"""

from typing import Any
from uuid import uuid4

import pytest

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CASE_LIFECYCLE, CaseAction
from shared.kernel.lifecycle import Guard
from tests.services.cases.conftest import Person, SignedIn, client_named
from tests.services.cases.proofs.case_files import CaseFile
from tests.services.cases.proofs.stored import OF_CASE, Connection, stored

S, A = CaseState, CaseAction
MOVES = [(state, action) for state, row in CASE_LIFECYCLE.moves.items() for action in row]
GUARDS = [
    (state, action, guard)
    for state, action in MOVES
    for guard in CASE_LIFECYCLE.moves[state][action].guards
]
# Foreigners' authorities see no case at all, so that their step fails before its guards.
ASKED_BEFORE = "unit-may-hold-cases"
# Without an entry nobody has taken part; without goals nothing was agreed.
COMPANIONS = {
    "field-of-action-assessed": ["client-took-part"],
    "goal-with-measure": ["plan-agreed"],
}

BODIES: dict[CaseAction, dict[str, Any]] = {
    A.DECLINE: {"declineReason": "CAPACITY"},
    A.CLOSE_AFTER_ADVICE: {"closingReason": "REFERRED_ONLY"},
    A.REPLAN: {"reason": "Umzug"},
    A.REASSESS: {"reason": "Rechtskreiswechsel"},
    A.CLOSE: {"closingReason": "GOALS_REACHED"},
    A.END_EARLY: {"closingReason": "MOVED_AWAY"},
    A.REOPEN: {"isSamePersonConfirmed": True},
}
SPOILED_BODIES: dict[str, dict[str, Any]] = {
    "decline-reason-given": {},
    "signposting-recorded": {"declineReason": "OTHER_CASE_MANAGEMENT_ACTIVE"},
    "closing-reason-referred-only": {"closingReason": "GOALS_REACHED"},
    "reason-given": {},
    "closing-reason-given": {},
    "early-end-reason-given": {},
    "contact-attempts-documented": {"closingReason": "CONTACT_LOST"},
    "same-person-confirmed": {},
}
# Guards that are spoiled by what CaseFile leaves out on the way.
LEFT_OUT = {
    "area-resolved", "indication-checklist-complete", "information-notice-given",
    "double-care-checked", "field-of-action-assessed", "client-took-part", "plan-agreed",
    "goal-with-measure", "responsible-per-measure", "measure-started", "goal-open",
    "every-goal-has-result", "measures-closed", "structural-question-answered", "client-alive",
}  # fmt: skip
# Guards that a case type spoils.
BY_TYPE: dict[str, dict[str, Any]] = {
    "plan-approved": {"needsPlanApproval": True},
    "result-offered": {"results": [{"closingReason": "MOVED_AWAY", "retentionYears": 3}]},
}
SUITING_TYPE_REASON = {A.CLOSE: "GOALS_REACHED", A.CLOSE_AFTER_ADVICE: "REFERRED_ONLY"}


async def spoil(file: CaseFile) -> dict[str, Any]:
    """Let the guard that is lacking fail; what the step then sends."""
    body = SPOILED_BODIES.get(file.lacking, BODIES.get(file.action, {}))
    match file.lacking:
        case "processing-not-restricted":
            await file.person.act(file.id, "restrict-processing")
        case "no-legal-hold":
            await file.person.act(file.id, "place-legal-hold")
        case "legal-basis":
            await file.revoke_consent()
        case "case-manager-active":
            return {"caseManager": await file.another(is_active=False, is_bound=True)}
        case "case-manager-bound-to-secrecy":
            return {"caseManager": await file.another(is_active=True, is_bound=False)}
        case "no-staff-conflict":
            await relate_to_staff(file)
        case "no-open-referral":
            version = (await file.person.get(f"/v1/cases/{file.id}"))["version"]
            sent = {"referralId": str(uuid4())}
            await file.person.post(f"/v1/cases/{file.id}/sent-referrals", sent, version=version)
        case "reopening-window-open":
            await file.move_day("closed_on", -400)
    return body


async def relate_to_staff(file: CaseFile) -> None:
    particulars = {
        "pseudonym": None,
        "contact": None,
        "language": None,
        "municipalityAgs": None,
        "isAreaResolved": True,
        "isStaffRelated": True,
        "isChildProtection": False,
        "personId": file.client_id,
        "familyId": None,
    }
    await file.person.answer(file.id, "particulars", particulars)


async def suit(file: CaseFile) -> None:
    """What the step itself presupposes beside its guards' answers on the way."""
    is_lacking = file.lacking
    if file.action is A.STOP_AFTER_REVOCATION and is_lacking != "consent-revoked":
        await file.revoke_consent()
    if file.action is A.LIFT_RESTRICTION and is_lacking != "processing-restricted":
        await file.person.act(file.id, "restrict-processing")
    if file.action is A.LIFT_LEGAL_HOLD and is_lacking != "legal-hold":
        await file.person.act(file.id, "place-legal-hold")
    if file.action is A.ERASE:
        if file.has("archive-offer-answered"):
            declined = {"archiveAnswer": "DECLINED"}
            await file.person.answer(file.id, "erasure-preparation", declined)
        if file.has("erasure-confirmed"):
            await file.confirm_erasure()
        if file.has("deletion-due"):
            await file.move_day("deletion_due_on", -1)


async def case_file(
    anna: Person, admin: Connection, state: CaseState, action: CaseAction, lacking: str, kind: str
) -> CaseFile:
    file = CaseFile(anna, admin, lacking, action)
    await file.reach(state, kind)
    await suit(file)
    return file


async def published_type(keeper: Person, guard: str) -> str:
    """The code of a new case type under which the guard fails."""
    draft = await keeper.post(
        "/v1/case-types",
        {
            "code": f"TYPE_{uuid4().hex[:12].upper()}",
            "label": {"de": "Begleitung", "en": "Support"},
            "results": [{"closingReason": "GOALS_REACHED", "retentionYears": 3}],
            "fieldsSchema": {"type": "object", "additionalProperties": False},
            **BY_TYPE[guard],
        },
    )
    path = f"/v1/case-types/{draft['id']}/actions/publish"
    await keeper.post(path, version=draft["version"], status=200)
    return str(draft["code"])


async def test_a_new_guard_needs_a_scenario_of_its_own() -> None:
    known = LEFT_OUT | set(SPOILED_BODIES) | set(BY_TYPE) | {
        "processing-not-restricted", "processing-restricted", "no-legal-hold", "legal-hold",
        "legal-basis", "case-manager-active", "case-manager-bound-to-secrecy",
        "no-staff-conflict", "no-open-referral", "reopening-window-open", "consent-revoked",
        "deletion-due", "archive-offer-answered", "erasure-confirmed", ASKED_BEFORE,
    }  # fmt: skip
    assert known == {guard.id for _, _, guard in GUARDS}


@pytest.mark.parametrize(("state", "action"), MOVES, ids=str)
async def test_what_is_prepared_lets_the_step_succeed(
    anna: Person, admin: Connection, state: CaseState, action: CaseAction
) -> None:
    """So that each refusal below has the one reason that its test names."""
    file = await case_file(anna, admin, state, action, "", "KIM")
    before = await anna.get(f"/v1/cases/{file.id}")
    assert action in before["allowedActions"]
    after = await anna.act(file.id, action, **BODIES.get(action, {}))
    assert after["state"] == CASE_LIFECYCLE.moves[state][action].to
    assert after["version"] == before["version"] + 1


@pytest.mark.parametrize(
    ("state", "action", "guard"),
    GUARDS,
    ids=lambda value: value.id if isinstance(value, Guard) else str(value),
)
async def test_a_guard_alone_refuses_the_step_and_nothing_changes(
    anna: Person,
    signed_in: SignedIn,
    admin: Connection,
    state: CaseState,
    action: CaseAction,
    guard: Guard[Any],
) -> None:
    if guard.id == ASKED_BEFORE:
        await refuse_the_blind(anna, signed_in, admin, state, action)
        return
    kind = "KIM"
    if guard.id in BY_TYPE:
        kind = await published_type(signed_in("waf-coordinator"), guard.id)
    file = await case_file(anna, admin, state, action, guard.id, kind)
    body = await spoil(file)
    shown = await anna.get(f"/v1/cases/{file.id}")
    before = await stored(admin, OF_CASE, file.id)
    path = f"/v1/cases/{file.id}/actions/{action}"
    move, failing = CASE_LIFECYCLE.moves[state][action], {guard.id, *COMPANIONS.get(guard.id, [])}
    for language in ("de", "en"):
        problem = await anna.post(
            path, body or None, version=shown["version"], status=422, language=language
        )
        assert problem["code"] == "guard-failed"
        assert problem["guards"] == [one.id for one in move.guards if one.id in failing]
        faults = [(fault["code"], fault["message"]) for fault in problem["errors"]]
        assert faults == [
            (one.id, getattr(one.message, language)) for one in move.guards if one.id in failing
        ]
        assert problem["detail"] == faults[0][1]
    assert await stored(admin, OF_CASE, file.id) == before


async def refuse_the_blind(
    anna: Person, signed_in: SignedIn, admin: Connection, state: CaseState, action: CaseAction
) -> None:
    """R-A2: nobody of a foreigners' authority learns that the case exists."""
    file = await case_file(anna, admin, state, action, "", "KIM")
    shown = await anna.get(f"/v1/cases/{file.id}")
    before = await stored(admin, OF_CASE, file.id)
    path = f"/v1/cases/{file.id}/actions/{action}"
    officer = signed_in("waf-b3-officer")
    problem = await officer.post(path, version=shown["version"], status=404)
    unknown = await officer.post(
        f"/v1/cases/{uuid4()}/actions/{action}", version=shown["version"], status=404
    )
    assert problem["code"] == unknown["code"] == "not-found"
    assert await stored(admin, OF_CASE, file.id) == before
    body = {"origin": "SELF_CONTACT", "members": [client_named("Niemand")]}
    await officer.post("/v1/cases", body, status=404)


async def test_a_reopened_case_is_not_erased_on_confirmations_of_before(
    anna: Person, admin: Connection
) -> None:
    file = CaseFile(anna, admin, "", A.REOPEN)
    await file.reach(S.CLOSED)
    await file.confirm_erasure()
    await anna.act(file.id, "reopen", isSamePersonConfirmed=True)
    await anna.act(file.id, "close-after-advice", closingReason="REFERRED_ONLY")
    await anna.answer(file.id, "erasure-preparation", {"archiveAnswer": "DECLINED"})
    await file.move_day("deletion_due_on", -1)
    problem = await anna.act(file.id, "erase", status=422)
    assert problem["guards"] == ["erasure-confirmed"]
    assert (await anna.get(f"/v1/cases/{file.id}"))["state"] == "CLOSED"
