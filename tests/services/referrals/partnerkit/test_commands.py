"""The kit as it is typed: a practice service of its own, checked, ended by a signal."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.ports import free_ports
from deploy.local.settings import PROJECT_DIR

KIT = (sys.executable, "-m", "deploy.partnerkit")


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """`serve` in a process of its own, without PostgreSQL and NATS."""
    ports = free_ports(["service", "issuer"])
    state_dir = tmp_path_factory.mktemp("partnerkit")
    options = ("--port", str(ports["service"]), "--issuer-port", str(ports["issuer"]))
    command = [*KIT, "--lang", "en", "serve", *options, "--state-dir", str(state_dir)]
    with subprocess.Popen(
        [*command, "--faster", "100"], cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        greeting = [process.stdout.readline() for _ in range(8)]
        assert "practice service is running" in greeting[0], greeting
        key = state_dir / "clients" / "waf-jobcenter-system.jwk.json"
        yield {
            "--base-url": f"http://127.0.0.1:{ports['service']}",
            "--token-url": f"http://127.0.0.1:{ports['issuer']}/token",
            "--client-key": str(key),
        }
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(30) == 0


def kit(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*KIT, *arguments], cwd=PROJECT_DIR, capture_output=True, text=True, check=False
    )


def test_the_practice_service_passes_every_check_as_it_is_typed(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    options = [part for pair in addresses.items() for part in pair]
    ended = kit("--lang", "de", "check", *options, "--report", str(report))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 mit Fehler, 0 nicht gefragt." in ended.stdout
    assert json.loads(report.read_text())["language"] == "de"


def test_a_wrong_secret_is_said_with_what_to_do(addresses: dict[str, str]) -> None:
    options = ("--token-url", addresses["--token-url"], "--client-secret", "wrong")
    ended = kit("--lang", "de", "check", "--base-url", addresses["--base-url"], *options)
    assert ended.returncode == 2
    assert "invalid_client" in ended.stderr
    assert "Client-Id und Geheimnis" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_said_with_what_to_do(addresses: dict[str, str]) -> None:
    port = addresses["--base-url"].rsplit(":", 1)[-1]
    ended = kit("--lang", "en", "serve", "--port", port, "--issuer-port", str(int(port)))
    assert ended.returncode == 2
    assert f"Port {port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("verb", ["serve", "check", "verify"])
def test_every_verb_explains_itself(verb: str) -> None:
    ended = kit(verb, "--help")
    assert ended.returncode == 0
    assert "--" in ended.stdout


def test_an_unknown_disturbance_is_said() -> None:
    ended = kit("--lang", "en", "serve", "--disturb", "earthquake")
    assert ended.returncode == 2
    assert "duplicates, out-of-order" in ended.stderr
