"""Settings of the gateway: every variable begins with `GATEWAY_`."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from shared.web.limits import Quota, Quotas
from shared.web.settings import ProcessSettings, secrets_folder


class Settings(ProcessSettings):
    model_config = SettingsConfigDict(
        env_prefix="GATEWAY_", extra="forbid", frozen=True, secrets_dir=secrets_folder()
    )

    port: int = 8000
    cases_url: str = Field("http://127.0.0.1:8001", description="Address of the case service.")
    funding_url: str = Field("http://127.0.0.1:8002", description="Address of the funding service.")
    referrals_url: str = Field(
        "http://127.0.0.1:8003", description="Address of the referral service."
    )
    nats_url: SecretStr | None = Field(
        None,
        description="NATS servers, separated by commas, as a user who only listens; without them"
        " there are no subscriptions.",
    )
    live_connections_max: int = Field(
        5000, ge=1, le=100_000, description="Most WebSockets and event streams of this process."
    )
    live_connections_per_caller_max: int = Field(
        50, ge=1, le=100_000, description="Most of them for one person or client."
    )
    live_subscriptions_max: int = Field(
        20, ge=1, le=1000, description="Most operations at a time on one WebSocket."
    )
    live_records_max: int = Field(
        100, ge=1, le=10_000, description="Changed records that wait for one slow subscriber."
    )
    live_init_timeout_s: float = Field(
        10.0, gt=0, le=60, description="Longest wait for `connection_init` of a WebSocket."
    )
    live_send_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest wait for a client that does not read."
    )
    upstream_timeout_s: float = Field(
        2.0, gt=0, le=60, description="Longest wait for one answer of a service."
    )
    report_timeout_s: float = Field(
        10.0, gt=0, le=120, description="Longest wait for the figures of a report."
    )
    operation_timeout_s: float = Field(
        12.0,
        gt=0,
        le=120,
        description="Longest time for one operation; what has not arrived then is said missing.",
    )
    upstream_connections_max: int = Field(
        100, ge=1, le=1000, description="Most connections to one service."
    )
    machine_requests_per_minute: int = Field(
        3000,
        ge=0,
        le=1_000_000,
        description="Requests of one machine client; 0: no limit. The services count, too.",
    )
    cors_origins: tuple[str, ...] = Field(
        (), description="Origins of browser frontends, as a JSON list; none by default."
    )
    introspection: bool | None = Field(
        None, description="Whether clients may read the schema; default: in development only."
    )
    portal: bool = Field(
        True, description="Whether `/` offers the portal, where it is built (`make portal`)."
    )
    portal_oidc_issuer: str = Field(
        "", description="Where the portal signs people in; default: the first trusted issuer."
    )
    portal_oidc_client_id: str = Field(
        "kim-frontend", description="Public client of the portal: code flow with PKCE."
    )
    body_bytes_max: int = Field(
        256 * 1024, ge=1024, le=1_000_000, description="Largest body of a request."
    )
    depth_max: int = Field(12, ge=1, le=50, description="Deepest nesting of one operation.")
    aliases_max: int = Field(30, ge=0, le=500, description="Most aliases of one operation.")
    tokens_max: int = Field(2000, ge=50, le=20_000, description="Most tokens of one document.")
    fields_max: int = Field(
        1000, ge=10, le=20_000, description="Most fields of one operation, fragments spread out."
    )
    cost_max: int = Field(
        10_000, ge=10, description="Most objects one operation may ask for; lists count in full."
    )
    mutations_max: int = Field(4, ge=1, le=20, description="Most mutations of one operation.")
    trusted_documents: Path | None = Field(
        None,
        description="JSON file of documents by SHA-256, as `python -m gateway.trusted` makes it.",
    )
    trusted_documents_only: bool = Field(
        default=False, description="Whether documents outside that file are refused."
    )
    query_plans: bool = Field(
        default=True,
        description="Whether levels of an operation are read at once and copied by a plan, with"
        " the same answers; off: graphql-core resolves every field.",
    )
    documents_kept_max: int = Field(
        500, ge=1, le=10_000, description="Parsed and validated documents kept in memory."
    )

    @field_validator("cases_url", "funding_url", "referrals_url")
    @classmethod
    def _no_trailing_slash(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("The address of a service begins with http:// or https://.")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _only_trusted_needs_some(self) -> Self:
        if self.trusted_documents_only and self.trusted_documents is None:
            raise ValueError("Only trusted documents, but GATEWAY_TRUSTED_DOCUMENTS names none.")
        return self

    @property
    def quotas(self) -> Quotas:
        """An operation of GraphQL does not say by its method whether it writes."""
        machines = Quota("requests", self.machine_requests_per_minute)
        people = Quota("people", self.person_requests_per_minute)
        return Quotas(reads=machines, writes=machines, people=people)

    @property
    def is_introspection_open(self) -> bool:
        said = self.introspection
        return self.environment == "development" if said is None else said

    @property
    def sign_in_issuer(self) -> str:
        """Empty where no issuer is trusted: then nobody can sign in."""
        return self.portal_oidc_issuer or next((one.issuer for one in self.oidc_issuers), "")
