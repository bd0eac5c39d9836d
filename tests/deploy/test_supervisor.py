"""`python -m deploy.local` as a person uses it: real processes, real signals, real ports."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local.parts import Installation
from deploy.local.settings import DEFAULT_PORTS, HOST, PROJECT_DIR, LocalSettings
from tests.local_system import TIMEOUT_S, LocalSystem

ENGINES = ("postgres", "nats", "issuer")


@pytest.fixture
def local(run_folder: Path) -> Iterator[LocalSystem]:
    installation = LocalSystem(run_folder / "state")
    yield installation
    if installation.is_running:
        installation.end(signal.SIGTERM)
    installation.command("stop")


def test_ctrl_c_stops_every_part_and_is_a_success(local: LocalSystem) -> None:
    local.run("--only", *ENGINES)
    processes = [local.process_of(part) for part in ENGINES]

    assert local.end(signal.SIGINT) == 0
    assert not any(process.is_running() for process in processes)
    assert local.output.splitlines()[-1] == "Stopping …"


def test_a_port_in_use_is_named_before_anything_starts(local: LocalSystem) -> None:
    with socket.create_server((HOST, local.ports["nats_port"])):
        said = local.command("run", "--only", *ENGINES)

    assert said.returncode == 1
    assert f"  {local.ports['nats_port']} (nats) by " in said.stderr
    assert f"pid {os.getpid()}: stop it or set KIM_NATS_PORT" in said.stderr
    assert "KIM_PORT_BASE" in said.stderr
    assert not (local.state_dir / "postgres" / "data").exists()


def test_a_part_stopped_by_command_is_no_crash_and_starts_again(local: LocalSystem) -> None:
    local.run("--only", *ENGINES)
    before = local.process_of("nats").pid

    assert local.command("stop", "nats").stdout == "nats: stopped\n"
    assert (local.state_of("nats"), local.state_of("issuer")) == ("stopped", "ready")

    assert local.command("start", "nats").stdout == "nats: ready\n"
    assert local.process_of("nats").pid != before
    assert local.is_running


def test_a_part_killed_by_command_is_no_crash_either(local: LocalSystem) -> None:
    local.run("--only", "nats", "issuer")
    local.command("stop", "--force", "nats", "issuer")
    assert local.command("start", "nats", "issuer").stdout == "nats: ready\nissuer: ready\n"


def test_a_crash_is_reported_with_the_last_lines_and_stops_the_rest(local: LocalSystem) -> None:
    local.run("--only", "nats", "issuer")
    issuer = local.process_of("issuer")
    local.process_of("nats").kill()

    assert local.running is not None
    assert local.running.wait(TIMEOUT_S) == 1
    assert "nats ended by itself with -9. Its last lines" in local.output
    assert "Server is ready" in local.output
    assert not issuer.is_running()


def test_after_a_kill_the_next_start_takes_over_and_the_data_are_there(local: LocalSystem) -> None:
    local.run("--only", *ENGINES)
    server = Installation(local.settings).postgres
    server.psql("postgres", statement="create table kept (id int); insert into kept values (9)")
    left = [local.process_of(part) for part in ENGINES]
    local.end(signal.SIGKILL)
    assert local.process_of("postgres") == left[0]

    local.run("--only", *ENGINES)
    assert not any(
        process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in left
    )
    assert server.psql("postgres", statement="select id from kept") == "9"


def test_two_supervisors_do_not_share_a_folder(local: LocalSystem) -> None:
    local.run("--only", "nats")
    assert local.running is not None
    said = local.command("run", "--only", "nats")
    assert said.returncode == 1
    assert said.stderr == f"This installation is already running (pid {local.running.pid}).\n"
    assert local.command("reset").returncode == 1
    assert local.state_of("nats") == "ready"


def test_two_installations_run_side_by_side(local: LocalSystem, run_folder: Path) -> None:
    other = LocalSystem(run_folder / "other")
    local.run("--only", "nats")
    other.run("--only", "nats")
    try:
        assert (local.state_of("nats"), other.state_of("nats")) == ("ready", "ready")
    finally:
        assert other.end(signal.SIGTERM) == 0
    assert local.state_of("nats") == "ready"


def test_tokens_are_printed_for_people_and_systems(local: LocalSystem) -> None:
    local.run("--only", "issuer")
    assert local.command("token", "waf-case-manager").stdout.count(".") == 2
    assert local.command("token", "waf-jobcenter-system").stdout.count(".") == 2
    assert local.command("token", "--key", "waf-jobcenter-system").stdout.count(".") == 2
    assert "refresh_token" in json.loads(local.command("token", "--full", "waf-dpo").stdout)

    unknown = local.command("token", "waf-nobody")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Nobody is called 'waf-nobody'. Known: waf-coordinator, " in unknown.stderr


def test_reset_forgets_the_data_but_no_folder_of_somebody_else(
    local: LocalSystem, run_folder: Path
) -> None:
    local.run("--only", "nats")
    local.end(signal.SIGTERM)
    assert local.command("reset").returncode == 0
    assert not local.state_dir.exists()

    foreign = run_folder / "foreign"
    foreign.mkdir()
    (foreign / "logs").mkdir()
    for command in ("reset", "status", "run"):
        said = LocalSystem(foreign).command(command)
        assert (said.returncode, said.stderr) == (
            1,
            f"{foreign} is not a state directory of KIM; nothing was changed.\n",
        )
    assert [path.name for path in foreign.iterdir()] == ["logs"]


def test_reset_leaves_what_others_put_into_the_folder(local: LocalSystem) -> None:
    local.run("--only", "nats")
    local.end(signal.SIGTERM)
    (local.state_dir / "letter.txt").write_text("keep me")
    assert local.command("reset").returncode == 0
    assert [path.name for path in local.state_dir.iterdir()] == ["letter.txt"]


def test_a_faulty_setting_is_named(local: LocalSystem) -> None:
    local.ports["gateway_port"] = 8000
    environment = local.environment | {"KIM_PORT_BASE": "high"}
    said = subprocess.run(
        [sys.executable, "-m", "deploy.local", "status"],
        env=environment,
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.startswith("KIM_PORT_BASE: Input should be a valid integer")


def test_one_port_base_moves_every_port() -> None:
    moved = LocalSettings(port_base=8100).ports()
    assert moved == {name: port + 100 for name, port in DEFAULT_PORTS.items()}
    assert LocalSettings(port_base=8100, nats_port=4222).nats_port == 4222
