"""`python -m deploy.helm.secrets`: passwords and keys of one installation on Kubernetes, as files.

Each file is one key of the Secret that the chart mounts; the command says how to make it. What is
in the folder stays as it is, so that a second run adds what a newer chart needs.
"""

import argparse
import json
import sys
from pathlib import Path
from urllib.parse import quote

from deploy.local.credentials import Credentials
from deploy.local.nats import authorization
from deploy.local.settings import SERVICES
from deploy.postgres.secrets_for_compose import KEEPERS, ROLES, secrets

FOLDER_MODE = 0o700
FILE_MODE = 0o600
# What only the containers on one machine need.
ELSEWHERE = ("keycloak_admin_password", "nats_config")
NEXT = """Made {count} files in {folder}. Keep a copy where you keep secrets, then:

  kubectl -n {namespace} create secret generic {name} --from-file={folder}
  kubectl -n {namespace} create secret generic {release}-postgres-admin \\
    --type=kubernetes.io/basic-auth --from-literal=username=postgres \\
    --from-file=password={folder}/postgres_password
"""


def chart_secrets(
    credentials: Credentials,
    *,
    postgres: str,
    keys: str,
    nats: str,
    is_encrypted: bool = True,
) -> dict[str, str]:
    """Every key of the Secret by name. The servers are `host:port` as processes reach them."""
    found = secrets(credentials)
    for name in ELSEWHERE:
        del found[name]
    rules = json.dumps(authorization(credentials), indent=2)
    found["nats_authorization"] = f"authorization: {rules}\n"
    for name in [name for name in found if name.endswith("_nats_url")]:
        access = found[name].removeprefix("nats://").rpartition("@")[0]
        found[name] = f"{'tls' if is_encrypted else 'nats'}://{access}@{nats}"
    for service in SERVICES:
        for kind, setting in ROLES.items():
            login = f"kim_{service}_{kind}:{quote(credentials[f'kim_{service}_{kind}'])}"
            place = f"{login}@{postgres}/kim_{service}"
            found[f"{service}_{setting}"] = _dsn(place, "postgres", is_encrypted=is_encrypted)
        if service in KEEPERS:
            for kind, setting in (("app", "keys_dsn"), ("owner", "keys_migrator_dsn")):
                login = f"kim_{service}_{kind}:{quote(credentials[f'kim_{service}_{kind}'])}"
                place = f"{login}@{keys}/kim_{service}_keys"
                found[f"{service}_{setting}"] = _dsn(place, "keys", is_encrypted=is_encrypted)
    return found


def _dsn(place: str, server: str, *, is_encrypted: bool) -> str:
    verified = f"?sslmode=verify-full&sslrootcert=/etc/kim/{server}/ca.crt" if is_encrypted else ""
    return f"postgresql://{place}{verified}"


def write(folder: Path, found: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    for name, value in found.items():
        file = folder / name
        file.touch(mode=FILE_MODE)
        file.write_text(value)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.helm.secrets", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go; kept from others' eyes")
    parser.add_argument("--release", default="kim", help="name of the Helm release (kim)")
    parser.add_argument("--namespace", default="kim", help="namespace of the release (kim)")
    parser.add_argument("--postgres", help="host:port; default: the operator's in the chart")
    parser.add_argument("--keys", help="host:port of the keys of records; default: likewise")
    parser.add_argument("--nats", help="host:port; default: the cluster in the chart")
    parser.add_argument("--plain", action="store_true", help="without TLS: for tests alone")
    given = parser.parse_args(arguments)
    release, folder = given.release, given.folder.absolute()
    found = chart_secrets(
        Credentials(folder.with_name(f"{folder.name}.credentials.json")),
        postgres=given.postgres or f"{release}-postgres-rw:5432",
        keys=given.keys or given.postgres or f"{release}-keys-rw:5432",
        nats=given.nats or f"{release}-nats:4222",
        is_encrypted=not given.plain,
    )
    write(folder, found)
    print(
        NEXT.format(
            count=len(found),
            folder=folder,
            namespace=given.namespace,
            release=release,
            name="kim-secrets",
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
