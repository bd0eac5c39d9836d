"""A real NATS server with JetStream for one machine."""

import json
import shutil
import sysconfig
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from deploy.local.credentials import Credentials, write_private
from deploy.local.processes import Command
from deploy.local.settings import HOST

USER = "kim"
PASSWORD_NAME = "nats"  # noqa: S105 - the name under which the made password is kept
GATEWAY_USER = "kim-gateway"
GATEWAY_PASSWORD_NAME = "nats_gateway"  # noqa: S105 - the same
LISTENED_TO = ["kim.>"]
PROBE_TIMEOUT_S = 2.0
STORE_BYTES_MAX = 2 * 1024**3


class NatsServerMissing(Exception):
    """There is no nats-server to start."""


@dataclass(frozen=True, slots=True)
class NatsServer:
    """One server on the loopback interface, with a password and a store on disk."""

    home: Path
    program: Path
    port: int
    monitor_port: int
    credentials: Credentials
    is_durable: bool = True

    @property
    def url(self) -> str:
        return f"nats://{USER}:{self.credentials[PASSWORD_NAME]}@{HOST}:{self.port}"

    @property
    def gateway_url(self) -> str:
        """As the gateway, which listens and can neither announce nor read what was stored."""
        password = self.credentials[GATEWAY_PASSWORD_NAME]
        return f"nats://{GATEWAY_USER}:{password}@{HOST}:{self.port}"

    @property
    def config_file(self) -> Path:
        return self.home / "nats.json"

    def prepare(self) -> None:
        """Write the configuration (NATS reads JSON); the store itself the server makes."""
        config = {
            "server_name": "kim-local",
            "host": HOST,
            "port": self.port,
            "http": f"{HOST}:{self.monitor_port}",
            "authorization": authorization(self.credentials),
            "jetstream": {
                "store_dir": str(self.home / "jetstream"),
                "max_file_store": STORE_BYTES_MAX,
                # An acknowledged message is on disk: the outbox forgets it after that.
                "sync_interval": "always" if self.is_durable else "2m",
            },
            "max_payload": 1024 * 1024,
        }
        write_private(self.config_file, json.dumps(config, indent=2))

    def command(self) -> Command:
        return Command(argv=(str(self.program), "--config", str(self.config_file)))

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(
                f"http://{HOST}:{self.monitor_port}/healthz?js-enabled-only=true",
                timeout=PROBE_TIMEOUT_S,
            ) as answer:
                return bool(json.load(answer).get("status") == "ok")
        except (urllib.error.URLError, OSError, ValueError):
            return False


def authorization(credentials: Credentials) -> dict[str, object]:
    """Who may do what, as the server's configuration has it."""
    return {
        "users": [
            {"user": USER, "password": credentials[PASSWORD_NAME]},
            {
                "user": GATEWAY_USER,
                "password": credentials[GATEWAY_PASSWORD_NAME],
                "permissions": {"publish": {"deny": ">"}, "subscribe": LISTENED_TO},
            },
        ]
    }


def nats_program(chosen: Path | None) -> Path:
    """The chosen program, the wheel's, or one on the PATH. Raises NatsServerMissing."""
    wheel = Path(sysconfig.get_path("scripts")) / "nats-server"
    on_path = shutil.which("nats-server")
    for candidate in (chosen, wheel, Path(on_path) if on_path else None):
        if candidate and candidate.is_file():
            return candidate
        if chosen:
            break
    raise NatsServerMissing(f"There is no nats-server at {chosen or wheel}.")
