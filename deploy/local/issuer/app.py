"""The issuer's endpoints: discovery, keys, sign-in, token, userinfo, health."""

from urllib.parse import urlencode

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6750 import InvalidTokenError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deploy.local.issuer.keys import ALGORITHM, SigningKeys, client_key
from deploy.local.issuer.page import language, picker, refusal, signed_out
from deploy.local.issuer.personas import Directory, Persona, read_directory
from deploy.local.issuer.records import SCOPES, SYSTEM_AUTH_METHODS
from deploy.local.issuer.server import DevelopmentServer, ProtocolRequest, read_request
from deploy.local.issuer.settings import IssuerSettings
from deploy.local.issuer.sign_out import Refused, sign_out
from deploy.local.issuer.tokens import AccessTokenCheck, user_info

LOOPBACK_ORIGINS = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"


def create_app(settings: IssuerSettings) -> Starlette:
    """Raises NotForProduction outside development or on a reachable address."""
    settings.demand_development()
    endpoints = Endpoints(settings, read_directory(settings.personas_file))
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", endpoints.discovery),
            Route("/jwks", endpoints.jwks),
            Route("/authorize", endpoints.sign_in, methods=["GET"]),
            Route("/authorize", endpoints.signed_in, methods=["POST"]),
            Route("/end-session", endpoints.sign_out, methods=["GET", "POST"]),
            Route("/token", endpoints.token, methods=["POST"]),
            Route("/userinfo", endpoints.userinfo, methods=["GET", "POST"]),
            Route("/health/live", endpoints.health),
            Route("/health/ready", endpoints.health),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origin_regex=LOOPBACK_ORIGINS,
                allow_methods=["GET", "POST"],
                allow_headers=["authorization", "content-type"],
            )
        ],
    )


class Endpoints:
    """One method per endpoint, over one server."""

    def __init__(self, settings: IssuerSettings, directory: Directory) -> None:
        self._settings = settings
        self._directory = directory
        self._keys = SigningKeys(settings.state_dir / "signing-keys.json")
        self._server = DevelopmentServer(settings, directory, self._keys)
        self._check = AccessTokenCheck(settings, self._keys)
        for system in directory.systems:  # so that `token --key` finds its half at once
            client_key(settings.state_dir / "clients", system)

    async def discovery(self, _request: Request) -> Response:
        """OpenID Connect Discovery 1.0."""
        url = self._settings.url
        return JSONResponse(
            {
                "issuer": url,
                "authorization_endpoint": f"{url}/authorize",
                "token_endpoint": f"{url}/token",
                "userinfo_endpoint": f"{url}/userinfo",
                "end_session_endpoint": f"{url}/end-session",
                "jwks_uri": f"{url}/jwks",
                "scopes_supported": list(SCOPES),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": [
                    "authorization_code",
                    "refresh_token",
                    "client_credentials",
                ],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "token_endpoint_auth_methods_supported": ["none", *SYSTEM_AUTH_METHODS],
                "token_endpoint_auth_signing_alg_values_supported": [ALGORITHM],
                "code_challenge_methods_supported": ["S256"],
                "ui_locales_supported": ["de", "en"],
                "claims_supported": [
                    *("iss", "sub", "aud", "exp", "iat", "name", "preferred_username"),
                    *("tenant", "org_unit", "org_unit_type", "roles"),
                ],
            }
        )

    async def jwks(self, _request: Request) -> Response:
        return JSONResponse(self._keys.public())

    async def sign_in(self, request: Request) -> Response:
        """Show who one can be, if the application asked correctly."""
        protocol = await read_request(request, self._settings)
        lang = _language(request, protocol)
        try:
            self._server.get_consent_grant(protocol, end_user=None)
        except OAuth2Error as error:
            return self._refused(protocol, error, lang)
        pairs = list(protocol.payload.data.items())
        return picker(list(self._directory.people.values()), pairs, lang)

    async def signed_in(self, request: Request) -> Response:
        """The choice was made: back to the application with a code."""
        protocol = await read_request(request, self._settings)
        persona = self._directory.people.get(protocol.payload.data.get("persona", ""))
        try:
            grant = self._server.get_consent_grant(protocol, end_user=persona)
        except OAuth2Error as error:
            return self._refused(protocol, error, _language(request, protocol))
        response: Response = self._server.create_authorization_response(
            protocol, grant_user=persona, grant=grant
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    async def sign_out(self, request: Request) -> Response:
        """Back to the application, or a page that says that it is done."""
        protocol = await read_request(request, self._settings)
        lang = _language(request, protocol)
        try:
            done = sign_out(self._server, self._keys, protocol)
        except Refused:
            return refusal("invalid_request: id_token_hint, client_id", lang)
        if not done.address:
            return signed_out(lang)
        state = protocol.payload.data.get("state", "")
        query = f"?{urlencode({'state': state})}" if state else ""
        return RedirectResponse(
            done.address + query, status_code=303, headers={"Cache-Control": "no-store"}
        )

    async def token(self, request: Request) -> Response:
        protocol = await read_request(request, self._settings)
        response: Response = self._server.create_token_response(protocol)
        return response

    async def userinfo(self, request: Request) -> Response:
        """Who holds the token (OpenID Connect Core, 5.3)."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        try:
            if kind.lower() != "bearer":
                raise InvalidTokenError
            claims = self._check.authenticate_token(value)
            self._check.validate_token(claims, ["openid"], request)
        except OAuth2Error as error:
            status, body, headers = error()
            return JSONResponse(body, status, dict(headers))
        persona = self._known(str(claims["sub"]))
        if persona is None:
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(user_info(persona, str(claims["scope"])))

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    def _known(self, subject: str) -> Persona | None:
        return self._directory.people.get(subject) or self._directory.systems.get(subject)

    def _refused(self, protocol: ProtocolRequest, error: OAuth2Error, lang: str) -> Response:
        """Back to the application where its address is known to be its own, else a page."""
        if error.redirect_uri:
            response: Response = self._server.handle_error_response(protocol, error)
            return response
        return refusal(f"{error.error}: {error.description or ''}", lang)


def _language(request: Request, protocol: ProtocolRequest) -> str:
    asked = protocol.payload.data.get("ui_locales", "")
    return language(asked, request.headers.get("accept-language", ""))
