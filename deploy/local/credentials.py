"""Passwords of one installation: made once, kept in one file that only its owner reads."""

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path

PASSWORD_BYTES = 24
OWNER_READS_ONLY = 0o600


class Credentials:
    """`credentials["kim_cases_app"]` answers the same password for as long as the file lives.

    Processes that may ask for a new name at the same time must take turns: supervisors do by
    their lock on the state directory.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._known:
            self._known = json.loads(self._path.read_text()) if self._path.exists() else {}
        if name not in self._known:
            self._known[name] = secrets.token_urlsafe(PASSWORD_BYTES)
            write_private(self._path, json.dumps(self._known, indent=2))
        return self._known[name]


def sealing_key(credentials: Credentials, service: str) -> str:
    """32 bytes in base64 under which a service seals secrets; made once, as passwords are."""
    return _key(credentials[f"kim_{service}_sealing"])


def wrapping_key(credentials: Credentials, service: str) -> str:
    """The same for the keys of records, which it keeps closed."""
    return _key(credentials[f"kim_{service}_wrapping"])


def _key(password: str) -> str:
    return base64.b64encode(hashlib.sha256(password.encode()).digest()).decode()


def write_private(path: Path, text: str) -> None:
    """Write so that a reader sees the old or the new text, and nobody else sees either."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_READS_ONLY)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    fresh.replace(path)
