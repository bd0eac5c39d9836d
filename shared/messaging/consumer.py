"""Consumers: each event has its effect once, however often it is delivered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog
from nats.aio.msg import Msg
from nats.errors import TimeoutError as NoMessage
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from pydantic import ValidationError
from sqlmodel import SQLModel

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.errors import Refusal
from shared.messaging.envelope import STREAM, Envelope

BATCH = 50
WAIT_S = 2.0
ACK_WAIT_S = 30
RETRY_DELAYS_S = (1, 5, 30, 120, 600)

Handler = Callable[[Transaction, Envelope], Awaitable[None]]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a service listens to: event types and what it does on each.

    `unit_of` finds the unit in whose name the handler acts; the policies hold for it, too.
    """

    consumer: str
    handlers: Mapping[str, Handler]
    unit_of: Callable[[Envelope], str]


class Consumer:
    """One durable pull consumer of the stream for one service."""

    def __init__(
        self,
        subscription: Subscription,
        *,
        database: Database,
        stream: JetStreamContext,
        consumed: type[SQLModel],
    ) -> None:
        self._subscription = subscription
        self._database = database
        self._stream = stream
        table = consumed.__tablename__
        self._remember = Statement(
            f"insert into {table} (consumer, event_id, tenant_id, consumed_at)"  # noqa: S608 - a table's name from code
            " values (:consumer, :event_id, :tenant_id, clock_timestamp())"
            " on conflict do nothing returning event_id"
        )

    async def run(self) -> None:
        """Consume until cancelled."""
        name = self._subscription.consumer
        pull = await self._stream.pull_subscribe(
            "",
            durable=name,
            stream=STREAM,
            config=ConsumerConfig(
                filter_subjects=sorted(self._subscription.handlers),
                ack_policy=AckPolicy.EXPLICIT,
                deliver_policy=DeliverPolicy.ALL,
                ack_wait=ACK_WAIT_S,
                max_ack_pending=BATCH * 2,
            ),
        )
        while True:
            try:
                messages = await pull.fetch(BATCH, timeout=WAIT_S)
            except NoMessage:
                continue
            for message in messages:
                await self._take(message)

    async def _take(self, message: Msg) -> None:
        try:
            event = Envelope.model_validate_json(message.data)
        except ValidationError:
            log.exception("consumer.unreadable", subject=message.subject)
            await message.term()
            return
        try:
            await self.handle(event)
        except Refusal as refused:
            log.exception("consumer.refused", event_id=str(event.id), code=refused.code)
            await message.term()
        except Exception as fault:
            log.exception("consumer.failed", event_id=str(event.id), fault=type(fault).__name__)
            tries = message.metadata.num_delivered
            await message.nak(delay=RETRY_DELAYS_S[min(tries, len(RETRY_DELAYS_S)) - 1])
        else:
            await message.ack()

    async def handle(self, event: Envelope) -> bool:
        """Act on the event in one transaction; False when it had been acted on before."""
        subscription = self._subscription
        caller = system_caller(
            tenant_id=event.tenantid,
            unit_id=subscription.unit_of(event),
            part=subscription.consumer,
        )
        async with self._database.transaction(caller) as tx:
            is_new = await tx.value(
                self._remember,
                consumer=subscription.consumer,
                event_id=event.id,
                tenant_id=event.tenantid,
            )
            if is_new is None:
                return False
            await subscription.handlers[event.type](tx, event)
        return True
