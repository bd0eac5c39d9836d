"""No operation of the case service is left out when the roles are walked."""

from tests.apis import contract
from tests.services.cases.api.operation_rights import ANYBODY, NEEDS, VISIBLE, operations

TABLE = "tests/services/cases/api/operation_rights.py"


def test_the_walk_knows_every_operation_of_the_contract() -> None:
    """A new operation gets a line with its right, and every role walks it."""
    published = {
        (method.upper(), path)
        for path, methods in contract("cases")["paths"].items()
        if path.startswith("/v1/")
        for method in methods
    }
    walked = [one for lines in (ANYBODY, VISIBLE, *NEEDS.values()) for one in operations(lines)]
    assert published - set(walked) == set(), f"add a line to {TABLE}"
    assert set(walked) - published == set(), f"remove a line from {TABLE}"
    assert len(walked) == len(set(walked))
