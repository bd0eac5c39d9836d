"""What the issuer signs: access tokens (RFC 9068) and ID tokens (OpenID Connect Core)."""

import time
from typing import Any

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator, JWTBearerTokenValidator
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import ECKey, KeySet
from typing_extensions import override

from deploy.local.issuer.keys import ALGORITHM, SigningKeys
from deploy.local.issuer.personas import Persona
from deploy.local.issuer.records import Client
from deploy.local.issuer.settings import IssuerSettings

REFRESH_TOKEN_LENGTH = 48


class AccessTokens(JWTBearerTokenGenerator):
    """JWT access tokens, `typ: at+jwt`, with the claims of the persona or the system."""

    def __init__(self, settings: IssuerSettings, keys: SigningKeys) -> None:
        super().__init__(
            issuer=settings.url,
            alg=ALGORITHM,
            refresh_token_generator=lambda **_: generate_token(REFRESH_TOKEN_LENGTH),
            expires_generator=lambda *_: settings.access_token_lifetime_s,
        )
        self._audience = settings.audience
        self._keys = keys

    def get_jwks(self) -> KeySet:
        """A set of one key: only from a set does the library write `kid` into the header."""
        return KeySet([self._keys.signing_key()])

    @override
    def get_audiences(self, client: Client, user: Persona | None, scope: str) -> str:
        return self._audience

    @override
    def get_extra_claims(
        self, client: Client, grant_type: str, user: Persona | None, scope: str
    ) -> dict[str, Any]:
        persona = user or client.system
        if persona is None:
            raise AssertionError("A token is for a person or for a system.")
        return {"nbf": int(time.time()), "azp": client.client_id, **persona.claims()}


class IdTokens(OpenIDCode):
    """Adds an ID token to the answer when the scope contains `openid`."""

    def __init__(self, settings: IssuerSettings, keys: SigningKeys) -> None:
        super().__init__(require_nonce=False)
        self._settings = settings
        self._keys = keys

    @override
    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        """Replay is caught by the code, which works once."""
        return False

    @override
    def resolve_client_private_key(self, client: Client) -> ECKey:
        return self._keys.signing_key()

    @override
    def get_client_algorithm(self, client: Client) -> str:
        return ALGORITHM

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._settings.url, "aud": [client.client_id], "azp": client.client_id}

    @override
    def get_encode_header(self, client: Client) -> dict[str, Any]:
        return {"alg": ALGORITHM, "typ": "JWT", "kid": self._keys.signing_key().kid}

    def generate_user_info(self, user: Persona, scope: str) -> UserInfo:
        return user_info(user, scope)


def user_info(persona: Persona, scope: str) -> UserInfo:
    """Who signed in: the same claims as in the access token; the name for scope `profile`."""
    info = UserInfo(sub=persona.id, **persona.claims())
    if "profile" in scope.split():
        info["name"] = persona.name
        info["preferred_username"] = persona.id
        info["tenant_name"] = persona.affiliation.tenant_name
        info["org_unit_name"] = persona.affiliation.unit_name
    return info


class AccessTokenCheck(JWTBearerTokenValidator):
    """Checks the issuer's own access tokens, for the userinfo endpoint."""

    def __init__(self, settings: IssuerSettings, keys: SigningKeys) -> None:
        super().__init__(issuer=settings.url, resource_server=settings.audience)
        self._keys = keys

    def get_jwks(self) -> KeySet:
        return self._keys.key_set()
