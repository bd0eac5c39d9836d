"""`serve`: the mock and the development issuer in one process, at the addresses of `make run`."""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from deploy.local.issuer.app import create_app as create_issuer
from deploy.local.issuer.personas import Persona, read_directory
from deploy.local.issuer.settings import PERSONAS_FILE, IssuerSettings
from deploy.local.settings import HOST
from deploy.partnerkit.mock.app import create_mock, mock_settings
from deploy.partnerkit.mock.webhooks import Disturbance
from deploy.partnerkit.words import Unusable, say
from shared.kernel.text import Text
from shared.observability.logs import configure_logs

TURNS_S = 0.05


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a partner wants to try."""

    port: int
    issuer_port: int
    state_dir: Path
    client_id: str
    speed: float = 1.0
    reads: int = 3000
    writes: int = 1200
    disturbances: str = ""

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def issuer_url(self) -> str:
        return f"http://{HOST}:{self.issuer_port}"


class _Server(uvicorn.Server):
    """One of two in a process: the signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


def serve(wishes: Wishes) -> int:
    """Until Ctrl-C. Raises Unusable when a port is taken or the client unknown."""
    systems = read_directory(PERSONAS_FILE).systems
    if wishes.client_id not in systems:
        raise Unusable(
            Text(
                f"Den Client {wishes.client_id} gibt es nicht. Bekannt: {', '.join(systems)}.",
                f"There is no client {wishes.client_id}. Known: {', '.join(systems)}.",
            )
        )
    disturbances = _disturbances(wishes.disturbances)
    configure_logs(part="partnerkit", level="WARNING")
    asyncio.run(_serve(wishes, disturbances, lambda: _greet(wishes, systems[wishes.client_id])))
    return 0


def _disturbances(named: str) -> frozenset[Disturbance]:
    try:
        return frozenset(Disturbance(one) for one in named.split(",") if one)
    except ValueError as unknown:
        known = ", ".join(Disturbance)
        raise Unusable(
            Text(
                f"--disturb kennt {known}, nicht {named!r}.",
                f"--disturb knows {known}, not {named!r}.",
            )
        ) from unknown


async def _serve(
    wishes: Wishes, disturbances: frozenset[Disturbance], greet: Callable[[], None]
) -> None:
    issuer = create_issuer(
        IssuerSettings(
            environment="development",
            port=wishes.issuer_port,
            url=wishes.issuer_url,
            state_dir=wishes.state_dir,
        )
    )
    mock = create_mock(
        mock_settings(wishes.issuer_url, reads=wishes.reads, writes=wishes.writes),
        speed=wishes.speed,
        disturbances=disturbances,
    )
    servers = [_server(issuer, wishes.issuer_port), _server(mock, wishes.port)]
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    tasks = [asyncio.create_task(_run(server)) for server in servers]
    while not all(server.started for server in servers):
        if any(task.done() for task in tasks):
            break
        await asyncio.sleep(TURNS_S)
    else:
        greet()
    try:
        await asyncio.gather(*tasks)
    finally:
        stop()


def _server(app: Any, port: int) -> _Server:
    config = uvicorn.Config(
        app, host=HOST, port=port, log_config=None, access_log=False, server_header=False
    )
    return _Server(config)


async def _run(server: _Server) -> None:
    try:
        await server.serve()
    except SystemExit as taken:
        port = server.config.port
        raise Unusable(
            Text(
                f"Port {port} ist belegt: `make stop` beendet das lokale System; oder einen "
                "anderen nehmen mit --port und --issuer-port.",
                f"Port {port} is taken: `make stop` ends the local system; or take another one "
                "with --port and --issuer-port.",
            )
        ) from taken


def _greet(wishes: Wishes, client: Persona) -> None:
    key = wishes.state_dir / "clients" / f"{client.id}.jwk.json"
    say(
        Text(
            "Der Übungs-Dienst läuft. Alles darin ist erfunden und beim Beenden vergessen.",
            "The practice service is running. All of it is invented and forgotten at the end.",
        )
    )
    lines = (
        ("referrals", wishes.base_url),
        ("token", f"{wishes.issuer_url}/token"),
        ("client_id", client.id),
        ("client_secret", client.secret),
        ("private key", str(key)),
        ("unit", f"{client.affiliation.unit} ({client.affiliation.unit_name})"),
    )
    for name, value in lines:
        print(f"  {name:<14} {value}")
    say(
        Text(
            "Als Nächstes: `python -m deploy.partnerkit check` in einem zweiten Fenster, oder die "
            "zehn Schritte in docs/integration.de.md. Strg-C beendet.",
            "Next: `python -m deploy.partnerkit check` in a second window, or the ten steps in "
            "docs/integration.md. Ctrl-C ends it.",
        )
    )
