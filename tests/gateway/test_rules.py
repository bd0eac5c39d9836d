"""Budget lines, reservations, rules, rates and calls for interest through the one door."""

from typing import Any

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import TODAY, change, mutation
from tests.gateway.working import done, tried

OFFICER, APPROVER, ELSEWHERE = "waf-funding-officer", "waf-funding-approver", "st-funding-officer"
AWARD = "AwardSuccess award { id version state lines { id } conditions { code passesOn } }"
RESERVATION = "ReservationSuccess reservation { id version state posted allowedActions }"
FREE = "... on InsufficientFundsError { freeAmount }"
CALL = """... on CallForInterestSuccess { call { version responses {
  number requestedAmount recommendedAmount decidedAmount isSelected } } }"""
BUDGET = """query($id: ID!, $day: Date) { award(id: $id) {
  budgetLines(asOf: $day) { granted reserved used free } } }"""
RULES = """{ costRules(filter: {costKind: [TRAINING], answer: [NOT_ELIGIBLE],
  fundingLine: [B3_FOREIGNERS_NATURALISATION]}) { edges { node { id isReleased validFrom } } }
  fundingLineRules { edges { node { fundingLine proofRegime hasTwoMonthRule } } } }"""


async def act(asker: Asker, award: Any, action: str, **given: Any) -> Any:
    seen = {"awardId": award["id"], "expectedVersion": award["version"]}
    return await done(asker, "performAwardAction", AWARD, action=action, **seen, **given)


async def drafted(as_: As, year: int, line: str = "B2_CASE_MANAGEMENT") -> Any:
    """An award of a year that no other test reads."""
    return await done(
        as_(OFFICER),
        "recordAward",
        AWARD,
        fiscalYear=year,
        validFrom=f"{year}-01-01",
        validTo=f"{year}-12-31",
        total="55000.00",
        reference=f"RULES-{year}",
        authority="Bezirksregierung Arnsberg",
        awardedOn=f"{year - 1}-12-15",
        proofDueOn=f"{year + 1}-03-31",
        lines=[{"key": "line", "fundingLine": line, "amount": "55000.00", "fte": "1.00"}],
    )


async def granted(as_: As, year: int, line: str = "B2_CASE_MANAGEMENT") -> Any:
    """The same with one provision, granted."""
    officer, award = as_(OFFICER), await drafted(as_, year, line)
    award = await done(
        officer,
        "setAwardConditions",
        AWARD,
        awardId=award["id"],
        expectedVersion=award["version"],
        items=[{"code": "REPORT", "textDe": "Sachbericht bis 31.03.", "passesOn": False}],
    )
    assert award["conditions"] == [{"code": "REPORT", "passesOn": False}]
    return await act(as_(APPROVER), await act(officer, award, "APPLY"), "GRANT")


async def active(as_: As, year: int, line: str = "B2_CASE_MANAGEMENT") -> Any:
    officer, award, day = as_(OFFICER), await granted(as_, year, line), f"{year - 1}-12-15"
    award = await act(officer, award, "NOTIFY", notifiedOn=day)
    award = await act(officer, award, "MAKE_FINAL", remediesWaivedOn=day)
    return await act(officer, award, "ACTIVATE", budgetReleasedOn=day)


async def budget(asker: Asker, award: Any, day: str | None = None) -> Any:
    found = (await asker.data(BUDGET, id=award["id"], day=day))["award"]
    return found and found["budgetLines"]


async def test_money_is_reserved_used_and_carried_over(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    line_of = "B1_COORDINATION"
    award, later = await active(as_, 2017, line_of), await granted(as_, 2018, line_of)
    line = {"awardLineId": award["lines"][0]["id"]}
    wanted = {**line, "costKind": "EVENTS", "reservedOn": "2017-03-01"}
    wanted |= {"expiresOn": "2099-06-30"}

    held = await done(officer, "reserveFunds", RESERVATION, **wanted, amount="6000.00")
    spare = await done(officer, "reserveFunds", RESERVATION, **wanted, amount="1000.00")
    too_much = await tried(officer, "reserveFunds", FREE, **wanted, amount="48000.01")
    use = {"reservationId": held["id"], "expectedVersion": held["version"]}
    use |= {"amount": "5500.00", "valueDate": "2017-05-02"}
    own = await tried(officer, "postReservation", "", **use)
    stale = await tried(approver, "postReservation", "", **use | {"expectedVersion": 9})
    used = await done(approver, "postReservation", RESERVATION, **use)
    seen = {"reservationId": spare["id"], "expectedVersion": spare["version"]}
    given_up = await done(officer, "voidReservation", RESERVATION, **seen)

    assert (held["state"], held["allowedActions"]) == ("OPEN", ["POST", "VOID"])
    assert (too_much["__typename"], too_much["freeAmount"]) == (
        "InsufficientFundsError",
        "48000.00",
    )
    assert (own["__typename"], stale["__typename"]) == ("ForbiddenError", "StaleVersionError")
    assert (used["state"], used["posted"], given_up["state"]) == ("POSTED", "5500.00", "VOIDED")
    now = {"granted": "55000.00", "reserved": "0.00", "used": "5500.00", "free": "49500.00"}
    assert await budget(officer, award, TODAY) == [now]
    [then] = await budget(officer, award, "2017-05-01")
    assert (then["reserved"], then["used"]) == ("7000.00", "0.00")
    assert await budget(as_(ELSEWHERE), award) is None
    listed = "query($line: ID) { reservations(filter: {awardLineId: $line}) { edges { node { id"
    listed += " } } } }"
    found = (await officer.data(listed, line=line["awardLineId"]))["reservations"]["edges"]
    assert {one["node"]["id"] for one in found} == {held["id"], spare["id"]}

    seen = {"awardId": award["id"], "expectedVersion": award["version"]}
    over = {**seen, **line, "toAwardLineId": later["lines"][0]["id"], "consentRef": "BRA-36-2018-1"}
    refused = await tried(approver, "carryOverAward", "", **over, amount="49500.01")
    assert refused["__typename"] == "InsufficientFundsError"
    await done(approver, "carryOverAward", AWARD, **over, amount="500.00")
    assert [one["free"] for one in await budget(officer, later)] == ["55500.00"]


async def test_rules_and_rates_are_dated_and_released_by_a_second_person(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    rule = await done(
        officer,
        "setCostRule",
        "CostRuleSuccess rule { id version isReleased }",
        fundingLine="B3_FOREIGNERS_NATURALISATION",
        costKind="TRAINING",
        answer="NOT_ELIGIBLE",
        validFrom="2098-01-01",
        source="Erlass MKJFGFI",
    )
    release = mutation(
        "releaseCostRule", "ReleaseRuleInput", "... on CostRuleSuccess { rule { isReleased } }"
    )
    seen = {"ruleId": rule["id"], "expectedVersion": rule["version"]}
    own = await change(officer, release, **seen)
    released = await change(approver, release, **seen)

    assert (rule["isReleased"], own["code"]) == (False, "not-permitted")
    assert released["rule"]["isReleased"] is True
    found = await officer.data(RULES)
    rules = [one["node"] for one in found["costRules"]["edges"]]
    assert {"id": rule["id"], "isReleased": True, "validFrom": "2098-01-01"} in rules
    assert len(found["fundingLineRules"]["edges"]) == 3

    rate = {"fundingLine": "B2_CASE_MANAGEMENT", "fiscalYear": 2098, "source": "Nachtrag"}
    fields = "RateSuccess rate { id version unitKind ceiling }"
    old = await done(officer, "recordRate", fields, **rate, ceiling="57000.00")
    newer = {"rateId": old["id"], "expectedVersion": old["version"], "source": "Nachtrag"}
    new = await done(officer, "replaceRate", fields, **newer, ceiling="58000.00")
    kept = await officer.data(
        "query($id: ID!) { rate(id: $id) { ceiling replacedBy } }", id=old["id"]
    )
    assert (new["unitKind"], new["ceiling"]) == ("POST_YEAR", "58000.00")
    assert kept["rate"] == {"ceiling": "57000.00", "replacedBy": new["id"]}


async def test_a_call_is_answered_recommended_decided_and_selected(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    award = await active(as_, 2016)
    share = {"awardLineId": award["lines"][0]["id"], "fte": "1.00", "amount": "55000.00"}
    days = {"validFrom": "2016-01-01", "validTo": "2016-12-31"}
    fields = "AllocationSuccess allocation { id version state }"
    allocation = await done(officer, "createAllocation", fields, **share, **days)
    where = {"allocationId": allocation["id"]}

    async def step(asker: Asker, name: str, kind: str, **given: Any) -> Any:
        answer = await change(asker, mutation(name, kind, CALL), **where, **given)
        return answer.get("call", answer)

    call = {"opensOn": "2016-01-10", "closesOn": "2016-01-31", "criteria": "Ortskenntnis"}
    set_up = await step(officer, "setCallForInterest", "SetCallForInterestInput", **call)
    acted = {**where, "expectedVersion": allocation["version"]}
    not_yet = await tried(
        officer, "performAllocationAction", "", **acted, action="WAIVE_PROOF", reason="unter 500 €"
    )
    await done(officer, "performAllocationAction", fields, **acted, action="OPEN_CALL")
    answer = {"respondentName": "Caritasverband", "respondentUnit": "waf-caritas", "fte": "1.00"}
    seen = {"expectedVersion": set_up["version"], "requestedAmount": "70000.00"}
    given = await step(officer, "recordInterest", "RecordInterestInput", **answer, **seen)
    first = {"number": 1, "expectedVersion": given["version"]}
    undecided = await step(approver, "selectInterest", "SelectInterestInput", **first)
    for asker, name, amount in (
        (officer, "recommendInterest", "60000.00"),
        (approver, "decideInterest", "55000.00"),
    ):
        given = await step(asker, name, "InterestAmountInput", **first, amount=amount)
        first["expectedVersion"] = given["version"]
    await step(approver, "selectInterest", "SelectInterestInput", **first)

    assert not_yet["__typename"] in {"ConflictError", "ForbiddenError"}
    assert (undecided["__typename"], undecided["code"]) == ("ValidationError", "response-undecided")
    query = """query($id: ID!) { allocation(id: $id) { state recipientUnit callForInterest {
      responses { requestedAmount recommendedAmount decidedAmount isSelected } } } }"""
    found = (await officer.data(query, id=allocation["id"]))["allocation"]
    assert (found["state"], found["recipientUnit"]) == ("SELECTED", "waf-caritas")
    assert list(found["callForInterest"]["responses"][0].values()) == [
        "70000.00",
        "60000.00",
        "55000.00",
        True,
    ]
    assert (await as_(ELSEWHERE).data(query, id=allocation["id"]))["allocation"] is None
