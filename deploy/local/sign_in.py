"""Tokens from the development issuer without a browser: the real flows, step by step."""

import base64
import hashlib
import http.client
import json
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from deploy.local.issuer.keys import ALGORITHM
from deploy.local.issuer.personas import Persona
from deploy.local.issuer.records import FRONTEND_CLIENT_ID

REDIRECT_URI = "http://127.0.0.1/callback"
PERSON_SCOPE = "openid profile kim"
SYSTEM_SCOPE = "kim"
TIMEOUT_S = 10.0
ASSERTION_LIFETIME_S = 60
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class SignInRefused(Exception):
    """The issuer answered with an error; the message is its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: bytes

    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.body)
        return document


def sign_in(issuer_url: str, persona: str, *, scope: str = PERSON_SCOPE) -> dict[str, Any]:
    """Authorization code flow with PKCE; answers the token response. Raises SignInRefused."""
    verifier = secrets.token_urlsafe(48)
    state = secrets.token_urlsafe(16)
    question = {
        "response_type": "code",
        "client_id": FRONTEND_CLIENT_ID,
        "redirect_uri": REDIRECT_URI,
        "scope": scope,
        "state": state,
        "nonce": secrets.token_urlsafe(16),
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    chosen = post_form(f"{issuer_url}/authorize", {**question, "persona": persona})
    answer = {name: values[0] for name, values in parse_qs(urlsplit(chosen.location).query).items()}
    if "code" not in answer or answer.get("state") != state:
        reason = answer.get("error_description", answer.get("error", str(chosen.status)))
        raise SignInRefused(f"{persona} was not signed in: {reason}.")
    return _tokens(
        issuer_url,
        {
            "grant_type": "authorization_code",
            "client_id": FRONTEND_CLIENT_ID,
            "redirect_uri": REDIRECT_URI,
            "code": answer["code"],
            "code_verifier": verifier,
        },
    )


def refresh(issuer_url: str, refresh_token: str) -> dict[str, Any]:
    """Spend a refresh token for new tokens. Raises SignInRefused."""
    form = {
        "grant_type": "refresh_token",
        "client_id": FRONTEND_CLIENT_ID,
        "refresh_token": refresh_token,
    }
    return _tokens(issuer_url, form)


def sign_in_system(issuer_url: str, system: Persona, key: ECKey | None = None) -> dict[str, Any]:
    """Client credentials, with the secret or, when a key is given, with a signed assertion."""
    form = {"grant_type": "client_credentials", "scope": SYSTEM_SCOPE}
    if key is None:
        pair = base64.b64encode(f"{system.id}:{system.secret}".encode()).decode()
        return _tokens(issuer_url, form, {"Authorization": f"Basic {pair}"})
    assertion = client_assertion(issuer_url, system.id, key)
    return _tokens(
        issuer_url, {**form, "client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    )


def client_assertion(issuer_url: str, client_id: str, key: ECKey) -> str:
    """What `private_key_jwt` sends instead of a secret (RFC 7523, 3)."""
    now_s = int(time.time())
    claims: dict[str, Any] = {
        "iss": client_id,
        "sub": client_id,
        "aud": issuer_url,
        "iat": now_s,
        "exp": now_s + ASSERTION_LIFETIME_S,
        "jti": secrets.token_urlsafe(16),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, key)


def code_challenge(verifier: str) -> str:
    """RFC 7636, 4.2."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def post_form(url: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
    """One POST; redirects are not followed. Raises SignInRefused when nobody listens."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_S)
    plain = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", parts.path, urlencode(form), {**plain, **(headers or {})})
        response = connection.getresponse()
        return Answer(response.status, response.getheader("Location", ""), response.read())
    except OSError as failure:
        raise SignInRefused(f"The issuer {url} does not answer: {failure}.") from failure
    finally:
        connection.close()


def _tokens(
    issuer_url: str, form: dict[str, str], headers: dict[str, str] | None = None
) -> dict[str, Any]:
    answer = post_form(f"{issuer_url}/token", form, headers)
    if answer.status != http.client.OK:
        raise SignInRefused(answer.body.decode(errors="replace"))
    return answer.json()
