"""What this service does on events. The kit has recorded the event id before, in the same
transaction, and acts in the name of the unit that the event concerns.
"""

from typing import Final

from services.cases.messaging.consumes import (
    REFERRAL_ACCEPTED,
    SENT_REFERRAL_STATES,
    AcceptedReferral,
    ReferralFact,
)
from services.cases.operations.follow_referrals import (
    follow_sent_referral,
    open_case_for_referral,
    propose_hand_over,
)
from shared.database.transaction import Transaction
from shared.messaging.consumer import Subscription
from shared.messaging.envelope import Envelope


async def on_accepted(tx: Transaction, event: Envelope) -> None:
    """The recipient took the person on: a case in REQUESTED; the content is read in the referral
    itself.
    """
    referral = AcceptedReferral.model_validate(event.data)
    if not referral.opens_case:
        return
    await open_case_for_referral(
        tx,
        referral_id=referral.referral_id,
        sender_unit=referral.sender_unit,
        language=referral.language or None,
    )


async def on_sent_referral(tx: Transaction, event: Envelope) -> None:
    """What became of a referral that a case of this unit has sent."""
    referral = ReferralFact.model_validate(event.data)
    state = SENT_REFERRAL_STATES[event.type]
    case = await follow_sent_referral(tx, referral_id=referral.referral_id, state=state)
    if case is not None and referral.transfers_ownership and event.type == REFERRAL_ACCEPTED:
        await propose_hand_over(tx, case, referral.referral_id)


def _recipient(event: Envelope) -> str:
    return str(event.data["recipientUnit"])


def _sender(event: Envelope) -> str:
    return str(event.data["senderUnit"])


# Two subscriptions, because one event concerns two units, each under its own policies.
SUBSCRIPTIONS: Final = (
    Subscription(consumer="cases", handlers={REFERRAL_ACCEPTED: on_accepted}, unit_of=_recipient),
    Subscription(
        consumer="cases-sent-referrals",
        handlers=dict.fromkeys(SENT_REFERRAL_STATES, on_sent_referral),
        unit_of=_sender,
    ),
)
