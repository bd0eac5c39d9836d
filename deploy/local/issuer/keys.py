"""Signing keys (ES256) of the issuer and key pairs of the machine clients, in the state folder."""

import json
from pathlib import Path

from joserfc.jwk import ECKey, KeySet

from deploy.local.credentials import write_private

ALGORITHM = "ES256"
CURVE = "P-256"
PUBLISHED_KEYS_MAX = 3


class SigningKeys:
    """The newest key signs; older ones stay published so that tokens out there stay valid.

    Rotation is a new file content: a running issuer notices it at the next request.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: list[ECKey] = []
        self._read_at_ns = 0
        if not path.exists():
            self.rotate()

    def rotate(self) -> None:
        """Put a new signing key in front."""
        known = self._read() if self._path.exists() else []
        _write(self._path, [_new_key(), *known][:PUBLISHED_KEYS_MAX])

    def signing_key(self) -> ECKey:
        return self._read()[0]

    def key_set(self) -> KeySet:
        return KeySet(list(self._read()))

    def public(self) -> dict[str, object]:
        """The JWKS document."""
        return {"keys": [key.as_dict(private=False) for key in self._read()]}

    def _read(self) -> list[ECKey]:
        changed_at_ns = self._path.stat().st_mtime_ns
        if changed_at_ns != self._read_at_ns:
            entries = json.loads(self._path.read_text())
            self._keys = [ECKey.import_key(entry) for entry in entries]
            self._read_at_ns = changed_at_ns
        return self._keys


def client_key(directory: Path, client_id: str) -> ECKey:
    """The key pair with which a system signs its assertions (`private_key_jwt`); made on demand."""
    path = directory / f"{client_id}.jwk.json"
    if not path.exists():
        _write(path, [_new_key()])
    return ECKey.import_key(json.loads(path.read_text())[0])


def _new_key() -> ECKey:
    key = ECKey.generate_key(CURVE, {"use": "sig", "alg": ALGORITHM})
    key.ensure_kid()
    return key


def _write(path: Path, keys: list[ECKey]) -> None:
    write_private(path, json.dumps([key.as_dict(private=True) for key in keys], indent=2))
