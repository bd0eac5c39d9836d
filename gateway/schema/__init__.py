"""The GraphQL schema: types by noun, one mutation for each thing a person can do."""

from strawberry import Schema
from strawberry.schema.config import StrawberryConfig

from gateway.schema.mutations import Mutation
from gateway.schema.published import member
from gateway.schema.query import Query
from gateway.schema.scalars import SCALARS
from gateway.transport.prepared import UsePrepared

schema = Schema(
    query=Query,
    mutation=Mutation,
    extensions=[UsePrepared],
    config=StrawberryConfig(default_resolver=member, scalar_map=SCALARS),
)


def export_sdl() -> str:
    """The schema as text, as it is committed in `gateway/schema.graphql`."""
    return schema.as_str() + "\n"
