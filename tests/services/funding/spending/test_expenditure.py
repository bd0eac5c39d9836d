"""Costs through the service: what counts, what is own share, and what the books say of it."""

import asyncio

import pytest

from services.funding.api.schemas.spending import (
    AwardEligibilityView,
    CostPerLine,
    ExpenditurePage,
    ExpenditureView,
    VoucherPage,
)
from shared.kernel.ids import new_id
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD_WITH_TRANSLATION
from tests.services.funding.spending.costs import (
    balances,
    cost,
    occupied_post,
    parts,
    pay,
    posts_of_line_2,
    record_voucher,
    spend,
)
from tests.services.funding.steps import granted, released, share


def by_key(award: Record) -> dict[str, Record]:
    return {line["key"]: line for line in award["lines"]}


@pytest.fixture
async def warendorf(officer: Desk, approver: Desk) -> dict[str, Record]:
    """The lines of the granted award, by key."""
    return by_key(await granted(officer, approver, WARENDORF_AWARD_WITH_TRANSLATION))


async def test_f5_aachen_eligible_own_share_and_refused_overhead(
    officer: Desk, approver: Desk
) -> None:
    award = await posts_of_line_2(officer, approver, "6.00", "330000.00")
    line = award["lines"][0]
    for _ in range(5):
        post = await occupied_post(officer, line, ["1.00"])
        paid = await pay(officer, line, post, "64000.00")
        assert parts(paid) == ("55000.00", "9000.00", "0.00", "0.00")
        ExpenditureView.model_validate(paid)
    overhead = await spend(
        officer, line, "6000.00", costKind="Sach- und Overheadkosten", payer="TRAEGER"
    )

    assert parts(overhead) == ("0.00", "0.00", "6000.00", "0.00")
    assert overhead["findings"] == ["COST_KIND_NOT_ELIGIBLE"]
    report = await officer.read(f"/v1/awards/{award['id']}/eligibility")
    AwardEligibilityView.model_validate(report)
    [found] = report["lines"]
    assert (found["eligible"], found["ownShare"]) == ("275000.00", "45000.00")
    assert (found["ineligible"], found["difference"]) == ("6000.00", "0.00")
    assert await balances(officer, line) == {
        "CLAIM": "330000.00",
        "FREE": "55000.00",
        "GRANT_USED": "275000.00",
        "ELIGIBLE": "275000.00",
        "OWN_SHARE": "45000.00",
        "INELIGIBLE": "6000.00",
        "CASH": "-326000.00",
    }


async def test_f8_low_salary_counts_as_it_is(officer: Desk, approver: Desk) -> None:
    line = (await posts_of_line_2(officer, approver, "1.00", "55000.00"))["lines"][0]
    post = await occupied_post(officer, line, ["1.00"])
    assert parts(await pay(officer, line, post, "48000.00")) == ("48000.00", *["0.00"] * 3)
    assert (await balances(officer, line))["FREE"] == "7000.00"


async def test_f3_translation_money_inside_and_outside_its_period(
    officer: Desk, warendorf: dict[str, Record]
) -> None:
    line = warendorf["b1-translation"]
    voucher = await record_voucher(officer, "2400.00")
    body = cost(line, voucher, costKind="TRANSLATION")
    early = body | {"valueDate": "2022-09-30"}
    in_october = {"periodFrom": "2022-10-01", "periodTo": "2022-10-15", "valueDate": "2022-10-15"}

    refused = await officer.send("POST", "/v1/expenditures", early)
    assert (refused.status_code, refused.json()["code"]) == (422, "booking-outside-period")
    assert (await officer.read("/v1/expenditures"))["items"] == []
    booked = await officer.create("/v1/expenditures", body | in_october)
    assert parts(booked) == ("2400.00", "0.00", "0.00", "0.00")
    assert (await balances(officer, line))["ELIGIBLE"] == "2400.00"


async def test_f9_part_year_stays_undecided(officer: Desk, approver: Desk) -> None:
    award = await posts_of_line_2(officer, approver, "1.00", "55000.00", 2020)
    line = award["lines"][0]
    october = {"since": "2020-10-01", "validFrom": "2020-10-01"}
    post = await occupied_post(officer, line, ["1.00"], **october)
    days = {"periodFrom": "2020-10-01", "periodTo": "2020-12-31", "valueDate": "2020-12-31"}
    paid = await pay(officer, line, post, "16000.00", **days)
    assert parts(paid) == ("13750.00", "0.00", "0.00", "2250.00")
    assert paid["findings"] == ["PART_YEAR_UNDECIDED"]

    path = f"/v1/awards/{award['id']}/lines/{line['id']}/part-year-decision"
    award = await officer.read(f"/v1/awards/{award['id']}")
    answer = await officer.send("PUT", path, {"decision": "FULL_AMOUNT"}, version=award["version"])
    assert answer.status_code == 200, answer.text
    report = await officer.read(f"/v1/awards/{award['id']}/eligibility")
    codes = [finding["code"] for finding in report["lines"][0]["findings"]]
    assert codes == ["PART_YEAR_UNDECIDED", "ELIGIBILITY_OUTDATED"]
    adjusted = await officer.send(
        "POST",
        f"/v1/awards/{award['id']}/actions/adjust-eligibility",
        {"valueDate": "2020-12-31"},
    )
    assert adjusted.status_code == 200, adjusted.text
    assert adjusted.json()["lines"][0]["findings"] == []
    found = await officer.read(f"/v1/expenditures/{paid['id']}")
    assert parts(found) == ("16000.00", "0.00", "0.00", "0.00")
    assert (await balances(officer, line))["GRANT_USED"] == "16000.00"


async def test_warendorf_b2_year_is_419100_of_487680(
    officer: Desk, warendorf: dict[str, Record]
) -> None:
    rate = {"fundingLine": "B2", "fiscalYear": 2022, "ceiling": "55000.00", "source": "187/2022"}
    await officer.create("/v1/rates", rate)
    line = warendorf["b2-posts"]
    post = await occupied_post(officer, line, ["1.00"] * 7 + ["0.62"])
    first = await pay(officer, line, post, "400000.00", valueDate="2022-06-30")
    second = await pay(officer, line, post, "87680.00")

    assert parts(first) == ("400000.00", "0.00", "0.00", "0.00")
    assert parts(second) == ("19100.00", "68580.00", "0.00", "0.00")
    stood = await balances(officer, line)
    assert (stood["ELIGIBLE"], stood["OWN_SHARE"]) == ("419100.00", "68580.00")
    assert (stood["FREE"], stood["CASH"]) == ("350900.00", "-487680.00")
    costs = await officer.read("/v1/reports/cost-per-line", fiscalYear="2022")
    CostPerLine.model_validate(costs)
    [item] = costs["items"]
    assert (item["key"], item["actual"], item["eligible"]) == (
        "b2-posts",
        "487680.00",
        "419100.00",
    )
    assert item["expenditures"] == 2


async def test_a_cost_beyond_what_is_free_is_own_share_and_never_refused(
    officer: Desk, warendorf: dict[str, Record]
) -> None:
    line = warendorf["b1-events"]
    assert parts(await spend(officer, line, "9000.00"))[0] == "9000.00"
    second = await spend(officer, line, "1500.00")
    assert parts(second) == ("1000.00", "500.00", "0.00", "0.00")
    assert second["findings"] == ["BUDGET_EXHAUSTED"]
    assert "FREE" not in await balances(officer, line)


async def test_many_costs_at_once_use_what_is_free_once(
    officer: Desk, warendorf: dict[str, Record]
) -> None:
    line = warendorf["b1-events"]
    vouchers = [await record_voucher(officer, "1100.00") for _ in range(12)]
    booked = await asyncio.gather(
        *(officer.create("/v1/expenditures", cost(line, one)) for one in vouchers)
    )
    eligible = sum(int(one["eligible"].replace(".", "")) for one in booked)
    own = sum(int(one["ownShare"].replace(".", "")) for one in booked)
    assert (eligible, own) == (1_000_000, 320_000)
    assert (await balances(officer, line))["GRANT_USED"] == "10000.00"


async def test_a_correction_reverses_and_leaves_the_ceiling_to_the_others(
    officer: Desk, approver: Desk
) -> None:
    line = (await posts_of_line_2(officer, approver, "1.00", "55000.00"))["lines"][0]
    post = await occupied_post(officer, line, ["1.00"])
    first = await pay(officer, line, post, "40000.00")
    second = await pay(officer, line, post, "24000.00")
    assert parts(second) == ("15000.00", "9000.00", "0.00", "0.00")

    corrected = await officer.act(
        "expenditures", first, "correct", {"reasonCode": "WRONG_POST", "valueDate": "2022-12-31"}
    )
    assert (corrected["state"], corrected["allowedActions"]) == ("CORRECTED", [])
    left = await officer.read(f"/v1/expenditures/{second['id']}")
    assert parts(left) == ("24000.00", "0.00", "0.00", "0.00")
    assert await balances(officer, line) == {
        "CLAIM": "55000.00",
        "FREE": "31000.00",
        "GRANT_USED": "24000.00",
        "ELIGIBLE": "24000.00",
        "CASH": "-24000.00",
    }
    again = await officer.try_act("expenditures", corrected, "correct", {"reasonCode": "TWICE"})
    assert (again.status_code, again.json()["code"]) == (409, "transition-not-allowed")
    page = await officer.read(f"/v1/vouchers/{first['voucherId']}")
    assert page["freeAmount"] == "40000.00"


async def test_a_recipients_cost_is_kept_and_not_booked(officer: Desk, approver: Desk) -> None:
    award = await posts_of_line_2(officer, approver, "2.00", "110000.00", permitsForwarding=True)
    line = award["lines"][0]
    passed_on = await released(officer, approver, share(line, "1.00", "55000.00"))
    before = await balances(officer, line)
    rent = await spend(
        officer,
        line,
        "9600.00",
        costKind="RENT",
        payer="UNDECIDED",
        allocationId=passed_on["id"],
    )
    assert (rent["state"], parts(rent)) == ("RECORDED", ("0.00", "0.00", "9600.00", "0.00"))
    post = await occupied_post(officer, line, ["1.00"])
    salary = await pay(officer, line, post, "62000.00", allocationId=passed_on["id"])
    assert parts(salary) == ("55000.00", "7000.00", "0.00", "0.00")
    assert await balances(officer, line) == before


async def test_a_dry_run_shows_the_booking_and_stores_nothing(
    officer: Desk, warendorf: dict[str, Record]
) -> None:
    voucher = await record_voucher(officer, "100.00")
    body = cost(warendorf["b1-events"], voucher)
    answer = await officer.send("POST", "/v1/expenditures?dryRun=true", body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["result"]["eligible"] == "100.00"
    assert {one["code"] for one in shown["postings"]} == {"ELIGIBLE", "CASH", "FREE", "GRANT_USED"}
    assert (await officer.read("/v1/expenditures"))["items"] == []


async def test_the_same_id_is_recorded_once(officer: Desk, warendorf: dict[str, Record]) -> None:
    voucher = await record_voucher(officer, "200.00")
    body = cost(warendorf["b1-events"], voucher, id=str(new_id()), amount="100.00")
    assert (await officer.create("/v1/expenditures", body))["id"] == body["id"]
    again = await officer.send("POST", "/v1/expenditures", body)
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    page = await officer.read("/v1/expenditures", voucherId=voucher["id"])
    ExpenditurePage.model_validate(page)
    assert len(page["items"]) == 1
    VoucherPage.model_validate(await officer.read("/v1/vouchers"))
