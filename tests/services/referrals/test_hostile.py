"""Nothing a client sends is a fault of ours."""

import copy
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import consent, referral, steinfurt_rules, unit
from tests.services.referrals.test_signposting_api import SIGNPOST

HOSTILE: list[Any] = [
    None,
    "",
    " \u200b ",
    "\x00",
    "a\u0007b",
    "'; drop table referral; --",
    "x" * 70_000,
    "مريم",
    -1,
    10**30,
    1.5,
    True,
    [],
    {},
    [[]],
    {"": None},
    "2026-02-31",
    "0000-00-00",
]
FULL = referral(
    "HOSTILE-1",
    submit=False,
    disputedFields=["identity.birthDate"],
    secretCategories=["need"],
    ageBand="UNKNOWN",
    caseId="01a2013f-1b03-7324-ad6f-0024d258d046",
    recipientUnit="waf-cm",
    legalGround={
        "consent": consent(form="ORAL", formReason="am Telefon"),
        "statutory": {
            "ground": "KKG_4_3",
            "decidedBy": "u-1",
            "decidedAt": "2026-03-10T09:00:00Z",
        },
        "secrecyRelease": consent(),
        "coversFeedback": True,
    },
    disclosureDecision={
        "ground": "AUFENTHG_87_1",
        "decidedBy": "u-1",
        "decidedAt": "2026-03-10T09:00:00+01:00",
        "fields": ["identity.familyName"],
        "clientInformed": False,
        "reason": "Anfrage",
    },
    protectionSteps={
        "discussedWithFamily": True,
        "specialistConsulted": True,
        "familyInformed": True,
    },
    place={
        "ags": "05570044",
        "street": "Steinstraße",
        "houseNumber": "3",
        "district": "Mitte",
        "location": {"lon": 7.78, "lat": 51.98},
    },
)


def leaves(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(body, dict):
        for key, value in body.items():
            yield from leaves(value, (*path, key))
    elif isinstance(body, list) and body:
        yield from leaves(body[0], (*path, 0))


def with_value(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(body)
    part = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return changed


async def refuses_or_takes(desk: Desk, url: str, body: Any) -> None:
    for path in leaves(body):
        for value in HOSTILE:
            answer = await desk.post(url, with_value(body, path, value))
            assert answer.status_code in {201, 400, 409, 422}, (path, value, answer.text)
            if answer.status_code != 201:
                is_problem(answer)


def is_problem(answer: httpx.Response) -> None:
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance", "requestId"} <= set(answer.json())


async def test_a_referral_with_any_odd_value_is_refused_or_taken(jobcenter: Desk) -> None:
    await refuses_or_takes(jobcenter, "/v1/referrals", FULL)


async def test_a_directory_entry_with_any_odd_value_is_refused_or_taken(
    coordinator: Desk,
) -> None:
    await refuses_or_takes(coordinator, "/v1/org-units", unit("odd-unit"))


async def test_a_signposting_with_any_odd_value_is_refused_or_taken(case_manager: Desk) -> None:
    await refuses_or_takes(case_manager, "/v1/signpostings", SIGNPOST)


async def test_routing_rules_with_any_odd_value_are_refused_or_taken(coordinator: Desk) -> None:
    # They begin far in the future, so that no other test meets them.
    rules = steinfurt_rules()["rules"][:1]
    rules[0]["unitId"] = "nobody-here"
    await refuses_or_takes(
        coordinator, "/v1/routing-rules", {"validFrom": "2099-01-01", "rules": rules}
    )


@pytest.mark.parametrize(
    "path",
    [
        "/v1/referrals/not-a-uuid",
        "/v1/referrals/01a2013f-1b03-7324-ad6f-0024d258d046%00",
        "/v1/inbox?state=%00",
        "/v1/inbox?after=%F0%9F%92%A3",
        "/v1/inbox?createdAt[gte]=yesterday",
        "/v1/inbox?id[in]=1,2",
        "/v1/outbox?first=99999999999999999999",
        "/v1/events?after=WyJhIiwiYiJd",
        "/v1/referrals?caseId=x",
        "/v1/org-units/%00",
        "/v1/routing-rules/99999999999999999999",
        "/v1/routing?service=CASE_MANAGEMENT&address=%00&municipality=05570044",
        "/v1/routing?service=CASE_MANAGEMENT&address=x&municipality=05570044&lon=nan&lat=1",
        "/v1/code-lists/..%2F..",
        "/v1/nothing-here",
    ],
)
async def test_an_odd_question_gets_a_problem_or_an_answer(case_manager: Desk, path: str) -> None:
    answer = await case_manager.get(path)
    assert answer.status_code in {200, 400, 404, 422}
    if answer.status_code != 200:
        is_problem(answer)


@pytest.mark.parametrize(
    "action", ["pull", "accept", "reject", "forward", "withdraw", "start-service", "complete"]
)
async def test_a_step_with_an_odd_body_is_refused(
    jobcenter: Desk, case_manager: Desk, subject: str, action: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    odd: list[Any] = [
        "text",
        7,
        [],
        {"x": 1},
        {"problems": {}},
        {"reason": []},
        {"outcome": "\x00"},
    ]
    for body in odd:
        answer = await case_manager.act(sent, action, body)
        assert answer.status_code in {200, 400, 403, 409, 412, 422}
    for etag in ('"x"', "7", '"99999999999999999999"', "*"):
        path = f"/v1/referrals/{sent['id']}/actions/{action}"
        answer = await case_manager.post(path, {}, If_Match=etag)
        assert answer.status_code in {400, 403, 409, 412, 422}
