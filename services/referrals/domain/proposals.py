"""A recipient proposes something else: another service of its own, or a later beginning."""

from datetime import date
from enum import StrEnum

from services.referrals.domain.agencies import Agency
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class ProposalState(StrEnum):
    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    LAPSED = "LAPSED"
    """Neither: the referral went on or ended before the sender answered."""


class ProposalNote(StrEnum):
    """Why something else is proposed; the sender learns this code."""

    MORE_SUITABLE = "MORE_SUITABLE"
    CAPACITY_FROM_DATE = "CAPACITY_FROM_DATE"
    PRECONDITION_MISSING = "PRECONDITION_MISSING"


class ProposalOpen(Conflict):
    code = "proposal-open"
    title = Text(
        de="Ein Gegenvorschlag wartet noch auf die Antwort der absendenden Stelle.",
        en="A counter-proposal is still waiting for the sender's answer.",
    )


class NoOpenProposal(Conflict):
    code = "no-open-proposal"
    title = Text(
        de="Es gibt keinen offenen Gegenvorschlag.", en="There is no open counter-proposal."
    )


class ProposalUnusable(RuleViolated):
    code = "proposal-unusable"
    title = Text(
        de="Ein Gegenvorschlag nennt eine andere eigene Leistung oder einen späteren Beginn.",
        en="A counter-proposal names another service of the own unit, or a later beginning.",
    )


def require_usable(
    *, service_code: str | None, starts_on: date | None, asked: str, recipient: Agency, today: date
) -> None:
    """Raises ProposalUnusable."""
    is_other_service = service_code is not None and service_code != asked
    is_offered = service_code is None or service_code in recipient.services
    is_later = starts_on is None or starts_on > today
    if not (is_offered and is_later and (is_other_service or starts_on is not None)):
        raise ProposalUnusable
