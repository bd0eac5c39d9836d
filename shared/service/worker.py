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
from starlette.middleware import Middleware

from shared.database.bound_role import RoleTooStrong
from shared.database.connection import Database, open_database
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.consumer import Consumer, Subscription
from shared.messaging.relay import Relay
from shared.secrecy.removal import destroy_keys
from shared.service.checks import database_answers
from shared.service.forgetting import Forget, Forgetting, forgetting
from shared.service.integration import Integration
from shared.service.keys import open_ring
from shared.web.context import RequestContext
from shared.web.heads import GuardHeads
from shared.web.health import health_router
from shared.web.server import server_config
from shared.web.settings import ServiceSettings

KEY_REMOVAL_EVERY_S = 5.0
RESTART_DELAYS_S = (0.5, 1, 2, 5)

Part = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timer:
    """Something done every `every_s` seconds; `run` gets the application's database."""

    name: str
    every_s: float
    run: Callable[[Database], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Worker:
    """What the worker of one service runs, once `forget` has erased again what a restored backup
    brought back.
    """

    name: str
    settings: ServiceSettings
    integration: Integration
    subscriptions: tuple[Subscription, ...] = ()
    consumed: type[SQLModel] | None = None
    timers: tuple[Timer, ...] = ()
    forget: Forget | None = None


async def run_worker(worker: Worker) -> None:
    """Run all parts until SIGTERM or SIGINT. A part that fails is started again with a delay;
    the broker or the database being down is waited out. Raises RoleTooStrong.
    """
    settings = worker.settings
    database = await open_database(
        settings.database_dsn.get_secret_value(),
        application=f"kim-{worker.name}-worker",
        ring=await open_ring(settings, application=f"kim-{worker.name}-worker"),
        connections_max=settings.database_connections_max,
    )
    state = _State()
    parts: dict[str, Part] = {
        "broker": lambda: _broker_parts(worker, database, state),
        **{
            f"timer.{t.name}": _timer(t, database) for t in (*worker.timers, *_key_timers(database))
        },
        **{
            name: partial(part, database)
            for name, part in worker.integration.parts(settings).items()
        },
    }
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with forgetting(database, worker.forget, wait_s=0) as looking:
        tasks = [
            asyncio.create_task(_keep_running(name, partial(_after, looking, part)))
            for name, part in parts.items()
        ]
        tasks.append(asyncio.create_task(_serve_health(settings, database, state)))
        for task in tasks:
            task.add_done_callback(lambda ended: stop.set() if _too_strong(ended) else None)
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if state.client is not None:
        await state.client.close()
    await database.close()
    for task in tasks:
        if fault := _too_strong(task):
            raise fault


def _too_strong(task: asyncio.Task[None]) -> RoleTooStrong | None:
    fault = None if task.cancelled() else task.exception()
    return fault if isinstance(fault, RoleTooStrong) else None


async def _after(looking: Forgetting | None, part: Part) -> None:
    """Nothing is done with records that should be erased."""
    if looking is not None:
        await looking.passed()
    await part()


@dataclass(slots=True)
class _State:
    client: Client | None = None

    async def broker_is_connected(self) -> bool:
        return self.client is not None and self.client.is_connected


async def _broker_parts(worker: Worker, database: Database, state: _State) -> None:
    if state.client is None:
        state.client = await connect(
            worker.settings.nats_url,
            name=f"kim-{worker.name}-worker",
            tls=worker.settings.tls.calling(),
        )
    stream = await ensure_stream(state.client, replicas=worker.settings.nats_replicas)
    async with asyncio.TaskGroup() as group:
        relay_dsn = worker.settings.relay_dsn.get_secret_value()
        relay = Relay(relay_dsn, stream, feed_days=worker.settings.feed_days)
        group.create_task(_keep_running("relay", relay.run))
        for subscription in worker.subscriptions:
            consumer = _consumer(worker, subscription, database, stream)
            group.create_task(_keep_running(subscription.consumer, consumer.run))


def _key_timers(database: Database) -> tuple[Timer, ...]:
    """A service that seals text destroys the keys of what is erased."""
    if database.ring is None:
        return ()
    return (Timer("key-removal", KEY_REMOVAL_EVERY_S, destroy_keys),)


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
    """Raises RoleTooStrong: no further try mends what somebody set up wrongly."""
    failures = 0
    while True:
        try:
            await part()
        except asyncio.CancelledError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever else it is, the part must come back
            causes = fault.exceptions if isinstance(fault, ExceptionGroup) else (fault,)
            for cause in causes:
                if isinstance(cause, RoleTooStrong):
                    raise cause from None
            delay_s = RESTART_DELAYS_S[min(failures, len(RESTART_DELAYS_S) - 1)]
            failures += 1
            log.warning("worker.part_failed", name=name, fault=repr(fault), retry_s=delay_s)
            await asyncio.sleep(delay_s)
        else:
            return


async def _serve_health(settings: ServiceSettings, database: Database, state: _State) -> None:
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[
            Middleware(RequestContext, is_production=settings.is_production),
            Middleware(GuardHeads),
        ],
    )
    checks: Mapping[str, Callable[[], Awaitable[bool]]] = {
        "database": database_answers(lambda: database),
        "broker": state.broker_is_connected,
    }
    app.include_router(health_router(checks))
    config = server_config(
        app,
        host=settings.host,
        port=settings.worker_port,
        tls=settings.tls,
        lifespan="off",  # there is none, and cancelling it would log a traceback at every stop
    )
    server = uvicorn.Server(config)
    # The worker handles the signals itself, so that all parts end together.
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    with contextlib.suppress(asyncio.CancelledError):
        await server._serve()  # noqa: SLF001 - `serve` would take over the signals
