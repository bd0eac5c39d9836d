"""The GraphQL schema: types by noun, one mutation for each thing a person can do."""

from functools import cache

from graphql import GraphQLError
from strawberry import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from gateway.schema.finding_timeline import TIMELINE_ENTRIES
from gateway.schema.mutations import Mutation
from gateway.schema.published import member
from gateway.schema.queries import Query
from gateway.schema.scalars import SCALARS
from gateway.schema.subscriptions import Subscription
from gateway.transport.prepared import UsePrepared


class GatewaySchema(Schema):
    """Errors are logged where they are masked, once and without what was asked."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


schema = GatewaySchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=TIMELINE_ENTRIES,
    extensions=[UsePrepared],
    config=StrawberryConfig(default_resolver=member, scalar_map=SCALARS),
)


@cache
def export_sdl() -> str:
    """The schema as text, as it is committed in `gateway/schema.graphql`; written once."""
    return schema.as_str() + "\n"
