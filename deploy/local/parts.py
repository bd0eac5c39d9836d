"""The parts of a local installation: how each is prepared, started and asked whether it works."""

import json
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.credentials import Credentials, sealing_key, wrapping_key
from deploy.local.engine_files import engine_account, postgres_bin, postgres_home
from deploy.local.nats import NatsServer, nats_program
from deploy.local.postgres import PostgresServer
from deploy.local.processes import Command, PidFile
from deploy.local.settings import HOST, PROJECT_DIR, SERVICES, LocalSettings
from deploy.local.state_dir import open_state_dir

AUDIENCE = "kim"
PROBE_TIMEOUT_S = 2.0
ENGINES = ("postgres", "nats", "issuer")


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the installation."""

    name: str
    address: str
    port_names: tuple[str, ...]
    command: Callable[[], Command]
    is_ready: Callable[[], bool]
    run_dir: Path
    log_file: Path
    prepare: Callable[[], None] = field(default=lambda: None)
    stop_timeout_s: float = 15.0

    @property
    def pid_file(self) -> PidFile:
        return PidFile(self.run_dir / f"{self.name}.pid")

    @property
    def stop_mark(self) -> Path:
        """Lies there while the part is stopped by command: then its end is not a crash."""
        return self.run_dir / f"{self.name}.stopped"


class Installation:
    """Everything that one state directory and its ports make up.

    Raises NotOurFolder, EngineFilesUnreachable, NatsServerMissing.
    """

    def __init__(self, settings: LocalSettings) -> None:
        open_state_dir(settings.state_dir)
        self.settings = settings
        self.run_dir = settings.state_dir / "run"
        self.credentials = Credentials(settings.state_dir / "credentials.json")
        account = engine_account()
        self.postgres = PostgresServer(
            home=postgres_home(settings.state_dir, account),
            bin_dir=postgres_bin(settings.postgres_bin, account),
            port=settings.postgres_port,
            credentials=self.credentials,
            account=account,
            is_durable=settings.is_durable,
        )
        self.nats = NatsServer(
            home=settings.state_dir / "nats",
            program=nats_program(settings.nats_server),
            port=settings.nats_port,
            monitor_port=settings.nats_monitor_port,
            credentials=self.credentials,
            is_durable=settings.is_durable,
        )

    def parts(self) -> list[Part]:
        """In the order of starting; stopping goes backwards."""
        services = [self._service(name) for name in SERVICES]
        workers = [self._worker(name) for name in SERVICES]
        return [*self._engines(), *services, *workers, self._gateway()]

    def service_environment(self, service: str) -> dict[str, str]:
        """What a service and its worker read. The owner's role is not among it."""
        prefix = service.upper()
        database = f"kim_{service}"
        return (
            self._common_environment(prefix)
            | (self._links() if service == "referrals" else {})
            | {
                f"{prefix}_PORT": str(self.settings.service_port(service)),
                f"{prefix}_WORKER_PORT": str(self.settings.worker_port(service)),
                f"{prefix}_DATABASE_DSN": self.postgres.dsn(f"kim_{service}_app", database),
                f"{prefix}_RELAY_DSN": self.postgres.dsn(f"kim_{service}_relay", database),
                f"{prefix}_NATS_URL": self.nats.url,
                f"{prefix}_SEALING_KEYS": sealing_key(self.credentials, service),
                f"{prefix}_AUDIT_ANCHOR_KEYS": sealing_key(self.credentials, f"{service}_audit"),
            }
            | self._own(service)
        )

    def _own(self, service: str) -> dict[str, str]:
        """Where the bytes of files lie: with the other data of this installation; what the seal on
        closed months of the books is made with.
        """
        files = self.settings.state_dir
        jobs = {
            f"{service.upper()}_JOBS_LOCATION": str(files / "jobs"),
            f"{service.upper()}_EXCHANGE_LOCATION": str(files / "exchange"),
        }
        if service == "funding":
            return jobs | {"FUNDING_LEDGER_SEAL_KEY": self.credentials["kim_funding_ledger_seal"]}
        variables = {
            "cases": ("CASES_DOCUMENTS_LOCATION", "documents"),
            "referrals": ("REFERRALS_ATTACHMENTS_LOCATION", "attachments"),
        }
        if service not in variables:
            return jobs
        variable, folder = variables[service]
        key = {f"{service.upper()}_WRAPPING_KEYS": wrapping_key(self.credentials, service)}
        return jobs | {variable: str(files / folder)} | key

    def migrator_environment(self) -> dict[str, str]:
        """The owners' addresses: for migrations alone."""
        return {
            f"{service.upper()}_MIGRATOR_DSN": self.postgres.dsn(
                f"kim_{service}_owner", f"kim_{service}"
            )
            for service in SERVICES
        }

    def _links(self) -> dict[str, str]:
        """What makes links for agencies without software, and where their pages are."""
        return {
            "REFERRALS_LINK_KEY": self.credentials["referrals_link_key"],
            "REFERRALS_PUBLIC_URL": f"http://{HOST}:{self.settings.service_port('referrals')}",
        }

    def gateway_environment(self) -> dict[str, str]:
        addresses = {
            f"GATEWAY_{service.upper()}_URL": f"http://{HOST}:{self.settings.service_port(service)}"
            for service in SERVICES
        }
        return (
            self._common_environment("GATEWAY")
            | addresses
            | {
                "GATEWAY_PORT": str(self.settings.gateway_port),
                "GATEWAY_NATS_URL": self.nats.gateway_url,
            }
        )

    def _common_environment(self, prefix: str) -> dict[str, str]:
        issuer = {
            "issuer": self.settings.issuer_url,
            "audience": AUDIENCE,
            "units": ["*"],
            "tenants": ["*"],
        }
        return {
            "PYTHONUNBUFFERED": "1",
            f"{prefix}_HOST": HOST,
            f"{prefix}_ENVIRONMENT": "development",
            f"{prefix}_OIDC_ISSUERS": json.dumps([issuer]),
        }

    def _engines(self) -> list[Part]:
        settings = self.settings
        return [
            self._part(
                "postgres",
                f"{HOST}:{settings.postgres_port}",
                ("postgres_port",),
                self.postgres.command,
                self.postgres.is_ready,
                prepare=self.postgres.prepare,
                stop_timeout_s=30.0,
            ),
            self._part(
                "nats",
                f"{HOST}:{settings.nats_port}",
                ("nats_port", "nats_monitor_port"),
                self.nats.command,
                self.nats.is_ready,
                prepare=self.nats.prepare,
            ),
            self._python(
                "issuer",
                ("issuer_port",),
                "deploy.local.issuer",
                {
                    "ISSUER_ENVIRONMENT": "development",
                    "ISSUER_HOST": HOST,
                    "ISSUER_PORT": str(settings.issuer_port),
                    "ISSUER_AUDIENCE": AUDIENCE,
                    "ISSUER_STATE_DIR": str(settings.state_dir / "issuer"),
                },
            ),
        ]

    def _service(self, name: str) -> Part:
        environment = self.service_environment(name)
        return self._python(name, (f"{name}_port",), f"services.{name}.main", environment)

    def _worker(self, name: str) -> Part:
        environment = self.service_environment(name)
        port_name = f"{name}_worker_port"
        return self._python(f"{name}-worker", (port_name,), f"services.{name}.worker", environment)

    def _gateway(self) -> Part:
        return self._python(
            "gateway", ("gateway_port",), "gateway.main", self.gateway_environment()
        )

    def _python(
        self, name: str, port_names: tuple[str, ...], module: str, env: dict[str, str]
    ) -> Part:
        url = f"http://{HOST}:{self.settings.ports()[port_names[0]]}"
        command = Command((sys.executable, "-m", module), env, cwd=PROJECT_DIR)
        return self._part(name, url, port_names, lambda: command, lambda: is_healthy(url))

    def _part(
        self,
        name: str,
        address: str,
        port_names: tuple[str, ...],
        command: Callable[[], Command],
        is_ready: Callable[[], bool],
        *,
        prepare: Callable[[], None] = lambda: None,
        stop_timeout_s: float = 15.0,
    ) -> Part:
        return Part(
            name=name,
            address=address,
            port_names=port_names,
            command=command,
            is_ready=is_ready,
            run_dir=self.run_dir,
            log_file=self.settings.log_dir / f"{name}.log",
            prepare=prepare,
            stop_timeout_s=stop_timeout_s,
        )


def is_healthy(url: str) -> bool:
    """Whether the part answers 200 at `/health/ready`."""
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=PROBE_TIMEOUT_S) as answer:  # noqa: S310 - http to loopback
            return bool(answer.status == 200)  # noqa: PLR2004 - OK
    except (urllib.error.URLError, OSError):
        return False


def stop_signal(part: Part) -> signal.Signals:
    return part.command().stop_signal
