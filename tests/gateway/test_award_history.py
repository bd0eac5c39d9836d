"""Awards as of a day, their versions, their tree, and corrections, through the one door."""

from typing import Any

from tests.gateway.conftest import As
from tests.gateway.test_rules import active, drafted, granted
from tests.gateway.working import done, tried

OFFICER, APPROVER, READER = "waf-funding-officer", "waf-funding-approver", "waf-coordinator"
ELSEWHERE = "st-funding-officer"
AWARD = """AwardSuccess award { id version reference versionNumber
  lines { id ownUseAmount ownUseFte partYearDecision } }"""
HISTORY = """query($id: ID!, $day: Date) {
  award(id: $id, asOf: $day) { total versionNumber
    versions { number kind total approvedAt lines { key amount } }
    allocationTree { nodes { id parentId depth amount freeAmount } findings { code } } } }"""
OF_ALLOCATION = """query($id: ID!, $day: Date) { allocation(id: $id, asOf: $day) {
  amount targetGroup instalmentPlan { version amount instalments { number amount } }
  versions { number amount fte } } }"""


def at(award: Any) -> dict[str, Any]:
    return {"awardId": award["id"], "expectedVersion": award["version"]}


async def test_an_award_is_read_as_of_a_day_with_its_versions_and_tree(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    award = await active(as_, 2025)
    amended = await done(
        officer,
        "amendAward",
        AWARD,
        **at(award),
        validFrom="2025-01-01",
        validTo="2025-12-31",
        effectiveFrom="2025-07-01",
        total="60000.00",
        lines=[
            {
                "key": "line",
                "fundingLine": "B2_CASE_MANAGEMENT",
                "amount": "60000.00",
                "fte": "1.00",
            }
        ],
        reason="Nachtrag",
    )
    await done(approver, "approveAwardVersion", AWARD, **at(amended), number=2)

    before = (await officer.data(HISTORY, id=award["id"], day="2025-06-30"))["award"]
    answer = await as_(READER).ask(HISTORY, id=award["id"], day="2025-07-01")
    after = answer["data"]["award"]

    assert (before["total"], before["versionNumber"]) == ("55000.00", 1)
    assert (after["total"], after["versionNumber"]) == ("60000.00", 2)
    versions = {one["number"]: one for one in after["versions"]}
    assert versions[1]["lines"] == [{"key": "line", "amount": "55000.00"}]
    assert (versions[2]["kind"], versions[2]["total"]) == ("AENDERUNG", "60000.00")
    [root] = after["allocationTree"]["nodes"]
    assert (root["id"], root["depth"]) == (award["lines"][0]["id"], 0)
    assert answer["extensions"]["upstreamCalls"] == 3
    assert await as_(ELSEWHERE).data(HISTORY, id=award["id"]) == {"award": None}


async def test_what_is_no_money_is_changed_and_own_use_set(as_: As) -> None:
    officer, draft = as_(OFFICER), await drafted(as_, 2026)
    reader = await tried(as_(READER), "changeAward", "", **at(draft), reference="X")
    changed = await done(officer, "changeAward", AWARD, **at(draft), reference="BRA-2026/7")
    stale = await tried(officer, "changeAward", "", **at(draft), reference="Y")

    award = await active(as_, 2026)
    line = {"lineId": award["lines"][0]["id"]}
    fixed = await tried(officer, "changeAward", "", **at(award), reference="Z")
    kept = await done(
        officer, "setOwnUse", AWARD, **at(award), **line, fte="0.50", amount="27500.00"
    )
    too_much = await tried(
        officer, "setOwnUse", "", **at(kept), **line, fte="1.01", amount="27500.00"
    )

    assert (reader["__typename"], stale["__typename"]) == ("ForbiddenError", "StaleVersionError")
    assert changed["reference"] == "BRA-2026/7"
    assert (fixed["__typename"], fixed["code"]) == ("ConflictError", "notice-is-fixed")
    assert [kept["lines"][0][one] for one in ("ownUseFte", "ownUseAmount")] == ["0.50", "27500.00"]
    assert too_much["__typename"] in {"ValidationError", "ConflictError", "InsufficientFundsError"}


async def test_f9_a_person_decides_what_a_part_of_a_year_is_worth(as_: As) -> None:
    officer, award = as_(OFFICER), await granted(as_, 2023)
    line = {"lineId": award["lines"][0]["id"]}

    decided = await done(officer, "decidePartYear", AWARD, **at(award), **line, decision="PRO_RATA")

    assert decided["lines"][0]["partYearDecision"] == "PRO_RATA"


async def test_an_allocation_shows_its_versions_and_its_plan(as_: As) -> None:
    officer, award = as_(OFFICER), await active(as_, 2024)
    fields = "AllocationSuccess allocation { id version targetGroup }"
    made = await done(
        officer,
        "createAllocation",
        fields,
        awardLineId=award["lines"][0]["id"],
        fte="0.50",
        amount="27500.00",
        validFrom="2024-01-01",
        validTo="2024-12-31",
    )
    seen = {"allocationId": made["id"], "expectedVersion": made["version"]}

    changed = await done(officer, "changeAllocation", fields, **seen, targetGroup="FAMILIES")
    stale = await tried(officer, "changeAllocation", "", **seen, targetGroup="ALL")
    answer = await as_(READER).ask(OF_ALLOCATION, id=made["id"], day="2024-06-30")
    found = answer["data"]["allocation"]

    assert (changed["targetGroup"], stale["__typename"]) == ("FAMILIES", "StaleVersionError")
    assert found["versions"] == [{"number": 1, "amount": "27500.00", "fte": "0.50"}]
    assert found["instalmentPlan"] == {
        "version": changed["version"],
        "amount": "27500.00",
        "instalments": [],
    }
    assert answer["extensions"]["upstreamCalls"] == 3
    assert await as_(ELSEWHERE).data(OF_ALLOCATION, id=made["id"]) == {"allocation": None}
