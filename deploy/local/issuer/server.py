"""Authlib's authorization server between Starlette's requests and responses."""

import time
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qsl

from authlib.oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import OAuth2Payload, OAuth2Request
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deploy.local.issuer.grants import (
    CodeGrant,
    RefreshGrant,
    SignedAssertion,
    StrictCodeChallenge,
    SystemGrant,
)
from deploy.local.issuer.keys import SigningKeys
from deploy.local.issuer.personas import Directory
from deploy.local.issuer.records import FRONTEND_CLIENT_ID, SCOPES, Client, Records, RefreshToken
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.issuer.tokens import AccessTokens, IdTokens

BODY_BYTES_MAX = 64 * 1024


class Parameters(OAuth2Payload):
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._data = dict(pairs)
        self._datalist: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            self._datalist[name].append(value)

    @property
    def data(self) -> dict[str, str]:
        return self._data

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return self._datalist


class ProtocolRequest(OAuth2Request):
    """A request as Authlib wants it: the query, or the form of a POST, already read."""

    def __init__(self, request: Request, uri: str, pairs: list[tuple[str, str]]) -> None:
        super().__init__(method=request.method, uri=uri, headers=request.headers)
        self.payload = Parameters(pairs)

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data if self.method == "GET" else {}

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data if self.method == "POST" else {}


async def read_request(request: Request, settings: IssuerSettings) -> ProtocolRequest:
    """The issuer's own address stands for the request's: a Host header decides nothing."""
    uri = f"{settings.url}{request.url.path}"
    if request.method == "POST":
        body = await request.body()
        text = body[:BODY_BYTES_MAX].decode("utf-8", "replace")
        return ProtocolRequest(request, uri, parse_qsl(text, keep_blank_values=True))
    return ProtocolRequest(request, uri, list(request.query_params.multi_items()))


class DevelopmentServer(AuthorizationServer):
    """The issuer's protocol side, with every grant registered."""

    def __init__(self, settings: IssuerSettings, directory: Directory, keys: SigningKeys) -> None:
        super().__init__(scopes_supported=list(SCOPES))
        self.records = Records(settings.code_lifetime_s, settings.refresh_token_lifetime_s)
        self._clients = {FRONTEND_CLIENT_ID: Client(FRONTEND_CLIENT_ID)} | {
            name: Client(name, system) for name, system in directory.systems.items()
        }
        self.register_token_generator("default", AccessTokens(settings, keys))
        id_tokens = IdTokens(settings, keys)
        self.register_grant(CodeGrant, [StrictCodeChallenge(required=True), id_tokens])
        self.register_grant(RefreshGrant, [id_tokens])
        self.register_token_generator("client_credentials", AccessTokens(settings, keys))
        self.register_grant(SystemGrant)
        self.register_client_auth_method(
            SignedAssertion.CLIENT_AUTH_METHOD,
            SignedAssertion(settings.url, settings.state_dir / "clients", self.records),
        )

    def query_client(self, client_id: str) -> Client | None:
        return self._clients.get(client_id)

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        if "refresh_token" not in token:
            return
        origin = request.authorization_code or request.refresh_token
        self.records.keep_refresh_token(
            RefreshToken(
                token=token["refresh_token"],
                client_id=request.client.client_id,
                scope=origin.scope,
                persona=request.user,
                family=origin.family,
                issued_at=time.time(),
            )
        )

    def create_oauth2_request(self, request: ProtocolRequest) -> ProtocolRequest:
        return request

    def handle_response(
        self, status: int, body: dict[str, Any] | str, headers: list[tuple[str, str]]
    ) -> Response:
        named = dict(headers)
        if isinstance(body, dict):
            named.pop("Content-Type", None)
            return JSONResponse(body, status, named)
        return Response(body, status, named)

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens: the framework integrations of the library announce events here."""
