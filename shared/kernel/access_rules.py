"""Which rules show a record and which hide parts of it: sentences with their law, as a table.

The rules decide nothing. Views and policies do, and tests hold the sentences to what they do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.kernel.text import Text

Facts = TypeVar("Facts")


class Effect(StrEnum):
    SHOWS = "SHOWS"
    """The record, or the members named, are there because of it."""
    NARROWS = "NARROWS"
    """Of the members named, only some entries or fields are there."""
    HIDES = "HIDES"
    """The members named are null or left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule(Generic[Facts]):
    """`basis` is the article of law or the decision (`docs/decisions`); `members` are paths into
    the published document, such as `contact` or `legalRepresentatives.name`.
    """

    code: str
    effect: Effect
    basis: Text
    text: Text
    members: tuple[str, ...] = ()
    applies: Callable[[Facts], bool]


def rules_that_apply(
    rules: Iterable[AccessRule[Facts]], facts: Facts
) -> tuple[AccessRule[Facts], ...]:
    """In the order of the table."""
    return tuple(rule for rule in rules if rule.applies(facts))
