"""A person's status over time, and the referral that a change of the body of law proposes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import orjson

from services.cases.api.schemas import timeline
from services.cases.api.schemas.case_timeline import CaseTimelinePage
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_reading import check
from tests.services.cases.conftest import Person, SignedIn

ASYLBLG = {"kind": "LEGAL_CIRCLE", "code": "ASYLBLG", "fromOn": "2022-03-15"}
CHANGE = {
    "fromCircle": "ASYLBLG",
    "toCircle": "SGB_II",
    "effectiveOn": "2022-06-01",
    "reason": "CHANGE_OF_LAW",
}


async def entries(anna: Person, person_id: str, **query: str) -> list[tuple[str, str, str | None]]:
    page = await anna.get(f"/v1/persons/{person_id}/timeline", sort="fromOn", **query)
    check(timeline.TimelinePage, page)
    return [(one["code"], one["fromOn"], one["toOn"]) for one in page["items"]]


async def test_a_correction_replaces_an_entry_and_keeps_what_was_believed(
    anna: Person, case: dict[str, Any]
) -> None:
    person = case["personId"]
    wrong = {"kind": "RESIDENCE", "code": "ASYLUM_PENDING", "fromOn": "2022-03-01"}
    entry = await anna.post(f"/v1/persons/{person}/timeline", wrong)
    check(timeline.TimelineEntryView, entry)
    assert (entry["source"], entry["isReplaced"]) == ("DATA_SUBJECT", False)
    right = {
        "code": "TEMP_PROTECTION",
        "fromOn": "2022-03-04",
        "source": "OTHER_BODY",
        "sourceBasis": "SGB_X_67A_2_NR_1",
        "reason": "NEW_EVIDENCE",
    }
    path = f"/v1/timeline-entries/{entry['id']}/actions/correct"
    corrected = await anna.post(path, right)
    assert (corrected["replacesId"], corrected["kind"]) == (entry["id"], "RESIDENCE")
    assert await entries(anna, person, isReplaced="false") == [
        ("TEMP_PROTECTION", "2022-03-04", None)
    ]
    assert await entries(anna, person) == [
        ("ASYLUM_PENDING", "2022-03-01", None),
        ("TEMP_PROTECTION", "2022-03-04", None),
    ]
    problem = await anna.post(path, right, status=409)
    assert problem["code"] == "entry-already-corrected"
    assert (await anna.get(f"/v1/persons/{person}"))["residenceGroup"] == "TEMP_PROTECTION"


async def test_ra3_a_status_without_title_cannot_be_recorded(
    anna: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/persons/{case['personId']}/timeline"
    none = {"kind": "RESIDENCE", "code": "NO_TITLE", "fromOn": "2022-03-01"}
    assert (await anna.post(path, none, status=422))["code"] == "code-unknown"
    hearsay = {**ASYLBLG, "source": "THIRD_PERSON"}
    assert (await anna.post(path, hearsay, status=422))["code"] == "source-basis-missing"
    assert (await anna.get(path))["items"] == []


async def test_a_change_of_the_body_of_law_moves_the_timeline_and_proposes_the_next_referral(
    anna: Person, case: dict[str, Any], database: Callable[[str], ServiceDatabase]
) -> None:
    person, path = case["personId"], f"/v1/persons/{case['personId']}"
    protection = {"kind": "RESIDENCE", "code": "TEMP_PROTECTION", "fromOn": "2022-03-04"}
    await anna.post(f"{path}/timeline", protection)
    await anna.post(f"{path}/timeline", ASYLBLG)
    kindergeld = {"kind": "LEGAL_CIRCLE", "code": "KINDERGELD", "fromOn": "2022-04-01"}
    await anna.post(f"{path}/timeline", kindergeld)
    change = await anna.post(f"{path}/legal-circle-changes", CHANGE)
    check(timeline.LegalCircleChangeView, change)
    assert await entries(anna, person, kind="LEGAL_CIRCLE", isReplaced="false") == [
        ("ASYLBLG", "2022-03-15", "2022-05-31"),
        ("KINDERGELD", "2022-04-01", None),
        ("SGB_II", "2022-06-01", None),
    ]
    page = await anna.get(f"/v1/cases/{case['id']}/referral-proposals", state="OPEN")
    check(timeline.ReferralProposalPage, page)
    assert [one["serviceCode"] for one in page["items"]] == [
        "LIVELIHOOD_BENEFITS",
        "JOB_PLACEMENT",
        "LANGUAGE_COURSE",
        "MIGRATION_COUNSELLING",
    ]
    assert page["items"][0]["legalCircles"] == ["ASYLBLG", "SGB_II"]
    assert set(page["items"][0]["reason"]) == {"de", "en"}
    connection = await asyncpg.connect(database("cases").relay_dsn)
    told = await connection.fetch(
        "select payload from outbox_message where subject = $1 and aggregate_id = $2",
        "kim.cases.legal-circle-changed.v1",
        person,
    )
    await connection.close()
    assert [orjson.loads(row["payload"])["data"] for row in told] == [
        {
            "changeId": change["id"],
            "personId": person,
            "tenantId": "05570",
            "unitId": "waf-cm",
            **CHANGE,
        }
    ]


async def test_a_proposal_is_taken_or_dismissed_once(anna: Person, case: dict[str, Any]) -> None:
    await anna.post(f"/v1/persons/{case['personId']}/legal-circle-changes", CHANGE)
    listed = f"/v1/cases/{case['id']}/referral-proposals"
    first, second, *_ = (await anna.get(listed))["items"]
    referral = str(uuid4())
    path = f"/v1/referral-proposals/{first['id']}/actions"
    taken = await anna.post(f"{path}/take", {"referralId": referral}, status=200)
    assert (taken["state"], taken["referralId"]) == ("TAKEN", referral)
    problem = await anna.post(f"{path}/dismiss", {"reason": "NOT_WANTED"}, status=409)
    assert problem["code"] == "transition-not-allowed"
    other = f"/v1/referral-proposals/{second['id']}/actions/dismiss"
    dismissed = await anna.post(other, {"reason": "ALREADY_IN_CARE"}, status=200)
    assert (dismissed["state"], dismissed["dismissReason"]) == ("DISMISSED", "ALREADY_IN_CARE")
    still_open = (await anna.get(listed, state="OPEN"))["items"]
    assert {first["id"], second["id"]}.isdisjoint({one["id"] for one in still_open})


async def test_a_case_with_restricted_processing_gets_no_proposals(
    anna: Person, case: dict[str, Any]
) -> None:
    await anna.act(case["id"], "restrict-processing", reason="Art. 18")
    await anna.post(f"/v1/persons/{case['personId']}/legal-circle-changes", CHANGE)
    assert (await anna.get(f"/v1/cases/{case['id']}/referral-proposals"))["items"] == []


async def test_a_change_into_the_same_body_of_law_is_refused_and_changes_nothing(
    anna: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/persons/{case['personId']}/legal-circle-changes"
    problem = await anna.post(path, {**CHANGE, "toCircle": "ASYLBLG"}, status=422)
    assert problem["code"] == "same-legal-circle"
    assert (await anna.get(path))["items"] == []
    assert await entries(anna, case["personId"]) == []


async def test_the_timeline_of_another_unit_is_not_there(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    entry = await anna.post(f"/v1/persons/{case['personId']}/timeline", ASYLBLG)
    stranger = signed_in("rheine-caritas-case-manager")
    paths = (
        f"/v1/persons/{case['personId']}/timeline",
        f"/v1/persons/{case['personId']}/legal-circle-changes",
        f"/v1/timeline-entries/{entry['id']}",
        f"/v1/cases/{case['id']}/referral-proposals",
    )
    for path in paths:
        assert (await stranger.get(path, status=404))["code"] == "not-found"
        await signed_in("waf-team-lead").get(path, status=403)
        await signed_in("waf-b3-officer").get(path, status=404)
    change = f"/v1/persons/{case['personId']}/legal-circle-changes"
    await stranger.post(change, CHANGE, status=404)


async def test_timelines_changes_and_proposals_of_several_persons_come_in_one_call(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    person = case["personId"]
    entry = await anna.post(f"/v1/persons/{person}/timeline", ASYLBLG)
    change = await anna.post(f"/v1/persons/{person}/legal-circle-changes", CHANGE)
    asked = f"{person},{uuid4()}"
    timelines = await anna.get("/v1/timeline-entries", **{"personId[in]": asked})
    check(timeline.TimelinePage, timelines)
    assert timelines["items"][0]["id"] == entry["id"]
    assert {one["personId"] for one in timelines["items"]} == {person}
    changes = await anna.get("/v1/legal-circle-changes", **{"personId[in]": asked})
    assert changes["items"] == [change]
    of_case = {"caseId[in]": f"{case['id']},{uuid4()}", "state": "OPEN"}
    proposals = (await anna.get("/v1/referral-proposals", **of_case))["items"]
    nested = (await anna.get(f"/v1/cases/{case['id']}/referral-proposals"))["items"]
    assert sorted(one["id"] for one in proposals) == sorted(one["id"] for one in nested)
    stranger = signed_in("rheine-caritas-case-manager")
    for path, query in (
        ("timeline-entries", {"personId[in]": asked}),
        ("legal-circle-changes", {"personId[in]": asked}),
        ("referral-proposals", of_case),
    ):
        assert (await stranger.get(f"/v1/{path}", 200, **query))["items"] == []


async def test_a_cases_timeline_tells_of_every_kind_and_hides_the_case_from_strangers(
    anna: Person, case: dict[str, Any], signed_in: SignedIn
) -> None:
    path = f"/v1/cases/{case['id']}/timeline"
    await anna.act(case["id"], "assign")
    await anna.post(f"/v1/persons/{case['personId']}/timeline", ASYLBLG)
    await anna.post(f"/v1/cases/{case['id']}/documents", {"title": "Bescheid", "kind": "DECISION"})
    page = await anna.get(path)
    check(CaseTimelinePage, page)
    assert [one["kind"] for one in page["items"]] == ["DOCUMENT", "STATUS", "PHASE", "PHASE"]
    status = page["items"][1]
    assert (status["onDate"], status["details"]["code"]) == ("2022-03-15", "ASYLBLG")
    only = await anna.get(path, 200, **{"kind[in]": "STATUS,DOCUMENT", "sort": "at"})
    assert [one["kind"] for one in only["items"]] == ["STATUS", "DOCUMENT"]
    older = await anna.get(path, 200, **{"at[lt]": status["at"]})
    assert {one["kind"] for one in older["items"]} == {"PHASE"}
    assert (await anna.get(path, 400, kind="HOROSCOPE"))["code"] == "filter-unreadable"
    stranger = signed_in("rheine-caritas-case-manager")
    assert (await stranger.get(path, 404))["code"] == "not-found"
