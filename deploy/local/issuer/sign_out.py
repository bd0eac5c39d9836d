"""Signing out where one signed in (OpenID Connect RP-Initiated Logout 1.0).

There is no session of a browser here: what ends are the refresh tokens of the person at the client.
"""

from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError

from deploy.local.issuer.keys import ALGORITHM, SigningKeys
from deploy.local.issuer.records import Client
from deploy.local.issuer.server import DevelopmentServer, ProtocolRequest


@dataclass(frozen=True, slots=True)
class SignedOut:
    """`address` is where the application wants to go on; empty: to none that is its own."""

    subject: str
    address: str


class Refused(Exception):
    """The hint is not an ID token of this issuer for this client."""


def sign_out(server: DevelopmentServer, keys: SigningKeys, request: ProtocolRequest) -> SignedOut:
    """End what the ID token began, also when it has expired (2.). Raises Refused."""
    asked = request.payload.data
    client = server.query_client(asked.get("client_id", ""))
    subject = _subject(keys, asked.get("id_token_hint", ""), client)
    assert client is not None
    server.records.end_sign_ins(subject, client.client_id)
    address = asked.get("post_logout_redirect_uri", "")
    return SignedOut(subject, address if address and client.check_redirect_uri(address) else "")


def _subject(keys: SigningKeys, hint: str, client: Client | None) -> str:
    try:
        claims = jwt.decode(hint, keys.key_set(), algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError) as fault:
        raise Refused from fault
    if client is None or client.client_id not in claims.get("aud", ()):
        raise Refused
    return str(claims["sub"])
