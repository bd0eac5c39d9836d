"""Signing keys of an issuer: fetched once, kept, refreshed when a new key id appears."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
import structlog

from shared.auth.errors import KeysUnavailable
from shared.auth.issuers import TrustedIssuer
from shared.auth.published_keys import usable_keys

COOL_DOWN_S = 5.0
TIMEOUT_S = 3.0
PATIENCE_S = 1.0
FRESH_S = 300.0
DOCUMENT_BYTES_MAX = 256 * 1024

log = structlog.get_logger(__name__)
Key = Mapping[str, Any]


class IssuerKeys:
    """The public keys of one issuer by key id.

    A refresh runs at most once at a time and at most every `COOL_DOWN_S`, for at most `TIMEOUT_S`;
    a broken or empty answer leaves the known keys in force. Keys older than `FRESH_S` are asked for
    again while they go on serving, so that one the issuer withdrew ends here, too. Never follows
    `jku` or `x5u` of a token.
    """

    def __init__(self, issuer: TrustedIssuer, http: aiohttp.ClientSession) -> None:
        self.issuer = issuer
        self._http = http
        self._keys: dict[str, Key] = {}
        self._tried_at_s = float("-inf")
        self._fetched_at_s = float("-inf")
        self._refresh: asyncio.Task[None] | None = None

    async def key(self, key_id: str) -> Key | None:
        """The JWK with this id, or None. Raises KeysUnavailable when there never were keys.

        Nobody waits for a key that is known. For an unknown one a caller waits at most `PATIENCE_S`
        once there are keys: whoever invents key ids is refused fast even when the issuer hangs.
        """
        known = self.known(key_id)
        if known is not None:
            return known
        refresh = self._begin_refresh()
        if refresh is not None:
            await asyncio.wait({refresh}, timeout=PATIENCE_S if self._keys else None)
        if not self._keys:
            raise KeysUnavailable(retryAfterS=int(COOL_DOWN_S))
        return self._keys.get(key_id)

    def known(self, key_id: str) -> Key | None:
        """The key if it is in force; the same object as long as the issuer publishes it unchanged.

        Begins a refresh in the background when the keys are no longer fresh.
        """
        key = self._keys.get(key_id)
        if key is not None and time.monotonic() - self._fetched_at_s > FRESH_S:
            self._begin_refresh()
        return key

    async def close(self) -> None:
        """End a refresh that still runs."""
        if self._refresh is not None:
            self._refresh.cancel()
            await asyncio.wait({self._refresh})

    def _begin_refresh(self) -> asyncio.Task[None] | None:
        """The refresh that runs or begins now; None while it is too early for another."""
        if self._refresh is not None and not self._refresh.done():
            return self._refresh
        if time.monotonic() - self._tried_at_s < COOL_DOWN_S:
            return None
        self._tried_at_s = time.monotonic()
        self._refresh = asyncio.create_task(self._fetch_all())
        return self._refresh

    async def _fetch_all(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                found = usable_keys(await self._published())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError) as fault:
            log.warning("keys.refresh_failed", issuer=self.issuer.issuer, fault=repr(fault))
            return
        if found:
            self._keys = {
                key_id: known if (known := self._keys.get(key_id)) == key else key
                for key_id, key in found.items()
            }
            self._fetched_at_s = time.monotonic()

    async def _published(self) -> list[Any]:
        document = await self._get(self.issuer.jwks_uri or await self._discover())
        keys = document["keys"]
        if not isinstance(keys, list):
            raise ValueError("The key set has no list of keys.")  # noqa: TRY004 - one kind of fault
        return keys

    async def _discover(self) -> str:
        base = self.issuer.issuer.rstrip("/")
        document = await self._get(f"{base}/.well-known/openid-configuration")
        if document.get("issuer") != self.issuer.issuer:
            raise ValueError("The discovery document names another issuer.")
        uri = str(document["jwks_uri"])
        if base.startswith("https://") and not uri.startswith("https://"):
            raise ValueError("The keys of an encrypted issuer lie at an address that is not.")
        return uri

    async def _get(self, uri: str) -> dict[str, Any]:
        async with self._http.get(uri, allow_redirects=False) as answer:
            answer.raise_for_status()
            raw = bytearray()
            async for chunk in answer.content.iter_any():
                raw += chunk
                if len(raw) > DOCUMENT_BYTES_MAX:
                    raise ValueError("The document is too large.")
        document = orjson.loads(raw)
        if not isinstance(document, dict):
            raise ValueError("The document is not an object.")  # noqa: TRY004 - one kind of fault
        return document
