"""Signing keys of an issuer: fetched once, kept, refreshed when a new key id appears."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog

from shared.auth.errors import KeysUnavailable
from shared.auth.issuers import TrustedIssuer

COOL_DOWN_S = 5.0
TIMEOUT_S = 3.0
DOCUMENT_BYTES_MAX = 256 * 1024

log = structlog.get_logger(__name__)


class IssuerKeys:
    """The public keys of one issuer by key id.

    A refresh runs at most once at a time and at most every `COOL_DOWN_S`; a broken or empty
    answer leaves the known keys in force. Never follows `jku` or `x5u` of a token.
    """

    def __init__(self, issuer: TrustedIssuer, http: aiohttp.ClientSession) -> None:
        self.issuer = issuer
        self._http = http
        self._keys: dict[str, Mapping[str, Any]] = {}
        self._tried_at_s = float("-inf")
        self._lock = asyncio.Lock()

    async def key(self, key_id: str) -> Mapping[str, Any] | None:
        """The JWK with this id, or None. Raises KeysUnavailable when there never were keys."""
        if key_id not in self._keys:
            await self._refresh(key_id)
        if not self._keys:
            raise KeysUnavailable(retryAfterS=int(COOL_DOWN_S))
        return self._keys.get(key_id)

    async def _refresh(self, key_id: str) -> None:
        async with self._lock:
            if key_id in self._keys or time.monotonic() - self._tried_at_s < COOL_DOWN_S:
                return
            self._tried_at_s = time.monotonic()
            try:
                found = await self._fetch()
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError) as fault:
                log.warning("keys.refresh_failed", issuer=self.issuer.issuer, fault=repr(fault))
                return
            self._keys = found or self._keys

    async def _fetch(self) -> dict[str, Mapping[str, Any]]:
        uri = self.issuer.jwks_uri or await self._discover()
        document = await self._get(uri)
        keys = document["keys"]
        if not isinstance(keys, list):
            raise ValueError("The key set has no list of keys.")  # noqa: TRY004 - one kind of fault
        return {
            key["kid"]: key
            for key in keys
            if isinstance(key, dict)
            and isinstance(key.get("kid"), str)
            and key.get("kty") in {"RSA", "EC"}
            and key.get("use", "sig") == "sig"
        }

    async def _discover(self) -> str:
        base = self.issuer.issuer.rstrip("/")
        document = await self._get(f"{base}/.well-known/openid-configuration")
        if document.get("issuer") != self.issuer.issuer:
            raise ValueError("The discovery document names another issuer.")
        return str(document["jwks_uri"])

    async def _get(self, uri: str) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with self._http.get(uri, timeout=timeout, allow_redirects=False) as answer:
            answer.raise_for_status()
            if answer.content_length is not None and answer.content_length > DOCUMENT_BYTES_MAX:
                raise ValueError("The document is too large.")
            document = await answer.json(content_type=None)
        if not isinstance(document, dict):
            raise ValueError("The document is not an object.")  # noqa: TRY004 - one kind of fault
        return document
