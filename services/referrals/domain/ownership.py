"""Who leads the case: stays with the sender, unless a warm handover was agreed to pass it on."""

from services.referrals.domain.codes import Mode, ReferralState
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class OwnershipStays(RuleViolated):
    code = "ownership-stays"
    title = Text(
        de="Nur bei einer begleiteten Übergabe geht die Fallführung über.",
        en="Only a warm handover passes the ownership of the case on.",
    )


def require_transferable(mode: Mode, *, transfers: bool) -> None:
    """Raises OwnershipStays."""
    if transfers and mode is not Mode.WARM_HANDOVER:
        raise OwnershipStays


def owner_after(
    to_state: ReferralState, *, owner: str, recipient: str | None, transfers: bool
) -> str:
    """The owner once the referral has arrived in a state.

    It passes with the acceptance and with nothing else: what is returned later stays with who
    accepted it, until another handover.
    """
    if to_state is ReferralState.ACCEPTED and transfers and recipient is not None:
        return recipient
    return owner
