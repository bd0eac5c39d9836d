"""How one case has to do with another of the same unit."""

from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class Relation(StrEnum):
    """What the other case is to this one: the one that follows, a sister, the one above."""

    FOLLOW_UP = "FOLLOW_UP"
    SIBLING = "SIBLING"
    PARENT = "PARENT"


class CaseRelatedToItself(RuleViolated):
    code = "case-related-to-itself"
    title = Text(
        de="Ein Fall kann nicht mit sich selbst verbunden werden.",
        en="A case cannot be related to itself.",
    )
