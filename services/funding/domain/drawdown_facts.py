"""What the rules of drawdowns look at. Rules M1 to M9; VV 7 to § 44 LHO."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.costs import CostKind
from services.funding.domain.programme import LegalForm
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

USE_MONTHS = 2
MONTHS_PER_YEAR = 12


class DrawdownRegime(StrEnum):
    """How money of a line comes: called when needed, or paid on fixed dates without a call."""

    ZUWENDUNG = "ZUWENDUNG"
    LUMP_SUM = "LUMP_SUM"


REGIMES: Final[Mapping[LegalForm, DrawdownRegime]] = {
    LegalForm.ZUWENDUNG_RICHTLINIE: DrawdownRegime.ZUWENDUNG,
    LegalForm.FACHBEZOGENE_PAUSCHALE: DrawdownRegime.LUMP_SUM,
}
# Money is paid out of notices that can no longer be challenged (VV 7.1).
CALLABLE_AWARD_STATES: Final = frozenset(
    {AwardState.FINAL, AwardState.ACTIVE, AwardState.PARTLY_REVOKED}
)


class AwardNotFinal(RuleViolated):
    """`state` is that of the award; recipients may waive remedies (VV 7.1)."""

    code = "award-not-final"
    title = Text(
        de="Vor der Bestandskraft des Bescheids wird kein Geld abgerufen.",
        en="No money is called before the award is final.",
    )


class LumpSumIsScheduled(RuleViolated):
    """A subject-related lump sum comes on fixed dates, without application (M9)."""

    code = "lump-sum-is-scheduled"
    title = Text(
        de="Eine fachbezogene Pauschale wird nicht abgerufen, sondern zum festen Termin gezahlt.",
        en="A lump sum is not called; it is paid on a fixed date.",
    )


class NotALumpSum(RuleViolated):
    code = "not-a-lump-sum"
    title = Text(
        de="Diese Zeile ist keine fachbezogene Pauschale; rufen Sie die Mittel ab.",
        en="This line is no lump sum; call its money.",
    )


class NothingToSchedule(Conflict):
    code = "nothing-to-schedule"
    title = Text(
        de="Von den Pauschalen dieses Bescheids ist nichts mehr offen.",
        en="Nothing of the lump sums of this award is left to be scheduled.",
    )


class ApprovedMoreThanRequested(RuleViolated):
    """`requested` is what the drawdown asks for."""

    code = "approved-more-than-requested"
    title = Text(
        de="Es kann nicht mehr bewilligt werden, als abgerufen ist.",
        en="No more can be approved than was requested.",
    )


@dataclass(frozen=True, slots=True)
class Need:
    """A payment that falls due, for which money is called (VV 7.2)."""

    due_on: date
    amount: Money
    cost_kind: CostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawdownFacts:
    """A drawdown, its award and its line, and what the step brings with it.

    `use_by` is the last of the two months; None where the rule does not apply.
    """

    today: date
    acting: str
    recorded_by: str
    award_state: AwardState
    has_two_month_rule: bool
    amount: Money
    needs: tuple[Need, ...] = ()
    requested_on: date | None = None
    has_unused_earlier_money: bool = False
    has_overdue_proof: bool = False
    return_reason: str = ""
    approved: Money = ZERO
    paid: Money | None = None
    value_date: date | None = None
    bank_reference: str = ""
    use_by: date | None = None
    used: Money = ZERO
    repaid_on: date | None = None

    @property
    def unused(self) -> Money:
        return self.approved - self.used


def two_months_after(day: date) -> date:
    """The last day of the two months that begin with `day` (§ 188 (2) and (3) BGB).

    A month without that day ends with its last one: 31 December is followed by 28 February.
    """
    months = day.month - 1 + USE_MONTHS
    year, month = day.year + months // MONTHS_PER_YEAR, months % MONTHS_PER_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
