"""One operation executed twice before the same services: by graphql-core alone, and by the plan."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson

from gateway.clients.cases import CasesClient
from gateway.clients.conversation import CallLog, Conversation
from gateway.clients.funding import FundingClient
from gateway.clients.referrals import ReferralsClient
from gateway.clients.services import Services
from gateway.context import GatewayContext
from gateway.loaders import loaders_for
from gateway.schema import schema
from gateway.settings import Settings
from gateway.transport.execution import Executor
from gateway.transport.faults import RequestFault
from gateway.transport.reading import GraphQLRequest
from shared.kernel.caller import system_caller
from tests.gateway.plans.invented import InventedService

SERVICES = ("cases", "funding", "referrals")
# Generated operations may be larger than what a client may ask; equality is what counts here.
LARGE: dict[str, Any] = {
    "cost_max": 10**9,
    "fields_max": 20_000,
    "tokens_max": 20_000,
    "aliases_max": 500,
}
BY_CORE = Executor(schema, Settings(depth_max=50, query_plans=False, **LARGE))
BY_PLAN = Executor(schema, Settings(depth_max=50, query_plans=True, **LARGE))


@dataclass(frozen=True, slots=True)
class Said:
    """How the services answer: the same in both executions."""

    seed: int = 0
    share: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)

    def context(self) -> GatewayContext:
        log = CallLog()

        def asked(name: str) -> Conversation:
            service = InventedService(name, self.seed, self.share, self.faults.get(name))
            return Conversation(service, {}, log, 30.0, False)

        services = Services(
            cases=CasesClient(asked("cases"), 30.0),
            funding=FundingClient(asked("funding"), 30.0),
            referrals=ReferralsClient(asked("referrals"), 30.0),
        )
        caller = system_caller(tenant_id="05570", unit_id="waf-ki", part="tests")
        return GatewayContext(caller, services, loaders_for(services), log)


async def answered(
    executor: Executor, said: Said, query: str, variables: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The whole answer, and the calls it took."""
    context = said.context()
    request = GraphQLRequest(query=query, variables=variables)
    try:
        executed = await executor.execute(request, context, is_get=False)
    except RequestFault as refused:
        return {"refused": refused.errors}, []
    # What graphql-core lets run out behind an answer.
    behind = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*behind, return_exceptions=True)
    return executed.document, context.calls.calls


def nulled(document: dict[str, Any]) -> list[list[str | int]]:
    """Where the errors have left a null in the data, each as long as it goes."""
    return sorted(
        (_nulled_by(one["path"], document["data"]) for one in document["errors"]), key=str
    )


def _nulled_by(path: list[str | int], data: Any) -> list[str | int]:
    for at, step in enumerate(path):
        if data is None:
            return path[:at]
        data = data[step]
    assert data is None
    return path


async def same_both_ways(query: str, said: Said, **variables: Any) -> dict[str, Any]:
    """The answer, which is the same to the byte, from the same calls.

    Of several faults below one null an answer names the first, and which one that is time decides,
    in graphql-core, too: then the nulls are compared, and where they stand.
    """
    expected, calls_by_core = await answered(BY_CORE, said, query, variables)
    found, calls_by_plan = await answered(BY_PLAN, said, query, variables)
    if orjson.dumps(found) != orjson.dumps(expected):
        assert orjson.dumps(found.get("data")) == orjson.dumps(expected.get("data")), query
        assert nulled(found) == nulled(expected), query
    assert calls_by_plan == calls_by_core
    return found
