"""The second process of a service: relay, consumers and timers, each kept running."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog
import uvicorn
from fastapi import FastAPI
from nats.aio.client import Client
from nats.js import JetStreamContext
from sqlmodel import SQLModel

from shared.database.connection import Database, open_database
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.consumer import Consumer, Subscription
from shared.messaging.relay import Relay
from shared.service.checks import database_answers
from shared.service.integration import Integration
from shared.web.health import health_router
from shared.web.settings import ServiceSettings

RESTART_DELAYS_S = (0.5, 1, 2, 5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timer:
    """Something done every `every_s` seconds; `run` gets the application's database."""

    name: str
    every_s: float
    run: Callable[[Database], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Worker:
    """What the worker of one service runs."""

    name: str
    settings: ServiceSettings
    integration: Integration
    subscriptions: tuple[Subscription, ...] = ()
    consumed: type[SQLModel] | None = None
    timers: tuple[Timer, ...] = ()


async def run_worker(worker: Worker) -> None:
    """Run all parts until SIGTERM or SIGINT. A part that fails is started again with a delay;
    the broker or the database being down is waited out.
    """
    settings = worker.settings
    database = await open_database(
        settings.database_dsn.get_secret_value(),
        application=f"kim-{worker.name}-worker",
        connections_max=settings.database_connections_max,
    )
    state = _State()
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "broker": lambda: _broker_parts(worker, database, state),
        **{f"timer.{t.name}": _timer(t, database) for t in worker.timers},
        **{
            name: partial(part, database)
            for name, part in worker.integration.parts(settings).items()
        },
    }
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(_keep_running(name, part)) for name, part in parts.items()]
    tasks.append(asyncio.create_task(_serve_health(settings, database, state)))
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    if state.client is not None:
        await state.client.close()
    await database.close()


@dataclass(slots=True)
class _State:
    client: Client | None = None

    async def broker_is_connected(self) -> bool:
        return self.client is not None and self.client.is_connected


async def _broker_parts(worker: Worker, database: Database, state: _State) -> None:
    if state.client is None:
        state.client = await connect(worker.settings.nats_url, name=f"kim-{worker.name}-worker")
    stream = await ensure_stream(state.client, replicas=worker.settings.nats_replicas)
    async with asyncio.TaskGroup() as group:
        relay_dsn = worker.settings.relay_dsn.get_secret_value()
        relay = Relay(relay_dsn, stream, feed_days=worker.settings.feed_days)
        group.create_task(_keep_running("relay", relay.run))
        for subscription in worker.subscriptions:
            consumer = _consumer(worker, subscription, database, stream)
            group.create_task(_keep_running(subscription.consumer, consumer.run))


def _consumer(
    worker: Worker, subscription: Subscription, database: Database, stream: JetStreamContext
) -> Consumer:
    assert worker.consumed is not None
    return Consumer(subscription, database=database, stream=stream, consumed=worker.consumed)


def _timer(timer: Timer, database: Database) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        while True:
            await timer.run(database)
            await asyncio.sleep(timer.every_s)

    return run


async def _keep_running(name: str, part: Callable[[], Awaitable[None]]) -> None:
    failures = 0
    while True:
        try:
            await part()
        except asyncio.CancelledError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever it is, the part must come back
            delay_s = RESTART_DELAYS_S[min(failures, len(RESTART_DELAYS_S) - 1)]
            failures += 1
            log.warning("worker.part_failed", name=name, fault=repr(fault), retry_s=delay_s)
            await asyncio.sleep(delay_s)
        else:
            return


async def _serve_health(settings: ServiceSettings, database: Database, state: _State) -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    checks: Mapping[str, Callable[[], Awaitable[bool]]] = {
        "database": database_answers(lambda: database),
        "broker": state.broker_is_connected,
    }
    app.include_router(health_router(checks))
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.worker_port,
        lifespan="off",  # there is none, and cancelling it would log a traceback at every stop
        log_config=None,
        access_log=False,
    )
    server = uvicorn.Server(config)
    # The worker handles the signals itself, so that all parts end together.
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    with contextlib.suppress(asyncio.CancelledError):
        await server._serve()  # noqa: SLF001 - `serve` would take over the signals
