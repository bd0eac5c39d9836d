"""What the sender declares of a sealed referral is judged; what cannot be judged does not go."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, consent
from tests.services.referrals.sealed.envelopes import PATHS, Holder, sealed_for, sealed_paper
from tests.services.referrals.sealed.test_sealed_referrals import COUNTS, SEALED
from tests.services.referrals.test_disclosures import decision
from tests.services.referrals.test_forwarding import traces


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"legalGround": None}, "legal-ground-is-given"),
        ({"contentFields": [*PATHS, "health.summary"]}, "content-is-minimal"),
        ({"contentFields": [*PATHS, "contact.phone"]}, "consent-covers-categories"),
        ({"contentFields": ["need.summary"]}, "content-is-complete"),
        ({"disputedFields": ["identity.nationalities"]}, "disputes-are-carried"),
        ({"secretCategories": ["need"]}, "secrecy-is-released"),
        ({"mode": "ANONYMOUS_CONSULT", "legalGround": None}, "names-nobody"),
        ({"recipientUnit": "waf-cm-nord"}, "service-is-offered"),
    ],
)
async def test_what_is_declared_is_judged_as_if_it_were_open(
    case_manager: Desk,
    holder: Holder,
    subject: str,
    owner: Any,
    changes: dict[str, Any],
    guard: str,
) -> None:
    paper = sealed_paper(subject, sealed_for(holder)) | changes
    if paper["mode"] == "ANONYMOUS_CONSULT":
        paper |= {"contentFields": ["need.summary"], "place": {"ags": "05570044"}}
    paper["categories"] = sorted({path.split(".")[0] for path in paper["contentFields"]})
    before = await owner.fetchrow(COUNTS)
    refused = await case_manager.post(SEALED, paper)
    expected = "jwe-unacceptable" if guard == "service-is-offered" else "guard-failed"
    assert (refused.status_code, refused.json()["code"]) == (422, expected), refused.text
    if expected == "guard-failed":
        assert guard in refused.json()["guards"]
    assert await owner.fetchrow(COUNTS) == before


@pytest.mark.parametrize(
    "changes",
    [
        {"contentFields": [*PATHS, "identity.taxNumber"]},
        {"contentFields": [*PATHS, "nothing.here"]},
        {"categories": ["identity"]},
        {"categories": [*sorted(CONTENT), "health"]},
    ],
)
async def test_a_declaration_that_does_not_fit_itself_is_refused(
    case_manager: Desk, holder: Holder, subject: str, owner: Any, changes: dict[str, Any]
) -> None:
    before = await owner.fetchrow(COUNTS)
    refused = await case_manager.post(SEALED, sealed_paper(subject, sealed_for(holder), **changes))
    assert (refused.status_code, refused.json()["code"]) == (422, "declaration-differs")
    assert await owner.fetchrow(COUNTS) == before


async def test_a_sealed_referral_never_goes_to_an_authority(
    case_manager: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    """Whatever is decided: what cannot be looked into cannot pass the gate."""
    papers = consent(
        "waf-abh", purpose="OWN_APPLICATION", categories=["identity", "languages", "need"]
    )
    before = await owner.fetchrow(COUNTS)
    for unit in ("waf-abh", "waf-ebh"):
        paper = sealed_paper(
            subject,
            sealed_for(holder),
            serviceCode="RESIDENCE_APPLICATION",
            purpose="OWN_APPLICATION",
            recipientUnit=unit,
            legalGround={"consent": papers | {"recipientUnit": unit}},
        )
        refused = await case_manager.post(SEALED, paper)
        assert (refused.status_code, refused.json()["code"]) == (422, "not-for-authorities")
        enclosed = paper | {"disclosureDecision": decision("")}
        assert (await case_manager.post(SEALED, enclosed)).json()["code"] == "fields-refused"
    assert await owner.fetchrow(COUNTS) == before


async def test_the_rules_choose_the_recipient_and_the_key_must_be_its(
    jobcenter: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    """Into the case management, which offers no key: what the rules choose decides, not the kid."""
    paper = sealed_paper(
        subject,
        sealed_for(holder),
        mode="ZUSTEUERUNG_IN",
        serviceCode="CASE_MANAGEMENT",
        legalGround={"consent": consent()},
    )
    routed = {name: value for name, value in paper.items() if name != "recipientUnit"}
    before = await owner.fetchrow(COUNTS)
    refused = await jobcenter.post(SEALED, routed)
    assert (refused.status_code, refused.json()["code"]) == (422, "jwe-unacceptable")
    nowhere = routed | {"serviceCode": "JOB_PLACEMENT"}
    unknown = await jobcenter.post(SEALED, nowhere)
    assert (unknown.status_code, unknown.json()["guards"]) == (422, ["recipient-is-known"])
    assert await owner.fetchrow(COUNTS) == before


async def test_the_unit_chosen_by_the_rules_reads_it(
    jobcenter: Desk, case_manager: Desk, stranger: Holder, subject: str, owner: Any
) -> None:
    await owner.execute(
        "insert into unit_key values (gen_random_uuid(), '05570', 'waf-cm', $1, 'enc', $2, $3,"
        " now() - interval '1 hour', now() + interval '1 hour', null, now(), 'test|x')",
        stranger.kid,
        stranger.public["n"],
        stranger.public["e"],
    )
    paper = sealed_paper(
        subject,
        sealed_for(stranger),
        mode="ZUSTEUERUNG_IN",
        serviceCode="CASE_MANAGEMENT",
        legalGround={"consent": consent()},
        recipientUnit=None,
    )
    answer = await jobcenter.post(SEALED, paper)
    await owner.execute("delete from unit_key where kid = $1", stranger.kid)
    assert (answer.status_code, answer.json()["recipientUnit"]) == (201, "waf-cm"), answer.text
    got = await case_manager.step(await case_manager.step(answer.json(), "pull"), "accept")
    path = f"/v1/referrals/{got['id']}/sealed-content"
    assert stranger.opens((await case_manager.get(path)).json()["jwe"]) == CONTENT


async def test_a_dry_run_tells_and_keeps_nothing(
    case_manager: Desk, holder: Holder, subject: str, owner: Any
) -> None:
    before = await owner.fetchrow(COUNTS)
    paper = sealed_paper(subject, sealed_for(holder))
    tried = await case_manager.post(f"{SEALED}?dryRun=true", paper)
    assert (tried.status_code, tried.json()["result"]["state"]) == (200, "SUBMITTED"), tried.text
    failing = await case_manager.post(f"{SEALED}?dryRun=true", paper | {"legalGround": None})
    assert failing.status_code == 422
    assert await owner.fetchrow(COUNTS) == before


async def test_a_sealed_referral_is_not_sent_twice(
    case_manager: Desk, holder: Holder, sent: dict[str, Any], subject: str, owner: Any
) -> None:
    before = await traces(owner, sent["id"])
    twice = await case_manager.post(SEALED, sealed_paper(subject, sealed_for(holder)))
    assert (twice.status_code, twice.json()["code"]) == (409, "referral-is-pending")
    assert await traces(owner, sent["id"]) == before
    assert datetime.now(UTC) > datetime.fromisoformat(sent["submittedAt"])
