"""schemathesis writes documents of every field of Query and Mutation for a running gateway.

Whatever a valid document asks, the gateway answers it, and every service stays up; mutations are
only tried. `--examples 30` asks more.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from graphql import ObjectValueNode, StringValueNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deploy.local.demo.client import Client
from gateway.transport.faults import ErrorCode
from tests.outside.node import SCHEMA, TIMEOUT_S

AT_ONCE = 6
FAULTS = {ErrorCode.INTERNAL_FAULT.value, "SERVICE_UNAVAILABLE"}


def text(values: st.SearchStrategy[Any]) -> Any:
    return values.map(lambda value: StringValueNode(value=str(value)))


SCALARS = {
    "Date": text(st.dates()),
    "DateTime": text(st.datetimes().map(lambda value: f"{value.isoformat()}Z")),
    "Amount": text(st.decimals(0, 10**9, places=2)),
    "JSON": st.just(ObjectValueNode(fields=())),
    "Fte": text(st.decimals(0, 99, places=2)),
}


def documents(examples: int) -> Iterator[tuple[str, str]]:
    """(field, document), the same at every run."""
    for name, strategy in SCALARS.items():
        schemathesis.graphql.scalar(name, strategy)
    schema = schemathesis.graphql.from_file(SCHEMA.read_text())
    bounds = settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for found in schema.get_all_operations():
        operation = found.ok()
        for document in _written(bounds, operation.as_strategy()):
            yield operation.label, document


def _written(bounds: settings, cases: st.SearchStrategy[Any]) -> list[str]:
    written: list[str] = []

    @bounds
    @given(cases)
    def write(case: Any) -> None:
        written.append(case.body)

    write()
    return written


async def test_j11_no_document_makes_the_gateway_or_a_service_fail(
    people: Client, request: pytest.FixtureRequest
) -> None:
    asked = list(documents(request.config.getoption("--examples", default=1)))
    headers = {
        "Authorization": f"Bearer {await people.token('waf-coordinator')}",
        "KIM-Dry-Run": "true",
    }
    places, codes = asyncio.Semaphore(AT_ONCE), Counter[str]()
    failed: list[tuple[str, str, str]] = []

    async def ask(label: str, document: str) -> None:
        async with places:
            answer = await gateway.post("/graphql", json={"query": document})
        errors = answer.json().get("errors", [])
        found = {one["extensions"]["code"] for one in errors}
        codes.update(found or {"ANSWERED"})
        if answer.status_code != httpx.codes.OK or found & FAULTS:
            failed.append((label, document, answer.text))

    url = people.settings.gateway_url
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT_S) as gateway:
        await asyncio.gather(*(ask(*one) for one in asked))
    assert failed == []
    assert codes["ANSWERED"] > len(asked) / 4, codes
