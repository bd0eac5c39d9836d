"""docker-compose.yml and the Dockerfiles, held against the code that they start.

No container engine is needed: what the file says is compared with the services' own settings, the
secrets that are generated for it and, where a part can run outside a container, the part itself.
"""

import importlib
import importlib.util
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic_settings import BaseSettings

from deploy.local.credentials import Credentials
from deploy.local.postgres import LOGIN_ROLES, PostgresServer
from deploy.local.settings import HOST, PROJECT_DIR, SERVICES
from deploy.postgres.secrets_for_compose import secrets, write
from tests.engines import Engines

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT_DIR / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, one in CONTAINERS.items() if one["image"].startswith("kim-")]
LONG_RUNNING = [name for name in OURS if not name.endswith("-migrations")]
ONE_SHOT = {"provision", *(f"{service}-migrations" for service in SERVICES)}
DOCKERFILES = [
    *(PROJECT_DIR / "services" / service / "Dockerfile" for service in SERVICES),
    PROJECT_DIR / "gateway" / "Dockerfile",
]


def package_of(container: str) -> str:
    """The package whose settings a container reads."""
    service = container.removesuffix("-worker").removesuffix("-migrations")
    return "gateway" if service == "gateway" else f"services.{service}"


def settings_class(container: str) -> type[BaseSettings]:
    found: type[BaseSettings] = importlib.import_module(
        f"{package_of(container)}.settings"
    ).Settings
    return found


def variables(container: str) -> set[str]:
    """Every environment variable that the container's settings know."""
    known = settings_class(container)
    prefix = str(known.model_config["env_prefix"])
    return {f"{prefix}{name}".upper() for name in known.model_fields}


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_every_variable_is_a_setting_of_the_program(name: str) -> None:
    assert set(CONTAINERS[name]["environment"]) <= variables(name)


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_every_secret_is_a_setting_of_the_program(name: str) -> None:
    assert {secret.upper() for secret in CONTAINERS[name].get("secrets", [])} <= variables(name)


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_the_program_accepts_what_the_container_gives(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "secrets")
    for variable, value in CONTAINERS[name]["environment"].items():
        monkeypatch.setenv(variable, value)
    found = settings_class(name)(_secrets_dir=tmp_path / "secrets")
    given = secrets(Credentials(tmp_path / "credentials.json"))
    prefix = str(found.model_config["env_prefix"]).lower()
    for secret in CONTAINERS[name].get("secrets", []):
        value = getattr(found, secret.removeprefix(prefix))
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        assert str(plain) == given[secret]


def test_every_secret_is_generated_mounted_and_used(tmp_path: Path) -> None:
    generated = set(secrets(Credentials(tmp_path / "credentials.json")))
    declared = COMPOSE["secrets"]
    used = {secret for one in CONTAINERS.values() for secret in one.get("secrets", [])}
    assert generated == set(declared) == used
    assert all(
        entry == {"file": f".state/compose/secrets/{name}"} for name, entry in declared.items()
    )


def test_secret_files_lie_in_a_folder_closed_to_others(tmp_path: Path) -> None:
    write(tmp_path / "secrets")
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", sorted(set(OURS) - {"gateway"}))
def test_only_migrations_hold_the_owners_password(name: str) -> None:
    has_owner = any("migrator" in secret for secret in CONTAINERS[name].get("secrets", []))
    assert has_owner is name.endswith("-migrations")


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_ports_are_published_on_loopback_only(name: str) -> None:
    published = CONTAINERS[name].get("ports", [])
    assert all(port.startswith("127.0.0.1:") for port in published)
    is_a_door = name in {*SERVICES, "gateway", "keycloak"}
    assert bool(published) is is_a_door


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - ONE_SHOT))
def test_every_running_container_has_a_health_check(name: str) -> None:
    own = "healthcheck" in CONTAINERS[name]
    file = CONTAINERS[name].get("build", {}).get("dockerfile")
    in_image = file is not None and "HEALTHCHECK" in (PROJECT_DIR / file).read_text()
    assert own or in_image or name in SERVICES


@pytest.mark.parametrize("name", OURS)
def test_our_containers_write_nothing_and_have_no_privileges(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_after_its_migrations(service: str) -> None:
    done = {"condition": "service_completed_successfully"}
    for name in (service, f"{service}-worker"):
        assert CONTAINERS[name]["depends_on"][f"{service}-migrations"] == done
    assert CONTAINERS[f"{service}-migrations"]["depends_on"] == {"provision": done}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_images_are_named_with_a_version(name: str) -> None:
    image = CONTAINERS[name]["image"]
    assert image.startswith("kim-") or re.search(r":\d+(\.\d+)*(-alpine)?$", image)


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_every_mounted_file_and_every_module_exists(name: str) -> None:
    container = CONTAINERS[name]
    for volume in container.get("volumes", []):
        source = volume.split(":")[0]
        assert not source.startswith("./") or (PROJECT_DIR / source).is_file()
    command = container.get("command", [])
    if command[:2] == ["python", "-m"]:
        assert importlib.util.find_spec(command[2]) is not None


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda file: file.parent.name)
def test_dockerfiles_copy_what_exists_and_run_as_nobody_special(file: Path) -> None:
    text = file.read_text()
    copied = re.findall(r"^COPY (?!--from)(\S+) ", text, re.MULTILINE)
    assert all((PROJECT_DIR / source).exists() for source in copied)
    assert "ARG BASE_IMAGE=python:3.13-slim" in text
    assert "--require-hashes" in text
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    module = re.search(r'^CMD \["python", "-m", "([a-z.]+)"\]$', text, re.MULTILINE)
    assert module is not None
    assert importlib.util.find_spec(module[1]) is not None


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_holds_its_own_service_and_no_other(service: str) -> None:
    text = (PROJECT_DIR / "services" / service / "Dockerfile").read_text()
    others = set(SERVICES) - {service}
    assert not any(f"services/{other}" in text for other in others)


def test_provision_makes_the_databases_from_the_mounted_secrets(
    postgres: PostgresServer, real_engines: Engines, tmp_path: Path
) -> None:
    """The script of the container against the real server; it sets the same passwords again."""
    roles = [f"kim_{service}_{kind}" for service in SERVICES for kind in LOGIN_ROLES]
    with real_engines.turn():
        for role in roles:
            (tmp_path / f"{role}_password").write_text(postgres.credentials[role])
        (tmp_path / "postgres_password").write_text(postgres.credentials["postgres"])
        ended = subprocess.run(
            ["/bin/sh", str(PROJECT_DIR / "deploy" / "postgres" / "provision.sh")],
            env={
                "PATH": f"{postgres.bin_dir}:{os.environ['PATH']}",
                "PGHOST": HOST,
                "PGPORT": str(postgres.port),
                "PGUSER": "postgres",
                "SECRETS_DIR": str(tmp_path),
                "ROLES_SQL": str(PROJECT_DIR / "deploy" / "postgres" / "roles.sql"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [
        f"kim_{service}: database and roles are in step" for service in SERVICES
    ]
    owners = postgres.psql(
        "postgres",
        statement="select datname || ' ' || datdba::regrole from pg_database"
        " where datname in ('kim_cases', 'kim_funding', 'kim_referrals') order by 1",
    )
    assert owners.splitlines() == [f"kim_{name} kim_{name}_owner" for name in SERVICES]
