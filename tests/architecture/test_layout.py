"""Every service has the same rooms, and each can be taken out and run alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("cases", "funding", "referrals")
ROOMS = {"api", "contracts", "domain", "messaging", "operations", "storage"}
FILES = {"README.md", "Dockerfile", "alembic.ini", "main.py", "worker.py", "settings.py"}
# Commands of their own beside the two processes.
COMMANDS = {
    "cases": {"erasures.py", "scrub.py", "sealing.py"},
    "funding": {"scrub.py"},
    "referrals": {"scrub.py", "sealing.py"},
}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_same_rooms_as_the_others(service: str) -> None:
    folder = ROOT / "services" / service
    found = {path.name for path in folder.iterdir() if path.name != "__pycache__"}
    assert found == ROOMS | FILES | COMMANDS.get(service, set()) | {"__init__.py"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_imports_alone(service: str, tmp_path: Path) -> None:
    """Copied with `shared/` into an empty folder it builds its app; nothing else is needed."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "shared", tmp_path / "shared", ignore=ignored)
    (tmp_path / "services").mkdir()
    shutil.copy(ROOT / "services" / "__init__.py", tmp_path / "services")
    shutil.copytree(ROOT / "services" / service, tmp_path / "services" / service, ignore=ignored)
    program = (
        f"from services.{service}.main import create_app\n"
        f"from services.{service}.settings import Settings\n"
        f"import services.{service}.worker\n"
        "print(len(create_app(Settings()).openapi()['paths']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 3


def test_the_import_contracts_hold() -> None:
    lint_imports = Path(sys.executable).parent / "lint-imports"
    ended = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout
