"""The Helm chart, rendered by Helm's engine and held against Kubernetes and our programs."""

import importlib
import subprocess
from pathlib import Path
from typing import Any

import helm_python as helm
import kubernetes_validate
import pytest
from pydantic_settings import BaseSettings

from deploy.helm.secrets import chart_secrets, main
from deploy.local.credentials import Credentials
from deploy.local.nats import nats_program
from deploy.local.settings import PROJECT_DIR
from tests.authority import Authority
from tests.deploy.chart import (
    CHART,
    EXTERNAL,
    PLAIN,
    SMALL,
    WAYS,
    Thing,
    environment_of,
    of_kind,
    pod_of,
    rendered,
    secrets_of,
)

OPERATORS = {"postgresql.cnpg.io/v1", "cert-manager.io/v1"}
PROCESSES = {"kim-cases", "kim-cases-worker", "kim-funding", "kim-funding-worker", "kim-referrals",
             "kim-referrals-worker", "kim-gateway"}  # fmt: skip


@pytest.fixture(scope="module", params=WAYS)
def things(request: pytest.FixtureRequest) -> list[Thing]:
    return rendered(WAYS[request.param])


@pytest.fixture(scope="module")
def small() -> list[Thing]:
    return rendered(SMALL)


def made(folder: Path) -> dict[str, str]:
    return chart_secrets(
        Credentials(folder / "credentials.json"),
        postgres="kim-postgres-rw:5432",
        keys="kim-keys-rw:5432",
        nats="kim-nats:4222",
    )


def settings_of(deployment: str) -> type[BaseSettings]:
    service = deployment.removeprefix("kim-").removesuffix("-worker")
    package = "gateway" if service == "gateway" else f"services.{service}"
    found: type[BaseSettings] = importlib.import_module(f"{package}.settings").Settings
    return found


def test_helm_finds_nothing_wrong() -> None:
    found = helm.lint(str(CHART))
    assert found["errors"] == []
    assert {one["error"] for one in found["messages"]} <= {"icon is recommended"}


@pytest.mark.parametrize(
    ("way", "version"),
    [("small", "1.30.0"), ("small", "1.37.0"), ("external", "1.37.0"), ("plain", "1.37.0")],
)
def test_kubernetes_knows_every_object_and_every_member(way: str, version: str) -> None:
    checked = [one for one in rendered(WAYS[way]) if one["apiVersion"] not in OPERATORS]
    assert len(checked) > 40
    for one in checked:
        kubernetes_validate.validate(one, version, strict=True)


def test_no_two_objects_have_one_name(things: list[Thing]) -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in things]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "wrong",
    [
        {"replica": 3},
        {"cases": {"replicas": 0}},
        {"cases": {"settings": {"FUNDING_PORT": 1}}},
        {"issuers": [{"issuer": "http://login.example.org", "audience": "kim"}]},
        {"tls": {"mode": "off"}},
        {"postgresql": {"mode": "external"}},
        {"nats": {"replicas": 2}},
        {"ingress": {"enabled": True}},
        {"storage": {"buckets": {"documents": "/srv"}}},
    ],
    ids=str,
)
def test_values_without_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(helm.HelmError):
        rendered(wrong)


def test_every_process_has_its_pods_service_and_budget(things: list[Thing]) -> None:
    assert set(of_kind(things, "Deployment")) == PROCESSES
    assert set(of_kind(things, "Service")) >= PROCESSES
    assert set(of_kind(things, "PodDisruptionBudget")) >= PROCESSES


def test_every_variable_is_a_setting_of_its_program(things: list[Thing]) -> None:
    for name, deployment in of_kind(things, "Deployment").items():
        known = settings_of(name)
        prefix = str(known.model_config["env_prefix"])
        variables = {f"{prefix}{field}".upper() for field in known.model_fields}
        assert set(environment_of(deployment)) <= variables, name
        assert {secret.upper() for secret in secrets_of(deployment)} <= variables, name


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_the_program_starts_with_what_its_pod_is_given(
    name: str, small: list[Thing], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployment = of_kind(small, "Deployment")[name]
    folder = tmp_path / "secrets"
    folder.mkdir()
    found = made(tmp_path)
    for secret in secrets_of(deployment):
        (folder / secret).write_text(found[secret])
    authority = Authority(tmp_path, "ca")
    certificate, key = authority.issue("tls", "localhost")
    files = {"tls.crt": certificate, "tls.key": key, "ca.crt": authority.ca}
    for variable, value in environment_of(deployment).items():
        is_file = value.startswith("/etc/kim/tls/")
        monkeypatch.setenv(variable, str(files[value.rpartition("/")[2]]) if is_file else value)
    settings = settings_of(name)(_secrets_dir=folder)
    assert settings.model_dump()["environment"] == "production"
    assert [one.issuer for one in settings.oidc_issuers] == [  # type: ignore[attr-defined]
        "https://login.example.org/realms/kim"
    ]


def test_the_command_makes_every_secret_that_a_pod_is_given_and_no_other(
    small: list[Thing], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pods = [one for one in small if one["kind"] in {"Deployment", "Job", "StatefulSet"}]
    wanted = set().union(*(secrets_of(one) for one in pods))
    folder = tmp_path / "kim-secrets"
    assert main([str(folder)]) == 0
    assert {one.name for one in folder.iterdir()} == wanted
    before = {one.name: one.read_text() for one in folder.iterdir()}
    assert main([str(folder)]) == 0
    assert {one.name: one.read_text() for one in folder.iterdir()} == before
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}
    told = capsys.readouterr().out
    assert not [value for value in before.values() if value in told]


def test_every_pod_runs_without_rights(things: list[Thing]) -> None:
    for one in things:
        if one["kind"] not in {"Deployment", "Job", "StatefulSet"}:
            continue
        pod = pod_of(one)
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsUser"] == 10001
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "runAsNonRoot": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("values", [SMALL, EXTERNAL], ids=["certManager", "secret"])
def test_services_let_in_nobody_without_a_certificate(values: dict[str, Any]) -> None:
    for name, deployment in of_kind(rendered(values), "Deployment").items():
        given = environment_of(deployment)
        prefix = name.removeprefix("kim-").removesuffix("-worker").upper()
        assert given[f"{prefix}_TLS_CERTIFICATE_FILE"] == "/etc/kim/tls/tls.crt"
        assert (f"{prefix}_TLS_CLIENT_CA_FILE" in given) == (prefix != "GATEWAY")
    gateway = environment_of(of_kind(rendered(values), "Deployment")["kim-gateway"])
    assert gateway["GATEWAY_CASES_URL"] == "https://kim-cases:8001"
    plain = environment_of(of_kind(rendered(PLAIN), "Deployment")["kim-gateway"])
    assert plain["GATEWAY_CASES_URL"] == "http://kim-cases:8001"


def test_certificates_are_of_the_names_under_which_callers_ask(small: list[Thing]) -> None:
    certificates = of_kind(small, "Certificate")
    gateway = environment_of(of_kind(small, "Deployment")["kim-gateway"])
    for service in ("cases", "funding", "referrals"):
        host = gateway[f"GATEWAY_{service.upper()}_URL"].split("/")[2].partition(":")[0]
        assert {host, "localhost"} <= set(certificates[f"kim-{service}"]["spec"]["dnsNames"])
    mounted = {
        volume["secret"]["secretName"]
        for one in small
        if one["kind"] in {"Deployment", "StatefulSet"}
        for volume in pod_of(one)["volumes"]
        if volume["name"] == "tls"
    }
    assert mounted <= {one["spec"]["secretName"] for one in certificates.values()}


def test_nats_accepts_its_configuration(small: list[Thing], tmp_path: Path) -> None:
    authority = Authority(tmp_path, "inside")
    certificate, key = authority.issue("kim-nats", "localhost")
    text = of_kind(small, "ConfigMap")["kim-nats"]["data"]["nats.conf"]
    for name, file in (("tls.crt", certificate), ("tls.key", key), ("ca.crt", authority.ca)):
        text = text.replace(f"/etc/nats/tls/{name}", str(file))
    (tmp_path / "nats.conf").write_text(text.replace("/data", str(tmp_path / "data")))
    (tmp_path / "authorization.conf").write_text(made(tmp_path)["nats_authorization"])
    checked = subprocess.run(
        [nats_program(None), "-t", "--config", tmp_path / "nats.conf"],
        env={"POD_NAME": "kim-nats-0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "kim-nats-2.kim-nats-nodes:6222" in text


def test_databases_are_made_by_the_file_that_everything_else_uses(small: list[Thing]) -> None:
    data = of_kind(small, "ConfigMap")["kim-provision"]["data"]
    for name in ("roles.sql", "provision.sh"):
        assert data[name] == (PROJECT_DIR / "deploy" / "postgres" / name).read_text()


def test_migrations_are_those_of_the_same_image(things: list[Thing]) -> None:
    deployments, jobs = of_kind(things, "Deployment"), of_kind(things, "Job")
    for service in ("cases", "funding", "referrals"):
        [migration] = pod_of(jobs[f"kim-{service}-migrations-1"])["containers"]
        [serving] = pod_of(deployments[f"kim-{service}"])["containers"]
        assert migration["image"] == serving["image"]
        assert f"services/{service}/alembic.ini upgrade head" in migration["command"][-1]
