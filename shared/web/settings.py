"""Settings that every service has, read once from the environment (`<SERVICE>_…`)."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings

from shared.auth.anchoring import AnchorKeys
from shared.auth.issuers import TrustedIssuer
from shared.auth.sealing import SealingKeys
from shared.web.limits import IN_MEMORY, STORE_PATTERN, Quota, Quotas
from shared.web.tls import Tls

SECRETS = Path("/run/secrets")
PUBLIC_SECRET = "development-only"  # noqa: S105 - what secrets of development begin with
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def secrets_folder() -> Path | None:
    """Where secrets lie as files named like the variables, when the platform mounts them."""
    return SECRETS if SECRETS.is_dir() else None


class ProcessSettings(BaseSettings):
    """What every process needs: where it listens and whose tokens it trusts."""

    environment: Literal["development", "production"] = Field(
        "production", description="`development` allows issuers on plain http on loopback."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Lowest level that is logged."
    )
    oidc_issuers: tuple[TrustedIssuer, ...] = Field(
        (),
        description="Trusted issuers as a JSON list: issuer, audience, units, tenants, claims,"
        " purposes of clients. In production a client without a registered purpose has to name"
        " one, unless `purpose_default` says otherwise.",
    )

    body_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest time for the body of a request to arrive."
    )
    person_requests_per_minute: int = Field(
        0, ge=0, le=1_000_000, description="Requests of one person in a minute; 0: no limit."
    )
    stranger_requests_per_minute: int = Field(
        1200,
        ge=0,
        le=1_000_000,
        description="Requests without a valid token from one address (IPv6: one /64) in a minute,"
        " counted by each process; 0: no limit.",
    )
    trusted_proxies: tuple[str, ...] = Field(
        (),
        description="Addresses and networks of reverse proxies, as a JSON list: what they say in"
        " `X-Forwarded-For` is the address of the client. Nobody else is believed.",
    )
    rate_limit_store: SecretStr = Field(
        SecretStr(IN_MEMORY),
        description="Where requests are counted: `async+memory://` for each process by itself,"
        " `async+valkey://…` for all replicas together.",
    )

    tls_certificate_file: str = Field(
        "", description="PEM file of the certificate to serve and to call with; empty: plain HTTP."
    )
    tls_key_file: str = Field("", description="PEM file of the key of the certificate.")
    tls_ca_file: str = Field(
        "",
        description="PEM file with authorities of services, NATS and issuers inside, believed"
        " besides the public ones.",
    )
    tls_client_ca_file: str = Field(
        "",
        description="PEM file with authorities: only who shows a certificate of theirs is let in"
        " (mutual TLS). Empty: nobody has to.",
    )

    @property
    def tls(self) -> Tls:
        return Tls(
            certificate=self.tls_certificate_file,
            key=self.tls_key_file,
            ca=self.tls_ca_file,
            client_ca=self.tls_client_ca_file,
        )

    @model_validator(mode="after")
    def _tls_is_whole(self) -> Self:
        if bool(self.tls_certificate_file) != bool(self.tls_key_file):
            raise ValueError("A certificate needs its key, and a key its certificate.")
        if self.tls_client_ca_file and not self.tls_certificate_file:
            raise ValueError("Who asks callers for certificates must serve TLS.")
        for file in (
            self.tls_certificate_file,
            self.tls_key_file,
            self.tls_ca_file,
            self.tls_client_ca_file,
        ):
            if file and not Path(file).is_file():
                raise ValueError(f"There is no file {file}.")
        return self

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @field_validator("oidc_issuers")
    @classmethod
    def _purposes_are_named(
        cls, issuers: tuple[TrustedIssuer, ...], others: ValidationInfo
    ) -> tuple[TrustedIssuer, ...]:
        is_production = others.data.get("environment") != "development"
        return tuple(one.strict() for one in issuers) if is_production else issuers

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_have_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ip_network(proxy, strict=False)) for proxy in proxies)

    @field_validator("rate_limit_store")
    @classmethod
    def _store_is_known(cls, store: SecretStr) -> SecretStr:
        if not re.match(STORE_PATTERN, store.get_secret_value()):
            raise ValueError("The store begins with async+memory:// or async+valkey://.")
        return store

    @model_validator(mode="after")
    def _secrets_are_of_ones_own(self) -> Self:
        """What lies in the repository is no secret: nobody outside development starts with it."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            is_secret = isinstance(value, SecretStr)
            if self.is_production and is_secret and PUBLIC_SECRET in value.get_secret_value():
                raise ValueError(f"{name} is a secret of development: make one of your own.")
        return self

    @model_validator(mode="after")
    def _issuers_are_encrypted(self) -> Self:
        for trusted in self.oidc_issuers:
            address = urlsplit(trusted.issuer)
            is_local = self.environment == "development" and address.hostname in LOOPBACK
            if address.scheme != "https" and not is_local:
                raise ValueError(
                    f"The issuer {trusted.issuer} must use https; plain http is allowed on"
                    " loopback in development only."
                )
        return self


def _readable_keys(keys: SecretStr) -> SecretStr:
    SealingKeys.parse(keys.get_secret_value())
    return keys


def _anchor_keys(keys: SecretStr) -> SecretStr:
    AnchorKeys(keys.get_secret_value())
    return keys


class ServiceSettings(ProcessSettings):
    """What a service with a database of its own needs besides."""

    database_dsn: SecretStr = Field(
        SecretStr(""), description="DSN of the application role `kim_<service>_app`."
    )
    relay_dsn: SecretStr = Field(
        SecretStr(""), description="DSN of the worker's role `kim_<service>_relay`."
    )
    database_connections_max: int = Field(
        10, ge=1, le=200, description="Most connections of one process."
    )
    nats_url: str = Field("nats://127.0.0.1:4222", description="NATS servers, separated by commas.")
    nats_replicas: int = Field(
        1, ge=1, le=5, description="Copies of the stream when this process has to create it."
    )
    machine_reads_per_minute: int = Field(
        3000, ge=0, le=1_000_000, description="Reads of one machine client; 0: no limit."
    )
    machine_writes_per_minute: int = Field(
        1200, ge=0, le=1_000_000, description="Writes of one machine client; 0: no limit."
    )
    feed_days: int = Field(
        40, ge=30, le=3650, description="Days for which events and deletions can be read."
    )
    worker_port: int = Field(8010, ge=1, le=65535, description="Health port of the worker.")
    sealing_keys: Annotated[SecretStr, AfterValidator(_readable_keys)] = Field(
        SecretStr(""),
        description="Keys that seal secrets of webhooks: 32 bytes in base64 each, separated by"
        " commas. The first seals, the others still open. Empty: no endpoint can be added.",
    )
    upload_timeout_s: float = Field(
        600.0, gt=0, le=7200, description="Longest time for a file that is uploaded to arrive."
    )
    webhook_plain_hosts: tuple[str, ...] = Field(
        (),
        description="`host:port` of receivers reached without TLS and at private addresses (a"
        " relay of one's own), as a JSON list.",
    )
    webhook_ca_file: str = Field(
        "", description="PEM file with further authorities that receivers' certificates may have."
    )
    webhook_timer_s: float = Field(
        1.0, gt=0, le=60, description="Seconds between two looks for deliveries that are due."
    )
    jobs_location: str = Field(
        ".state/jobs",
        description="Where files of jobs lie until they expire: a folder, or s3://bucket (keys from"
        " AWS_* variables). The service and its worker need the same.",
    )
    exchange_location: str = Field(
        ".state/exchange",
        description="Where the services lay down what they hold of somebody who asks for access,"
        " until it is assembled: one folder or s3://bucket for all services and their workers.",
    )
    job_timer_s: float = Field(
        1.0, gt=0, le=60, description="Seconds between two looks for jobs that wait."
    )
    job_days: int = Field(7, ge=1, le=30, description="Days for which a job's file can be fetched.")
    job_rows_max: int = Field(
        1_000_000, ge=1, le=10_000_000, description="Most rows of one job's file."
    )

    audit_anchor_keys: Annotated[SecretStr, AfterValidator(_anchor_keys)] = Field(
        SecretStr(""),
        description="Keys that sign the daily anchors of the audit log: Ed25519 seeds of 32 bytes"
        " in base64, separated by commas. The first signs, the others still verify. Empty: no"
        " anchors.",
    )
    audit_anchor_folder: str = Field(
        "", description="Folder that gets each anchor as a file, to be kept outside; empty: none."
    )
    audit_read_days: int = Field(
        180, ge=30, le=3650, description="Days for which reads stay in the audit log."
    )
    audit_change_days: int = Field(
        1825, ge=30, le=36500, description="Days for which changes stay in the audit log."
    )
    audit_timer_s: float = Field(
        60.0, gt=0, description="Seconds between two rounds of sealing the audit log."
    )

    @property
    def quotas(self) -> Quotas:
        return Quotas(
            reads=Quota("reads", self.machine_reads_per_minute),
            writes=Quota("writes", self.machine_writes_per_minute),
            people=Quota("people", self.person_requests_per_minute),
        )


class KeeperSettings(ServiceSettings):
    """What a service needs besides that keeps free text about people, sealed."""

    keys_dsn: SecretStr = Field(
        SecretStr(""),
        description="DSN of the database of keys, under the application role. Empty: the database"
        " of the service, with `_keys` behind its name.",
    )
    wrapping_keys: Annotated[SecretStr, AfterValidator(_readable_keys)] = Field(
        SecretStr(""),
        description="Keys that keep the keys of records closed: 32 bytes in base64 each, separated"
        " by commas. The first wraps, the others still open. Empty: refused to start, but in"
        " development.",
    )
