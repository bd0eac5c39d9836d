"""Kinds of versions of a notice: the old one stays, and any day can be asked about."""

from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


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


def refuse_wrong_kind(kind: VersionKind, *, is_first: bool, has_predecessor: bool = False) -> None:
    """Raises VersionOutOfOrder, FollowUpUnclear."""
    if is_first is (kind is VersionKind.AENDERUNG):
        raise VersionOutOfOrder
    if is_first and has_predecessor is not (kind is VersionKind.ANSCHLUSS):
        raise FollowUpUnclear
