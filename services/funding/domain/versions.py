"""Versions of a notice or contract: the old one stays, and any day can be asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from shared.kernel.errors import NotFound, RuleViolated
from shared.kernel.text import Text

C = TypeVar("C")


class VersionKind(StrEnum):
    """An Anschlussbescheid opens a new award that follows an old one (A10)."""

    ORIGINAL = "ORIGINAL"
    AENDERUNG = "AENDERUNG"
    ANSCHLUSS = "ANSCHLUSS"


class VersionOutOfOrder(RuleViolated):
    code = "version-out-of-order"
    title = Text(
        de="Zuerst kommt der Bescheid oder Anschlussbescheid, danach folgen Änderungen.",
        en="First comes the original or follow-up notice, amendments come after it.",
    )


class FollowUpUnclear(RuleViolated):
    code = "follow-up-unclear"
    title = Text(
        de="Ein Anschlussbescheid nennt den Bescheid, dem er folgt, ein anderer nennt keinen.",
        en="A follow-up notice names the one it follows, any other names none.",
    )


class NothingInForce(NotFound):
    code = "nothing-in-force"
    title = Text(
        de="An diesem Tag galt noch keine Fassung.",
        en="No version was in force on this day.",
    )


@dataclass(frozen=True, slots=True)
class Version(Generic[C]):
    """One version: in force from a day on, on record since an instant."""

    number: int
    kind: VersionKind
    effective_from: date
    recorded_at: datetime
    content: C


def refuse_wrong_kind(kind: VersionKind, *, is_first: bool, has_predecessor: bool = False) -> None:
    """Raises VersionOutOfOrder, FollowUpUnclear."""
    if is_first is (kind is VersionKind.AENDERUNG):
        raise VersionOutOfOrder
    if is_first and has_predecessor is not (kind is VersionKind.ANSCHLUSS):
        raise FollowUpUnclear


def version_as_of(
    versions: Iterable[Version[C]], day: date, known_at: datetime | None = None
) -> Version[C]:
    """The version in force on `day`, as it was known at `known_at` (None: as known now).

    A later version outranks an earlier one from its own first day on, also retroactively.
    Raises NothingInForce.
    """
    in_force = [
        version
        for version in versions
        if version.effective_from <= day and (known_at is None or version.recorded_at <= known_at)
    ]
    if not in_force:
        raise NothingInForce(day=day.isoformat())
    return max(in_force, key=lambda version: version.number)
