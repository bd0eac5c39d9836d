"""What can be done with a record of the funding service, and what hinders it now."""

import strawberry

from gateway.schema.codes.allocations import AllocationAction, AllocationState
from gateway.schema.codes.awards import AwardAction, AwardState
from gateway.schema.published import Published, both, field


@strawberry.type(description=both("A missing precondition.", "Eine fehlende Voraussetzung."))
class Obstacle(Published):
    guard: str = field("Stable name.", "Beständiger Name.")
    message_de: str = field("What is missing, in German.", "Was fehlt, auf Deutsch.")
    message_en: str = field("What is missing, in English.", "Was fehlt, auf Englisch.")
    source: str = field("Rule or law behind it.", "Regel oder Gesetz dahinter.")


@strawberry.type(
    description=both("An action of an award's state.", "Eine Aktion im Stand eines Bescheids.")
)
class AwardTransition(Published):
    action: AwardAction = field("The action.", "Die Aktion.")
    to_state: AwardState = field("State after.", "Stand danach.")
    is_permitted: bool = field(
        "Whether the caller's roles permit it.", "Ob die eigenen Rollen es erlauben."
    )
    obstacles: list[Obstacle] = field(
        "What is missing; some of it may come with the action itself.",
        "Was fehlt; manches davon kann die Aktion selbst mitbringen.",
    )


@strawberry.type(
    description=both(
        "An action of an allocation's state.", "Eine Aktion im Stand einer Weiterleitung."
    )
)
class AllocationTransition(Published):
    action: AllocationAction = field("The action.", "Die Aktion.")
    to_state: AllocationState = field("State after.", "Stand danach.")
    is_permitted: bool = field(
        "Whether the caller's roles permit it.", "Ob die eigenen Rollen es erlauben."
    )
    obstacles: list[Obstacle] = field(
        "What is missing; some of it may come with the action itself.",
        "Was fehlt; manches davon kann die Aktion selbst mitbringen.",
    )
