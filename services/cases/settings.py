"""Settings of the case service: every variable begins with `CASES_`."""

from pydantic_settings import SettingsConfigDict

from shared.web.settings import ServiceSettings, secrets_folder


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(
        env_prefix="CASES_", extra="forbid", frozen=True, secrets_dir=secrets_folder()
    )

    port: int = 8001
    worker_port: int = 8011
