"""Programmes, budgets, requests for own money and code lists through the one door."""

from typing import Any
from uuid import uuid4

from tests.gateway.conftest import As
from tests.gateway.working import done, tried

OFFICER, READER, ELSEWHERE = "waf-funding-officer", "waf-coordinator", "st-funding-officer"
PROGRAMME = "ProgrammeSuccess programme { id code volume volumeStatus }"
REQUEST = """OwnShareRequestSuccess request { id version requestedAmount recommendedAmount
  decidedAmount ownShareCap personnelGap fullGap findings }"""
PLAN = """query($product: String!, $b3: Amount) { budgetPlan(fiscalYear: 2021, product: $product,
  caseManagement: "330000.00", assumedB3: $b3) {
  revenue expense coordinationResidual { amount assumptions } } }"""
CHANGE = "query($text: String!) { budgetChange(text: $text) { base delta total } }"
READ = """query($id: ID!) { programme(id: $id) { code funderNames { name usedFrom } }
  programmes(filter: {code: ["KIM_NRW_GQL"]}) { edges { node { id } } } }"""
KINDS = """{ costKinds { code label { de } eligibility { fundingLine eligibility } }
  fundingCodeLists { items } fundingCodeList(name: "award-states") { name codes { code } } }"""


async def test_a_programme_is_recorded_with_the_names_of_its_ministry(as_: As) -> None:
    officer = as_(OFFICER)
    named = {"code": "KIM_NRW_GQL", "nameDe": "KIM", "nameEn": "KIM"}

    alone = await tried(officer, "recordProgramme", "", **named, volume="25000000.00")
    reader = await tried(as_(READER), "recordProgramme", "", **named)
    made = await done(
        officer,
        "recordProgramme",
        PROGRAMME,
        **named,
        volume="25000000.00",
        volumeStatus="ANNOUNCED",
    )
    for name, day in (("MKFFI", "2017-06-30"), ("MKJFGFI", "2022-06-29")):
        given = {"programmeId": made["id"], "name": name, "usedFrom": day}
        await done(officer, "recordFunderName", "FunderNameSuccess funderName { id }", **given)
    answer = await as_(READER).ask(READ, id=made["id"])

    assert (alone["__typename"], alone["code"]) == ("ValidationError", "fields-refused")
    assert reader["__typename"] == "ForbiddenError"
    assert (made["volume"], made["volumeStatus"]) == ("25000000.00", "ANNOUNCED")
    assert {one["name"] for one in answer["data"]["programme"]["funderNames"]} == {
        "MKFFI",
        "MKJFGFI",
    }
    assert answer["extensions"]["upstreamCalls"] == 3
    elsewhere = await as_(ELSEWHERE).data(READ, id=made["id"])
    assert elsewhere == {"programme": None, "programmes": {"edges": []}}


async def test_f7_a_residual_of_the_budget_is_marked_as_assumed(as_: As) -> None:
    officer, product = as_(OFFICER), uuid4().hex[:12].upper()
    entry = {"fiscalYear": 2021, "product": product}
    fields = "BudgetEntrySuccess entry { id kind amount }"

    await done(officer, "recordBudgetEntry", fields, **entry, kind="REVENUE", amount="570000.00")
    made = await done(
        officer, "recordBudgetEntry", fields, **entry, kind="EXPENSE", amount="275000.00"
    )
    plan = (await officer.data(PLAN, product=product, b3="55000.00"))["budgetPlan"]
    bare = (await officer.data(PLAN, product=product))["budgetPlan"]
    listed = await officer.data(
        "query($products: [String!]) { budgetEntries(filter: {product: $products, kind: EXPENSE})"
        " { edges { node { id kind amount } } } }",
        products=[product],
    )

    assert (plan["revenue"], plan["expense"]) == ("570000.00", "275000.00")
    assert plan["coordinationResidual"] == {
        "amount": "185000.00",
        "assumptions": ["B3_FOREIGNERS_NATURALISATION=55000.00"],
    }
    assert bare["coordinationResidual"] is None
    assert listed["budgetEntries"]["edges"] == [{"node": made}]
    elsewhere = (await as_(ELSEWHERE).data(PLAN, product=product, b3="1.00"))["budgetPlan"]
    assert elsewhere["revenue"] == "0.00"


async def test_f12_a_raise_is_read_from_its_sentence_or_named_unreadable(as_: As) -> None:
    text = "Der Ansatz wird um 7.000 € auf insgesamt 11.000 € erhöht."

    read = (await as_(OFFICER).data(CHANGE, text=text))["budgetChange"]
    unclear = await as_(OFFICER).ask(CHANGE, text="mehr Geld")

    assert read == {"base": "4000.00", "delta": "7000.00", "total": "11000.00"}
    assert unclear["data"] == {"budgetChange": None}
    [error] = unclear["errors"]
    assert error["extensions"]["problem"] == "budget-change-unreadable"
    effect = "query($text: String!) { budgetEffect(text: $text) { amount } }"
    said_no = await as_(OFFICER).data(effect, text="Nein")
    assert said_no == {"budgetEffect": {"amount": None}}


async def test_own_money_is_requested_recommended_and_decided(as_: As) -> None:
    officer = as_(OFFICER)
    asked: dict[str, Any] = {
        "fiscalYear": 2021,
        "requestedBy": "Trägerverbund",
        "personnelCost": "64000.00",
        "ceiling": "55000.00",
        "fte": "5.00",
        "requestedAmount": "100000.00",
    }
    made = await done(officer, "requestOwnShare", REQUEST, **asked)
    step = {"requestId": made["id"], "expectedVersion": made["version"]}

    stale = await tried(
        officer, "recommendOwnShare", "", **step | {"expectedVersion": 9}, amount="1.00"
    )
    made = await done(officer, "recommendOwnShare", REQUEST, **step, amount="45000.00")
    step["expectedVersion"] = made["version"]
    made = await done(
        officer, "decideOwnShare", REQUEST, **step, amount="0.00", decidedOn="2021-03-18"
    )
    step["expectedVersion"] = made["version"]
    again = await tried(officer, "recommendOwnShare", "", **step, amount="1.00")

    assert (stale["__typename"], stale["currentVersion"]) == ("StaleVersionError", 1)
    amounts = [made[f"{which}Amount"] for which in ("requested", "recommended", "decided")]
    assert amounts == ["100000.00", "45000.00", "0.00"]
    assert (made["ownShareCap"], made["personnelGap"]) == ("9000.00", "45000.00")
    assert (again["__typename"], again["code"]) == ("ConflictError", "request-is-decided")
    query = "query($id: ID!) { ownShareRequest(id: $id) { id } }"
    assert await as_(ELSEWHERE).data(query, id=made["id"]) == {"ownShareRequest": None}


async def test_kinds_of_cost_say_which_line_pays_them(as_: As) -> None:
    answer = await as_(READER).ask(KINDS)

    kinds = {one["code"]: one for one in answer["data"]["costKinds"]}
    rent = {one["fundingLine"]: one["eligibility"] for one in kinds["RENT"]["eligibility"]}
    assert rent["B2_CASE_MANAGEMENT"] == "NOT_ELIGIBLE"
    assert kinds["RENT"]["label"] == {"de": "Miete"}
    assert "award-states" in answer["data"]["fundingCodeLists"]["items"]
    assert {"code": "GRANTED"} in answer["data"]["fundingCodeList"]["codes"]
    assert answer["extensions"]["upstreamCalls"] == 3
