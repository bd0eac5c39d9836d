"""The ear of the gateway: listens to the broker as long as the process lives, writes nothing."""

import asyncio
import ssl
from contextlib import suppress

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as BrokerFault
from pydantic import ValidationError

from gateway.live.hub import Hub
from gateway.live.news import SUBJECTS, news_of
from shared.messaging.broker import connect
from shared.messaging.envelope import Envelope, audience_of

RETRY_S = 1.0

log = structlog.get_logger(__name__)


class Listener:
    """Hears what is announced from now on. What passes while the connection is lost is not heard
    again: every subscriber is told so as soon as it is back.
    """

    def __init__(self, url: str, hub: Hub, tls: ssl.SSLContext | None = None) -> None:
        self._url = url
        self._tls = tls
        self._hub = hub
        self._client: Client | None = None
        self._closed = asyncio.Event()
        self._has_tried = asyncio.Event()
        hub.link = self.is_connected

    async def run(self) -> None:
        """Listen until cancelled, waiting for a broker that is not there."""
        try:
            while True:
                self._closed.clear()
                is_listening = await self._listens()
                self._has_tried.set()
                if is_listening:
                    await self._closed.wait()
                await asyncio.sleep(RETRY_S)
        finally:
            if self._client is not None:
                await self._client.close()

    async def begun(self, timeout_s: float) -> None:
        """Wait until the broker was asked for the first time, whatever came of it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._has_tried.wait()

    def is_connected(self) -> bool:
        return self._client is not None and self._client.is_connected

    async def _listens(self) -> bool:
        try:
            client = await connect(
                self._url,
                name="kim-gateway",
                on_reconnected=self._on_reconnected,
                on_closed=self._on_closed,
                tls=self._tls,
            )
            for subject in SUBJECTS:
                await client.subscribe(subject, cb=self._hear)
            await client.flush()
        except (BrokerFault, OSError, TimeoutError) as fault:
            log.warning("live.no_broker", fault=repr(fault))
            return False
        self._client = client
        self._hub.miss()
        log.info("live.listening")
        return True

    async def _on_reconnected(self) -> None:
        log.info("live.listening_again")
        self._hub.miss()

    async def _on_closed(self) -> None:
        self._closed.set()

    async def _hear(self, message: Msg) -> None:
        try:
            event = Envelope.model_validate_json(message.data)
            for news in news_of(event, audience_of(message.headers)):
                self._hub.tell(news)
        except (ValidationError, ValueError, TypeError, IndexError):
            log.warning("live.unreadable", subject=message.subject)
