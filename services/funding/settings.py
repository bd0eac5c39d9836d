"""Settings of the funding service: every variable begins with `FUNDING_`."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.web.settings import ServiceSettings, secrets_folder


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(
        env_prefix="FUNDING_", extra="forbid", frozen=True, secrets_dir=secrets_folder()
    )

    port: int = 8002
    worker_port: int = 8012
    reservation_timer_s: float = Field(
        3600.0, gt=0, description="Seconds between two looks for reservations that run out."
    )
    deadline_timer_s: float = Field(
        900.0, gt=0, description="Seconds between two looks for deadlines and alerts."
    )
    deadline_warn_days: int = Field(
        28, ge=1, le=366, description="Days before a deadline at which it is told."
    )
    hvb_unit_type: str = Field(
        "HVB",
        description="Kind of unit of the head of the administration, who confirms lump sums.",
    )
    ledger_seal_key: SecretStr = Field(
        SecretStr(""),
        description="Key of the seal on closed months and years; empty: closed without a seal.",
    )
    interest_day_count: Literal["ACT_365", "ACT_360", "E30_360", "ACT_ACT"] = Field(
        "ACT_365", description="How days of interest become parts of a year."
    )
    drawdown_timer_s: float = Field(
        600.0, gt=0, description="Seconds between two looks for drawn money used or unused."
    )
    interest_from: Literal["AFTER_GRACE", "PAYOUT"] = Field(
        "AFTER_GRACE",
        description="First day of interest on idle money: AFTER_GRACE (two months) or PAYOUT.",
    )
