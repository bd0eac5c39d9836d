"""One operation from the request to the answer: choose, coerce, cost, execute, mask."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from graphql import (
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    specified_rules,
)
from strawberry import Schema
from strawberry.types.execution import PreExecutionError

from gateway.context import GatewayContext
from gateway.metrics import OPERATIONS
from gateway.plans.projection import planned
from gateway.settings import Settings
from gateway.transport.caching import may_be_kept
from gateway.transport.documents import Documents
from gateway.transport.faults import (
    ErrorCode,
    RequestFault,
    fault,
    refused,
    refused_by_graphql,
    without_value,
)
from gateway.transport.limits import Limits
from gateway.transport.masking import masked
from gateway.transport.origins import service_at
from gateway.transport.reading import GraphQLRequest
from gateway.transport.trusted import TrustedDocuments
from shared.kernel.text import Text

log = structlog.get_logger(__name__)

GET_IS_FOR_QUERIES = Text(
    de="Mit GET gibt es nur Abfragen; Änderungen gehen mit POST.",
    en="GET is for queries only; mutations go by POST.",
)
A_STREAM_IS_NEEDED = Text(
    de="Ein Abonnement geht über WebSocket (`graphql-transport-ws`) oder mit"
    " `Accept: text/event-stream`.",
    en="A subscription goes over WebSocket (`graphql-transport-ws`) or with"
    " `Accept: text/event-stream`.",
)
PERSONS_ARE_ASKED_FOR_BY_POST = Text(
    de="Was eine Person beschreibt, wird mit POST gefragt: Es gehört in keine URL.",
    en="What describes a person is asked by POST: it has no place in a URL.",
)


@dataclass(frozen=True, slots=True)
class Executed:
    """What an execution answers: `data` (perhaps null), errors, and what it took.

    `may_be_kept`: it is whole, the same for everybody and about nobody.
    """

    document: dict[str, Any]
    may_be_kept: bool = False


class Executor:
    """Executes operations of one schema; made once, when the app is composed."""

    def __init__(self, schema: Schema, settings: Settings) -> None:
        self._schema = planned(schema) if settings.query_plans else schema
        self._core = schema._schema  # noqa: SLF001 - Strawberry has no public name for it
        self._cost_max = settings.cost_max
        self._trusted = TrustedDocuments.of(settings)
        is_open = settings.is_introspection_open
        self._documents = Documents(
            self._core,
            [*specified_rules, *(() if is_open else (NoSchemaIntrospectionCustomRule,))],
            limits_of(settings),
            kept_max=settings.documents_kept_max,
            are_suggestions_hidden=not is_open,
        )

    async def execute(
        self, request: GraphQLRequest, context: GatewayContext, *, is_get: bool
    ) -> Executed:
        """Raises RequestFault when nothing comes to be executed."""
        begun = self._begin(request, context, is_get=is_get)
        if begun.operation.operation is OperationType.SUBSCRIPTION:
            raise refused(ErrorCode.SUBSCRIPTION_NEEDS_STREAM, A_STREAM_IS_NEEDED)
        document = await self._answer(request, context, begun)
        fragments = context.prepared.fragments if context.prepared else {}
        is_whole = is_get and "errors" not in document
        return Executed(document, is_whole and may_be_kept(begun.operation, fragments))

    async def stream(
        self, request: GraphQLRequest, context: GatewayContext, *, is_get: bool = False
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Every answer: one of a query or mutation, one for each event of a subscription.

        Raises RequestFault instead of the first when nothing comes to be executed.
        """
        begun = self._begin(request, context, is_get=is_get, is_stream=True)
        if begun.operation.operation is not OperationType.SUBSCRIPTION:
            yield await self._answer(request, context, begun)
            return
        results = await self._schema.subscribe(
            begun.text,
            variable_values=request.variables,
            context_value=context,
            operation_name=request.operation_name,
        )
        async with aclosing(results):
            async for result in results:
                if isinstance(result, PreExecutionError):
                    errors = [masked(error) for error in result.errors or ()]
                    raise RequestFault(errors, is_well_formed=True)
                yield self._document(result, begun.operation, context, begun.cost)

    async def _answer(
        self, request: GraphQLRequest, context: GatewayContext, begun: "_Begun"
    ) -> dict[str, Any]:
        result = await self._schema.execute(
            begun.text,
            variable_values=request.variables,
            context_value=context,
            operation_name=request.operation_name,
        )
        return self._document(result, begun.operation, context, begun.cost)

    def _begin(
        self,
        request: GraphQLRequest,
        context: GatewayContext,
        *,
        is_get: bool,
        is_stream: bool = False,
    ) -> "_Begun":
        text = self._trusted.text_of(request)
        prepared = self._documents.prepared(text)
        operation = prepared.operation(request.operation_name)
        by_get = {OperationType.QUERY, *((OperationType.SUBSCRIPTION,) if is_stream else ())}
        if is_get and operation.operation not in by_get:
            raise fault(ErrorCode.METHOD_NOT_ALLOWED, GET_IS_FOR_QUERIES, status=405)
        if is_get and prepared.must_be_posted:
            raise fault(ErrorCode.METHOD_NOT_ALLOWED, PERSONS_ARE_ASKED_FOR_BY_POST, status=405)
        variables = self._coerced(operation, request.variables)
        cost = prepared.check_cost(operation, variables, self._core, self._cost_max)
        context.prepared = prepared
        return _Begun(text, operation, cost)

    def _coerced(
        self, operation: OperationDefinitionNode, variables: dict[str, Any]
    ) -> dict[str, Any]:
        """The variables as execution will see them: a wrong one is an error of the request."""
        values = get_variable_values(
            self._core, operation.variable_definitions or (), variables, max_errors=20
        )
        if isinstance(values, list):
            faults = [GraphQLError(without_value(error.message)) for error in values]
            raise refused_by_graphql(faults, ErrorCode.BAD_USER_INPUT)
        return values.coerced

    def _document(
        self, result: Any, operation: OperationDefinitionNode, context: GatewayContext, cost: int
    ) -> dict[str, Any]:
        document: dict[str, Any] = {"data": result.data}
        errors: list[GraphQLError] = result.errors or []
        fragments = context.prepared.fragments if context.prepared else {}
        origin_of = partial(service_at, self._core, operation, fragments)
        if errors:
            document["errors"] = [masked(error, origin_of) for error in errors]
        document["extensions"] = {
            "upstreamCalls": len(context.calls),
            "upstreamCallsByService": context.calls.by_service(),
            "cost": cost,
        }
        if context.is_trial:
            document["extensions"]["dryRun"] = {"warnings": context.calls.cautions}
        OPERATIONS.labels(operation.operation.value, "errors" if errors else "whole").inc()
        log.info(
            "operation",
            name=operation.name.value if operation.name else "",
            kind=operation.operation.value,
            cost=cost,
            upstream_calls=len(context.calls),
            errors=len(errors),
        )
        return document


@dataclass(frozen=True, slots=True)
class _Begun:
    """An operation that may be executed, and what it costs."""

    text: str
    operation: OperationDefinitionNode
    cost: int


def limits_of(settings: Settings) -> Limits:
    return Limits(
        depth=settings.depth_max,
        fields=settings.fields_max,
        aliases=settings.aliases_max,
        mutations=settings.mutations_max,
        cost=settings.cost_max,
        tokens=settings.tokens_max,
    )
