"""What funding tells the other services: past facts as ids and codes, never names or texts.

Each module names the events of one noun in its own `EVENTS`.
"""

from services.funding.domain.events import (
    allocations,
    awards,
    deadlines,
    expenditures,
    ledger,
    payments,
    positions,
    proofs,
    recoveries,
    rights,
    webhooks,
)

EVENTS: tuple[type, ...] = (
    *awards.EVENTS,
    *allocations.EVENTS,
    *positions.EVENTS,
    *ledger.EVENTS,
    *payments.EVENTS,
    *expenditures.EVENTS,
    *proofs.EVENTS,
    *recoveries.EVENTS,
    *deadlines.EVENTS,
    *rights.EVENTS,
    *webhooks.EVENTS,
)
