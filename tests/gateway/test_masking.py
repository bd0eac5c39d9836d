"""Faults inside stay inside: a client sees a code and the request id, never a trace."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from gateway.clients.conversation import CallLog
from gateway.clients.faults import ServiceDown, ServiceRefused
from gateway.context import GatewayContext
from gateway.schema import GatewaySchema
from gateway.schema.published import member
from gateway.settings import Settings
from gateway.transport.execution import Executor
from gateway.transport.faults import without_value
from gateway.transport.prepared import UsePrepared
from gateway.transport.reading import GraphQLRequest
from shared.observability.request import NO_REQUEST, RequestFacts, begin_request

SECRET = "select family_name from person"


@strawberry.type
class Query:
    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(SECRET)

    @strawberry.field
    def down(self) -> str | None:
        raise ServiceDown("cases", SECRET, retry_after_s=7)

    @strawberry.field
    def refused(self) -> str | None:
        problem = {"code": "not-permitted", "detail": "Das ist Ihnen nicht erlaubt."}
        raise ServiceRefused("funding", 403, problem)

    @strawberry.field
    def expired(self) -> str | None:
        raise ServiceRefused("funding", 401, {"code": "token-refused", "title": "Abgelaufen."})

    @strawberry.field
    def whole(self) -> str:
        return "whole"


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    schema = GatewaySchema(
        query=Query, extensions=[UsePrepared], config=StrawberryConfig(default_resolver=member)
    )
    begin_request(RequestFacts(id="request-0815", language="de"))
    yield Executor(schema, Settings())
    begin_request(NO_REQUEST)


async def execute(executor: Executor, query: str) -> dict[str, Any]:
    nothing: Any = None
    context = GatewayContext(nothing, nothing, nothing, CallLog())
    executed = await executor.execute(GraphQLRequest(query), context, is_get=False)
    return executed.document


async def test_an_unexpected_fault_is_masked_with_the_request_id(
    executor: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    document = await execute(executor, "{ broken whole }")
    assert document["data"] == {"broken": None, "whole": "whole"}
    assert document["errors"] == [
        {
            "message": "Ein unerwarteter Fehler ist aufgetreten. Bitte nennen Sie die"
            " Anfragenummer.",
            "locations": [{"line": 1, "column": 3}],
            "path": ["broken"],
            "extensions": {"code": "INTERNAL_FAULT", "requestId": "request-0815"},
        }
    ]
    assert SECRET not in str(document)
    assert SECRET not in caplog.text  # Strawberry's own log would have printed the trace


async def test_a_service_that_is_down_is_named(executor: Executor) -> None:
    (error,) = (await execute(executor, "{ down whole }"))["errors"]
    assert error["extensions"] == {
        "code": "SERVICE_UNAVAILABLE",
        "service": "cases",
        "retryable": True,
        "retryAfterS": 7,
    }
    assert error["message"] == "Der Dienst Fallakten ist zurzeit nicht erreichbar."


async def test_a_services_refusal_keeps_its_code_and_sentence(executor: Executor) -> None:
    (error,) = (await execute(executor, "{ refused }"))["errors"]
    assert error["message"] == "Das ist Ihnen nicht erlaubt."
    assert error["extensions"] == {
        "code": "FORBIDDEN",
        "problem": "not-permitted",
        "service": "funding",
    }


async def test_a_token_that_expired_on_the_way_is_unauthenticated(executor: Executor) -> None:
    (error,) = (await execute(executor, "{ expired }"))["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (
            "Variable '$i' has invalid value: Expected value of type 'I', found: 'Elif'.",
            "Variable '$i' has invalid value: Expected value of type 'I'.",
        ),
        (
            "Variable '$i' has invalid value at .n: Int cannot represent non-integer value: 'Elif'",
            "Variable '$i' has invalid value at .n: Int cannot represent non-integer.",
        ),
        ("Variable '$i' has invalid value: Nothing given.",) * 2,
    ],
)
def test_a_refused_variable_is_named_without_its_value(given: str, left: str) -> None:
    assert without_value(given) == left
