"""The terms of this service where no clock policy says otherwise."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.referrals.domain.clocks import Policy
from services.referrals.domain.signposting import OUTCOME_UNKNOWN_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`purge_rejected_after_days` are days of 24 hours: the window to correct a rejected one."""

    policy: Policy = field(default_factory=Policy)
    purge_rejected_after_days: int = 14

    def __post_init__(self) -> None:
        if self.purge_rejected_after_days <= 0:
            raise ValueError("A rejected referral can be corrected for some days at least.")

    def purge_at(self, rejected_at: datetime) -> datetime:
        return rejected_at + timedelta(days=self.purge_rejected_after_days)


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of this service."""

    deadlines: Deadlines = field(default_factory=Deadlines)
    outcome_unknown_after_days: int = OUTCOME_UNKNOWN_AFTER_DAYS
