"""Code lists, state machines and audit logs through the one door."""

from typing import Any

from tests.gateway.conftest import As
from tests.gateway.test_people import READ, SAMIRA, record

LOG = """query($service: ServiceName!, $filter: AuditFilter, $after: String) {
  auditEntries(service: $service, filter: $filter, first: 2, after: $after) {
    edges { node { at action actor recordKind recordIds } } pageInfo { hasNextPage endCursor }
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
