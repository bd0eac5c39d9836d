"""Days by which something has to be done: from the guideline, the notice and the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.funding.domain.allocation_lifecycle import PROOF_CHECKED_STATES, AllocationState
from services.funding.domain.award_guards import one_month_after
from services.funding.domain.award_lifecycle import GRANTED_STATES, AwardState
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text
from shared.kernel.working_days import last_day_of_term

# The guideline: applications for the next fiscal year are sent by 30 October.
APPLICATION_MONTH_AND_DAY: Final = (10, 30)


class DeadlineKind(StrEnum):
    APPLICATION = "APPLICATION"
    PROOF = "PROOF"
    CHILD_PROOF = "CHILD_PROOF"
    OBJECTION = "OBJECTION"
    AWARD_END = "AWARD_END"
    SPEND_TWO_MONTHS = "SPEND_TWO_MONTHS"
    REVOCATION_YEAR = "REVOCATION_YEAR"


DEADLINE_KINDS: Final[Mapping[DeadlineKind, Text]] = {
    DeadlineKind.APPLICATION: Text(
        de="Antrag für das nächste Haushaltsjahr", en="Application for the next fiscal year"
    ),
    DeadlineKind.PROOF: Text(de="Verwendungsnachweis", en="Proof of use"),
    DeadlineKind.CHILD_PROOF: Text(
        de="Verwendungsnachweis des Letztempfängers", en="Proof of use of the recipient"
    ),
    DeadlineKind.OBJECTION: Text(de="Rechtsbehelfsfrist", en="Time for remedies"),
    DeadlineKind.AWARD_END: Text(de="Ende des Bewilligungszeitraums", en="End of the award period"),
    DeadlineKind.SPEND_TWO_MONTHS: Text(
        de="Verwendung innerhalb von zwei Monaten", en="Use within two months"
    ),
    DeadlineKind.REVOCATION_YEAR: Text(
        de="Jahresfrist für Rücknahme und Widerruf", en="One year for withdrawal and revocation"
    ),
}

# People record these; all others follow from what is on record.
RECORDED_KINDS: Final = frozenset({DeadlineKind.SPEND_TWO_MONTHS, DeadlineKind.REVOCATION_YEAR})
# Once such a day is over there is nothing left to do: nothing was missed.
PASSING_KINDS: Final = frozenset({DeadlineKind.OBJECTION, DeadlineKind.AWARD_END})


class SubjectKind(StrEnum):
    """What a deadline or an alert is about."""

    AWARD = "AWARD"
    ALLOCATION = "ALLOCATION"
    POSITION = "POSITION"
    DEADLINE = "DEADLINE"
    FUNDING_LINE = "FUNDING_LINE"


class DeadlineState(StrEnum):
    OPEN = "OPEN"
    NEAR = "NEAR"
    MISSED = "MISSED"
    DONE = "DONE"


class DeadlineIsDone(Conflict):
    code = "deadline-is-done"
    title = Text(de="Diese Frist ist schon erledigt.", en="This deadline is done already.")


class DeadlineIsComputed(RuleViolated):
    code = "deadline-is-computed"
    title = Text(
        de="Diese Frist ergibt sich aus dem Bescheid oder der Vereinbarung.",
        en="This deadline follows from the award or the contract.",
    )


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day for one thing. `stated_on` is what the paper says, `due_on` the working day."""

    subject_kind: SubjectKind
    subject_id: UUID
    kind: DeadlineKind
    stated_on: date
    is_done: bool = False

    @property
    def due_on(self) -> date:
        """A period of money ends on its day; a term ends on a working day."""
        if self.kind is DeadlineKind.AWARD_END:
            return self.stated_on
        return last_day_of_term(self.stated_on)


@dataclass(frozen=True, slots=True)
class AwardDates:
    """What is on record of a granted award. `is_applied_for`: a line is paid on application."""

    award_id: UUID
    fiscal_year: int
    state: AwardState
    valid_to: date
    notified_on: date | None
    proof_due_on: date | None
    proof_accepted_on: date | None
    is_applied_for: bool
    has_successor: bool


@dataclass(frozen=True, slots=True)
class AllocationDates:
    allocation_id: UUID
    state: AllocationState
    proof_due_on: date | None


def deadlines_of_award(award: AwardDates, today: date) -> Iterable[Deadline]:
    """What follows from the guideline (application), the notice (proof) and the law (remedies).

    Nobody applies any more for a fiscal year that is over.
    """
    if award.state not in GRANTED_STATES:
        return

    def deadline(kind: DeadlineKind, day: date, *, is_done: bool) -> Deadline:
        return Deadline(SubjectKind.AWARD, award.award_id, kind, day, is_done)

    if award.is_applied_for and today.year <= award.fiscal_year + 1:
        day = date(award.fiscal_year, *APPLICATION_MONTH_AND_DAY)
        yield deadline(DeadlineKind.APPLICATION, day, is_done=award.has_successor)
    if award.proof_due_on is not None:
        is_proved = award.state is AwardState.SETTLED or award.proof_accepted_on is not None
        yield deadline(DeadlineKind.PROOF, award.proof_due_on, is_done=is_proved)
    if award.notified_on is not None:
        is_final = award.state is not AwardState.NOTIFIED
        day = one_month_after(award.notified_on)
        yield deadline(DeadlineKind.OBJECTION, day, is_done=is_final)
    yield deadline(DeadlineKind.AWARD_END, award.valid_to, is_done=False)


def deadlines_of_allocation(allocation: AllocationDates) -> Iterable[Deadline]:
    """The proof that the recipient owes (R-Z3)."""
    if allocation.proof_due_on is not None:
        yield Deadline(
            SubjectKind.ALLOCATION,
            allocation.allocation_id,
            DeadlineKind.CHILD_PROOF,
            allocation.proof_due_on,
            allocation.state in PROOF_CHECKED_STATES,
        )


def is_near(due_on: date, today: date, warn_days: int) -> bool:
    """Due today or within so many days."""
    return today <= due_on <= today + timedelta(days=warn_days)
