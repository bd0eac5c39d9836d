"""The issuer in process: its page, its keys, and where it refuses to start."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer.app import create_app
from deploy.local.issuer.keys import PUBLISHED_KEYS_MAX, SigningKeys
from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE, IssuerSettings, NotForProduction
from deploy.local.sign_in import code_challenge

SIGN_IN = {
    "response_type": "code",
    "client_id": "kim-frontend",
    "redirect_uri": "http://localhost:5173/callback",
    "scope": "openid kim",
    "state": '"><script>alert(1)</script>',
    "code_challenge": code_challenge("v" * 43),
    "code_challenge_method": "S256",
}


def settings(state_dir: Path, **changed: str) -> IssuerSettings:
    return IssuerSettings.model_validate(
        {"environment": "development", "state_dir": state_dir, **changed}
    )


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(settings(tmp_path)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8009") as client:
        yield client


async def test_the_page_offers_every_person_and_no_system(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/authorize", params=SIGN_IN)).text
    directory = read_directory(PERSONAS_FILE)
    assert re.findall(r'name="persona" value="([^"]+)"', page) == list(directory.people)


async def test_the_page_needs_no_script_and_nothing_from_elsewhere(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/authorize", params=SIGN_IN)
    assert "<script" not in answer.text
    assert not re.findall(r'(?:src|href)="', answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accept_language", "ui_locales", "lang", "title"),
    [
        ("", "", "de", "Anmelden als …"),
        ("en-GB,en;q=0.9,de;q=0.5", "", "en", "Sign in as …"),
        ("fr-FR,de;q=0.5", "", "de", "Anmelden als …"),
        ("de", "en", "en", "Sign in as …"),
    ],
)
async def test_the_page_speaks_german_or_english(
    browser: httpx.AsyncClient, accept_language: str, ui_locales: str, lang: str, title: str
) -> None:
    answer = await browser.get(
        "/authorize",
        params={**SIGN_IN, "ui_locales": ui_locales},
        headers={"accept-language": accept_language},
    )
    assert f'<html lang="{lang}">' in answer.text
    assert f"<h1>{title}</h1>" in answer.text


async def test_a_faulty_request_is_explained_on_a_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/authorize", params={**SIGN_IN, "client_id": "<b>unknown</b>"})
    assert answer.status_code == 400
    assert "invalid_client" in answer.text
    assert "<b>" not in answer.text


async def test_browsers_of_this_machine_may_ask_for_tokens_and_no_others(
    browser: httpx.AsyncClient,
) -> None:
    own = await browser.get("/jwks", headers={"origin": "http://localhost:5173"})
    foreign = await browser.get("/jwks", headers={"origin": "https://elsewhere.example"})
    assert own.headers["access-control-allow-origin"] == "http://localhost:5173"
    assert "access-control-allow-origin" not in foreign.headers


async def test_a_new_key_signs_at_once_and_the_old_one_stays_published(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    before = [key["kid"] for key in (await browser.get("/jwks")).json()["keys"]]
    SigningKeys(tmp_path / "signing-keys.json").rotate()
    after = (await browser.get("/jwks")).json()["keys"]

    assert [key["kid"] for key in after][1:] == before
    assert all("d" not in key for key in after)


def test_only_the_newest_keys_stay_published(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path / "signing-keys.json")
    for _ in range(PUBLISHED_KEYS_MAX + 2):
        keys.rotate()
    published = keys.public()["keys"]
    assert isinstance(published, list)
    assert len(published) == PUBLISHED_KEYS_MAX


def test_private_keys_are_readable_for_their_owner_alone(tmp_path: Path) -> None:
    create_app(settings(tmp_path))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


@pytest.mark.parametrize("environment", ["production", "staging", "", "Development"])
def test_it_refuses_to_start_outside_development(tmp_path: Path, environment: str) -> None:
    with pytest.raises(NotForProduction, match="ISSUER_ENVIRONMENT=development"):
        create_app(settings(tmp_path, environment=environment))
    assert list(tmp_path.iterdir()) == []


def test_an_environment_that_nobody_named_counts_as_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISSUER_ENVIRONMENT", raising=False)
    with pytest.raises(NotForProduction):
        create_app(IssuerSettings(state_dir=tmp_path))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org", ""])  # noqa: S104 - refused
def test_it_refuses_addresses_that_others_can_reach(tmp_path: Path, host: str) -> None:
    with pytest.raises(NotForProduction, match="loopback only"):
        create_app(settings(tmp_path, host=host))


def test_a_closed_container_network_must_be_named(tmp_path: Path) -> None:
    inside = settings(tmp_path, host="0.0.0.0", is_in_container_network="true")  # noqa: S104 - the point
    assert create_app(inside).routes


@pytest.mark.parametrize("tenant", ["05570", "05566"])
def test_every_role_has_somebody_in_both_model_areas(tenant: str) -> None:
    directory = read_directory(PERSONAS_FILE)
    people = [one for one in directory.people.values() if one.affiliation.tenant == tenant]
    systems = [one for one in directory.systems.values() if one.affiliation.tenant == tenant]
    assert {role for one in people for role in one.roles} == {
        "case_manager",
        "team_lead",
        "coordinator",
        "funding_officer",
        "funding_approver",
        "unit_head",
        "b3_officer",
        "dpo",
        "auditor",
        "admin",
        "integrator",
    }
    assert {role for one in systems for role in one.roles} == {"partner", "integrator"}
    assert {one.affiliation.unit_type for one in systems if one.roles == ("partner",)} == {
        "ABH",
        "JOBCENTER_ACTIVE",
        "JUGENDAMT",
    }


def test_funding_can_be_decided_by_two_people_in_every_area() -> None:
    people = read_directory(PERSONAS_FILE).people.values()
    for tenant in ("05570", "05566", "05334", "05378"):
        deciding = {
            role: one.id
            for one in people
            if one.affiliation.tenant == tenant
            for role in one.roles
            if role in {"funding_officer", "funding_approver"}
        }
        assert deciding["funding_officer"] != deciding["funding_approver"]


ONE_UNIT = '"05570": {name: W, units: {waf-ki: {type: KI, name: K, people: [%s]}}}'
TWICE = "{id: a1, name: A, roles: [dpo]}, {id: a1, name: B, roles: [dpo]}"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('"08111": {name: Stuttgart, units: {}}', "is not the key of a Kreis"),
        ('"05570": {name: W, units: {"Waf KI": {type: KI, name: K}}}', "is not the id of a unit"),
        (ONE_UNIT % TWICE, "occurs twice"),
        (ONE_UNIT % "{id: a1, name: A, roles: [boss]}", "Input should be"),
    ],
)
def test_a_faulty_entry_among_the_personas_is_refused(
    tmp_path: Path, entry: str, reason: str
) -> None:
    file = tmp_path / "personas.yaml"
    file.write_text(entry)
    with pytest.raises(ValueError, match=reason):
        read_directory(file)
