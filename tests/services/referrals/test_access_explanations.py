"""Why somebody sees a referral: agrees with what its own GET answers, step by step."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from services.referrals.domain.access_rules import REFERRAL_RULES
from shared.kernel.clock import berlin_date, now
from shared.service.access_explanations import AccessExplanationView
from tests.explanations import agrees, codes, without_request
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import consent, referral
from tests.services.referrals.test_forwarding import application
from tests.services.referrals.test_proposals import ANONYMOUS

CONTENT = {"content", "disputedFields", "disputes", "secretCategories"}
TODAY = berlin_date(now()).isoformat()
WORK = {"assignedAt", "assignee", "escalatedTo"}
# What each side has of its own, so that one has it and the other has another or none.
OF_THE_SIDE = {"side", "allowedActions", "overlayActions", "caseId", "maskedFields"}
EVERYBODY = (
    "waf-jobcenter-system",
    "waf-case-manager",
    "waf-team-lead",
    "waf-coordinator",
    "waf-admin",
    "waf-dpo",
    "waf-funding-officer",
    "waf-b3-officer",
    "waf-jugendamt-system",
    "rheine-caritas-case-manager",
)


def covered(subject: str) -> dict[str, Any]:
    """A referral whose ground covers that its outcome is reported back."""
    return referral(subject, legalGround={"consent": consent(), "coversFeedback": True})


async def explained(desk: Desk, referral_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The referral as this desk reads it, and the explanation, which agrees."""
    document = await desk.read(referral_id)
    answer = await desk.get(f"/v1/access-explanations/{referral_id}")
    assert answer.status_code == 200, answer.text
    explanation: dict[str, Any] = answer.json()
    AccessExplanationView.model_validate(explanation)
    agrees(explanation, document)
    assert explanation["kind"] == "REFERRAL"
    assert sorted(document["maskedFields"]) == explanation["hiddenMembers"]
    listed = await desk.get(f"/v1/referrals?id={referral_id}")
    (row,) = listed.json()["items"]
    assert row["maskedFields"] == document["maskedFields"]
    return document, explanation


async def hidden(desk: Desk, other: Desk, referral_id: str) -> set[str]:
    """What is hidden from this desk: all that the other one reads and it does not is named."""
    document, explanation = await explained(desk, referral_id)
    theirs = await other.read(referral_id)
    named = set(explanation["hiddenMembers"])
    lacking = {key for key, value in theirs.items() if value not in (None, [])} - {
        key for key, value in document.items() if value not in (None, [])
    }
    assert lacking - OF_THE_SIDE <= named
    return named


async def test_a_referral_is_explained_exactly_to_who_reads_it(
    jobcenter: Desk, subject: str, desk_of: Callable[[str], Desk]
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    draft = (await jobcenter.post("/v1/referrals", referral(f"{subject}-d", submit=False))).json()
    readers = set()
    for persona in EVERYBODY:
        desk = desk_of(persona)
        nobodys = await desk.get(f"/v1/access-explanations/{uuid4()}")
        for one in (sent, draft):
            read = await desk.get(f"/v1/referrals/{one['id']}")
            asked = await desk.get(f"/v1/access-explanations/{one['id']}")
            assert asked.status_code == read.status_code, persona
            if asked.status_code == 200:
                readers.add((persona, one["id"]))
            else:
                assert without_request(asked.json()) == without_request(nobodys.json())
    assert readers == {
        ("waf-jobcenter-system", sent["id"]),
        ("waf-jobcenter-system", draft["id"]),
        ("waf-case-manager", sent["id"]),
        ("waf-team-lead", sent["id"]),
    }


async def test_each_side_learns_what_is_hidden_at_every_step(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", covered(subject))).json()
    assert await hidden(jobcenter, case_manager, sent["id"]) == WORK
    assert await hidden(case_manager, jobcenter, sent["id"]) == CONTENT | {"sending"}
    _, explanation = await explained(case_manager, sent["id"])
    assert codes(explanation, "hiddenBy") == {"content-before-acceptance", "grounds-of-the-sender"}

    pulled = await case_manager.step(sent, "pull")
    assigned = await case_manager.step(pulled, "assign", {"assignee": f"dev|{subject}"})
    assert await hidden(case_manager, jobcenter, sent["id"]) == CONTENT | {"sending"}
    assert await hidden(jobcenter, case_manager, sent["id"]) == WORK
    assert (await case_manager.read(sent["id"]))["assignee"] == f"dev|{subject}"

    await case_manager.step(assigned, "accept")
    assert await hidden(case_manager, jobcenter, sent["id"]) == {"sending"}
    document, explanation = await explained(case_manager, sent["id"])
    assert codes(explanation, "shownBy") == {"sent-to-own-unit", "content-accepted"}
    assert codes(explanation, "narrowedBy") == {"fields-of-the-manifest", "case-of-own-unit"}
    assert document["content"] is not None


async def test_deleted_content_is_said_to_be_deleted(jobcenter: Desk, subject: str) -> None:
    sent = (await jobcenter.post("/v1/referrals", covered(subject))).json()
    await jobcenter.step(sent, "withdraw", {"reason": "NO_LONGER_NEEDED"})
    _, explanation = await explained(jobcenter, sent["id"])
    assert "content-deleted" in codes(explanation, "hiddenBy")
    assert set(explanation["hiddenMembers"]) >= CONTENT


async def test_an_anonymous_consultation_is_read_before_acceptance(
    jobcenter: Desk, directory: None, subject: str, desk_of: Callable[[str], Desk]
) -> None:
    youth_office = desk_of("waf-jugendamt-system")
    sent = (await jobcenter.post("/v1/referrals", referral(subject, **ANONYMOUS))).json()
    assert await hidden(youth_office, jobcenter, sent["id"]) >= CONTENT
    await youth_office.step(sent, "pull")
    assert not await hidden(youth_office, jobcenter, sent["id"]) & CONTENT
    _, explanation = await explained(youth_office, sent["id"])
    assert "content-names-nobody" in codes(explanation, "shownBy")


async def test_who_passed_a_referral_on_sees_its_way_and_no_content(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", covered(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    assert await hidden(case_manager, jobcenter, sent["id"]) == CONTENT | WORK | {"sending"}
    _, explanation = await explained(case_manager, sent["id"])
    assert codes(explanation, "shownBy") == {"passed-on-by-own-unit"}


async def test_f17_an_authority_is_told_that_a_person_decided_on_each_field(
    case_manager: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    officer = desk_of("waf-b3-officer")
    answer = await case_manager.post("/v1/referrals", application(subject))
    assert answer.status_code == 201, answer.text
    sent = answer.json()
    assert await hidden(officer, case_manager, sent["id"]) == CONTENT | {"sending"}
    await officer.step(await officer.step(sent, "pull"), "accept")
    _, explanation = await explained(officer, sent["id"])
    (rule,) = [one for one in explanation["narrowedBy"] if one["code"] != "case-of-own-unit"]
    assert rule["code"] == "fields-of-the-decision"
    assert rule["basis"]["en"] == "§ 88 AufenthG, § 71 (2) SGB X"


@pytest.mark.parametrize("covers", [True, False])
async def test_an_outcome_that_the_ground_does_not_cover_is_hidden_from_the_sender(
    jobcenter: Desk, case_manager: Desk, subject: str, *, covers: bool
) -> None:
    body = covered(subject)
    body["legalGround"]["coversFeedback"] = covers
    sent = (await jobcenter.post("/v1/referrals", body)).json()
    taken = await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    begun = await case_manager.step(taken, "start-service", {"firstContactOn": TODAY})
    await case_manager.step(begun, "complete", {"outcome": "SERVICE_STARTED"})
    assert ("outcome" in await hidden(jobcenter, case_manager, sent["id"])) is not covers
    assert ((await jobcenter.read(sent["id"]))["outcome"] is None) is not covers
    assert (await case_manager.read(sent["id"]))["outcome"] == "SERVICE_STARTED"


def test_every_rule_has_a_code_of_its_own() -> None:
    assert len({rule.code for rule in REFERRAL_RULES}) == len(REFERRAL_RULES)
