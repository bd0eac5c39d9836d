"""Posts through the service: versions, reported numbers, occupancies."""

from uuid import uuid4

import pytest

from services.funding.api.schemas.positions import (
    PositionPage,
    PositionReportPage,
    PositionReportView,
    PositionView,
)
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_POSITIONS, case_management, row

CASE_MANAGEMENT = {
    "postType": "CASE_MANAGEMENT",
    "approvedFte": "1.90",
    "effectiveFrom": "2021-01-01",
    "unitId": "rheine-lernen-foerdern",
    "ags": "05566076",
    "source": "Stadt Rheine, Vermerk Integrationsrat",
}


@pytest.fixture
async def post(officer: Desk) -> Record:
    return await officer.create("/v1/positions", CASE_MANAGEMENT)


async def test_f10_rheine_post_versions_answer_for_every_day(officer: Desk) -> None:
    for post_type, first, second in (
        ("CASE_MANAGEMENT", "1.90", "3.50"),
        ("FOREIGNERS_AUTHORITY", "1.50", "2.00"),
    ):
        body = CASE_MANAGEMENT | {"postType": post_type, "approvedFte": first}
        post = await officer.create("/v1/positions", body)
        path = f"/v1/positions/{post['id']}"
        await officer.create(
            f"{path}/versions",
            {"approvedFte": second, "effectiveFrom": "2022-07-01"},
            version=post["version"],
        )

        assert (await officer.read(path, asOf="2021-12-31"))["approvedFte"] == first
        assert (await officer.read(path, asOf="2022-12-31"))["approvedFte"] == second
        assert (await officer.read(path))["versionNumber"] == 2
        known = await officer.read(path, asOf="2022-12-31", knownAt=post["createdAt"])
        assert known["approvedFte"] == first


async def test_a_post_may_be_planned_to_the_quarter_and_have_several_focuses(
    officer: Desk,
) -> None:
    post = await officer.create(
        "/v1/positions",
        CASE_MANAGEMENT
        | {
            "approvedFte": "1.00",
            "plannedStart": "2021-Q1",
            "focus": ["TRANSITION_SCHOOL_WORK", "HOUSING"],
            "products": ["8101", "8102"],
            "locationNote": "in örtlicher Nähe zu einem größeren Schulbetrieb",
        },
    )

    PositionView.model_validate(post)
    assert (post["plannedStart"], post["products"]) == ("2021-Q1", ["8101", "8102"])
    assert post["focus"] == ["TRANSITION_SCHOOL_WORK", "HOUSING"]
    assert (post["label"], post["fundingLine"]) == ("Case Management", "B2_CASE_MANAGEMENT")
    page = await officer.read("/v1/positions", postType="CASE_MANAGEMENT")
    PositionPage.model_validate(page)
    assert [one["id"] for one in page["items"]] == [post["id"]]


async def test_reported_numbers_are_kept_apart_and_never_derived(
    officer: Desk, post: Record
) -> None:
    reported = await officer.send(
        "PUT",
        f"/v1/positions/{post['id']}/reported-figures",
        {"filledFte": "1.00", "reportedOn": "2022-11-21", "source": "Vorlage 187/2022"},
        version=post["version"],
    )

    body = reported.json()
    assert (body["approvedFte"], body["reportedFilledFte"], body["occupiedFte"]) == (
        "1.90",
        "1.00",
        "0.00",
    )
    assert body["reportedVacantFte"] is None


async def test_an_occupancy_begins_and_ends_and_leaves_a_gap(officer: Desk, post: Record) -> None:
    path = f"/v1/positions/{post['id']}"
    occupied = await officer.create(
        f"{path}/occupancies",
        {"share": "1.00", "since": "2022-01-01"},
        version=post["version"],
    )
    (occupancy,) = occupied["occupancies"]
    ended = await officer.send(
        "POST",
        f"{path}/occupancies/{occupancy['id']}/actions/end",
        {"until": "2022-05-31"},
        version=occupied["version"],
    )
    again = await officer.send(
        "POST",
        f"{path}/occupancies/{occupancy['id']}/actions/end",
        {"until": "2022-06-30"},
        version=ended.json()["version"],
    )
    await officer.create(
        f"{path}/occupancies",
        {"share": "1.00", "since": "2022-11-01"},
        version=ended.json()["version"],
    )

    assert (again.status_code, again.json()["code"]) == (409, "occupancy-has-ended")
    for day, fte in (("2022-05-31", "1.00"), ("2022-07-01", "0.00"), ("2022-11-01", "1.00")):
        assert (await officer.read(path, asOf=day))["occupiedFte"] == fte


async def test_f26_double_funding_is_refused_and_changes_nothing(
    officer: Desk, post: Record
) -> None:
    path = f"/v1/positions/{post['id']}"
    held = await officer.create(
        f"{path}/occupancies",
        {"share": "0.60", "since": "2022-01-01"},
        version=post["version"],
    )

    answer = await officer.send(
        "POST",
        f"{path}/occupancies",
        {"share": "0.50", "since": "2022-04-01", "programme": "MBE"},
        version=held["version"],
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "post-paid-twice")
    assert (answer.json()["share"], answer.json()["day"]) == ("1.10", "2022-04-01")
    assert await officer.read(path) == held


async def test_more_people_than_approved_posts_are_refused(officer: Desk, post: Record) -> None:
    path = f"/v1/positions/{post['id']}/occupancies"
    held = await officer.create(
        path, {"share": "1.00", "since": "2022-01-01"}, version=post["version"]
    )

    answer = await officer.send(
        "POST",
        path,
        {"seat": 2, "share": "0.91", "since": "2022-02-01"},
        version=held["version"],
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "more-filled-than-approved")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"share": "0.00", "since": "2022-01-01"}, "share-out-of-range"),
        (
            {"share": "0.50", "since": "2022-01-02", "until": "2022-01-01"},
            "occupancy-ends-before-it-starts",
        ),
        ({"share": "0.5", "since": "2022-01-01"}, "fields-refused"),
        ({"share": "0.50", "since": 1640995200}, "fields-refused"),
        ({"share": "0.50", "since": "2022-01-01", "seat": 0}, "fields-refused"),
    ],
)
async def test_an_occupancy_that_makes_no_sense_is_refused(
    officer: Desk, post: Record, body: Record, code: str
) -> None:
    answer = await officer.send(
        "POST", f"/v1/positions/{post['id']}/occupancies", body, version=post["version"]
    )

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_post_is_paid_by_a_line_of_its_own_kind(officer: Desk) -> None:
    award = await officer.create("/v1/awards", case_management("14.00", "770000.00"))
    body = CASE_MANAGEMENT | {"awardLineId": award["lines"][0]["id"]}

    paid = await officer.create("/v1/positions", body)
    wrong = await officer.send("POST", "/v1/positions", body | {"postType": "COORDINATION"})
    unknown = await officer.send("POST", "/v1/positions", body | {"awardLineId": str(uuid4())})

    assert paid["awardId"] == award["id"]
    assert (wrong.status_code, wrong.json()["code"]) == (422, "award-line-of-another-kind")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "award-line-unknown")


async def test_a_reported_table_keeps_numbers_that_contradict_each_other(officer: Desk) -> None:
    rows = [row("Case Management", "CASE_MANAGEMENT", "14.00", "7,62", "9,99")]
    total = {"approved": "21", "filled": "13,8"}
    body = WARENDORF_POSITIONS | {"rows": rows, "reportedTotal": total, "provenance": "MIRROR"}

    report = await officer.create("/v1/position-reports", body)

    PositionReportView.model_validate(report)
    assert report["rows"][0]["residual"] == "-3.61"
    assert (report["totalApprovedFte"], report["totalFilledFte"]) == ("21.00", "13.80")
    assert report["totalReportedVacantFte"] is None
    assert await officer.read(f"/v1/position-reports/{report['id']}") == report
    page = await officer.read("/v1/position-reports", **{"reportedOn[lte]": "2022-12-31"})
    PositionReportPage.model_validate(page)
    assert page["items"] == [report]
    positions = (await officer.read("/v1/reports/funding-status", asOf="2022-12-31"))["positions"]
    assert {one["code"] for one in positions["findings"]} == {
        "COLUMN_SUM_MISMATCH",
        "POSITION_RESIDUAL",
    }


async def test_a_label_that_looks_like_a_formula_is_printed_harmlessly(officer: Desk) -> None:
    rows = [row("=1+1", "CASE_MANAGEMENT", "1", "1", "0")]
    report = await officer.create("/v1/position-reports", WARENDORF_POSITIONS | {"rows": rows})

    printed = await officer.get(f"/v1/position-reports/{report['id']}/table.csv", locale="en")

    assert printed.text.splitlines()[1] == "'=1+1,1.00,1.00,0.00"


async def test_an_unknown_report_is_not_found(officer: Desk) -> None:
    path = f"/v1/position-reports/{uuid4()}"

    assert (await officer.get(path)).status_code == 404
    assert (await officer.get(f"{path}/table.csv")).status_code == 404
