"""How a guard over what the sender brings is made."""

from collections.abc import Callable

from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import Declaration
from shared.kernel.lifecycle import Guard
from shared.kernel.text import Text


def sending_guard(
    guard_id: str,
    holds: Callable[[Sending, ReferralFacts], bool],
    *,
    de: str,
    en: str,
    source: str,
) -> Guard[ReferralFacts]:
    """A guard over what the sender brings; without that it does not hold."""

    def of_facts(facts: ReferralFacts) -> bool:
        return facts.sending is not None and holds(facts.sending, facts)

    return Guard(guard_id, of_facts, Text(de, en), source)


def consent_guard(
    guard_id: str,
    holds: Callable[[Declaration, Sending, ReferralFacts], bool],
    *,
    de: str,
    en: str,
    source: str,
) -> Guard[ReferralFacts]:
    """A guard over the consent; where the ground is a statute it holds."""

    def of_sending(sending: Sending, facts: ReferralFacts) -> bool:
        if sending.ground is None or sending.ground.consent is None:
            return True
        return holds(sending.ground.consent, sending, facts)

    return sending_guard(guard_id, of_sending, de=de, en=en, source=source)
