"""The Node interface: whatever has an id can be read again by it."""

from uuid import UUID

import strawberry

from gateway.schema.published import both, field


@strawberry.interface(
    description=both(
        "A record with an id that no other record has.",
        "Ein Datensatz mit einer Kennung, die kein anderer hat.",
    )
)
class Node:
    id: strawberry.ID = field(
        "The record's UUID, the same as in the REST interfaces and events.",
        "Die UUID des Datensatzes, dieselbe wie in den REST-Schnittstellen und Ereignissen.",
    )


def record_id(given: strawberry.ID) -> UUID | None:
    """The UUID that an id is, None for anything else: an id nobody issued is simply unknown."""
    try:
        return UUID(str(given))
    except ValueError:
        return None
