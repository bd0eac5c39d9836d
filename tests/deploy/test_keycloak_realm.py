"""Keycloak's realm says the same as the development issuer."""

import json
from typing import Any

import pytest
import yaml

from deploy.keycloak.realm import REALM_FILE, document
from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.settings import PROJECT_DIR
from gateway.settings import Settings as PortalSettings

REALM: dict[str, Any] = json.loads(REALM_FILE.read_text())
DIRECTORY = read_directory(PERSONAS_FILE)
USERS = {user["username"]: user for user in REALM["users"]}
CLIENTS = {client["clientId"]: client for client in REALM["clients"]}


def test_the_committed_realm_is_what_the_personas_generate() -> None:
    assert REALM_FILE.read_text() == document()


@pytest.mark.parametrize("name", list(DIRECTORY.people))
def test_a_person_has_the_same_unit_and_roles_in_both(name: str) -> None:
    persona, user = DIRECTORY.people[name], USERS[name]
    assert user["realmRoles"] == list(persona.roles)
    assert user["attributes"] == {
        "tenant": [persona.affiliation.tenant],
        "org_unit": [persona.affiliation.unit],
        "org_unit_type": [persona.affiliation.unit_type],
    }


@pytest.mark.parametrize("name", list(DIRECTORY.systems))
def test_a_system_is_a_client_with_a_service_account(name: str) -> None:
    persona, client, account = (
        DIRECTORY.systems[name],
        CLIENTS[name],
        USERS[f"service-account-{name}"],
    )
    assert client["secret"] == persona.secret
    assert client["serviceAccountsEnabled"]
    assert not client["publicClient"]
    assert not client["standardFlowEnabled"]
    assert account["serviceAccountClientId"] == name
    assert account["realmRoles"] == list(persona.roles)
    assert account["attributes"]["org_unit"] == [persona.affiliation.unit]


def test_the_frontend_signs_people_in_by_code_with_s256_and_nothing_else() -> None:
    client = CLIENTS["kim-frontend"]
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert client["standardFlowEnabled"]
    assert not client["implicitFlowEnabled"]
    assert not client["directAccessGrantsEnabled"]
    assert client["redirectUris"] == ["http://127.0.0.1/*", "http://localhost/*"]


def test_the_portal_can_sign_people_in_and_out() -> None:
    """Public, its scopes are those that Keycloak gives every client, and back means back."""
    client = CLIENTS[PortalSettings().portal_oidc_client_id]
    assert client["publicClient"]
    assert "secret" not in client
    # Named neither here nor in the realm: `profile` and the others are as Keycloak makes them.
    assert not {"defaultClientScopes", "optionalClientScopes"} & client.keys()
    assert not {"clientScopes", "defaultDefaultClientScopes"} & REALM.keys()
    assert client["attributes"]["post.logout.redirect.uris"] == "+"
    # The loopback addresses of the portal, on any port, may ask for discovery and tokens.
    assert client["webOrigins"] == ["*"]


def test_the_containers_sign_people_in_at_this_realm() -> None:
    compose = yaml.safe_load((PROJECT_DIR / "docker-compose.yml").read_text())
    gateway = PortalSettings(
        environment="development",
        oidc_issuers=json.loads(
            compose["services"]["gateway"]["environment"]["GATEWAY_OIDC_ISSUERS"]
        ),
    )
    keycloak = compose["services"]["keycloak"]["environment"]
    assert gateway.sign_in_issuer == f"{keycloak['KC_HOSTNAME']}/realms/{REALM['realm']}"


@pytest.mark.parametrize("client", list(CLIENTS))
def test_every_client_maps_the_claims_that_the_services_read(client: str) -> None:
    mappers = {mapper["name"]: mapper["config"] for mapper in CLIENTS[client]["protocolMappers"]}
    for claim in ("tenant", "org_unit", "org_unit_type", "roles"):
        assert mappers[claim]["claim.name"] == claim
        assert mappers[claim]["access.token.claim"] == "true"
    assert mappers["roles"]["multivalued"] == "true"
    assert mappers["audience"]["included.custom.audience"] == "kim"


def test_people_cannot_change_their_own_unit() -> None:
    [profile] = REALM["components"]["org.keycloak.userprofile.UserProfileProvider"]
    declared = json.loads(profile["config"]["kc.user.profile.config"][0])["attributes"]
    editors = {entry["name"]: entry["permissions"]["edit"] for entry in declared}
    assert editors["tenant"] == editors["org_unit"] == editors["org_unit_type"] == ["admin"]


def test_ids_are_distinct_and_refresh_tokens_rotate() -> None:
    assert len({user["id"] for user in REALM["users"]}) == len(REALM["users"])
    assert REALM["revokeRefreshToken"] is True
    assert REALM["refreshTokenMaxReuse"] == 0
