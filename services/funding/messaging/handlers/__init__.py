"""What funding listens to: one module for each noun."""

from typing import Final

from services.funding.messaging.handlers import expenditures
from shared.messaging.consumer import Subscription

SUBSCRIPTIONS: Final[tuple[Subscription, ...]] = (*expenditures.SUBSCRIPTIONS,)
