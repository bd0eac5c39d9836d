"""Every setting of the local installation: where its files lie and which ports it takes.

Two installations run side by side when each has its own `KIM_STATE_DIR` and `KIM_PORT_BASE`.
"""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_DIR = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SERVICES = ("cases", "funding", "referrals")

DEFAULT_PORT_BASE = 8000
DEFAULT_PORTS = {
    "gateway_port": 8000,
    "cases_port": 8001,
    "funding_port": 8002,
    "referrals_port": 8003,
    "issuer_port": 8009,
    "cases_worker_port": 8011,
    "funding_worker_port": 8012,
    "referrals_worker_port": 8013,
    "postgres_port": 54329,
    "nats_port": 42229,
    "nats_monitor_port": 42230,
}


class LocalSettings(BaseSettings):
    """Read from `KIM_*`; a port that is not named is its default moved by the port base."""

    model_config = SettingsConfigDict(env_prefix="KIM_", extra="forbid")

    state_dir: Path = Field(
        default=PROJECT_DIR / ".state",
        description="Data, logs, passwords and keys of this installation.",
    )
    port_base: int = Field(
        default=DEFAULT_PORT_BASE,
        ge=1100,
        le=18000,
        description="Moves every port that is not named by itself; the gateway gets this one.",
    )
    gateway_port: int = 0
    cases_port: int = 0
    funding_port: int = 0
    referrals_port: int = 0
    issuer_port: int = 0
    cases_worker_port: int = 0
    funding_worker_port: int = 0
    referrals_worker_port: int = 0
    postgres_port: int = 0
    nats_port: int = 0
    nats_monitor_port: int = 0
    postgres_bin: Path | None = Field(
        default=None,
        description="bin/ of another PostgreSQL (16 or newer) instead of the one in the wheel.",
    )
    nats_server: Path | None = Field(
        default=None, description="Another nats-server instead of the one in the wheel."
    )
    is_durable: bool = Field(
        default=True, description="Off only for throw-away data: tests trade safety for speed."
    )
    has_demo_data: bool = Field(
        default=True, description="Whether `run` loads the demonstration data after the start."
    )
    ready_timeout_s: float = Field(
        default=60.0, gt=0, description="How long one part may take until it is ready."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.state_dir = self.state_dir.expanduser().resolve()
        shift = self.port_base - DEFAULT_PORT_BASE
        for name, port in DEFAULT_PORTS.items():
            if not getattr(self, name):
                setattr(self, name, port + shift)
        return self

    def ports(self) -> dict[str, int]:
        """Every port this installation takes, by the name of its setting."""
        return {name: int(getattr(self, name)) for name in DEFAULT_PORTS}

    def service_port(self, service: str) -> int:
        return self.ports()[f"{service}_port"]

    def worker_port(self, service: str) -> int:
        return self.ports()[f"{service}_worker_port"]

    @property
    def issuer_url(self) -> str:
        return f"http://{HOST}:{self.issuer_port}"

    @property
    def gateway_url(self) -> str:
        return f"http://{HOST}:{self.gateway_port}"

    @property
    def log_dir(self) -> Path:
        return self.state_dir / "logs"
