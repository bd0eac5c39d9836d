"""What `make run` starts, all parts of it, with the settings that the supervisor hands over."""

import pytest

from deploy.local.settings import HOST, SERVICES
from deploy.local.sign_in import sign_in
from tests.deploy.http import get_json
from tests.local_system import LocalSystem

DOORS = {"cases": "/v1/cases", "funding": "/v1/awards", "referrals": "/v1/referrals"}


def test_every_part_says_that_it_is_ready(running_system: LocalSystem) -> None:
    said = running_system.command("status")
    assert said.returncode == 0
    states = {line.split()[0]: line.split()[1] for line in said.stdout.splitlines()}
    workers = {f"{service}-worker" for service in SERVICES}
    assert states == dict.fromkeys(
        {"postgres", "nats", "issuer", "gateway", *SERVICES, *workers}, "ready"
    )


@pytest.mark.parametrize(
    ("service", "persona"),
    [
        ("cases", "waf-case-manager"),
        ("funding", "waf-funding-officer"),
        ("referrals", "waf-case-manager"),
    ],
)
def test_a_token_of_the_issuer_opens_the_doors_it_should(
    running_system: LocalSystem, service: str, persona: str
) -> None:
    settings = running_system.settings
    door = f"http://{HOST}:{settings.service_port(service)}{DOORS[service]}"
    token = sign_in(settings.issuer_url, persona)["access_token"]

    assert isinstance(get_json(door, token)["items"], list)
    assert get_json(door, status=401)["code"] == "token-refused"


def test_the_owners_passwords_reach_no_running_process(running_system: LocalSystem) -> None:
    for service in SERVICES:
        for part in (service, f"{service}-worker"):
            environment = running_system.process_of(part).environ()
            assert not [value for value in environment.values() if "_owner:" in value]
