"""Awards through the service: recording, versions, steps, four eyes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from services.funding.api.schemas.award_views import AwardPage, AwardVersionPage, AwardView
from services.funding.api.schemas.fields import PossibleActions
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk
from tests.services.funding.papers import (
    WARENDORF_AWARD,
    award,
    case_management,
    line,
)
from tests.services.funding.proofs.year import accepted
from tests.services.funding.steps import active, granted


async def test_an_award_is_recorded_with_its_lines_and_posts_in_one_request(
    officer: Desk,
) -> None:
    recorded = await officer.create("/v1/awards", WARENDORF_AWARD)

    AwardView.model_validate(recorded)
    assert (recorded["state"], recorded["version"], recorded["kind"]) == ("EXPECTED", 1, "ORIGINAL")
    assert recorded["allowedActions"] == ["apply", "grant"]
    assert recorded["territory"] == {"included": [{"key": "05570", "part": ""}], "excluded": []}
    assert [one["fundingLine"] for one in recorded["lines"][:3]] == [
        "B1_COORDINATION",
        "B2_CASE_MANAGEMENT",
        "B3_FOREIGNERS_NATURALISATION",
    ]
    posts = await officer.read("/v1/positions", awardId=recorded["id"])
    assert [(one["postType"], one["approvedFte"]) for one in posts["items"]] == [
        ("COORDINATION", "3.50"),
        ("ADMINISTRATION", "0.50"),
    ]
    assert await officer.read(f"/v1/awards/{recorded['id']}") == recorded
    page = await officer.read("/v1/awards", **{"id[in]": recorded["id"]})
    AwardPage.model_validate(page)
    assert page["items"] == [recorded]


async def test_a_total_other_than_the_sum_is_refused_and_nothing_is_stored(
    officer: Desk,
) -> None:
    answer = await officer.send("POST", "/v1/awards", WARENDORF_AWARD | {"total": "1252800.00"})

    assert (answer.status_code, answer.json()["code"]) == (422, "award-content-wrong")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/total"]
    assert (await officer.read("/v1/awards"))["items"] == []
    assert (await officer.read("/v1/positions"))["items"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "ANSCHLUSS"}, "follow-up-unclear"),
        ({"kind": "AENDERUNG"}, "version-out-of-order"),
        ({"kind": "ANSCHLUSS", "followsAwardId": str(uuid4())}, "predecessor-unknown"),
        ({"total": 1222800}, "fields-refused"),
        ({"total": "1222800"}, "fields-refused"),
        ({"total": "-1.00"}, "fields-refused"),
        ({"fiscalYear": "2022"}, "fields-refused"),
        ({"validTo": "2021-12-31"}, "fields-refused"),
        ({"lines": []}, "fields-refused"),
        ({"tenantId": "05566"}, "fields-refused"),
    ],
)
async def test_an_award_that_contradicts_itself_is_refused(
    officer: Desk, change: dict[str, Any], code: str
) -> None:
    answer = await officer.send("POST", "/v1/awards", WARENDORF_AWARD | change)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await officer.read("/v1/awards"))["items"] == []


async def test_posts_that_do_not_add_up_to_their_line_are_refused(officer: Desk) -> None:
    posts = [{"postType": "CASE_MANAGEMENT", "approvedFte": "13.00"}]
    b2 = line("b2", "B2_CASE_MANAGEMENT", "770000.00", "14.00", positions=posts)

    answer = await officer.send("POST", "/v1/awards", award(2022, "770000.00", [b2]))

    assert (answer.status_code, answer.json()["code"]) == (422, "posts-do-not-match-line")
    assert (await officer.read("/v1/awards"))["items"] == []


async def test_an_award_walks_from_expected_to_settled(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award_ = await active(officer, approver, WARENDORF_AWARD)
    award_ = await officer.act("awards", award_, "expire")
    award_ = await officer.act("awards", award_, "demand-proof")
    unproved = await officer.try_act("awards", award_, "settle")
    proof = await accepted(funding_database, officer, approver, award_)
    award_ = await officer.act("awards", award_, "settle")

    assert (unproved.status_code, unproved.json()["guards"]) == (422, ["proof-accepted"])
    assert (award_["state"], award_["allowedActions"]) == ("SETTLED", [])
    assert award_["proofAcceptedOn"] == proof["acceptedOn"] == berlin_date(now()).isoformat()
    assert award_["version"] == 9


async def test_a_step_that_the_state_does_not_have_is_refused_with_those_it_has(
    officer: Desk,
) -> None:
    recorded = await officer.create("/v1/awards", WARENDORF_AWARD)

    answer = await officer.try_act("awards", recorded, "notify", {"notifiedOn": "2022-01-20"})

    assert (answer.status_code, answer.json()["code"]) == (409, "transition-not-allowed")
    assert answer.json()["allowedActions"] == ["apply", "grant"]
    assert await officer.read(f"/v1/awards/{recorded['id']}") == recorded


async def test_a_missing_precondition_is_refused_by_name_and_changes_nothing(
    officer: Desk, approver: Desk
) -> None:
    recorded = await officer.create("/v1/awards", WARENDORF_AWARD | {"reference": None})
    applied = await officer.act("awards", recorded, "apply")

    answer = await approver.try_act("awards", applied, "grant")

    assert (answer.status_code, answer.json()["code"]) == (422, "guard-failed")
    assert answer.json()["guards"] == ["notice-complete"]
    assert await officer.read(f"/v1/awards/{applied['id']}") == applied
    corrected = await officer.send(
        "PATCH",
        f"/v1/awards/{applied['id']}",
        {"reference": "36.04.01-2022"},
        version=applied["version"],
    )
    assert (await approver.act("awards", corrected.json(), "grant"))["state"] == "GRANTED"


async def test_the_notice_is_fixed_once_granted(officer: Desk, approver: Desk) -> None:
    award_ = await granted(officer, approver, WARENDORF_AWARD)
    path = f"/v1/awards/{award_['id']}"

    refused = await officer.send("PATCH", path, {"reference": "andere"}, version=award_["version"])
    later = await officer.send(
        "PATCH", path, {"proofDueOn": "2023-06-30"}, version=award_["version"]
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "notice-is-fixed")
    assert (later.status_code, later.json()["proofDueOn"]) == (200, "2023-06-30")


async def test_the_options_name_what_blocks_a_step_and_who_may_take_it(
    officer: Desk, approver: Desk
) -> None:
    recorded = await officer.create("/v1/awards", WARENDORF_AWARD)
    path = f"/v1/awards/{recorded['id']}/actions"

    options = PossibleActions.model_validate(await officer.read(path)).items
    for_approver = PossibleActions.model_validate(await approver.read(path)).items

    assert [(one.action, one.is_permitted) for one in options] == [
        ("apply", True),
        ("grant", False),
    ]
    assert [one.guard for one in options[1].obstacles] == ["lump-sum-only", "four-eyes"]
    assert [(one.action, one.is_permitted) for one in for_approver] == [
        ("apply", False),
        ("grant", True),
    ]


async def test_whoever_records_an_award_does_not_release_it(
    officer: Desk, desk_of: Callable[[str], Desk]
) -> None:
    recorded = await officer.create("/v1/awards", case_management("14.00", "770000.00"))

    answer = await officer.try_act("awards", recorded, "grant")

    assert answer.status_code == 403
    assert (await officer.read(f"/v1/awards/{recorded['id']}"))["state"] == "EXPECTED"


async def test_f10_rheine_award_versions_answer_for_every_day(
    desk_of: Callable[[str], Desk],
) -> None:
    officer, approver = desk_of("st-funding-officer"), desk_of("st-funding-approver")
    old = await active(officer, approver, case_management("1.90", "104500.00", 2021))
    follow_up = case_management(
        "1.90", "104500.00", 2022, kind="ANSCHLUSS", followsAwardId=old["id"]
    )
    award_ = await active(officer, approver, follow_up)
    path = f"/v1/awards/{award_['id']}"
    amended = {
        "effectiveFrom": "2022-07-01",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "total": "192500.00",
        "lines": [line("b2", "B2_CASE_MANAGEMENT", "192500.00", "3.50")],
        "reason": "Zweiter Träger kommt hinzu",
    }

    waiting = await officer.create(f"{path}/versions", amended, version=award_["version"])
    assert (waiting["versionNumber"], waiting["lines"][0]["fte"]) == (1, "1.90")
    released = await approver.send(
        "POST", f"{path}/versions/2/actions/approve", version=waiting["version"]
    )

    assert released.status_code == 200, released.text
    assert (released.json()["versionNumber"], released.json()["kind"]) == (2, "AENDERUNG")

    async def fte_on(day: str, award_id: str = award_["id"]) -> str:
        found = await officer.read(f"/v1/awards/{award_id}", asOf=day)
        return str(found["lines"][0]["fte"])

    assert await fte_on("2021-12-31", old["id"]) == "1.90"
    assert await fte_on("2022-06-30") == "1.90"
    assert await fte_on("2022-07-01") == "3.50"
    assert await fte_on("2022-12-31") == "3.50"
    assert (await officer.get(path, asOf="2021-12-31")).status_code == 404
    before = await officer.read(path, asOf="2022-12-31", knownAt=waiting["updatedAt"])
    assert before["lines"][0]["fte"] == "1.90"
    versions = await officer.read(f"{path}/versions")
    AwardVersionPage.model_validate(versions)
    assert [(one["number"], one["lines"][0]["fte"]) for one in versions["items"]] == [
        (1, "1.90"),
        (2, "3.50"),
    ]
    status = await officer.read("/v1/reports/funding-status", asOf="2021-12-31")
    assert status["fundingLines"][1]["fte"] == "1.90"
    status = await officer.read("/v1/reports/funding-status", asOf="2022-12-31")
    assert (status["fundingLines"][1]["fte"], status["programmeVolume"]) == ("3.50", "192500.00")


async def test_a_draft_may_be_replaced_until_it_is_granted(officer: Desk, approver: Desk) -> None:
    expected = await officer.create("/v1/awards", case_management("12.00", "660000.00"))
    figures = case_management("14.00", "770000.00")
    draft = {name: figures[name] for name in ("validFrom", "validTo", "total", "lines")}

    replaced = await officer.create(
        f"/v1/awards/{expected['id']}/versions",
        draft | {"effectiveFrom": "2022-01-01"},
        version=expected["version"],
    )
    award_ = await approver.act("awards", replaced, "grant")

    assert (award_["total"], award_["versionNumber"], award_["kind"]) == (
        "770000.00",
        2,
        "ORIGINAL",
    )
    assert award_["lines"][0]["freeFte"] == "14.00"


async def test_a_line_keeps_its_identity_over_all_versions(officer: Desk, approver: Desk) -> None:
    award_ = await active(officer, approver, case_management("14.00", "770000.00"))
    changed = {
        "effectiveFrom": "2022-07-01",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "total": "770000.00",
        "lines": [line("b2", "B3_FOREIGNERS_NATURALISATION", "770000.00", "14.00")],
    }

    answer = await officer.send(
        "POST", f"/v1/awards/{award_['id']}/versions", changed, version=award_["version"]
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "line-changes-identity")
    versions = await officer.read(f"/v1/awards/{award_['id']}/versions")
    assert len(versions["items"]) == 1


async def test_an_amendment_is_not_released_by_whoever_recorded_it_nor_twice(
    officer: Desk, approver: Desk
) -> None:
    award_ = await active(officer, approver, case_management("14.00", "770000.00"))
    path = f"/v1/awards/{award_['id']}/versions"
    figures = case_management("15.00", "825000.00")
    body = {name: figures[name] for name in ("validFrom", "validTo", "total", "lines")}
    waiting = await officer.create(
        path, body | {"effectiveFrom": "2022-07-01"}, version=award_["version"]
    )

    own = await officer.send("POST", f"{path}/2/actions/approve", version=waiting["version"])
    released = await approver.send("POST", f"{path}/2/actions/approve", version=waiting["version"])
    again = await approver.send(
        "POST", f"{path}/2/actions/approve", version=released.json()["version"]
    )

    assert own.status_code == 403
    assert released.status_code == 200
    assert (again.status_code, again.json()["code"]) == (409, "version-already-approved")


async def test_f13_unna_award_dated_after_the_start_of_its_period_is_accepted(
    officer: Desk, approver: Desk
) -> None:
    unna = award(
        2023,
        "1026000.00",
        [line("b2", "B2_CASE_MANAGEMENT", "1026000.00", "18.00", rate="57000.00")],
        awardedOn="2023-02-15",
    )

    award_ = await granted(officer, approver, unna)

    assert award_["state"] == "GRANTED"
    findings = await officer.read("/v1/findings", asOf="2023-12-31")
    assert [(one["code"], one["subject"]) for one in findings["items"]] == [
        ("WEEKEND_DATE", "proofDueOn"),
        ("AWARDED_AFTER_PERIOD_START", "awardedOn"),
    ]


async def test_a_stale_or_missing_version_is_refused(officer: Desk) -> None:
    recorded = await officer.create("/v1/awards", WARENDORF_AWARD)
    path = f"/v1/awards/{recorded['id']}/actions/apply"

    assert (await officer.send("POST", path)).status_code == 428
    assert (await officer.send("POST", path, version=7)).status_code == 412
    assert (await officer.send("POST", path, version=1)).json()["state"] == "APPLIED"


async def test_an_unknown_award_is_not_found_whatever_else_is_wrong(officer: Desk) -> None:
    path = f"/v1/awards/{uuid4()}"

    for answer in (
        await officer.get(path),
        await officer.get(f"{path}/versions"),
        await officer.get(f"{path}/actions"),
        await officer.get(f"{path}/allocation-tree"),
        await officer.send("PATCH", path, {}),
        await officer.send("POST", f"{path}/actions/apply"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_the_same_key_records_one_award(officer: Desk) -> None:
    first = await officer.send("POST", "/v1/awards", WARENDORF_AWARD, key="warendorf-2022")
    second = await officer.send("POST", "/v1/awards", WARENDORF_AWARD, key="warendorf-2022")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json() == second.json()
    assert len((await officer.read("/v1/awards"))["items"]) == 1
