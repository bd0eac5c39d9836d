"""Settings of the development issuer, and the two conditions without which it does not start."""

from ipaddress import ip_address
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PERSONAS_FILE = Path(__file__).resolve().parents[1] / "personas.yaml"


class NotForProduction(Exception):
    """Whoever reaches this issuer may sign in as anybody: it serves development alone."""


class IssuerSettings(BaseSettings):
    """Read from `ISSUER_*`. The environment must be stated: nothing counts as production."""

    model_config = SettingsConfigDict(env_prefix="ISSUER_", extra="forbid")

    environment: str = Field(
        default="production", description="Only `development` starts the issuer."
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: int = Field(default=8009, ge=1, le=65535)
    url: str = Field(
        default="", description="The issuer identifier; http://127.0.0.1:<port> if not set."
    )
    is_in_container_network: bool = Field(
        default=False,
        description="Allows an address other than loopback, inside a closed container network.",
    )
    audience: str = Field(default="kim", description="`aud` of every access token.")
    state_dir: Path = Field(
        default=Path(".state/issuer"), description="Where the signing keys are kept."
    )
    personas_file: Path = Field(default=PERSONAS_FILE)
    access_token_lifetime_s: int = Field(default=1800, gt=0, le=3600)
    refresh_token_lifetime_s: int = Field(default=12 * 3600, gt=0)
    code_lifetime_s: int = Field(default=60, gt=0, le=600)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        self.url = (self.url or f"http://127.0.0.1:{self.port}").rstrip("/")
        return self

    def demand_development(self) -> None:
        """Raises NotForProduction outside development or on an address others can reach."""
        if self.environment != "development":
            raise NotForProduction(
                "The development issuer starts only with ISSUER_ENVIRONMENT=development; "
                f"it is {self.environment!r}."
            )
        if not (is_loopback(self.host) or self.is_in_container_network):
            raise NotForProduction(
                f"The development issuer listens on loopback only, not on {self.host!r}. Inside a "
                "closed container network set ISSUER_IS_IN_CONTAINER_NETWORK=true."
            )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
