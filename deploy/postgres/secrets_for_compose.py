"""`python -m deploy.postgres.secrets_for_compose`: the secret files that docker-compose.yml mounts.

Passwords are made once and kept; the files named like settings hold complete addresses, because
that is what the services read (`/run/secrets/<setting>`).
"""

import json
import sys
from pathlib import Path

from deploy.local.credentials import Credentials, sealing_key, wrapping_key
from deploy.local.nats import (
    GATEWAY_PASSWORD_NAME,
    GATEWAY_USER,
    PASSWORD_NAME,
    USER,
    authorization,
)
from deploy.local.settings import PROJECT_DIR, SERVICES

SECRETS_DIR = PROJECT_DIR / ".state" / "compose" / "secrets"
POSTGRES = "postgres:5432"
NATS = "nats:4222"
ROLES = {"owner": "migrator_dsn", "app": "database_dsn", "relay": "relay_dsn"}
# Services that keep free text about people.
KEEPERS = ("cases", "referrals")
FOLDER_MODE = 0o700  # keeps other users of this machine out …
FILE_MODE = 0o644  # … while the containers' accounts read the mounted files


def secrets(credentials: Credentials) -> dict[str, str]:
    """Every secret by its name in docker-compose.yml."""
    nats_url = f"nats://{USER}:{credentials[PASSWORD_NAME]}@{NATS}"
    found = {
        "postgres_password": credentials["postgres"],
        "keycloak_admin_password": credentials["keycloak_admin"],
        "nats_config": _nats_config(credentials),
        "gateway_nats_url": f"nats://{GATEWAY_USER}:{credentials[GATEWAY_PASSWORD_NAME]}@{NATS}",
        "referrals_link_key": credentials["referrals_link_key"],
    }
    for service in SERVICES:
        found[f"{service}_nats_url"] = nats_url
        found[f"{service}_sealing_keys"] = sealing_key(credentials, service)
        found[f"{service}_audit_anchor_keys"] = sealing_key(credentials, f"{service}_audit")
        if service in KEEPERS:
            found[f"{service}_wrapping_keys"] = wrapping_key(credentials, service)
        for kind, setting in ROLES.items():
            role = f"kim_{service}_{kind}"
            password = credentials[role]
            found[f"{role}_password"] = password
            found[f"{service}_{setting}"] = (
                f"postgresql://{role}:{password}@{POSTGRES}/kim_{service}"
            )
    return found


def _nats_config(credentials: Credentials) -> str:
    """NATS reads JSON. `sync_interval: always`: an acknowledged message is on disk."""
    config = {
        "port": 4222,
        "http": 8222,
        "authorization": authorization(credentials),
        "jetstream": {"store_dir": "/data", "sync_interval": "always"},
    }
    return json.dumps(config, indent=2)


def write(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(FOLDER_MODE)
    credentials = Credentials(directory.with_name("credentials.json"))
    for name, value in secrets(credentials).items():
        file = directory / name
        file.write_text(value)
        file.chmod(FILE_MODE)


def main() -> int:
    write(SECRETS_DIR)
    print(f"Secrets for docker-compose.yml are in {SECRETS_DIR}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
