"""Passing on inside one controller: no way round the rules of sending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME, consent, referral

APPLICATION = {"identity": CONTENT["identity"], "languages": CONTENT["languages"]}
DECISION: dict[str, Any] = {
    "ground": "CLIENT_CONSENT",
    "decidedBy": "u-head",
    "decidedAt": "2026-03-10T09:00:00Z",
    "fields": [
        "identity.familyName",
        "identity.givenNames",
        "identity.birthDate",
        "languages.spoken",
    ],
    "clientInformed": True,
    "reason": "Hilfe beim Antrag",
}


def application(subject: str, **changes: Any) -> dict[str, Any]:
    """The person's own application on residence, on its way to the foreigners authority."""
    papers = consent("waf-abh", purpose="OWN_APPLICATION", categories=["identity", "languages"])
    return (
        referral(
            subject,
            mode="ZUSTEUERUNG_OUT",
            serviceCode="RESIDENCE_APPLICATION",
            purpose="OWN_APPLICATION",
            topic="RESIDENCE_LAW",
            recipientUnit="waf-abh",
            content=APPLICATION,
            legalGround={"consent": papers},
            disclosureDecision=DECISION,
        )
        | changes
    )


async def traces(owner: Any, referral_id: str) -> tuple[Any, ...]:
    """Row, outbox and audit entries of changes: what a refusal must leave as it was."""
    row = await owner.fetchval("select r::text from referral r where id = $1", UUID(referral_id))
    events = await owner.fetchval(
        "select count(*) from outbox_message where aggregate_id = $1", UUID(referral_id)
    )
    steps = await owner.fetchval(
        "select count(*) from referral_event where referral_id = $1", UUID(referral_id)
    )
    changes = await owner.fetchval(
        "select count(*) from audit_entry where action <> 'read' and $1 = any(record_ids)",
        UUID(referral_id),
    )
    return row, events, steps, changes


@pytest.mark.parametrize(
    ("unit", "guards"),
    [
        ("waf-cm-abh", {"authority-gets-its-own-matters", "disclosure-is-decided"}),
        ("waf-cm-suspended", {"endpoint-is-active"}),
        ("waf-cm-uncommitted", {"commitment-78-is-signed"}),
        ("waf-jugendamt", {"controller-is-the-same"}),
    ],
)
async def test_what_could_not_be_sent_to_a_unit_is_not_forwarded_to_it(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any, unit: str, guards: set[str]
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    before = await traces(owner, pulled["id"])
    refused = await case_manager.act(pulled, "forward", {"recipientUnit": unit})
    assert (refused.status_code, refused.json()["code"]) == (422, "guard-failed")
    assert set(refused.json()["guards"]) == guards
    assert await traces(owner, pulled["id"]) == before


async def test_f17_forwarding_to_an_authority_of_the_same_controller_needs_its_decision(
    case_manager: Desk, desk_of: Callable[[str], Desk], subject: str, owner: Any
) -> None:
    sent = (await case_manager.post("/v1/referrals", application(subject))).json()
    officer = desk_of("waf-b3-officer")
    pulled = await officer.step(sent, "pull")
    before = await traces(owner, pulled["id"])
    refused = await officer.act(pulled, "forward", {"recipientUnit": "waf-ebh"})
    assert (refused.status_code, refused.json()["guards"]) == (422, ["disclosure-is-decided"])
    assert NAME not in refused.text
    assert await traces(owner, pulled["id"]) == before


async def test_the_person_signed_in_decided_whatever_the_body_says(
    case_manager: Desk, desk_of: Callable[[str], Desk], subject: str, owner: Any
) -> None:
    sent = (await case_manager.post("/v1/referrals", application(subject))).json()
    actor = await owner.fetchval(
        "select actor from audit_entry"
        " where action = 'referral-submitted' and $1 = any(record_ids)",
        UUID(sent["id"]),
    )
    decision = (await case_manager.read(sent["id"]))["sending"]["disclosureDecision"]
    assert (decision["decidedBy"], decision["reason"]) == (actor, "Hilfe beim Antrag")
    assert actor != "u-head"


async def test_a_system_says_which_of_its_people_decided(jobcenter: Desk, subject: str) -> None:
    statute = {
        "ground": "SGB_X_69_1_1",
        "decidedBy": "u-17",
        "decidedAt": "2026-03-10T09:00:00Z",
    }
    body = referral(subject, legalGround={"statutory": statute}, submit=False)
    draft = (await jobcenter.post("/v1/referrals", body)).json()
    ground = (await jobcenter.read(draft["id"]))["sending"]["legalGround"]
    assert ground["statutory"]["decidedBy"] == "u-17"
