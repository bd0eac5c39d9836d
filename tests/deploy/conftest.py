import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from deploy.local.issuer.keys import client_key
from tests.engines import Engines


@pytest.fixture(scope="session")
def client_key_of(real_engines: Engines, issuer: str) -> Callable[[str], ECKey]:
    """The key pair of a system at the running issuer."""
    return lambda client_id: client_key(real_engines.issuer_state_dir() / "clients", client_id)


@pytest.fixture
def run_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can enter; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="kim-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
