"""The terms of this service as its settings say them."""

from services.referrals.domain.clocks import Policy
from services.referrals.domain.deadlines import Deadlines, Terms
from services.referrals.operations.link import LinkTerms
from services.referrals.settings import Settings


def terms_of(settings: Settings) -> Terms:
    return Terms(
        deadlines=Deadlines(
            policy=Policy(
                remind_unpulled=settings.remind_after_days,
                expire_unpulled=settings.expire_after_days,
                remind_unanswered=settings.remind_unanswered_after_days,
                escalate_unanswered=settings.escalate_unanswered_after_days,
            ),
            purge_rejected_after_days=settings.purge_rejected_after_days,
        ),
        outcome_unknown_after_days=settings.outcome_unknown_after_days,
    )


def link_terms_of(settings: Settings) -> LinkTerms:
    key = settings.link_key.get_secret_value().encode()
    return LinkTerms(key=key, public_url=settings.public_url)
