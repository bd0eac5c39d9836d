"""What funding listens to: one module for each noun."""

from typing import Final

from services.funding.messaging.handlers import expenditures
from services.funding.messaging.handlers.rights import rights_subscription
from shared.messaging.consumer import Subscription
from shared.objects.store import Objects

SUBSCRIPTIONS: Final[tuple[Subscription, ...]] = (*expenditures.SUBSCRIPTIONS,)


def subscriptions(objects: Objects) -> tuple[Subscription, ...]:
    """All of them; `objects` is where answers to persons are laid down."""
    return (*SUBSCRIPTIONS, rights_subscription(objects))
