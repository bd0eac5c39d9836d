"""The engines of the tests themselves: several runs begin at once, and no turn hangs for ever."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deploy.local.ports import free_ports
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR
from deploy.local.state_dir import MARKER
from tests.engines import PORTS, PREFIX, RUN_DIR_VARIABLE, YOUNG_S, EngineFailed, Engines

RUNS = 3
BEGIN_AND_END = """
import sys
from tests import engines
print("ready", flush=True)
sys.stdin.readline()
engines.end_run(engines.begin_run())
"""


def _left_behind(folder: Path) -> None:
    """As a run that was killed leaves it: one engine's folder, and ports of one never started."""
    (folder / "shared" / "run").mkdir(parents=True)
    (folder / "shared" / MARKER).touch()
    for name in ("shared", "never-started"):
        (folder / f"{name}{PORTS}").write_text(json.dumps(free_ports(DEFAULT_PORTS)))
    _make_old(folder)


def _make_old(folder: Path) -> None:
    at_s = folder.stat().st_mtime - 2 * YOUNG_S
    os.utime(folder, (at_s, at_s))


def test_runs_that_begin_at_once_clear_what_was_left_behind_only_once(tmp_path: Path) -> None:
    for number in range(5):
        _left_behind(tmp_path / f"{PREFIX}{number}")
    half_written = tmp_path / f"{PREFIX}half-written"
    half_written.mkdir()
    (half_written / "shared").mkdir()
    (half_written / f"shared{PORTS}").write_text("{")
    _make_old(half_written)
    young = tmp_path / f"{PREFIX}young"
    young.mkdir()
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    environment.pop(RUN_DIR_VARIABLE, None)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN_AND_END],
            env=environment,
            cwd=PROJECT_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(RUNS)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    said = [run.communicate(timeout=60)[1] for run in runs]
    assert [(run.returncode, error) for run, error in zip(runs, said, strict=True)] == [
        (0, "")
    ] * RUNS
    assert {path.name for path in tmp_path.glob(f"{PREFIX}*")} == {young.name, half_written.name}


def test_who_has_the_turn_may_take_it_again(tmp_path: Path) -> None:
    own = Engines(tmp_path, "gw0")
    with own.turn(), own.turn(timeout_s=0):
        pass
    with Engines(tmp_path, "gw1").turn(timeout_s=0):
        pass


def test_a_turn_that_does_not_come_says_who_has_it(tmp_path: Path) -> None:
    with Engines(tmp_path, "gw0").turn():
        other = Engines(tmp_path, "gw1")
        with (
            pytest.raises(EngineFailed, match=rf"gw0, process {os.getpid()} has it"),
            other.turn(timeout_s=0.05),
        ):
            pytest.fail("Two have it.")
    with other.turn(timeout_s=0):
        pass


def test_another_thread_of_one_worker_does_not_hang_either(tmp_path: Path) -> None:
    own, said = Engines(tmp_path, "gw0"), list[str]()

    def ask() -> None:
        try:
            with own.turn(timeout_s=0.05):
                said.append("It has it, too.")
        except EngineFailed as failed:
            said.append(str(failed))

    with own.turn():
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert said == ["Another thread of gw0 has the turn for 0.05 s."]
