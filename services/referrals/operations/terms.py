"""The terms of this service as its settings say them."""

from services.referrals.domain.deadlines import Deadlines, Terms
from services.referrals.settings import Settings


def terms_of(settings: Settings) -> Terms:
    return Terms(
        deadlines=Deadlines(
            remind_after_days=settings.remind_after_days,
            expire_after_days=settings.expire_after_days,
            purge_rejected_after_days=settings.purge_rejected_after_days,
        ),
        outcome_unknown_after_days=settings.outcome_unknown_after_days,
    )
