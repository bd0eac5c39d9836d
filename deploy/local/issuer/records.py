"""What the issuer remembers while it runs: clients, codes, refresh tokens. All of it in memory:
after a restart everybody signs in again.
"""

import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin
from typing_extensions import override

from deploy.local.issuer.personas import Persona
from deploy.local.issuer.settings import is_loopback

FRONTEND_CLIENT_ID = "kim-frontend"
SCOPES = ("openid", "profile", "offline_access", "kim")
DEFAULT_SCOPE = "kim"
SYSTEM_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")


@dataclass(frozen=True, slots=True)
class Client(ClientMixin):
    """A registered client: the public frontend, or a system when `system` is set."""

    client_id: str
    system: Persona | None = None

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str | None) -> str:
        asked = (scope or DEFAULT_SCOPE).split()
        return " ".join(name for name in asked if name in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """A frontend under development runs on any port of this machine (RFC 8252, 7.3)."""
        try:
            parts = urlsplit(redirect_uri)
            host = parts.hostname or ""
        except ValueError:
            return False
        is_plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc
        return is_plain and not parts.fragment and is_loopback(host)

    def check_client_secret(self, client_secret: str) -> bool:
        expected = self.system.secret if self.system else ""
        return bool(expected) and secrets.compare_digest(
            expected.encode(), client_secret.encode("utf-8", "replace")
        )

    @override
    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in SYSTEM_AUTH_METHODS if self.system else method == "none"

    def check_response_type(self, response_type: str) -> bool:
        return self.system is None and response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        if self.system:
            return grant_type == "client_credentials"
        return grant_type in {"authorization_code", "refresh_token"}


@dataclass(frozen=True, slots=True)
class Code(AuthorizationCodeMixin):
    """An authorization code. `family` ties it to the refresh tokens that come of it."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    persona: Persona
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    family: str
    issued_at: float

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.issued_at)

    def get_acr(self) -> str:
        return ""

    def get_amr(self) -> list[str]:
        return []


@dataclass(frozen=True, slots=True)
class RefreshToken(TokenMixin):
    token: str
    client_id: str
    scope: str
    persona: Persona
    family: str
    issued_at: float

    def check_client(self, client: Client) -> bool:
        return self.client_id == client.client_id

    def get_scope(self) -> str:
        return self.scope


@dataclass(slots=True)
class Records:
    """Codes and refresh tokens work once; a second use ends everything of the same sign-in.

    Source: RFC 6749, 4.1.2 (codes); RFC 9700, 4.14.2 (refresh token rotation).
    """

    code_lifetime_s: int
    refresh_token_lifetime_s: int
    _codes: dict[str, Code] = field(default_factory=dict)
    _refresh_tokens: dict[str, RefreshToken] = field(default_factory=dict)
    _used: dict[str, Code | RefreshToken] = field(default_factory=dict)
    _assertion_ids: dict[tuple[str, str], float] = field(default_factory=dict)

    def keep_code(self, code: Code) -> None:
        self._forget_expired()
        self._codes[code.code] = code

    def find_code(self, code: str) -> Code | None:
        self._end_family_on_second_use(code)
        found = self._codes.get(code)
        return found if found and self._is_fresh(found, self.code_lifetime_s) else None

    def spend_code(self, code: Code) -> None:
        self._used[code.code] = self._codes.pop(code.code)

    def keep_refresh_token(self, token: RefreshToken) -> None:
        self._refresh_tokens[token.token] = token

    def find_refresh_token(self, token: str) -> RefreshToken | None:
        self._end_family_on_second_use(token)
        found = self._refresh_tokens.get(token)
        return found if found and self._is_fresh(found, self.refresh_token_lifetime_s) else None

    def spend_refresh_token(self, token: RefreshToken) -> None:
        self._used[token.token] = self._refresh_tokens.pop(token.token)

    def end_sign_ins(self, subject: str, client_id: str) -> None:
        """No refresh token of the person at the client works any more."""
        self._refresh_tokens = {
            name: token
            for name, token in self._refresh_tokens.items()
            if (token.persona.id, token.client_id) != (subject, client_id)
        }

    def is_first_use(self, client_id: str, assertion_id: str, expires_at: float) -> bool:
        """Whether a client's assertion comes for the first time (RFC 7523, 3)."""
        key = (client_id, assertion_id)
        if key in self._assertion_ids:
            return False
        self._assertion_ids[key] = expires_at
        return True

    def _end_family_on_second_use(self, value: str) -> None:
        spent = self._used.get(value)
        if spent:
            self._refresh_tokens = {
                name: token
                for name, token in self._refresh_tokens.items()
                if token.family != spent.family
            }

    @staticmethod
    def _is_fresh(record: Code | RefreshToken, lifetime_s: int) -> bool:
        return time.time() < record.issued_at + lifetime_s

    def _forget_expired(self) -> None:
        longest_s = self.refresh_token_lifetime_s
        self._codes = {k: v for k, v in self._codes.items() if self._is_fresh(v, longest_s)}
        self._used = {k: v for k, v in self._used.items() if self._is_fresh(v, longest_s)}
        self._refresh_tokens = {
            k: v for k, v in self._refresh_tokens.items() if self._is_fresh(v, longest_s)
        }
        now = time.time()
        self._assertion_ids = {k: v for k, v in self._assertion_ids.items() if v > now}
