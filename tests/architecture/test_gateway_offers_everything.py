"""Every operation of a service is offered by the gateway, or stays REST for a reason given here."""

import json
from pathlib import Path

import pytest

from tests.architecture.gateway_requests import Request, bare, made_requests
from tests.architecture.rest_only import REST_ONLY

SERVICES = Path(__file__).parents[2] / "services"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
OPERATIONS_FOUND_MIN = 50


def operations(service: str) -> dict[Request, str]:
    """Every operation of the published contract, as it is written there.

    A list asked in the body of a search is the list itself, which counts once.
    """
    contract = SERVICES / service / "contracts" / "openapi.json"
    paths = json.loads(contract.read_text(encoding="utf-8"))["paths"]
    return {
        (service, method.upper(), bare(path)): f"{method.upper()} {path}"
        for path, offered in paths.items()
        for method in offered.keys() & METHODS
        if "ListSearch" not in json.dumps(offered[method].get("requestBody", {}))
    }


@pytest.mark.parametrize("service", REST_ONLY)
def test_every_operation_is_called_by_the_gateway_or_stays_rest_for_a_reason(service: str) -> None:
    offered, made, reasons = operations(service), made_requests(), REST_ONLY[service]
    assert len(offered) >= OPERATIONS_FOUND_MIN

    left_out = {line for request, line in offered.items() if request not in made}

    assert left_out - reasons.keys() == set(), "add a row to the gateway, or a reason to rest_only"
    assert reasons.keys() - left_out == set(), "no operation, or offered by the gateway by now"
    assert all(reasons.values())


def test_no_row_of_the_gateway_names_a_path_that_nobody_serves() -> None:
    """A path with an action in it counts through the actions that its input knows."""
    known = {
        request for service in ("cases", "funding", "referrals") for request in operations(service)
    }
    of_rows = {one for one in made_requests() if not one[2].endswith("/actions/{}")}
    actions = {one for one in of_rows if "/actions/" in one[2]}

    assert sorted(of_rows - actions - known) == []
