"""What expenditure learns from other services."""

from typing import Final

from shared.messaging.consumer import Subscription

SUBSCRIPTIONS: Final[tuple[Subscription, ...]] = ()
