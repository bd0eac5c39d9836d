"""Two clocks of a referral that nobody collects: a reminder, then the end.

The pattern is that of agency-to-agency posting in Germany: three days, fourteen days.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.referrals.domain.codes import ReferralState
from services.referrals.domain.signposting import OUTCOME_UNKNOWN_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Terms in days of 24 hours; the reminder comes before the end."""

    remind_after_days: int = 3
    expire_after_days: int = 14
    purge_rejected_after_days: int = 14

    def __post_init__(self) -> None:
        if not 0 < self.remind_after_days < self.expire_after_days:
            raise ValueError("The reminder lies between the sending and the end.")
        if self.purge_rejected_after_days <= 0:
            raise ValueError("A rejected referral can be corrected for some days at least.")

    def remind_at(self, submitted_at: datetime) -> datetime:
        return submitted_at + timedelta(days=self.remind_after_days)

    def expire_at(self, submitted_at: datetime) -> datetime:
        return submitted_at + timedelta(days=self.expire_after_days)

    def purge_at(self, rejected_at: datetime) -> datetime:
        return rejected_at + timedelta(days=self.purge_rejected_after_days)

    def is_reminder_due(
        self,
        state: ReferralState,
        submitted_at: datetime,
        reminded_at: datetime | None,
        now: datetime,
    ) -> bool:
        """Once, and only while the recipient has not collected it and time is left."""
        return (
            state is ReferralState.SUBMITTED
            and reminded_at is None
            and self.remind_at(submitted_at) <= now < self.expire_at(submitted_at)
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of this service."""

    deadlines: Deadlines = field(default_factory=Deadlines)
    outcome_unknown_after_days: int = OUTCOME_UNKNOWN_AFTER_DAYS
