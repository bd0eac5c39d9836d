"""What a recovery is about, and what its guards look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class Direction(StrEnum):
    """UPWARD: we owe the Land. DOWNWARD: a recipient owes us."""

    UPWARD = "UPWARD"
    DOWNWARD = "DOWNWARD"


class Ground(StrEnum):
    UNSPENT = "UNSPENT"
    INELIGIBLE = "INELIGIBLE"
    DOUBLE_FUNDED = "DOUBLE_FUNDED"
    LATE = "LATE"
    REVOKED = "REVOKED"
    OVERPAID = "OVERPAID"


class RecoverySource(StrEnum):
    """What a recovery was raised by; each act raises one of a line and ground, whatever the sum."""

    PERSON = "PERSON"
    PROOF = "PROOF"
    CUT = "CUT"
    PARTIAL_REVOCATION = "PARTIAL_REVOCATION"
    REVOCATION = "REVOCATION"
    TERMINATION = "TERMINATION"


GROUNDS: Final[Mapping[Ground, Text]] = {
    Ground.UNSPENT: Text(de="Nicht verbraucht", en="Unspent"),
    Ground.INELIGIBLE: Text(de="Nicht förderfähig", en="Ineligible"),
    Ground.DOUBLE_FUNDED: Text(de="Doppelt gefördert", en="Double funded"),
    Ground.LATE: Text(de="Zu spät verwendet", en="Used too late"),
    Ground.REVOKED: Text(de="Widerrufen oder gekündigt", en="Revoked or terminated"),
    Ground.OVERPAID: Text(de="Zu viel gezahlt", en="Overpaid"),
}


class RecoveryAlreadyRaised(Conflict):
    code = "recovery-already-raised"
    title = Text(
        de="Diese Rückforderung ist schon erfasst.", en="This recovery is on record already."
    )


class AllocationNotFitting(RuleViolated):
    code = "allocation-not-fitting"
    title = Text(
        de="Von einem Empfänger fordert man mit seiner Weiterleitung, dem Land zahlt man ohne sie.",
        en="A recipient owes for its own allocation of the line; towards the Land there is none.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFacts:
    """`today` is a date in Berlin; `paid` and `paid_interest` count the payment being recorded."""

    today: date
    acting: str
    recorded_by: str
    direction: Direction
    ground: Ground
    principal: Money
    claim_since: date
    heard_on: date | None = None
    demanded_on: date | None = None
    due_on: date | None = None
    act_reference: str = ""
    paid: Money = ZERO
    paid_on: date | None = None
    bank_reference: str = ""
    interest: Money | None = None
    interest_act_reference: str = ""
    interest_fixed_on: date | None = None
    last_paid_on: date | None = None
    paid_interest: Money = ZERO
    is_waived_already: bool = False
    waiver_reference: str = ""
    waiver_reason: str = ""
    withdrawal_reason: str = ""
    ended_on: date | None = None

    @property
    def is_waived(self) -> bool:
        return bool(self.waiver_reference.strip() and self.waiver_reason.strip())
