"""Code lists, state machines and audit logs through the one door."""

from typing import Any

from deploy.local.demo.client import Client
from tests.gateway.conftest import As
from tests.gateway.test_people import READ, SAMIRA, record

LOG = """query($service: ServiceName!, $filter: AuditFilter, $after: String) {
  auditEntries(service: $service, filter: $filter, first: 2, after: $after) {
    edges { node { at action actor recordKind recordIds members changes differences { name } } }
    pageInfo { hasNextPage endCursor }
  } }"""


async def test_every_code_list_comes_with_labels_in_one_call(as_: As) -> None:
    answer = await as_(SAMIRA).ask(
        "{ codeLists { name version codes { code label { de en } validTo } } }"
    )
    lists = {one["name"]: one for one in answer["data"]["codeLists"]}
    groups = {code["code"]: code["label"] for code in lists["residence-groups"]["codes"]}
    assert groups["TOLERATED"]["de"].startswith("Duldung")
    assert answer["extensions"]["upstreamCalls"] == 1
    query = "query($name: String!) { codeList(name: $name) { name codes { code } } }"
    one = (await as_(SAMIRA).data(query, name="legal-circles"))["codeList"]
    assert "SGB_II" in {code["code"] for code in one["codes"]}
    assert await as_(SAMIRA).data(query, name="../audit-entries") == {"codeList": None}


async def test_codes_stand_in_groups_and_say_whether_they_may_be_chosen(as_: As) -> None:
    query = """query($name: String!) { codeList(name: $name) {
      codes { code isSelectable group { code label { de en } } } } }"""
    listed = (await as_(SAMIRA).data(query, name="residence-paragraphs"))["codeList"]["codes"]
    paragraphs = {one["code"]: one for one in listed}
    ended, living = paragraphs["AUFENTHG_104C"], paragraphs["AUFENTHG_25A"]
    # § 104c AufenthG could be chosen until the end of 2025; records keep it.
    assert (ended["isSelectable"], living["isSelectable"]) == (False, True)
    assert ended["group"] == living["group"]
    assert ended["group"]["code"] == "INTEGRATION_BASED"
    groups = (await as_(SAMIRA).data(query, name="residence-groups"))["codeList"]["codes"]
    assert {one["group"] for one in groups} == {None}
    assert {one["group"]["code"] for one in listed} <= {one["code"] for one in groups}


async def test_a_state_machine_is_published_as_data_and_as_a_diagram(as_: As) -> None:
    query = """query($name: String!) { stateMachine(name: $name) { initial mermaid
      states { state isFinal } moves { from action to rule } guards { id message { de en } } } }"""
    machine = (await as_(SAMIRA).data(query, name="case"))["stateMachine"]
    assert machine["initial"] == "REQUESTED"
    assert machine["mermaid"].startswith("stateDiagram-v2")
    moves = {(one["from"], one["action"]): one["to"] for one in machine["moves"]}
    assert moves[("REQUESTED", "assign")] == "INTAKE"
    assert await as_(SAMIRA).data(query, name="unknown") == {"stateMachine": None}


async def test_the_officer_reads_who_looked_at_whom_and_others_do_not(as_: As) -> None:
    samira, officer = as_(SAMIRA), as_("waf-dpo")
    person = await record(samira)
    await samira.data(READ, id=person["id"])
    wanted: dict[str, Any] = {"action": "read", "atGte": "2020-01-01T00:00:00Z"}
    page = (await officer.data(LOG, service="CASES", filter=wanted))["auditEntries"]
    assert all(edge["node"]["action"] == "read" for edge in page["edges"])
    assert person["id"] in {one for e in page["edges"] for one in e["node"]["recordIds"]}
    after = page["pageInfo"]["endCursor"]
    rest = (await officer.data(LOG, service="CASES", filter=wanted, after=after))["auditEntries"]
    assert len(rest["edges"]) == 2
    before = {"atLt": "2020-01-01T00:00:00Z"}
    assert (await officer.data(LOG, service="FUNDING", filter=before))["auditEntries"][
        "edges"
    ] == []
    answer = await samira.ask(LOG, service="CASES")
    assert answer["data"]["auditEntries"] is None
    assert answer["errors"][0]["extensions"]["problem"] == "not-permitted"


VERIFICATION = """{ auditVerification(service: %s) {
  isIntact blocks entries waiting lastIntact { block hash } findings { kind block } } }"""


async def test_e10_the_officer_sees_which_members_of_a_record_were_read(
    as_: As, people: Client
) -> None:
    person = await record(as_(SAMIRA))
    narrow = {"ids": person["id"], "fields": "version"}
    await people.get(SAMIRA, "cases", "/v1/persons", **narrow)
    await as_(SAMIRA).data(READ, id=person["id"])
    wanted = {"action": "read", "recordId": person["id"]}
    page = (await as_("waf-dpo").data(LOG, service="CASES", filter=wanted))["auditEntries"]
    whole, part = [edge["node"] for edge in page["edges"]]
    assert whole["members"] is None
    assert sorted(part["members"]) == ["id", "version"]
    assert (part["changes"], part["differences"]) == (None, [])


async def test_the_officer_has_the_audit_log_verified_and_others_do_not(as_: As) -> None:
    await as_("waf-case-manager").data("{ cases(first: 1) { edges { node { id } } } }")
    for service in ("CASES", "FUNDING", "REFERRALS"):
        found = (await as_("waf-dpo").data(VERIFICATION % service))["auditVerification"]
        assert (found["isIntact"], found["findings"]) == (True, [])
        assert found["blocks"] > 0 or found["waiting"] >= 0
    refused = await as_("waf-case-manager").ask(VERIFICATION % "CASES")
    assert refused["data"] == {"auditVerification": None}
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_purposes_are_published_with_their_legal_basis(as_: As) -> None:
    query = "{ processingPurposes { code displayName { de } legalBasis { de } } }"
    found = (await as_("waf-case-manager").data(query))["processingPurposes"]
    basis = {one["code"]: one["legalBasis"]["de"] for one in found}
    assert "§ 9 TIntG NRW" in basis["CASE_WORK"]
    assert all(basis.values())
