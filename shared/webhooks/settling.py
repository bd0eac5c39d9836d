"""How a try ended, written down: delivered, to be tried again, given up, or not wanted any more."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID

import structlog

from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.messaging.outbox import record_event
from shared.webhooks.back_off import next_attempt
from shared.webhooks.codes import SwitchOffReason, WebhookDeliveryState
from shared.webhooks.outgoing import Attempt, TryOutcome
from shared.webhooks.tables import WebhookTables

# How often a success is noted at the endpoint: its row shall not be written with each delivery.
SUCCESS_NOTED_EVERY_S: Final = 10

log = structlog.get_logger(__name__)

# Whoever lost the lease meanwhile changes nothing.
END: Final = Statement("""
update webhook_delivery
   set state = :state, leased_until = null,
       next_attempt_at = coalesce(cast(:next_attempt_at as timestamptz), next_attempt_at)
 where tenant_id = cast(:tenant_id as varchar) and id = :delivery_id and state = 'SENDING'
   and attempts = :attempts
returning id""")
SUCCEEDED: Final = Statement("""
update webhook_endpoint set last_success_at = :at, is_silent = false
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id
   and (last_success_at is null or is_silent
        or last_success_at < cast(:at as timestamptz) - make_interval(secs => :noted_every_s))""")
SWITCH_OFF: Final = Statement("""
update webhook_endpoint
   set state = 'DISABLED', disabled_reason = :reason, version = version + 1, updated_at = :at
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id and state = 'ACTIVE'
returning id""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One try that has ended. `attempts` counts it; `first_at` is when the first one began."""

    delivery_id: UUID
    attempt_id: UUID
    endpoint_id: UUID
    event_id: UUID
    attempts: int
    first_at: datetime
    is_test: bool
    at: datetime
    ended_at: datetime
    attempt: Attempt


async def settle(tx: Transaction, tables: WebhookTables, sent: Sent) -> None:
    """Write the try and what follows from it, in one transaction."""
    state, again_at = _what_follows(sent)
    ended = await tx.value(
        END,
        tenant_id=tx.caller.tenant_id,
        delivery_id=sent.delivery_id,
        attempts=sent.attempts,
        state=state.value,
        next_attempt_at=again_at,
    )
    if ended is None:  # taken over after the lease, or the endpoint was deleted
        return
    await tx.insert(
        tables.attempt,
        id=sent.attempt_id,
        unit_id=tx.caller.unit_id,
        delivery_id=sent.delivery_id,
        at=sent.at,
        outcome=sent.attempt.outcome.value,
        status=sent.attempt.status,
        duration_ms=sent.attempt.duration_ms,
    )
    if state is WebhookDeliveryState.DELIVERED:
        await tx.execute(
            SUCCEEDED,
            tenant_id=tx.caller.tenant_id,
            endpoint_id=sent.endpoint_id,
            at=sent.at,
            noted_every_s=SUCCESS_NOTED_EVERY_S,
        )
    if sent.attempt.status == HTTPStatus.GONE:
        await _switch_off(tx, tables, sent)
    if state is WebhookDeliveryState.DEAD and not sent.is_test:
        await _give_up(tx, tables, sent)


def _what_follows(sent: Sent) -> tuple[WebhookDeliveryState, datetime | None]:
    if sent.attempt.outcome is TryOutcome.OK:
        return WebhookDeliveryState.DELIVERED, None
    if sent.is_test:
        return WebhookDeliveryState.DEAD, None
    if sent.attempt.status == HTTPStatus.GONE:  # goes on at once if the endpoint is taken up again
        return WebhookDeliveryState.WAITING, sent.ended_at
    again_at = next_attempt(sent.first_at, sent.attempts, sent.ended_at)
    return (
        (WebhookDeliveryState.DEAD, None)
        if again_at is None
        else (WebhookDeliveryState.WAITING, again_at)
    )


async def _switch_off(tx: Transaction, tables: WebhookTables, sent: Sent) -> None:
    reason = SwitchOffReason.RECEIVER_GONE.value
    was_active = await tx.value(
        SWITCH_OFF,
        tenant_id=tx.caller.tenant_id,
        endpoint_id=sent.endpoint_id,
        reason=reason,
        at=sent.ended_at,
    )
    if was_active is None:
        return
    log.warning("webhooks.switched_off", endpoint_id=str(sent.endpoint_id), reason=reason)
    event = tables.events.switched_off(
        endpoint_id=sent.endpoint_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        reason=reason,
    )
    await record_event(tx, tables.outbox, event, aggregate_id=sent.endpoint_id)


async def _give_up(tx: Transaction, tables: WebhookTables, sent: Sent) -> None:
    log.warning(
        "webhooks.given_up",
        endpoint_id=str(sent.endpoint_id),
        delivery_id=str(sent.delivery_id),
        attempts=sent.attempts,
    )
    event = tables.events.given_up(
        endpoint_id=sent.endpoint_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        delivery_id=sent.delivery_id,
        event_id=sent.event_id,
        attempts=sent.attempts,
    )
    await record_event(tx, tables.outbox, event, aggregate_id=sent.endpoint_id)
