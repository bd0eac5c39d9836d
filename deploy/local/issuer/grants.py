"""The three ways to a token: code with PKCE, refresh token with rotation, client credentials."""

import time
from pathlib import Path
from typing import Any

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Request, grants
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from joserfc.jwk import ECKey

from deploy.local.issuer.keys import client_key
from deploy.local.issuer.personas import Persona
from deploy.local.issuer.records import Client, Code, Records, RefreshToken

FAMILY_LENGTH = 22


class CodeGrant(grants.AuthorizationCodeGrant):
    """Authorization code, for the public frontend client alone."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["none"]  # noqa: RUF012 - the library's own form

    @property
    def records(self) -> Records:
        records: Records = self.server.records
        return records

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        data = request.payload.data
        self.records.keep_code(
            Code(
                code=code,
                client_id=request.client.client_id,
                redirect_uri=request.payload.redirect_uri,
                scope=request.scope,
                persona=request.user,
                nonce=data.get("nonce"),
                code_challenge=data["code_challenge"],
                code_challenge_method=data["code_challenge_method"],
                family=generate_token(FAMILY_LENGTH),
                issued_at=time.time(),
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found = self.records.find_code(code)
        return found if found and found.client_id == client.client_id else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        self.records.spend_code(authorization_code)

    def authenticate_user(self, authorization_code: Code) -> Persona:
        return authorization_code.persona


class StrictCodeChallenge(CodeChallenge):
    """PKCE is required already when signing in, and only with S256."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012 - the library's own form

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge"):
            raise InvalidRequestError("Missing 'code_challenge'")
        if data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Unsupported 'code_challenge_method'")
        super().validate_code_challenge(grant, redirect_uri)


class RefreshGrant(grants.RefreshTokenGrant):
    """Every refresh answers a new refresh token and spends the old one."""

    TOKEN_ENDPOINT_AUTH_METHODS = ["none"]  # noqa: RUF012 - the library's own form
    INCLUDE_NEW_REFRESH_TOKEN = True

    @property
    def records(self) -> Records:
        records: Records = self.server.records
        return records

    def authenticate_refresh_token(self, refresh_token: str) -> RefreshToken | None:
        return self.records.find_refresh_token(refresh_token)

    def authenticate_user(self, refresh_token: RefreshToken) -> Persona:
        return refresh_token.persona

    def revoke_old_credential(self, refresh_token: RefreshToken) -> None:
        self.records.spend_refresh_token(refresh_token)


class SystemGrant(grants.ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = [  # noqa: RUF012 - the library's own form
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
    ]


class SignedAssertion(JWTBearerClientAssertion):
    """`private_key_jwt`: the client signs with the key whose public half lies with the issuer."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, issuer_url: str, keys_dir: Path, records: Records) -> None:
        super().__init__()
        self._audiences = [issuer_url, f"{issuer_url}/token"]
        self._keys_dir = keys_dir
        self._records = records

    def get_audiences(self) -> list[str]:
        return self._audiences

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        return self._records.is_first_use(str(claims["sub"]), str(jti), float(claims["exp"]))

    def resolve_client_public_key(self, client: Client) -> ECKey:
        return client_key(self._keys_dir, client.client_id)
