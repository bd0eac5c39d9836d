"""What follows the sending, through the one door: changes, messages, holds, proposals, notices."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import LATER, SUBMIT, change, mutation, new_referral, step
from tests.gateway.working import done, tried

JOBCENTER, CARITAS = "st-jobcenter-system", "rheine-caritas-case-manager"
OUTSIDER, ABH = "rheine-lernen-foerdern-case-manager", "rheine-b3-officer"
REFERRAL = "ReferralSuccess referral { id version state heldSince holdReason openProposalId }"
WHOLE = """query($id: ID!) { referral(id: $id) {
  id version state overlayActions contentVersion holdReason assignee followsId
  amendments { number reason changedFields actorUnit versionBefore versionAfter }
  messages { number body side authorUnit readAt }
  counterProposals { state noteCode startsOn proposedByUnit }
  notices { id version kind answer senderUnit recipientUnit referral { id } }
  disclosures { fields recipientUnit contentVersion }
  attachments { name }
  steps { type fromState toState }
  clocks { expiresAt remindAt heldSince holdReason escalateAt }
} }"""
EVERY_PART = """query($first: Int!) { referralInbox(first: $first) { edges { node {
  amendments { number } messages { number } counterProposals { state } notices { kind }
  attachments { name } disclosures { fields } clocks { expiresAt }
  sender { nameDe } recipient { nameEn } } } } }"""


async def sent(as_: As, **changes: Any) -> Any:
    answer = await change(as_(JOBCENTER), SUBMIT, **new_referral(**changes))
    assert answer["__typename"] == "ReferralSuccess", answer
    return answer["referral"]


async def pulled(as_: As, **changes: Any) -> Any:
    referral = await sent(as_, **changes)
    return (await step(as_(CARITAS), "pullReferral", "ReferralStepInput", referral))["referral"]


async def accepted(as_: As) -> Any:
    referral = await pulled(as_)
    return (await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", referral))["referral"]


async def whole(asker: Asker, referral: Any) -> Any:
    return (await asker.data(WHOLE, id=referral["id"]))["referral"]


def of(referral: Any, **more: Any) -> dict[str, Any]:
    return {"referralId": referral["id"], "expectedVersion": referral["version"], **more}


async def test_both_sides_write_and_read_one_thread(as_: As) -> None:
    referral = await pulled(as_)
    posted = "ReferralMessageSuccess posted { number side readAt }"
    asked = {"referralId": referral["id"], "body": "Gibt es einen Termin am Vormittag?"}
    assert await done(as_(CARITAS), "postReferralMessage", posted, **asked) == {
        "number": 1,
        "side": "RECIPIENT",
        "readAt": None,
    }
    told = {"referralId": referral["id"], "body": "Dienstags."}
    assert (await done(as_(JOBCENTER), "postReferralMessage", posted, **told))["number"] == 2
    read = await done(
        as_(JOBCENTER),
        "markReferralMessagesRead",
        "MessagesReadSuccess messages { upTo read }",
        referralId=referral["id"],
        upTo=2,
    )
    assert read == {"upTo": 2, "read": 1}
    threads = [(await whole(as_(one), referral))["messages"] for one in (CARITAS, JOBCENTER)]
    assert threads[0] == threads[1]
    assert [one["body"] for one in threads[0]] == [asked["body"], told["body"]]
    assert [one["readAt"] is not None for one in threads[0]] == [True, False]


async def test_a_message_that_names_somebody_before_acceptance_is_refused(as_: As) -> None:
    referral = await pulled(as_)
    refused = await tried(
        as_(JOBCENTER),
        "postReferralMessage",
        "",
        referralId=referral["id"],
        body="Frau AYDOGAN kommt am Montag.",
    )
    assert (refused["__typename"], refused["code"]) == ("ValidationError", "names-a-person")
    assert (await whole(as_(CARITAS), referral))["messages"] == []


async def test_a_hold_stops_the_clocks_and_is_seen_by_both_sides(as_: As) -> None:
    referral = await pulled(as_)
    held = await done(
        as_(CARITAS), "holdReferral", REFERRAL, **of(referral, reason="WAITING_FOR_PERSON")
    )
    assert held["holdReason"] == "WAITING_FOR_PERSON"
    again = await tried(as_(CARITAS), "holdReferral", "", **of(held, reason="WAITING_FOR_PERSON"))
    assert (again["__typename"], again["code"]) == ("ConflictError", "already-on-hold")
    seen = await whole(as_(JOBCENTER), referral)
    assert seen["clocks"]["holdReason"] == "WAITING_FOR_PERSON"
    assert seen["clocks"]["heldSince"] == held["heldSince"]
    stale = await step(as_(CARITAS), "resumeReferral", "ReferralStepInput", referral)
    assert (stale["__typename"], stale["currentVersion"]) == ("StaleVersionError", held["version"])
    assert (await whole(as_(CARITAS), referral))["holdReason"] == "WAITING_FOR_PERSON"
    await step(as_(CARITAS), "resumeReferral", "ReferralStepInput", held)
    assert (await whole(as_(CARITAS), referral))["clocks"]["heldSince"] is None


async def test_an_amendment_is_told_by_its_paths_to_both_sides(as_: As) -> None:
    referral = await pulled(as_)
    amended = await done(
        as_(JOBCENTER), "amendReferral", REFERRAL, **of(referral, reason="ADDITION", language="ukr")
    )
    assert amended["version"] > referral["version"]
    for side in (JOBCENTER, CARITAS):
        (one,) = (await whole(as_(side), referral))["amendments"]
        assert (one["number"], one["reason"], one["changedFields"]) == (1, "ADDITION", ["language"])
    nothing = await tried(
        as_(JOBCENTER), "amendReferral", "", **of(amended, reason="ADDITION", language="ukr")
    )
    assert (nothing["__typename"], nothing["code"]) == ("ValidationError", "nothing-amended")


async def test_a_counter_proposal_blocks_acceptance_until_it_is_answered(as_: As) -> None:
    referral = await pulled(as_)
    proposed = await done(
        as_(CARITAS),
        "proposeOtherService",
        REFERRAL,
        **of(referral, noteCode="CAPACITY_FROM_DATE", startsOn=LATER),
    )
    blocked = await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", proposed)
    assert (blocked["__typename"], blocked["code"]) == ("ConflictError", "proposal-open")
    declined = await done(
        as_(JOBCENTER), "answerCounterProposal", REFERRAL, **of(proposed, accept=False)
    )
    assert declined["openProposalId"] is None
    (one,) = (await whole(as_(JOBCENTER), referral))["counterProposals"]
    assert (one["state"], one["startsOn"]) == ("DECLINED", LATER)
    done_ = await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", declined)
    assert done_["referral"]["state"] == "ACCEPTED"


async def test_who_works_on_it_is_the_recipients_own(as_: As) -> None:
    referral = await pulled(as_)
    await done(
        as_(CARITAS), "assignReferralInside", REFERRAL, **of(referral, assignee="dev|somebody")
    )
    mine = (await whole(as_(CARITAS), referral))["assignee"]
    assert (mine, (await whole(as_(JOBCENTER), referral))["assignee"]) == ("dev|somebody", None)


async def test_a_refused_referral_is_answered_by_a_corrected_copy(as_: As) -> None:
    referral = await pulled(as_)
    rejected = await step(
        as_(CARITAS),
        "rejectReferral",
        "RejectReferralInput",
        referral,
        problems=[{"reason": "CAPACITY"}],
    )
    copy = await done(
        as_(JOBCENTER), "answerRejection", REFERRAL, **of(rejected["referral"], submit=False)
    )
    seen = await whole(as_(JOBCENTER), copy)
    assert (seen["followsId"], seen["state"]) == (referral["id"], "DRAFT")


async def test_a_notice_waits_for_the_answer_that_fits(as_: As) -> None:
    referral = await accepted(as_)
    fields = "ReferralNoticeSuccess notice { id version kind answer }"
    raised = await done(
        as_(JOBCENTER),
        "raiseReferralNotice",
        fields,
        referralId=referral["id"],
        kind="DATA_CORRECTED",
    )
    given = {"noticeId": raised["id"], "expectedVersion": raised["version"]}
    wrong = await tried(as_(CARITAS), "acknowledgeReferralNotice", "", **given, answer="DELETED")
    assert (wrong["__typename"], wrong["code"]) == ("ValidationError", "answer-does-not-fit")
    (open_,) = (await whole(as_(CARITAS), referral))["notices"]
    assert (open_["answer"], open_["version"]) == (None, raised["version"])
    answered = await done(
        as_(CARITAS), "acknowledgeReferralNotice", fields, **given, answer="CORRECTED"
    )
    assert answered["answer"] == "CORRECTED"
    query = """query($filter: ReferralNoticeFilter) { referralNotices(filter: $filter) {
      edges { node { id answer referral { id } } } } }"""
    asked = {"filter": {"referralId": [referral["id"]]}}
    for side, seen in ((CARITAS, 1), (JOBCENTER, 1), (OUTSIDER, 0)):
        edges = (await as_(side).data(query, **asked))["referralNotices"]["edges"]
        assert len(edges) == seen, side


async def test_a_draft_is_replaced_on_the_version_seen(as_: As) -> None:
    draft = mutation(
        "draftReferral", "NewReferralInput", f"... on {REFERRAL.replace(' ', ' {', 1)} }}"
    )
    made = (await change(as_(JOBCENTER), draft, **new_referral()))["referral"]
    replaced = await done(
        as_(JOBCENTER), "replaceReferralDraft", REFERRAL, **of(made), **new_referral()
    )
    assert replaced["version"] > made["version"]
    stale = await tried(as_(JOBCENTER), "replaceReferralDraft", "", **of(made), **new_referral())
    assert stale["__typename"] == "StaleVersionError"


async def test_a_revoked_declaration_withdraws_what_is_open_under_it(as_: As) -> None:
    reference = f"gql-{uuid4().hex[:10]}"
    given = new_referral()
    given["legalGround"]["consent"]["reference"] = reference
    referral = (await change(as_(JOBCENTER), SUBMIT, **given))["referral"]
    revoked = await done(
        as_(JOBCENTER),
        "reportConsentRevocation",
        "ConsentRevocationSuccess revocation { withdrawn }",
        consentReference=reference,
    )
    assert revoked == {"withdrawn": 1}
    assert (await whole(as_(JOBCENTER), referral))["state"] == "WITHDRAWN"


async def test_other_units_and_authorities_see_nothing_of_it(as_: As) -> None:
    referral = await accepted(as_)
    said = {"referralId": referral["id"], "body": "Bitte anrufen."}
    await done(as_(CARITAS), "postReferralMessage", "ReferralMessageSuccess posted { id }", **said)
    for stranger in (OUTSIDER, ABH):
        assert await whole(as_(stranger), referral) is None
        inbox = await as_(stranger).data(EVERY_PART, first=100)
        assert all(edge["node"]["messages"] == [] for edge in inbox["referralInbox"]["edges"])
        refused = await tried(as_(stranger), "postReferralMessage", "", **said)
        assert refused["__typename"] == "NotFoundError"
        kept = await tried(
            as_(stranger), "holdReferral", "", **of(referral, reason="PERSON_ABSENT")
        )
        assert kept["__typename"] == "NotFoundError"
    assert len((await whole(as_(CARITAS), referral))["messages"]) == 1


@pytest.mark.parametrize("first", [1, 3, 50])
async def test_every_part_of_a_list_of_referrals_is_read_in_one_call_each(
    as_: As, first: int
) -> None:
    for _ in range(3 if first == 1 else 0):
        await pulled(as_)
    answer = await as_(CARITAS).ask(EVERY_PART, first=first)
    assert "errors" not in answer, answer
    assert len(answer["data"]["referralInbox"]["edges"]) >= min(first, 3)
    for edge in answer["data"]["referralInbox"]["edges"]:
        assert edge["node"]["sender"]["nameDe"]
        assert "Caritas" in edge["node"]["recipient"]["nameEn"]
    # The list, one call for each of the six kinds of parts, and one for all the units.
    assert answer["extensions"]["upstreamCalls"] == 8
