"""The workloads that ask the gateway."""

import json
from typing import Any, Final

from benchmarks.load import Request, Way
from benchmarks.samples import CASE_MANAGER, COORDINATOR
from benchmarks.workloads import JSON_BODY, PAGE, Bench, Workload

LIST_WITH_RELATIONS: Final = """
query Cases($first: Int!) {
  cases(first: $first) { edges { node {
    id reference origin state stateSince openedOn closedOn language municipalityAgs caseManager
    isUnderLegalHold updatedAt
    person { id familyName givenNames birthDate }
    referral { id state topic senderUnit }
  } } }
}
"""
DETAIL: Final = """
query Detail($id: ID!) {
  case(id: $id) {
    id version reference origin state stateSince openedOn allowedActions
    person { id familyName givenNames birthDate gender languages }
    family { id members { role person { id familyName } } }
    referral { id state topic senderUnit }
    file { phases { toState onDate action } }
    tasks { id } contacts { id } consents { id } planVersions { id }
  }
}
"""
REPORT: Final = """
query Report($asOf: Date!) {
  statusReport(asOf: $asOf) {
    asOf
    funding { __typename ... on FundingStatus { programmeVolume lines { key amount fte } } }
    cases { __typename ... on CaseStatistics { families { total } } }
  }
}
"""


def graphql_list(bench: Bench) -> Workload:
    return Workload(
        "GraphQL: 50 cases with person and referral",
        _ways(bench, CASE_MANAGER, [_body(LIST_WITH_RELATIONS, first=PAGE)]),
        goal="≥ 8 × stock Strawberry",
    )


def graphql_detail(bench: Bench) -> Workload:
    bodies = [_body(DETAIL, id=one) for one in bench.samples.case_ids]
    return Workload("GraphQL: one case with nine relations", _ways(bench, CASE_MANAGER, bodies))


def graphql_report(bench: Bench) -> Workload:
    return Workload(
        "GraphQL: status report, funding and cases",
        _ways(bench, COORDINATOR, [_body(REPORT, asOf="2024-12-31")]),
        goal="≤ 300 ms with 200 k cases",
    )


def _ways(bench: Bench, persona: str, bodies: list[str]) -> tuple[Way, ...]:
    """The gateway's own way, and the same through Strawberry's router."""
    stock = [Request("POST", "/stock", body) for body in bodies]
    headers = bench.signed(persona) | JSON_BODY
    return (
        bench.ours("gateway", persona, *(Request("POST", "/graphql", body) for body in bodies)),
        Way("stock Strawberry", bench.stock_url, lambda: stock, headers, (bench.stock,)),
    )


def _body(query: str, **variables: Any) -> str:
    return json.dumps({"query": query, "variables": variables})
