"""Nobody is served from a restored backup before it has forgotten again what was erased since.

What was erased is listed where the keys lie, and that list is not restored with the records. Each
process looks before it serves and again from time to time, as a backup may be restored under it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.database.bound_role import RoleTooStrong
from shared.database.connection import NOT_THERE, Database
from shared.web.access import PUBLIC_FOLDERS, PUBLIC_PATHS
from shared.web.problems import ErasuresAreRepeated, TemporarilyUnavailable, problem_response

# Erases again what was brought back, and says how much that was.
Forget = Callable[[Database], Awaitable[int]]

# A database that is slow is waited for so long; one that is away is not. The service then starts
# all the same, and answers 503 meanwhile.
START_TIMEOUT_S = 20.0
AGAIN_S = 300.0
RETRY_S = 2.0

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Forgetting:
    """What one process knows: `is_done` from the first look that left nothing; `is_there`
    unless a database did not answer; `begun` when waiting longer would be in vain.
    """

    database: Database
    forget: Forget
    is_done: bool = False
    is_there: bool = True
    too_strong: RoleTooStrong | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def passed(self) -> None:
        """Once it is done. Raises RoleTooStrong when the role sees more than it may."""
        await self.settled.wait()
        if self.too_strong is not None and not self.is_done:
            raise self.too_strong

    async def run(self) -> None:
        """Until cancelled. What fails keeps the door closed if it is still closed."""
        while True:
            pause_s = AGAIN_S if await self._look() else RETRY_S
            await asyncio.sleep(pause_s)

    async def _look(self) -> bool:
        try:
            found = await self.forget(self.database)
        except RoleTooStrong as fault:
            self.too_strong = fault
            self.settled.set()
            self.begun.set()
            return False
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is tried again
            self.is_there = not isinstance(fault, NOT_THERE)
            if not self.is_there and not isinstance(fault, TimeoutError):
                self.begun.set()
            log.warning("erasures.not_repeated", fault=repr(fault), retry_s=RETRY_S)
            return False
        if found:
            log.warning("erasures.repeated", count=found)
        self.is_done = True
        self.settled.set()
        self.begun.set()
        return True


@asynccontextmanager
async def forgetting(
    database: Database, forget: Forget | None, *, wait_s: float | None = None
) -> AsyncIterator[Forgetting | None]:
    """Looks while the block runs, which begins when a look got through, or the database is away."""
    if forget is None:
        yield None
        return
    looking = Forgetting(database, forget)
    task = asyncio.create_task(looking.run())
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(looking.begun.wait(), START_TIMEOUT_S if wait_s is None else wait_s)
    try:
        yield looking
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class HoldBack:
    """Answers 503 to everything that could show data while `app.state.forgetting` is not done."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _shows_no_data(scope["path"]):
            await self.app(scope, receive, send)
            return
        looking: Forgetting | None = scope["app"].state.forgetting
        if looking is None or looking.is_done:
            await self.app(scope, receive, send)
            return
        refusal = ErasuresAreRepeated() if looking.is_there else TemporarilyUnavailable()
        await problem_response(refusal, instance=scope["path"])(scope, receive, send)


def _shows_no_data(path: str) -> bool:
    return path in PUBLIC_PATHS or path.startswith(PUBLIC_FOLDERS)
