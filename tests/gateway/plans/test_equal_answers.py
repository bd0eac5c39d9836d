"""What the plan answers is what graphql-core answers, to the byte and from the same calls.

`KIM_EXAMPLES=1000` tries as many generated operations, each from services that answer otherwise.
"""

import asyncio
import os
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import pytest
from graphql import StringValueNode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import queries

from gateway.plans.planning import KEPT_MAX
from gateway.plans.projection import ProjectingExecutor, planned
from gateway.schema import schema
from tests.gateway.plans.both_ways import BY_PLAN, SERVICES, Said, same_both_ways
from tests.gateway.plans.invented import CORE, ID, LEAVES

OPERATIONS = sorted((Path(__file__).parents[3] / "docs/frontend/operations").glob("*.graphql"))
FAULTS = ("gone", "refuses", "nonsense")
VARIABLES: dict[str, Any] = {
    "AllocationWithPositions": {"id": ID.format(1)},
    "BudgetOverview": {"fiscalYear": 2022},
    "CaseInFull": {"id": ID.format(1)},
    "MyCases": {},
    "ProofOfUse": {"id": ID.format(1)},
    "ReferralInFull": {"id": ID.format(1)},
    "ReferralInbox": {"first": 3},
    "SearchPersons": {"input": {"name": "Muster"}},
    "StatusReport": {"asOf": "2022-11-21"},
    "WorkList": {"name": "MINE"},
}
SAID = st.builds(
    Said,
    seed=st.integers(0, 10_000),
    share=st.sampled_from((0.0, 0.0, 0.02, 0.1, 0.5)),
    faults=st.dictionaries(st.sampled_from(SERVICES), st.sampled_from(FAULTS), max_size=2),
)
EXAMPLES = os.environ.get("KIM_EXAMPLES")
PATIENT = settings(
    derandomize=EXAMPLES is None,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LIST = """
query($isShort: Boolean! = false) {
  cases(first: 50) {
    __typename
    edges { cursor node { ...Head ...Rest @skip(if: $isShort) referral { id state version } } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Head on Case { __typename id version name: reference state }
fragment Rest on Case {
  id origin openedOn closedOn updatedAt maskedFields isUnderLegalHold
  tasks { id title ... on Task { title due: dueOn } }
}
"""


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.stem)
@PATIENT
@given(said=SAID)
def test_operations_of_the_frontend_are_answered_alike(operation: Path, said: Said) -> None:
    text = operation.read_text(encoding="utf-8")
    asyncio.run(same_both_ways(text, said, **VARIABLES[operation.stem]))


@PATIENT
@given(said=SAID, is_short=st.booleans())
def test_fragments_aliases_and_directives_are_answered_alike(said: Said, *, is_short: bool) -> None:
    asyncio.run(same_both_ways(LIST, said, isShort=is_short))


def generated() -> Any:
    scalars = {
        name: st.just(StringValueNode(value=str(LEAVES[name])))
        for name in ("Date", "DateTime", "Amount", "Fte", "JSON")
    }
    return queries(CORE, custom_scalars=scalars)


@settings(PATIENT, max_examples=int(EXAMPLES or 8))
@given(query=st.deferred(generated), said=SAID)
def test_generated_operations_are_answered_alike(query: str, said: Said) -> None:
    asyncio.run(same_both_ways(query, said))


WITH_FRAGMENTS_OF_ABSTRACT_TYPES = """
query($ids: [ID!]!, $isShort: Boolean!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Case { reference tasks @skip(if: $isShort) { id case { id allowedActions } } }
    ... on Referral { state maskedFields case @include(if: $isShort) { id } }
  }
}
"""


@PATIENT
@given(said=SAID, is_short=st.booleans())
def test_abstract_types_and_levels_below_them_are_answered_alike(
    said: Said, *, is_short: bool
) -> None:
    ids = [ID.format(1), ID.format(2), "no id"]
    asyncio.run(same_both_ways(WITH_FRAGMENTS_OF_ABSTRACT_TYPES, said, ids=ids, isShort=is_short))


WITH_A_CHOICE_LEFT_OPEN = """
query($isLong: Boolean = true) {
  cases { edges { node { id tasks { id title @include(if: $isLong) case { id } } } } }
}
"""


async def test_of_two_faults_below_one_null_one_is_named() -> None:
    text = next(one for one in OPERATIONS if one.stem == "MyCases").read_text(encoding="utf-8")
    answer = await same_both_ways(text, Said(seed=2339, share=0.02))
    assert answer["data"] == {"cases": None}
    assert len(answer["errors"]) == 1


@pytest.mark.parametrize("given", [{}, {"isLong": True}, {"isLong": False}, {"isLong": None}])
async def test_a_directive_without_its_value_is_judged_by_graphql_core(
    given: dict[str, Any],
) -> None:
    for _ in range(2):
        answer = await same_both_ways(WITH_A_CHOICE_LEFT_OPEN, Said(), **given)
        assert ("errors" in answer) is (given == {"isLong": None})


async def test_a_plan_is_kept_with_its_document_for_each_shape() -> None:
    prepared = BY_PLAN._documents.prepared(LIST)
    prepared.plans.clear()
    for is_short in (True, False, True, False):
        await same_both_ways(LIST, Said(), isShort=is_short)
    shapes = {shape for _, _, shape in prepared.plans}
    assert shapes == {(("isShort", True),), (("isShort", False),)}
    kept = len(prepared.plans)
    await same_both_ways(LIST, Said(seed=1), isShort=True)
    assert len(prepared.plans) == kept <= KEPT_MAX


class Counting(ProjectingExecutor):
    resolved: ClassVar[Counter[str]] = Counter()

    def build_resolve_info(
        self, field_def: Any, field_nodes: Any, parent_type: Any, path: Any
    ) -> Any:
        self.resolved[f"{parent_type}.{field_nodes[0].name.value}"] += 1
        return super().build_resolve_info(field_def, field_nodes, parent_type, path)


async def resolved_of(said: Said) -> Counter[str]:
    """The fields that graphql-core still resolves of the list."""
    counted = planned(schema)
    counted.execution_context_class = Counting
    Counting.resolved.clear()
    await counted.execute(LIST, {"isShort": False}, context_value=said.context())
    return Counter(Counting.resolved)


async def test_of_what_is_planned_whole_only_the_root_is_resolved() -> None:
    assert await resolved_of(Said()) == {"Query.cases": 1}


async def test_what_a_service_may_not_say_is_judged_by_graphql_core() -> None:
    answer = await same_both_ways(LIST, Said(seed=2, share=0.02), isShort=False)
    assert answer["errors"]
    resolved = await resolved_of(Said(seed=2, share=0.02))
    assert resolved == dict.fromkeys(
        ("Query.cases", "CaseConnection.edges", "CaseEdge.node", "Case.maskedFields"), 1
    )
