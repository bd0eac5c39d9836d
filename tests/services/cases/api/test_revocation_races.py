"""A consent is revoked while something is disclosed under it: one order, never both at once.

Parallel requests, each in a transaction of its own on its own connection (R-C5, K5).
"""

import asyncio
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.services.cases.conftest import Person, actor_of, consent_for, today


@pytest.fixture
async def receiver(bernd: Person) -> str:
    return await actor_of(bernd, "manager-2")


async def given(anna: Person, case: dict[str, Any], **terms: Any) -> dict[str, Any]:
    body = consent_for(case["personId"], **terms)
    drafted = await anna.post(f"/v1/cases/{case['id']}/consents", body)
    return await anna.give(drafted)


async def post(
    person: Person, path: str, body: object = None, version: int | None = None
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": uuid4().hex}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return await person.client.post(path, json=body, headers=headers)


def revoke(person: Person, consent: dict[str, Any]) -> Any:
    path = f"/v1/consents/{consent['id']}/actions/revoke"
    return post(person, path, version=consent["version"])


async def require_one_order(
    anna: Person, consent: dict[str, Any], disclosed: httpx.Response, recorded: list[Any]
) -> None:
    """Either the disclosure came first and is recorded before the revocation, or it is refused
    and nothing of it is there.
    """
    after = await anna.get(f"/v1/consents/{consent['id']}")
    assert after["state"] == "REVOKED"
    if disclosed.is_success:
        [one] = recorded
        moments = [datetime.fromisoformat(at) for at in (one["recordedAt"], after["revokedAt"])]
        assert moments == sorted(moments)
    else:
        assert disclosed.status_code == 422, disclosed.text
        assert recorded == []


@pytest.mark.parametrize("turn", range(6))
async def test_f19_revocation_and_conference_at_once_have_one_order(
    anna: Person, bernd: Person, case: dict[str, Any], turn: int
) -> None:
    consent = await given(
        anna, case,
        purpose="CASE_CONFERENCE", dataCategories=["LANGUAGE"], recipientUnit="waf-jobcenter",
    )  # fmt: skip
    told = {
        "unit": "waf-jobcenter",
        "unitType": "JOBCENTER_ACTIVE",
        "basis": "CONSENT",
        "consentId": consent["id"],
        "fieldsDisclosed": ["LANGUAGE"],
    }
    conference = {
        "heldOn": today(),
        "topics": ["LANGUAGE"],
        "extract": "Eine Person wartet auf einen Kurs.",
        "participants": [told],
    }
    path = f"/v1/cases/{case['id']}/conferences"
    both = [post(anna, path, conference), revoke(bernd, consent)]
    answers = await asyncio.gather(*(both if turn % 2 else reversed(both)))
    disclosed, revoked = answers if turn % 2 else reversed(answers)
    assert revoked.status_code == 200, revoked.text
    await require_one_order(anna, consent, disclosed, (await anna.get(path))["items"])


@pytest.mark.parametrize("turn", range(6))
async def test_f19_revocation_and_hand_on_at_once_have_one_order(
    anna: Person, bernd: Person, case: dict[str, Any], receiver: str, turn: int
) -> None:
    consent = await given(anna, case, purpose="HAND_ON_ENTRUSTED", dataCategories=["HOUSING"])
    body = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    hand_on = {
        "reason": "CONSENT_OF_ENTRUSTER",
        "justification": "Vertretung.",
        "receiver": receiver,
        "dataCategories": ["HOUSING"],
        "consentId": consent["id"],
    }
    path = f"/v1/notes/{note['id']}"
    both = [post(anna, f"{path}/actions/hand-on", hand_on), revoke(bernd, consent)]
    answers = await asyncio.gather(*(both if turn % 2 else reversed(both)))
    disclosed, revoked = answers if turn % 2 else reversed(answers)
    assert revoked.status_code == 200, revoked.text
    recorded = (await anna.get(f"{path}/releases"))["items"]
    await require_one_order(anna, consent, disclosed, recorded)
    await bernd.get(path, status=200 if disclosed.is_success else 404)


async def test_f19_after_the_revocation_neither_is_possible(
    anna: Person, case: dict[str, Any], receiver: str
) -> None:
    consent = await given(anna, case, purpose="HAND_ON_ENTRUSTED", dataCategories=["HOUSING"])
    assert (await revoke(anna, consent)).status_code == 200
    body = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    hand_on = {
        "reason": "CONSENT_OF_ENTRUSTER",
        "justification": "Vertretung.",
        "receiver": receiver,
        "dataCategories": ["HOUSING"],
        "consentId": consent["id"],
    }
    answer = await post(anna, f"/v1/notes/{note['id']}/actions/hand-on", hand_on)
    assert answer.json()["guards"] == ["consent-covers-hand-on"]
