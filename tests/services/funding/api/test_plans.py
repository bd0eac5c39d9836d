"""Programmes, rates, the budget and requests for own money, through the service."""

from typing import Any

import pytest

from services.funding.api.schemas.plans import (
    BudgetEntryPage,
    BudgetEntryView,
    OwnShareRequestPage,
    OwnShareRequestView,
    ProgrammePage,
    ProgrammeView,
    RatePage,
    RateView,
)
from services.funding.api.schemas.reports import BudgetPlanView
from tests.services.funding.desk import Desk, Record

PROGRAMME = {
    "code": "KIM_NRW",
    "nameDe": "Kommunales Integrationsmanagement NRW",
    "nameEn": "Municipal integration management North Rhine-Westphalia",
    "volume": "25000000.00",
    "volumeStatus": "ANNOUNCED",
    "announcedOn": "2020-04-20",
    "legalSource": "Pressemitteilung vom 20.04.2020",
    "enactedOn": "2021-11-25",
    "inForceFrom": "2022-01-01",
}
RATE = {
    "fundingLine": "Modul 2",
    "fiscalYear": 2022,
    "ceiling": "55000.00",
    "source": "Kreis Warendorf 187/2022",
}
REVENUE = {
    "kind": "REVENUE",
    "amount": "570000.00",
    "fiscalYear": 2021,
    "product": "946100",
    "account": "414100",
    "nameDe": "Zuweisungen und Zuschüsse für lfd. Zwecke v. Land",
}
EXPENSE = {"kind": "EXPENSE", "amount": "275000.00", "fiscalYear": 2021, "product": "946100"}
REQUEST = {
    "fiscalYear": 2021,
    "requestedBy": "Arbeitsgemeinschaft der Verbände",
    "requestedOn": "2020-05-25",
    "personnelCost": "64000.00",
    "overheadCost": "6000.00",
    "ceiling": "55000.00",
    "fte": "5.00",
    "requestedAmount": "100000.00",
    "recommendedAmount": "45000.00",
}


async def test_an_announced_volume_is_on_record_and_grants_nothing(officer: Desk) -> None:
    programme = await officer.create("/v1/programmes", PROGRAMME)

    ProgrammeView.model_validate(programme)
    assert (programme["volume"], programme["volumeStatus"]) == ("25000000.00", "ANNOUNCED")
    assert (programme["enactedOn"], programme["inForceFrom"]) == ("2021-11-25", "2022-01-01")
    ProgrammePage.model_validate(await officer.read("/v1/programmes", code="KIM_NRW"))
    assert await officer.read(f"/v1/programmes/{programme['id']}") == programme
    status = await officer.read("/v1/reports/funding-status", asOf="2020-12-31")
    assert (status["programmeVolume"], status["expectedTotal"]) == ("0.00", "0.00")


async def test_a_rate_is_unique_for_its_line_unit_and_year(officer: Desk) -> None:
    rate = await officer.create("/v1/rates", RATE)
    twice = await officer.send("POST", "/v1/rates", RATE | {"ceiling": "57000.00"})
    next_year = await officer.create("/v1/rates", RATE | {"fiscalYear": 2023})

    RateView.model_validate(rate)
    assert (rate["fundingLine"], rate["unitKind"]) == ("B2_CASE_MANAGEMENT", "POST_YEAR")
    assert (twice.status_code, twice.json()["code"]) == (409, "already-exists")
    page = await officer.read("/v1/rates", fundingLine="B2_CASE_MANAGEMENT")
    RatePage.model_validate(page)
    assert page["items"] == [next_year, rate]
    assert await officer.read(f"/v1/rates/{rate['id']}") == rate


@pytest.mark.parametrize("year", ["22", "20222", "2022.0", "٢٠٢٢", ""])
async def test_a_year_in_another_form_is_refused(officer: Desk, year: str) -> None:
    assert (await officer.get("/v1/rates", fiscalYear=year)).status_code == 400


async def test_f7_aachen_budget_stands_gross_and_the_residual_is_marked_as_assumed(
    officer: Desk,
) -> None:
    revenue = await officer.create("/v1/budget-entries", REVENUE)
    expense = await officer.create("/v1/budget-entries", EXPENSE)

    plan = await officer.read(
        "/v1/reports/budget-plan",
        fiscalYear="2021",
        product="946100",
        caseManagement="330000.00",
        assumedB3="55000.00",
    )

    BudgetEntryView.model_validate(revenue)
    BudgetPlanView.model_validate(plan)
    assert (plan["revenue"], plan["expense"]) == ("570000.00", "275000.00")
    assert plan["coordinationResidual"] == {
        "amount": "185000.00",
        "assumptions": ["B3_FOREIGNERS_NATURALISATION=55000.00"],
    }
    assert expense["account"] is None
    page = await officer.read("/v1/budget-entries", fiscalYear="2021")
    BudgetEntryPage.model_validate(page)
    assert page["items"] == [revenue, expense]
    assert await officer.read(f"/v1/budget-entries/{revenue['id']}") == revenue


async def test_without_assumptions_no_residual_is_invented(officer: Desk) -> None:
    await officer.create("/v1/budget-entries", REVENUE)

    plan = await officer.read("/v1/reports/budget-plan", fiscalYear="2021", product="946100")

    assert (plan["revenue"], plan["expense"]) == ("570000.00", "0.00")
    assert plan["coordinationResidual"] is None


async def test_f6_aachen_request_is_kept_as_made_and_decided_by_nobody(officer: Desk) -> None:
    request = await officer.create("/v1/own-share-requests", REQUEST)

    OwnShareRequestView.model_validate(request)
    assert request["requestedAmount"] == "100000.00"
    assert request["recommendedAmount"] == "45000.00"
    assert (request["decidedAmount"], request["decidedOn"]) == (None, None)
    assert request["findings"] == ["REQUEST_NOT_DERIVABLE"]
    assert (request["ownShareCap"], request["personnelGap"], request["fullGap"]) == (
        "9000.00",
        "45000.00",
        "75000.00",
    )
    findings = await officer.read("/v1/findings", asOf="2021-12-31")
    assert [(one["code"], one["facts"]) for one in findings["items"]] == [
        (
            "REQUEST_NOT_DERIVABLE",
            {"requested": "100000.00", "personnelGap": "45000.00", "fullGap": "75000.00"},
        )
    ]
    page = await officer.read("/v1/own-share-requests", fiscalYear="2021")
    OwnShareRequestPage.model_validate(page)
    assert page["items"] == [request]


async def test_a_request_is_recommended_decided_and_then_closed(officer: Desk) -> None:
    body = {name: value for name, value in REQUEST.items() if name != "recommendedAmount"}
    request = await officer.create("/v1/own-share-requests", body)
    assert request["recommendedAmount"] is None

    request = await officer.act("own-share-requests", request, "recommend", {"amount": "45000.00"})
    request = await officer.act(
        "own-share-requests",
        request,
        "decide",
        {"amount": "0.00", "decidedOn": "2021-03-18"},
    )
    again = await officer.try_act("own-share-requests", request, "recommend", {"amount": "1.00"})

    assert (request["recommendedAmount"], request["decidedAmount"]) == ("45000.00", "0.00")
    assert (again.status_code, again.json()["code"]) == (409, "request-is-decided")
    assert await officer.read(f"/v1/own-share-requests/{request['id']}") == request


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/programmes", PROGRAMME | {"volumeStatus": None}),
        ("/v1/programmes", PROGRAMME | {"code": "kim nrw"}),
        ("/v1/rates", RATE | {"fundingLine": "Baustein 4"}),
        ("/v1/rates", RATE | {"fundingLine": "Overheadkosten"}),
        ("/v1/rates", RATE | {"ceiling": "55.000,00"}),
        ("/v1/budget-entries", EXPENSE | {"amount": 275000}),
        ("/v1/budget-entries", EXPENSE | {"product": "946 100"}),
        ("/v1/own-share-requests", REQUEST | {"fte": "0.00"}),
        ("/v1/own-share-requests", REQUEST | {"decidedAmount": "0.00"}),
    ],
)
async def test_a_body_that_is_not_in_order_is_refused(
    officer: Desk, path: str, body: dict[str, Any]
) -> None:
    answer = await officer.send("POST", path, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "fields-refused")
    listed: Record = await officer.read(path)
    assert listed["items"] == []


@pytest.mark.parametrize(
    ("path", "body", "code", "reason"),
    [
        ("/v1/rates", RATE | {"ceiling": "55.000,00"}, "amount-form", "zwei Nachkommastellen"),
        ("/v1/rates", RATE | {"ceiling": "0.005"}, "amount-form", "zwei Nachkommastellen"),
        ("/v1/own-share-requests", REQUEST | {"fte": "0.125"}, "fte-form", "Stellenanteil"),
        ("/v1/own-share-requests", REQUEST | {"requestedOn": "31.12.2020"}, "date-form", "JJJJ"),
    ],
)
async def test_a_refused_figure_says_how_it_is_written(
    officer: Desk, path: str, body: dict[str, Any], code: str, reason: str
) -> None:
    answer = await officer.send("POST", path, body, headers={"Accept-Language": "de"})

    [fault] = answer.json()["errors"]
    assert (answer.status_code, fault["code"]) == (422, code)
    assert reason in fault["message"]
