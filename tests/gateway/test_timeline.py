"""Status over time and proposed referrals through the one door."""

from typing import Any

import pytest

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import change, mutation
from tests.gateway.test_people import ELSEWHERE, SAMIRA, invented

CASE = """query($id: ID!) { case(id: $id) {
  person {
    residenceGroup
    timeline { id kind code fromOn toOn isReplaced replacesId correctionReason }
    legalCircleChanges { fromCircle toCircle reason }
  }
  referralProposals { id serviceCode state dismissReason legalCircles reason { de en } }
} }"""
SUCCESS = {
    "recordStatus": "... on TimelineEntrySuccess { entry { id code source } }",
    "correctTimelineEntry": "... on TimelineEntrySuccess { entry { id replacesId kind } }",
    "recordLegalCircleChange": "... on LegalCircleChangeSuccess { change { id toCircle } }",
    "takeReferralProposal": "... on ReferralProposalSuccess { proposal { state } }",
    "dismissReferralProposal": "... on ReferralProposalSuccess { proposal { dismissReason } }",
}
CHANGE = {
    "fromCircle": "ASYLBLG",
    "toCircle": "SGB_II",
    "effectiveOn": "2022-06-01",
    "reason": "CHANGE_OF_LAW",
}


async def ask(asker: Asker, name: str, **given: Any) -> Any:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return await change(asker, mutation(name, kind, SUCCESS[name]), **given)


@pytest.fixture
async def case(as_: As) -> Any:
    fields = "... on CaseSuccess { case { id personId } }"
    client = {"familyName": invented("Melnyk"), "givenNames": "Iryna"}
    opened = await change(
        as_(SAMIRA),
        mutation("openCase", "OpenCaseInput", fields),
        origin="OUTREACH", municipalityAgs="05570044", isAreaResolved=True,
        members=[{"role": "CLIENT", "person": client}],
    )  # fmt: skip
    return opened["case"]


async def test_a_correction_stands_beside_what_was_believed(as_: As, case: Any) -> None:
    samira, person = as_(SAMIRA), case["personId"]
    wrong = await ask(
        samira, "recordStatus",
        personId=person, kind="RESIDENCE", code="ASYLUM_PENDING", fromOn="2022-03-01",
    )  # fmt: skip
    assert wrong["entry"]["source"] == "DATA_SUBJECT"
    right = {
        "entryId": wrong["entry"]["id"], "code": "TEMP_PROTECTION", "fromOn": "2022-03-04",
        "source": "OTHER_BODY", "sourceBasis": "SGB_X_67A_2_NR_1", "reason": "NEW_EVIDENCE",
    }  # fmt: skip
    corrected = await ask(samira, "correctTimelineEntry", **right)
    assert corrected["entry"]["replacesId"] == wrong["entry"]["id"]
    again = await ask(samira, "correctTimelineEntry", **right)
    assert (again["__typename"], again["code"]) == ("ConflictError", "entry-already-corrected")
    seen = (await samira.data(CASE, id=case["id"]))["case"]["person"]
    assert seen["residenceGroup"] == "TEMP_PROTECTION"
    assert [(one["code"], one["isReplaced"]) for one in seen["timeline"]] == [
        ("ASYLUM_PENDING", True),
        ("TEMP_PROTECTION", False),
    ]


async def test_hearsay_without_a_basis_is_refused_and_changes_nothing(as_: As, case: Any) -> None:
    refused = await ask(
        as_(SAMIRA), "recordStatus",
        personId=case["personId"], kind="LEGAL_CIRCLE", code="ASYLBLG", fromOn="2022-03-15",
        source="THIRD_PERSON",
    )  # fmt: skip
    assert (refused["__typename"], refused["code"]) == ("ValidationError", "source-basis-missing")
    assert (await as_(SAMIRA).data(CASE, id=case["id"]))["case"]["person"]["timeline"] == []


async def test_a_change_of_the_body_of_law_proposes_referrals_that_are_taken_or_dismissed(
    as_: As, case: Any
) -> None:
    samira = as_(SAMIRA)
    done = await ask(samira, "recordLegalCircleChange", personId=case["personId"], **CHANGE)
    assert done["change"]["toCircle"] == "SGB_II"
    answer = await samira.ask(CASE, id=case["id"])
    seen = answer["data"]["case"]
    # The case, its person and proposals, the person's timeline and changes.
    assert answer["extensions"]["upstreamCalls"] == 5
    assert [one["toCircle"] for one in seen["person"]["legalCircleChanges"]] == ["SGB_II"]
    first, second, *_ = seen["referralProposals"]
    assert first["legalCircles"] == ["ASYLBLG", "SGB_II"]
    assert set(first["reason"]) == {"de", "en"}
    taken = await ask(samira, "takeReferralProposal", proposalId=first["id"])
    assert taken["proposal"] == {"state": "TAKEN"}
    late = await ask(samira, "dismissReferralProposal", proposalId=first["id"], reason="NOT_WANTED")
    assert (late["__typename"], late["state"]) == ("ConflictError", "TAKEN")
    dismissed = await ask(
        samira, "dismissReferralProposal", proposalId=second["id"], reason="ALREADY_IN_CARE"
    )
    assert dismissed["proposal"] == {"dismissReason": "ALREADY_IN_CARE"}


async def test_many_timelines_and_proposals_take_one_call_each(as_: As, case: Any) -> None:
    samira = as_(SAMIRA)
    await ask(samira, "recordLegalCircleChange", personId=case["personId"], **CHANGE)
    query = """query($first: Int!) { cases(first: $first) { edges { node {
      referralProposals { state } person { timeline { code } legalCircleChanges { reason } }
    } } } }"""
    calls = [
        (await samira.ask(query, first=first))["extensions"]["upstreamCalls"] for first in (1, 10)
    ]
    assert calls == [5, 5]


async def test_another_unit_neither_sees_nor_changes_anything(as_: As, case: Any) -> None:
    stranger = as_(ELSEWHERE)
    refused = await ask(stranger, "recordLegalCircleChange", personId=case["personId"], **CHANGE)
    assert refused["__typename"] == "NotFoundError"
    assert await stranger.data(CASE, id=case["id"]) == {"case": None}
    assert (await as_(SAMIRA).data(CASE, id=case["id"]))["case"]["referralProposals"] == []
