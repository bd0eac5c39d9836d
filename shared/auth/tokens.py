"""Access tokens: who issued it, is it whole, is it for us, whom does it speak for.

python-jose stays behind this module (docs/decisions/0005). What it does not check is checked here.
"""

import hashlib
import re
import time
from collections import OrderedDict
from typing import Any

import aiohttp
import structlog
from jose import JWTError, jwt
from jose.exceptions import JOSEError

from shared.auth.compact import KEY_TYPES, read_header
from shared.auth.errors import TokenRefused, UnitMissing
from shared.auth.issuers import TrustedIssuer
from shared.auth.keys import IssuerKeys
from shared.kernel.caller import Caller

CACHE_ENTRIES_MAX = 10_000
CLOCK_SKEW_S = 5
NAME_LENGTH_MAX = 200
LIFETIME_MAX_S = 24 * 3600
TENANT = re.compile(r"[0-9]{5}")
UNIT = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
UNIT_TYPE = re.compile(r"[A-Z0-9_]{2,40}")
ROLE = re.compile(r"[a-z0-9_:-]{1,64}")

log = structlog.get_logger(__name__)


class TokenVerifier:
    """Verifies tokens of the trusted issuers; a verified one is remembered until it expires."""

    def __init__(self, issuers: list[TrustedIssuer], http: aiohttp.ClientSession) -> None:
        self._issuers = {issuer.issuer: IssuerKeys(issuer, http) for issuer in issuers}
        self._known: OrderedDict[bytes, Caller] = OrderedDict()

    async def verify(self, token: str) -> Caller:
        """The caller this token speaks for.

        Raises TokenRefused (401), UnitMissing (403) or KeysUnavailable (503); nothing else,
        whatever the token contains.
        """
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        known = self._known.get(digest)
        if known is not None and known.expires_at_s > time.time():
            return known
        caller = await self._verify(token)
        self._known[digest] = caller
        while len(self._known) > CACHE_ENTRIES_MAX:
            self._known.popitem(last=False)
        return caller

    async def _verify(self, token: str) -> Caller:
        header = read_header(token)
        try:
            unverified = jwt.get_unverified_claims(token)
        except (JOSEError, ValueError, RecursionError, OverflowError) as broken:
            raise TokenRefused("claims unreadable") from broken
        issuer = unverified.get("iss")
        keys = self._issuers.get(issuer) if isinstance(issuer, str) else None
        if keys is None:
            raise TokenRefused("issuer not trusted")
        claims = await self._verified_claims(token, header, keys)
        return _caller(claims, keys.issuer)

    async def _verified_claims(
        self, token: str, header: dict[str, str], keys: IssuerKeys
    ) -> dict[str, Any]:
        key = await keys.key(header["kid"])
        if key is None:
            raise TokenRefused("key unknown")
        if (
            key.get("kty") != KEY_TYPES[header["alg"][0]]
            or key.get("alg", header["alg"]) != (header["alg"])
        ):
            raise TokenRefused("algorithm is not the key's")
        try:
            claims = jwt.decode(
                token,
                dict(key),
                algorithms=[header["alg"]],
                audience=keys.issuer.audience,
                issuer=keys.issuer.issuer,
                options={"verify_at_hash": False, "leeway": CLOCK_SKEW_S},
            )
        except (JWTError, JOSEError, ValueError, TypeError, OverflowError, RecursionError) as bad:
            raise TokenRefused(f"not verified: {type(bad).__name__}") from bad
        return _typed_claims(claims)


def _typed_claims(claims: dict[str, Any]) -> dict[str, Any]:
    """Required claims with the right types; the library takes a token without any of them."""
    for name in ("exp", "iat"):
        if isinstance(claims.get(name), bool) or not isinstance(claims.get(name), int):
            raise TokenRefused(f"{name} missing or no integer")
    if "aud" not in claims or not isinstance(claims["aud"], str | list):
        raise TokenRefused("aud missing")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 200 or not subject.isprintable():  # noqa: PLR2004
        raise TokenRefused("sub missing or odd")
    if claims["exp"] + CLOCK_SKEW_S <= time.time():
        raise TokenRefused("expired")
    if claims["exp"] - claims["iat"] > LIFETIME_MAX_S or claims["iat"] > time.time() + 60:
        raise TokenRefused("lifetime implausible")
    # Keycloak names the kind of a token in its payload, too: Bearer, Refresh, ID.
    if "nonce" in claims or "at_hash" in claims or claims.get("typ", "Bearer") != "Bearer":
        raise TokenRefused("no access token")
    return claims


def _caller(claims: dict[str, Any], issuer: TrustedIssuer) -> Caller:
    names = issuer.claims
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
    client = claims.get(names.client) or claims.get("client_id") or ""
    return Caller(
        tenant_id=tenant_id,
        unit_id=unit_id,
        unit_type=unit_type,
        issuer=issuer.issuer,
        subject=claims["sub"],
        roles=frozenset(roles),
        client_id=client[:200] if isinstance(client, str) else "",
        scopes=frozenset(scope.split()) if isinstance(scope, str) else frozenset(),
        expires_at_s=claims["exp"],
        display_name=_shown(claims.get("name")),
    )


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
