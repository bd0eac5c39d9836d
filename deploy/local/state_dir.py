"""The state directory: opened only when it is ours, emptied only of what we put there."""

import shutil
from pathlib import Path

from deploy.local.engine_files import home_elsewhere

MARKER = "kim-installation"
OTHERS_MAY_PASS = 0o711  # PostgreSQL's account may have to reach its data below
OURS = ("postgres", "nats", "issuer", "logs", "run", "credentials.json", MARKER)
NEIGHBOURS = {"compose"}  # secrets of docker-compose.yml lie here too


class NotOurFolder(Exception):
    """The folder holds something that no installation of KIM put there."""


def open_state_dir(directory: Path) -> None:
    """Make the folder, or take it if it is empty or ours. Raises NotOurFolder."""
    if not directory.exists():
        directory.mkdir(parents=True)
        directory.chmod(OTHERS_MAY_PASS)
    demand_ours(directory)
    (directory / MARKER).touch()


def demand_ours(directory: Path) -> None:
    """Raises NotOurFolder for a folder with contents but without our marker."""
    names = {path.name for path in directory.iterdir()} - NEIGHBOURS
    if names and MARKER not in names:
        raise NotOurFolder(f"{directory} is not a state directory of KIM; nothing was changed.")


def forget(directory: Path) -> None:
    """Remove what we put there, and the data that had to be put elsewhere for it."""
    demand_ours(directory)
    for path in (*(directory / name for name in OURS), home_elsewhere(directory)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if not any(directory.iterdir()):
        directory.rmdir()
