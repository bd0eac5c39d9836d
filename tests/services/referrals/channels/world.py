"""A referral service of its own with everything that leaves it being listened to."""

import io
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, Final

import asyncpg
import httpx
import structlog
from fastapi import FastAPI

from services.referrals.main import create_app
from services.referrals.settings import Settings
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.observability.logs import configure_logs
from tests.apis import running
from tests.canaries import Canaries
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys
from tests.receiver import PORTS, address
from tests.services.referrals.channels.person import SERVICE, Mark
from tests.services.referrals.channels.registry import is_free
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import unit

SENDER, HEAD, COORDINATION = "waf-case-manager", "waf-cm-head", "waf-coordinator"
OFFICER, MACHINE = "waf-b3-officer", "waf-abh-system"
YOUTH_OFFICE, JOBCENTER = "waf-jugendamt-system", "waf-jobcenter-system"
AUTHORITY = "waf-abh"
OF_THE_AUTHORITY: Final = frozenset({OFFICER, MACHINE})
INTEGRATOR = "waf-integrator"
EVERYBODY: Final = (
    SENDER, HEAD, COORDINATION, OFFICER, MACHINE, YOUTH_OFFICE, JOBCENTER, INTEGRATOR,
)  # fmt: skip
OF_UNIT: Final = {
    AUTHORITY: OFFICER,
    "waf-jugendamt": YOUTH_OFFICE,
    "waf-jobcenter": JOBCENTER,
}
# The youth office here belongs to the body of the authority: only so is there a way to pass on.
UNITS: Final[dict[str, dict[str, Any]]] = {
    "waf-cm": {"services": ["CASE_MANAGEMENT"]},
    AUTHORITY: {"type": "ABH", "services": [SERVICE], "controllerId": "waf-amt"},
    "waf-jugendamt": {"type": "JUGENDAMT", "services": [SERVICE], "controllerId": "waf-amt"},
    "waf-jobcenter": {"type": "JOBCENTER_ACTIVE", "services": [SERVICE], "body35Sgb1": True},
}

# What goes to the broker, as it is stored for it.
OUTBOX: Final = """
select position, subject || payload::text as message
  from outbox_message where position > $1 order by position"""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that left: by which way, and to whom ('' where anybody may listen)."""

    channel: str
    caller: str
    content: bytes
    is_free: bool


@dataclass(frozen=True, slots=True)
class Leak:
    channel: str
    caller: str
    mark: Mark


@dataclass(repr=False)
class World:
    app: FastAPI
    http: httpx.AsyncClient
    database: Database
    owner: Any
    token_for: Callable[[str], str]
    canaries: Canaries = field(default_factory=Canaries)
    heard: list[Heard] = field(default_factory=list)
    lines: io.StringIO = field(default_factory=io.StringIO)
    ids: dict[str, list[str]] = field(default_factory=dict)
    released: dict[int, set[str]] = field(default_factory=dict)
    """Of each referral the paths that a decision names for the authority."""
    accepted: set[int] = field(default_factory=set)
    """The referrals that the authority has accepted."""
    referrals: int = 0
    read_until: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of what only grows: from where each caller reads on."""
    told_until: int = 0

    def __repr__(self) -> str:
        return f"World({self.referrals} referrals)"

    def desk(self, persona: str) -> Desk:
        return Desk(self.http, self.token_for(persona))

    def forget_ids(self) -> None:
        """The next sweep asks for what is made from now on."""
        self.ids = {"unit_id": [AUTHORITY]}

    def note(self, parameter: str, value: str) -> None:
        """An id that the sweep asks for."""
        if value not in self.ids.setdefault(parameter, []):
            self.ids[parameter].append(value)

    def may_see(self, mark: Mark) -> bool:
        """R-A1: accepted by the authority, and named by a decision."""
        return mark.referral in self.accepted and mark.path in self.released[mark.referral]

    async def hear(self, answer: httpx.Response) -> None:
        """Every answer of the service, whoever asked."""
        await answer.aread()
        request, path = answer.request, answer.request.url.path
        channel = f"{request.method} {path}"
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, channel
        is_read = request.method == "GET" or path.endswith("/search")
        is_problem = answer.status_code >= httpx.codes.BAD_REQUEST
        self.heard.append(
            Heard(
                channel=channel,
                caller=self._callers().get(request.headers.get("Authorization", ""), ""),
                content=repr(answer.headers).encode() + b"\n" + answer.content,
                is_free=is_problem or (is_read and is_free(self._template(path))),
            )
        )

    def hear_free(self, channel: str, content: bytes) -> None:
        """What leaves by another way than an answer: there nothing is about a person."""
        self.heard.append(Heard(channel, "", content, is_free=True))

    def seen_by_the_authority(self, number: int) -> set[str]:
        """The paths of one referral that its person or its system was told until now."""
        marks = {
            mark
            for one in self.heard
            if one.caller in OF_THE_AUTHORITY
            for mark in self.canaries.in_(one.content)
        }
        return {mark.path for mark in marks if isinstance(mark, Mark) and mark.referral == number}

    async def leaks(self) -> list[Leak]:
        """What was heard and must not be; then it is forgotten."""
        self.hear_free("log", self.lines.getvalue().encode())
        self.lines.seek(0)
        self.lines.truncate()
        for row in await self.owner.fetch(OUTBOX, self.told_until):
            self.told_until = row["position"]
            self.hear_free("broker", row["message"].encode())
        found = []
        for one in dict.fromkeys(self.heard):
            for mark in self.canaries.in_(one.content):
                assert isinstance(mark, Mark)
                to_authority = one.caller in OF_THE_AUTHORITY
                if one.is_free or (to_authority and not self.may_see(mark)):
                    found.append(Leak(one.channel, one.caller, mark))
        self.heard.clear()
        return found

    def _callers(self) -> dict[str, str]:
        return {f"Bearer {self.token_for(persona)}": persona for persona in EVERYBODY}

    @cached_property
    def _templates(self) -> list[tuple[str, re.Pattern[str]]]:
        return [
            (path, re.compile(re.sub(r"\{[a-z_]+\}", "[^/]+", path)))
            for path in sorted(self.app.openapi()["paths"], key=lambda path: path.count("{"))
        ]

    def _template(self, path: str) -> str:
        """The path of the contract that this one is of; itself where it is of none."""
        return next((one for one, form in self._templates if form.fullmatch(path)), path)


async def keep_something(world: World) -> None:
    """Records beside the referrals, so that what reads them has something to read."""
    world.released[0] = set()
    deputies = {name: world.canaries.word(Mark(0, name)) for name in ("principal", "deputy")}
    today = berlin_date(now())
    year = {"fromOn": today.isoformat(), "toOn": (today + timedelta(days=364)).isoformat()}
    for persona, path, body in (
        (SENDER, "/v1/deputyships", deputies | year),
        (
            MACHINE,
            "/v1/webhook-endpoints",
            {"url": f"{address(PORTS[0])}/hook", "description": "Fachverfahren"},
        ),
    ):
        made = await world.desk(persona).post(path, body)
        assert made.status_code == httpx.codes.CREATED, made.text


@contextmanager
def lines_of_the_log() -> Iterator[io.StringIO]:
    """The log as the service writes it, while the block runs."""
    before, lines = structlog.get_config(), io.StringIO()
    configure_logs(part="referrals", level="DEBUG")
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(lines), cache_logger_on_first_use=False
    )
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(handler)
        structlog.configure(**before)


@asynccontextmanager
async def world_of(
    database: ServiceDatabase,
    superuser_dsn: str,
    settings: Settings,
    token_for: Callable[[str], str],
) -> AsyncIterator[World]:
    """The service on a database of its own, with the units that a walk goes to."""
    app = create_app(settings)
    pool = await open_with_keys(database.app_dsn, application="tests")
    owner = await asyncpg.connect(superuser_dsn)
    try:
        with lines_of_the_log() as lines:
            async with running(app) as http:
                world = World(app, http, pool, owner, token_for, lines=lines)
                http.event_hooks["response"].append(world.hear)
                coordination = world.desk(COORDINATION)
                for unit_id, changes in UNITS.items():
                    made = await coordination.post("/v1/org-units", unit(unit_id, **changes))
                    assert made.status_code == httpx.codes.CREATED, made.text
                await keep_something(world)
                yield world
    finally:
        await owner.close()
        await pool.close()
