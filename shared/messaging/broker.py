"""The connection to NATS JetStream and the one stream of the system."""

import ssl
from collections.abc import Awaitable, Callable

import nats
import structlog
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from shared.messaging.envelope import STREAM, SUBJECTS

DUPLICATE_WINDOW_S = 15 * 60
PING_EVERY_S = 20
MESSAGE_AGE_MAX_S = 30 * 24 * 3600

log = structlog.get_logger(__name__)


Then = Callable[[], Awaitable[None]]


async def connect(
    url: str,
    *,
    name: str,
    on_reconnected: Then | None = None,
    on_closed: Then | None = None,
    tls: ssl.SSLContext | None = None,
) -> Client:
    """Connect and keep reconnecting for ever; the broker may be down when this is called.

    `on_reconnected` is called whenever a lost connection is there again, `on_closed` when it is
    given up, as after a refused password. `tls` is used where the URL says `tls://`.
    Raises nats.errors.NoServersError when it cannot be reached now; the worker tries again.
    """
    return await nats.connect(
        servers=url.split(","),
        name=name,
        max_reconnect_attempts=-1,
        reconnect_time_wait=1,
        connect_timeout=3,
        allow_reconnect=True,
        ping_interval=PING_EVERY_S,
        error_cb=_log_fault,
        reconnected_cb=on_reconnected,
        closed_cb=on_closed,
        tls=tls if url.startswith("tls://") else None,
    )


async def ensure_stream(client: Client, *, replicas: int = 1) -> JetStreamContext:
    """The stream `KIM` on subjects `kim.>`: on file, a message id repeated within the duplicate
    window (longer than any restart) is stored once.
    """
    stream = client.jetstream(timeout=5)
    config = StreamConfig(
        name=STREAM,
        subjects=[SUBJECTS],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_age=MESSAGE_AGE_MAX_S,
        duplicate_window=DUPLICATE_WINDOW_S,
        num_replicas=replicas,
    )
    try:
        await stream.stream_info(STREAM)
    except NotFoundError:
        await stream.add_stream(config)
    return stream


async def _log_fault(fault: Exception) -> None:
    log.warning("broker.fault", fault=repr(fault))
