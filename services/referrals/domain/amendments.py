"""What a sender changes after sending: which paths, never which values."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class AmendReason(StrEnum):
    CORRECTION = "CORRECTION"
    ADDITION = "ADDITION"
    CIRCUMSTANCES_CHANGED = "CIRCUMSTANCES_CHANGED"
    NEW_GROUND = "NEW_GROUND"
    COUNTER_PROPOSAL = "COUNTER_PROPOSAL"
    """Set by the system alone, when the sender accepts what the recipient proposed."""


class NothingAmended(RuleViolated):
    code = "nothing-amended"
    title = Text(
        de="Die Zusteuerung enthält das alles schon so.",
        en="The referral says all of this already.",
    )


def changed_paths(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Dotted paths of what is there now and was not, is there no more, or is another value."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return tuple(sorted(path for path in old | new if old.get(path) != new.get(path)))


def _leaves(part: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in part.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
