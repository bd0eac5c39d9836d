"""Lists of parts over many referrals show what stands below each, to whom it stands there."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.services.referrals.test_attachments import PDF, announced, upload

LISTS = {
    "amendments": "/v1/referral-amendments",
    "events": "/v1/referral-events",
    "messages": "/v1/referral-messages",
    "proposals": "/v1/referral-proposals",
    "attachments": "/v1/attachments",
    "disclosures": "/v1/disclosures",
}


@pytest.fixture
async def two(jobcenter: Desk, case_manager: Desk, subject: str) -> list[str]:
    """Two accepted referrals with one part of each kind."""
    ids = []
    for number in range(2):
        draft = (
            await jobcenter.post(
                "/v1/referrals", referral(f"{subject}-{number}", submit=False, language="ukr")
            )
        ).json()
        file = await announced(jobcenter, draft["id"])
        assert (await upload(jobcenter, file["id"], PDF)).status_code == 200
        sent = await jobcenter.step(draft, "submit")
        pulled = await case_manager.step(sent, "pull")
        amended = await jobcenter.step(pulled, "amend", {"reason": "CORRECTION", "language": "tur"})
        proposed = await case_manager.step(
            amended, "propose", {"noteCode": "CAPACITY_FROM_DATE", "startsOn": "2099-01-01"}
        )
        declined = await jobcenter.step(proposed, "answer-proposal", {"accept": False})
        said = await jobcenter.post(f"/v1/referrals/{sent['id']}/messages", {"body": "Gut so."})
        assert said.status_code == 201
        await case_manager.step(declined, "accept")
        ids.append(sent["id"])
    return ids


async def below_each(desk: Desk, part: str, ids: list[str]) -> list[Any]:
    pages = [await desk.get(f"/v1/referrals/{one}/{part}") for one in ids]
    return [item for page in pages if page.status_code == 200 for item in page.json()["items"]]


@pytest.mark.parametrize("part", LISTS)
async def test_one_call_tells_what_stands_below_each_referral(
    jobcenter: Desk, case_manager: Desk, two: list[str], part: str
) -> None:
    for desk in (jobcenter, case_manager):
        one_by_one = await below_each(desk, part, two)
        answer = await desk.get(f"{LISTS[part]}?referralId[in]={','.join(two)}&sort=id")
        assert answer.status_code == 200, answer.text
        expected = sorted(one_by_one, key=lambda one: one["id"])
        assert answer.json()["items"] == expected
        assert {one["referralId"] for one in expected} == set(two)


@pytest.mark.parametrize("part", LISTS)
async def test_no_other_unit_is_told_anything_of_it(
    two: list[str], part: str, desk_of: Callable[[str], Desk]
) -> None:
    path = f"{LISTS[part]}?referralId[in]={','.join(two)}"
    for persona in ("waf-b3-officer", "waf-jugendamt-system", "rheine-caritas-case-manager"):
        answer = await desk_of(persona).get(path)
        if answer.status_code != 403:
            assert (answer.status_code, answer.json()["items"]) == (200, []), persona
    assert (await desk_of("waf-coordinator").get(path)).status_code == 403


async def test_files_are_not_told_before_acceptance(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    draft = (await jobcenter.post("/v1/referrals", referral(subject, submit=False))).json()
    file = await announced(jobcenter, draft["id"])
    assert (await upload(jobcenter, file["id"], PDF)).status_code == 200
    sent = await jobcenter.step(draft, "submit")
    for part in ("attachments", "disclosures"):
        path = f"{LISTS[part]}?referralId={sent['id']}"
        assert len((await jobcenter.get(path)).json()["items"]) == 1
        assert (await case_manager.get(path)).json()["items"] == []
