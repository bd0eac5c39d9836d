"""Residence status and bodies of law of a person over time, with where each datum came from.

An entry is never overwritten: a correction is a new entry that replaces the old one, so that the
file still says what was believed on a day. Every datum has its source (§ 67a SGB X).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.cases.domain.codes import LEGAL_CIRCLES
from services.cases.domain.residence import ParagraphNeed, choose_residence
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class TimelineKind(StrEnum):
    RESIDENCE = "RESIDENCE"
    LEGAL_CIRCLE = "LEGAL_CIRCLE"


class DataSource(StrEnum):
    """Data are collected from the person concerned; other sources need a basis (§ 67a (2))."""

    DATA_SUBJECT = "DATA_SUBJECT"
    OTHER_BODY = "OTHER_BODY"
    THIRD_PERSON = "THIRD_PERSON"


class SourceBasis(StrEnum):
    CONSENT = "CONSENT"
    SGB_X_67A_2_NR_1 = "SGB_X_67A_2_NR_1"
    SGB_X_67A_2_NR_2 = "SGB_X_67A_2_NR_2"
    PUBLIC_TASK = "PUBLIC_TASK"


class CorrectionReason(StrEnum):
    WRONG_AT_ENTRY = "WRONG_AT_ENTRY"
    NEW_EVIDENCE = "NEW_EVIDENCE"
    ENDED = "ENDED"


class ChangeReason(StrEnum):
    """Why another body of law became responsible; a code, so that it may stand in an event."""

    RESIDENCE_STATUS = "RESIDENCE_STATUS"
    WORK_OR_TRAINING = "WORK_OR_TRAINING"
    AGE = "AGE"
    NEED = "NEED"
    CHANGE_OF_LAW = "CHANGE_OF_LAW"
    OTHER = "OTHER"


class SourceBasisMissing(RuleViolated):
    code = "source-basis-missing"
    title = Text(
        de="Was nicht von der Person selbst stammt, braucht eine Rechtsgrundlage der Erhebung.",
        en="What does not come from the person needs a legal basis for its collection.",
    )


class PeriodBackwards(RuleViolated):
    code = "period-backwards"
    title = Text(de="Das Ende liegt vor dem Beginn.", en="The end lies before the beginning.")


class ParagraphWithoutResidence(RuleViolated):
    code = "paragraph-without-residence"
    title = Text(
        de="Ein Paragraf gehört nur zu einem Aufenthaltsstatus.",
        en="A paragraph belongs to a residence status only.",
    )


class EntryAlreadyCorrected(Conflict):
    code = "entry-already-corrected"
    title = Text(
        de="Dieser Eintrag ist schon berichtigt; berichtigen Sie den jüngeren.",
        en="This entry has been corrected already; correct the later one.",
    )


class SameLegalCircle(RuleViolated):
    code = "same-legal-circle"
    title = Text(
        de="Ein Rechtskreiswechsel führt in einen anderen Rechtskreis.",
        en="A change of the body of law leads to another one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    source: DataSource = DataSource.DATA_SUBJECT
    source_basis: SourceBasis | None = None

    def check(self) -> None:
        """Raises SourceBasisMissing."""
        if self.source is not DataSource.DATA_SUBJECT and self.source_basis is None:
            raise SourceBasisMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What holds from a day on, at most until another; both days are inclusive."""

    kind: TimelineKind
    code: str
    from_on: date
    to_on: date | None = None
    paragraph: str | None = None
    paragraph_need: ParagraphNeed | None = None
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> None:
        """Raises CodeUnknown, CodeNotValid, PeriodBackwards, SourceBasisMissing and what
        `choose_residence` raises.
        """
        self.provenance.check()
        if self.to_on is not None and self.to_on < self.from_on:
            raise PeriodBackwards
        if self.kind is TimelineKind.RESIDENCE:
            choose_residence(self.code, self.paragraph, self.paragraph_need, self.from_on)
            return
        LEGAL_CIRCLES.choose(self.code, self.from_on)
        if self.paragraph is not None or self.paragraph_need is not None:
            raise ParagraphWithoutResidence


def check_change(from_circle: str, to_circle: str, effective_on: date) -> None:
    """Raises CodeUnknown, CodeNotValid, SameLegalCircle."""
    LEGAL_CIRCLES.entry(from_circle)
    LEGAL_CIRCLES.choose(to_circle, effective_on)
    if from_circle == to_circle:
        raise SameLegalCircle
