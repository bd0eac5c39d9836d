"""Access tokens: who issued it, is it whole, is it for us, whom does it speak for.

python-jose stays behind this module (docs/decisions/0005). What it does not check is checked here.
"""

import hashlib
import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from jose import JWTError, jwt
from jose.exceptions import JOSEError

from shared.auth.compact import Compact, read_compact
from shared.auth.errors import TokenRefused, UnitMissing
from shared.auth.issuers import TrustedIssuer
from shared.auth.keys import IssuerKeys, Key
from shared.auth.published_keys import fits
from shared.kernel.caller import Caller
from shared.kernel.purposes import PURPOSES

CACHE_ENTRIES_MAX = 10_000
CLOCK_SKEW_S = 5
# A clock that is ahead is commoner than a forger who dates a token a minute later.
ISSUED_AHEAD_MAX_S = 60
CLIENT_LENGTH_MAX = 200
NAME_LENGTH_MAX = 200
LIFETIME_MAX_S = 24 * 3600
TENANT = re.compile(r"[0-9]{5}")
UNIT = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
UNIT_TYPE = re.compile(r"[A-Z0-9_]{2,40}")
ROLE = re.compile(r"[a-z0-9_:-]{1,64}")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Verified:
    """Whom a token speaks for, and the key that said so: without it the token is worth nothing."""

    caller: Caller
    keys: IssuerKeys
    key_id: str
    key: Key

    @property
    def holds(self) -> bool:
        is_in_time = self.caller.expires_at_s > time.time()
        return is_in_time and self.keys.known(self.key_id) is self.key


class TokenVerifier:
    """Verifies tokens of the trusted issuers.

    A verified one is remembered until it expires or its issuer withdraws the key.
    """

    def __init__(self, issuers: list[TrustedIssuer], http: aiohttp.ClientSession) -> None:
        self._issuers = {issuer.issuer: IssuerKeys(issuer, http) for issuer in issuers}
        self._known: OrderedDict[bytes, _Verified] = OrderedDict()

    async def close(self) -> None:
        """End what still runs in the background."""
        for keys in self._issuers.values():
            await keys.close()

    async def verify(self, token: str) -> Caller:
        """The caller this token speaks for.

        Raises TokenRefused (401), UnitMissing (403) or KeysUnavailable (503); nothing else,
        whatever the token contains.
        """
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._known.get(digest)
        if known is not None and known.holds:
            return known.caller
        verified = await self._verify(token)
        self._known[digest] = verified
        while len(self._known) > CACHE_ENTRIES_MAX:
            self._known.popitem(last=False)
        return verified.caller

    async def _verify(self, token: str) -> _Verified:
        compact = read_compact(token)
        issuer = compact.claims.get("iss")
        keys = self._issuers.get(issuer) if isinstance(issuer, str) else None
        if keys is None:
            raise TokenRefused("issuer not trusted")
        key = await keys.key(compact.key_id)
        if key is None:
            raise TokenRefused("key unknown")
        if not fits(key, compact.algorithm):
            raise TokenRefused("algorithm is not the key's")
        claims = _typed_claims(_signed_claims(token, compact, key, keys.issuer))
        return _Verified(_caller(claims, keys.issuer), keys, compact.key_id, key)


def _signed_claims(token: str, compact: Compact, key: Key, issuer: TrustedIssuer) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            dict(key),
            algorithms=[compact.algorithm],
            audience=issuer.audience,
            issuer=issuer.issuer,
            options={"verify_at_hash": False, "leeway": CLOCK_SKEW_S},
        )
    except (JWTError, JOSEError, ValueError, TypeError, OverflowError, RecursionError) as bad:
        raise TokenRefused(f"not verified: {type(bad).__name__}") from bad
    return claims


def _typed_claims(claims: dict[str, Any]) -> dict[str, Any]:
    """Required claims with the right types; the library takes a token without any of them."""
    for name in ("exp", "iat", "nbf"):
        # The library takes a number that is written as text. Certified issuers may omit `nbf`.
        if type(claims.get(name, 0 if name == "nbf" else None)) is not int:
            raise TokenRefused(f"{name} missing or no integer")
    if "aud" not in claims or not isinstance(claims["aud"], str | list):
        raise TokenRefused("aud missing")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 200 or not subject.isprintable():  # noqa: PLR2004
        raise TokenRefused("sub missing or odd")
    if claims["exp"] + CLOCK_SKEW_S <= time.time():
        raise TokenRefused("expired")
    lifetime_s = claims["exp"] - claims["iat"]
    if not 0 < lifetime_s <= LIFETIME_MAX_S or claims["iat"] > time.time() + ISSUED_AHEAD_MAX_S:
        raise TokenRefused("lifetime implausible")
    # Keycloak names the kind of a token in its payload, too: Bearer, Refresh, ID.
    if "nonce" in claims or "at_hash" in claims or claims.get("typ", "Bearer") != "Bearer":
        raise TokenRefused("no access token")
    # Bound to a key (RFC 7800): as a bearer token it would be worth more than its issuer meant.
    if "cnf" in claims:
        raise TokenRefused("bound to a key")
    return claims


def _caller(claims: dict[str, Any], issuer: TrustedIssuer) -> Caller:
    names = issuer.claims
    client_id = _client(claims, issuer)
    tenant_id = _one(claims, names.tenant, TENANT)
    unit_id = _one(claims, names.org_unit, UNIT)
    unit_type = _one(claims, names.org_unit_type, UNIT_TYPE)
    if not issuer.may_assert(tenant_id=tenant_id, unit_id=unit_id):
        log.warning("token.unit_out_of_bounds", issuer=issuer.issuer, unit=unit_id)
        raise UnitMissing
    roles = claims.get(names.roles, [])
    if not isinstance(roles, list) or not all(
        isinstance(role, str) and ROLE.fullmatch(role) for role in roles
    ):
        raise TokenRefused("roles are no list of names")
    scope = claims.get("scope", "")
    said = claims.get("purpose")
    usual = said if isinstance(said, str) and said in PURPOSES else None
    return Caller(
        tenant_id=tenant_id,
        unit_id=unit_id,
        unit_type=unit_type,
        issuer=issuer.issuer,
        subject=claims["sub"],
        roles=frozenset(roles),
        client_id=client_id,
        scopes=frozenset(scope.split()) if isinstance(scope, str) else frozenset(),
        expires_at_s=claims["exp"],
        display_name=_shown(claims.get("name")),
        purposes=issuer.registered_purposes(client_id),
        usual_purpose=usual or issuer.usual_purpose(client_id, roles),
        needs_reason=issuer.reason_required,
    )


def _client(claims: dict[str, Any], issuer: TrustedIssuer) -> str:
    """Which application asked for the token: one, said the same wherever it is said."""
    said = {claims[name] for name in (issuer.claims.client, "client_id") if _is_said(claims, name)}
    client_id = said.pop() if said else ""
    if said or not issuer.lets_in(client_id):
        raise TokenRefused("client not let in")
    return client_id


def _is_said(claims: dict[str, Any], name: str) -> bool:
    value = claims.get(name)
    if value is None:
        return False
    if not isinstance(value, str) or not 0 < len(value) <= CLIENT_LENGTH_MAX:
        raise TokenRefused(f"{name} is no name")
    if not value.isprintable():
        raise TokenRefused(f"{name} is no name")
    return True


def _shown(name: object) -> str:
    """A name that a screen can show, or nothing."""
    if not isinstance(name, str) or not name.isprintable():
        return ""
    return name.strip()[:NAME_LENGTH_MAX]


def _one(claims: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    """A claim that must be exactly one matching string. Without it: no unit, no entry (403)."""
    value = claims.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise UnitMissing
    return value
