"""What a recipient is told of data it holds already, and what it answers (Art. 19 GDPR)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class NoticeKind(StrEnum):
    CONSENT_REVOKED = "CONSENT_REVOKED"
    DATA_CORRECTED = "DATA_CORRECTED"
    ACCURACY_DISPUTED = "ACCURACY_DISPUTED"
    """The person disputes a value and it cannot be settled: the note travels on, § 84 (2) SGB X."""
    DATA_ERASED = "DATA_ERASED"
    RESTRICTED = "RESTRICTED"
    OBJECTED = "OBJECTED"


class NoticeAnswer(StrEnum):
    DELETED = "DELETED"
    KEPT_OWN_BASIS = "KEPT_OWN_BASIS"
    """The recipient has a legal basis of its own to keep the data."""
    CORRECTED = "CORRECTED"
    NOTED = "NOTED"


_GONE_OR_KEPT = frozenset({NoticeAnswer.DELETED, NoticeAnswer.KEPT_OWN_BASIS})

ANSWERS: Final[Mapping[NoticeKind, frozenset[NoticeAnswer]]] = {
    NoticeKind.CONSENT_REVOKED: _GONE_OR_KEPT,
    NoticeKind.DATA_CORRECTED: frozenset({NoticeAnswer.CORRECTED, NoticeAnswer.NOTED}),
    NoticeKind.ACCURACY_DISPUTED: frozenset({NoticeAnswer.NOTED}),
    NoticeKind.DATA_ERASED: _GONE_OR_KEPT,
    NoticeKind.RESTRICTED: frozenset({NoticeAnswer.NOTED}),
    NoticeKind.OBJECTED: _GONE_OR_KEPT | {NoticeAnswer.NOTED},
}


class NothingWasDisclosed(Conflict):
    code = "nothing-was-disclosed"
    title = Text(
        de="Die andere Stelle hat den Inhalt nie gesehen: es gibt nichts mitzuteilen.",
        en="The other unit has never seen the content: there is nothing to tell.",
    )


class NoticeIsOpen(Conflict):
    code = "notice-is-open"
    title = Text(
        de="Dieselbe Mitteilung wartet schon auf Antwort.",
        en="The same notice is waiting for an answer already.",
    )


class NoticeIsAnswered(Conflict):
    code = "notice-is-answered"
    title = Text(de="Diese Mitteilung ist beantwortet.", en="This notice is answered.")


class AnswerDoesNotFit(RuleViolated):
    code = "answer-does-not-fit"
    title = Text(
        de="Diese Antwort passt nicht zu dieser Mitteilung.",
        en="This answer does not fit this notice.",
    )


class NoticeIsForTheSystem(RuleViolated):
    code = "notice-is-for-the-system"
    title = Text(
        de="Einen Widerruf meldet man als Widerruf; die Mitteilung folgt daraus.",
        en="A revocation is reported as such; the notice follows from it.",
    )


def require_fitting(kind: NoticeKind, answer: NoticeAnswer) -> None:
    """Raises AnswerDoesNotFit with the answers that fit."""
    if answer not in ANSWERS[kind]:
        raise AnswerDoesNotFit(kind=kind.value, answers=sorted(one.value for one in ANSWERS[kind]))
