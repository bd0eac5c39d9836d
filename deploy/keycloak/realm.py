"""`python -m deploy.keycloak.realm`: write `realm.json` from the personas of development.

The realm has the same people, systems, clients and claims as the development issuer, so that the
containers behave like `make run`. For development only: the passwords and secrets are public.
`--check` writes nothing and fails when the committed file differs.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from deploy.local.issuer.personas import Directory, Persona, read_directory
from deploy.local.issuer.records import FRONTEND_CLIENT_ID
from deploy.local.issuer.settings import PERSONAS_FILE

REALM = "kim"
AUDIENCE = "kim"
REALM_FILE = Path(__file__).with_name("realm.json")
PASSWORD = "development-only"  # noqa: S105 - of every invented person, in development
ACCESS_TOKEN_LIFETIME_S = 1800
SIGN_IN_LIFETIME_S = 12 * 3600
CLAIMS = ("tenant", "org_unit", "org_unit_type")
# Without a port: Keycloak then allows any port of the loopback interface (RFC 8252, 7.3).
REDIRECTS = ["http://127.0.0.1/*", "http://localhost/*"]


def realm(directory: Directory) -> dict[str, Any]:
    """The realm as Keycloak imports it (RealmRepresentation)."""
    everybody = [*directory.people.values(), *directory.systems.values()]
    roles = sorted({role for persona in everybody for role in persona.roles})
    return {
        "realm": REALM,
        "displayName": "KIM (development)",
        "enabled": True,
        "sslRequired": "external",
        "registrationAllowed": False,
        "bruteForceProtected": True,
        "defaultSignatureAlgorithm": "ES256",
        "revokeRefreshToken": True,
        "refreshTokenMaxReuse": 0,
        "accessTokenLifespan": ACCESS_TOKEN_LIFETIME_S,
        "ssoSessionIdleTimeout": SIGN_IN_LIFETIME_S,
        "ssoSessionMaxLifespan": SIGN_IN_LIFETIME_S,
        "internationalizationEnabled": True,
        "supportedLocales": ["de", "en"],
        "defaultLocale": "de",
        "roles": {"realm": [{"name": role} for role in roles]},
        "components": {"org.keycloak.userprofile.UserProfileProvider": [_user_profile()]},
        "clients": [_frontend(), *(_system(one) for one in directory.systems.values())],
        "users": [
            *(_person(one) for one in directory.people.values()),
            *(_service_account(one) for one in directory.systems.values()),
        ],
    }


def _frontend() -> dict[str, Any]:
    """A public client: code flow with PKCE (S256), nothing else."""
    return {
        "clientId": FRONTEND_CLIENT_ID,
        "name": "KIM frontend",
        "enabled": True,
        "publicClient": True,
        "standardFlowEnabled": True,
        "implicitFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        "serviceAccountsEnabled": False,
        "redirectUris": REDIRECTS,
        "webOrigins": ["*"],
        "attributes": {
            "pkce.code.challenge.method": "S256",
            # Whoever signs out may go back to where signing in goes back to.
            "post.logout.redirect.uris": "+",
            "access.token.header.type.rfc9068": "true",
        },
        "protocolMappers": _mappers(),
    }


def _system(persona: Persona) -> dict[str, Any]:
    """A confidential client for one partner's system: client credentials, nothing else."""
    return {
        "clientId": persona.id,
        "name": f"{persona.name} ({persona.affiliation.unit_name})",
        "enabled": True,
        "publicClient": False,
        "clientAuthenticatorType": "client-secret",
        "secret": persona.secret,
        "standardFlowEnabled": False,
        "implicitFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        "serviceAccountsEnabled": True,
        "attributes": {"access.token.header.type.rfc9068": "true"},
        "protocolMappers": _mappers(),
    }


def _person(persona: Persona) -> dict[str, Any]:
    first, _, last = persona.name.partition(" ")
    return _user(persona) | {
        "username": persona.id,
        "firstName": first,
        "lastName": last,
        "email": f"{persona.id}@kim.example",
        "emailVerified": True,
        "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
    }


def _service_account(persona: Persona) -> dict[str, Any]:
    return _user(persona) | {
        "username": f"service-account-{persona.id}",
        "serviceAccountClientId": persona.id,
    }


def _user(persona: Persona) -> dict[str, Any]:
    """The id is made from the persona's: the subject stays the same in every import."""
    return {
        "id": str(uuid5(NAMESPACE_URL, f"urn:kim:persona:{persona.id}")),
        "enabled": True,
        "attributes": {name: [str(persona.claims()[name])] for name in CLAIMS},
        "realmRoles": list(persona.roles),
    }


def _mappers() -> list[dict[str, Any]]:
    """How the claims of `deploy/local/issuer` come about in Keycloak."""
    attributes = [
        _mapper(
            name,
            "oidc-usermodel-attribute-mapper",
            {"user.attribute": name, "claim.name": name, "jsonType.label": "String"},
        )
        for name in CLAIMS
    ]
    roles = _mapper(
        "roles",
        "oidc-usermodel-realm-role-mapper",
        {"claim.name": "roles", "jsonType.label": "String", "multivalued": "true"},
    )
    audience = _mapper("audience", "oidc-audience-mapper", {"included.custom.audience": AUDIENCE})
    audience["config"] |= {"id.token.claim": "false", "userinfo.token.claim": "false"}
    return [*attributes, roles, audience]


def _mapper(name: str, kind: str, config: dict[str, str]) -> dict[str, Any]:
    everywhere = dict.fromkeys(
        ("access.token.claim", "id.token.claim", "userinfo.token.claim"), "true"
    )
    return {
        "name": name,
        "protocol": "openid-connect",
        "protocolMapper": kind,
        "config": everywhere | config,
    }


def _user_profile() -> dict[str, Any]:
    """Keycloak drops attributes that its user profile does not declare; only admins edit ours."""
    permissions = {"view": ["admin"], "edit": ["admin"]}
    own = [{"name": name, "permissions": permissions} for name in CLAIMS]
    everyone = {"view": ["admin", "user"], "edit": ["admin"]}
    usual = [
        {"name": name, "permissions": everyone}
        for name in ("username", "email", "firstName", "lastName")
    ]
    return {
        "providerId": "declarative-user-profile",
        "config": {"kc.user.profile.config": [json.dumps({"attributes": [*usual, *own]})]},
    }


def document() -> str:
    text = json.dumps(realm(read_directory(PERSONAS_FILE)), ensure_ascii=False, indent=2)
    return f"{text}\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.keycloak.realm", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args(arguments).check:
        REALM_FILE.write_text(document())
        return 0
    if REALM_FILE.read_text() == document():
        return 0
    print("deploy/keycloak/realm.json is not in step: run `make contracts`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
