"""Random walks through the life of a case and of a consent, on the running service."""

from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.cases.domain.consent_lifecycle import ConsentAction
from services.cases.domain.lifecycle import CaseAction
from tests.services.cases.conftest import Person
from tests.services.cases.proofs.case_files import CaseFile, CaseState
from tests.services.cases.proofs.preparations import prepare
from tests.services.cases.proofs.rule_book import (
    CASE,
    CONSENT,
    DESPITE_RESTRICTION,
    allowed,
    moves_of,
)
from tests.services.cases.proofs.stored import OF_CASE, Connection, stored
from tests.services.cases.proofs.test_case_guards import BODIES
from tests.services.cases.proofs.test_consent_guards import Given, body_of, day

CASE_MOVES, CONSENT_MOVES = moves_of(CASE), moves_of(CONSENT)
CASE_ACTIONS = sorted({action for _, action in CASE_MOVES})
CONSENT_ACTIONS = sorted({action for _, action in CONSENT_MOVES})
# The way of a case that nothing diverts; the other moves are drawn.
STRAIGHT = {
    "REQUESTED": "assign",
    "INTAKE": "open",
    "ASSESSMENT": "finish-assessment",
    "PLANNING": "agree-plan",
    "LINKING": "start-measures",
    "MONITORING": "evaluate",
    "EVALUATION": "close",
    "CLOSED": "erase",
    "DECLINED": "erase",
}
SLOW = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Step(NamedTuple):
    """`kind` says what is tried, `draw` which one; `is_prepared`: its records are made first."""

    kind: str
    draw: int
    is_prepared: bool


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["straight", "straight", "straight", "legal", "any"]),
        st.integers(0, 1000),
        st.booleans() | st.just(value=True),
    ),
    min_size=6,
    max_size=14,
)


def chosen(step: Step, state: str) -> str:
    if step.kind == "straight" and state in STRAIGHT:
        return STRAIGHT[state]
    legal = sorted(allowed(CASE_MOVES, state))
    options = legal if step.kind == "legal" and legal else CASE_ACTIONS
    return options[step.draw % len(options)]


@SLOW
@given(walk=steps)
@example(walk=[Step("straight", 0, is_prepared=True)] * 10)  # from the first contact to erasure
async def test_a_walk_of_a_case_follows_the_rule_book(
    anna: Person, admin: Connection, walk: list[Step]
) -> None:
    file = CaseFile(anna, admin, "", CaseAction.EVALUATE)
    await file.reach(CaseState.REQUESTED)
    case = await anna.get(f"/v1/cases/{file.id}")
    for step in walk:
        if step.is_prepared:
            await prepare(file, case)
        case = await anna.get(f"/v1/cases/{file.id}")
        case = await take(file, case, chosen(step, case["state"]))


async def take(file: CaseFile, case: Any, action: str) -> Any:
    """Try one step; the case afterwards, whose every promise was kept."""
    state = case["state"]
    shown = {one["action"]: one for one in case["availableTransitions"]}
    assert set(shown) == allowed(CASE_MOVES, state)
    body = BODIES.get(CaseAction(action)) or None
    before = await stored(file.admin, OF_CASE, file.id)
    how: dict[str, Any] = {"version": case["version"]}
    path = f"/v1/cases/{file.id}/actions/{action}"
    if action not in shown:
        problem = await file.person.post(path, body, status=409, **how)
        assert set(problem["allowedActions"]) == allowed(CASE_MOVES, state)
        assert await stored(file.admin, OF_CASE, file.id) == before
        return case
    if not shown[action]["isOpen"]:
        problem = await file.person.post(path, body, status=422, **how)
        assert problem["guards"] == [one["id"] for one in shown[action]["blockedBy"]]
        assert await stored(file.admin, OF_CASE, file.id) == before
        return case
    assert action in DESPITE_RESTRICTION or not case["isProcessingRestricted"]
    after = await file.person.post(path, body, status=200, **how)
    assert after["state"] == CASE_MOVES[state, action] == shown[action]["to"]
    assert after["version"] == case["version"] + 1
    check_history(case, after, action)
    return after


def check_history(case: Any, after: Any, action: str) -> None:
    """The history grew by this one step; it is a chain from the beginning to now."""
    phases = after["phases"]
    assert phases[:-1] == case["phases"]
    assert (phases[-1]["action"], phases[-1]["toState"]) == (action, after["state"])
    assert phases[0]["fromState"] is None
    for one, following in pairwise(phases):
        assert following["fromState"] == one["toState"]


consent_steps = st.lists(
    st.tuples(st.sampled_from(CONSENT_ACTIONS), st.sampled_from([-1, 0, 0, 0, 1])),
    min_size=4,
    max_size=10,
)


@settings(SLOW, max_examples=50)
@given(begins_later=st.booleans(), walk=consent_steps)
async def test_a_walk_of_a_consent_follows_the_rule_book(
    anna: Person, admin: Connection, *, begins_later: bool, walk: list[tuple[str, int]]
) -> None:
    consent = Given(anna, admin)
    await consent.open()
    await consent.draft(day(2 if begins_later else 0))
    for action, shift in walk:
        if shift:  # the days pass: into the validity, or beyond its end
            await consent.move(begins=day(-9), ends=day(9 if shift > 0 else -1))
        await try_consent(consent, action)
    await check_trail(consent, (await consent.read())["state"])


async def try_consent(consent: Given, action: str) -> None:
    shown = await consent.read()
    state = shown["state"]
    is_later = shown["validFrom"] > day(0).isoformat()
    is_over = shown["validTo"] < day(0).isoformat()
    expected = CONSENT_MOVES.get((state, action))
    if (state, action) == ("DRAFT", "give") and is_later:
        expected = "SCHEDULED"
    fails = {
        "give": is_over,
        "schedule": not is_later,
        "activate": is_later or is_over,
        "expire": not is_over,
        "supersede": True,
    }.get(action, False)
    status = 409 if expected is None else 422 if fails else 200
    before = await stored(consent.admin, OF_CASE, consent.case_id)
    path = f"/v1/consents/{consent.id}/actions/{action}"
    body = body_of(ConsentAction(action), "") or None
    answer = await consent.person.post(path, body, version=shown["version"], status=status)
    if status == 200:
        assert (answer["state"], answer["version"]) == (expected, shown["version"] + 1)
    else:
        assert await stored(consent.admin, OF_CASE, consent.case_id) == before
        if status == 409:
            assert set(answer["allowedActions"]) == allowed(CONSENT_MOVES, state)


async def check_trail(consent: Given, state: str) -> None:
    """The audit log has every step once; they follow each other from the draft to now."""
    rows = await consent.admin.fetch(
        "select changes ->> 'from' as before, changes ->> 'to' as after from audit_entry"
        " where changes ->> 'consentId' = $1 order by at, id", consent.id,
    )  # fmt: skip
    reached = "DRAFT"
    for row in rows:
        assert row["before"] == reached
        reached = row["after"]
    assert reached == state
