"""Settings of the referral service: every variable begins with `REFERRALS_`."""

from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from shared.web.settings import KeeperSettings, secrets_folder

LINK_KEY_LENGTH_MIN = 32


class Settings(KeeperSettings):
    model_config = SettingsConfigDict(
        env_prefix="REFERRALS_", extra="forbid", frozen=True, secrets_dir=secrets_folder()
    )

    port: int = 8003
    worker_port: int = 8013
    remind_after_days: int = Field(
        3, ge=1, le=90, description="Days until a referral nobody collected is remembered."
    )
    expire_after_days: int = Field(
        14, ge=2, le=365, description="Days until a referral nobody collected expires."
    )
    remind_unanswered_after_days: int = Field(
        5, ge=1, le=90, description="Days until a referral collected and unanswered is remembered."
    )
    escalate_unanswered_after_days: int = Field(
        10, ge=2, le=365, description="Days until it is brought before the deputy."
    )
    drafts_kept_days: int = Field(
        90, ge=7, le=730, description="Days after which a draft that nobody touched is taken back."
    )
    purge_rejected_after_days: int = Field(
        14, ge=1, le=365, description="Days the sender can still read what was rejected."
    )
    outcome_unknown_after_days: int = Field(
        90, ge=1, le=730, description="Days until a signposting without news is closed."
    )
    timer_every_s: float = Field(
        60.0, gt=0, le=3600, description="Seconds between two rounds of the timers."
    )

    link_key: SecretStr = Field(
        SecretStr(""),
        description="Secret that signs links for agencies without software, at least 32 characters;"
        " empty: there are no links.",
    )
    public_url: str = Field(
        "",
        pattern=r"^(https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*)?$",
        description="Address under which agencies without software reach `/l/`, without a slash at"
        " the end.",
    )
    attachments_location: str = Field(
        ".state/attachments",
        description="Where attachments lie: a folder, or s3://bucket (keys from AWS_* variables).",
    )
    attachments_scanner: str = Field(
        "", description="host:port of clamd, which scans uploads; empty: nothing is scanned."
    )
    attachment_bytes_max: int = Field(
        25_000_000, ge=1, le=500_000_000, description="Largest attachment in bytes."
    )
    attachment_timer_s: float = Field(
        60.0,
        gt=0,
        description="Seconds between two rounds that remove and scan attachments.",
    )
    attachment_sweep_timer_s: float = Field(
        3600.0, gt=0, description="Seconds between two searches for bytes that nothing points to."
    )
    attachment_sweep_grace_s: float = Field(
        86400.0, ge=3600, description="Age in seconds from which such bytes are removed."
    )

    signing_key: SecretStr = Field(
        SecretStr(""),
        description="Private RSA keys (PEM, at least 4096 bits) for event tokens: the first signs,"
        " all are published; empty: no event tokens.",
    )

    @field_validator("link_key")
    @classmethod
    def _key_is_long(cls, key: SecretStr) -> SecretStr:
        if 0 < len(key.get_secret_value()) < LINK_KEY_LENGTH_MIN:
            raise ValueError(f"REFERRALS_LINK_KEY needs {LINK_KEY_LENGTH_MIN} characters.")
        return key

    @model_validator(mode="after")
    def _pages_are_encrypted(self) -> Self:
        if self.environment == "production" and self.public_url.startswith("http:"):
            raise ValueError("REFERRALS_PUBLIC_URL must begin with https.")
        return self

    @model_validator(mode="after")
    def _reminder_comes_before_the_end(self) -> Self:
        if self.remind_unanswered_after_days >= self.escalate_unanswered_after_days:
            raise ValueError("REFERRALS_REMIND_UNANSWERED_AFTER_DAYS must be less than ESCALATE.")
        if self.remind_after_days >= self.expire_after_days:
            raise ValueError("REFERRALS_REMIND_AFTER_DAYS must be less than EXPIRE_AFTER_DAYS.")
        return self
