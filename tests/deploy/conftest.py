from collections.abc import Callable

import pytest
from joserfc.jwk import ECKey

from deploy.local.issuer.keys import client_key
from tests.engines import Engines


@pytest.fixture(scope="session")
def client_key_of(real_engines: Engines, issuer: str) -> Callable[[str], ECKey]:
    """The key pair of a system at the running issuer."""
    return lambda client_id: client_key(real_engines.issuer_state_dir() / "clients", client_id)
