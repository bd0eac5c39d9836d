import strawberry

from gateway.schema.node import Node
from gateway.schema.published import Published


@strawberry.type
class Case(Published, Node):
    id: strawberry.ID
