"""A real HTTP server with discovery and keys, so that verification runs as in production."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk, jwt


class Issuer:
    """An issuer with one ES256 key; its key set can be changed while it runs."""

    def __init__(self) -> None:
        self.url = ""
        self.asked = 0
        self.keys: list[dict[str, Any]] = []
        self.is_broken = False
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.private = self.add_key("k1")

    def add_key(self, key_id: str) -> dict[str, Any]:
        pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        key = jwk.construct(pem.decode(), "ES256")
        self.keys.append(key.public_key().to_dict() | {"kid": key_id, "use": "sig"})
        private: dict[str, Any] = key.to_dict() | {"kid": key_id}
        return private

    def claims(self, **changes: Any) -> dict[str, Any]:
        now_s = int(time.time())
        claims = {
            "iss": self.url,
            "aud": "kim",
            "sub": "anna",
            "iat": now_s,
            "exp": now_s + 600,
            "tenant": "05570",
            "org_unit": "waf-cm",
            "org_unit_type": "CM_TEAM",
            "roles": ["case_manager"],
            "azp": "kim-frontend",
        } | changes
        return {name: value for name, value in claims.items() if value is not ...}

    def token(self, headers: dict[str, Any] | None = None, **changes: Any) -> str:
        return self.sign(self.claims(**changes), headers)

    def sign(self, claims: dict[str, Any], headers: dict[str, Any] | None = None) -> str:
        head = {"kid": "k1", "typ": "at+jwt"} | (headers or {})
        return jwt.encode(claims, self.private, algorithm="ES256", headers=head)

    def sign_raw(self, header: bytes, payload: bytes) -> str:
        """A token whose parts are these very bytes, with a valid signature."""
        signed = b".".join(segment(part) for part in (header, payload))
        signature = jwk.construct(self.private, "ES256").sign(signed)
        return (signed + b"." + segment(signature)).decode()

    async def _discovery(self, _: web.Request) -> web.Response:
        document = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        return web.json_response(document)

    async def _key_set(self, _: web.Request) -> web.Response:
        self.asked += 1
        await self.may_answer.wait()
        if self.is_broken:
            return web.Response(text="<html>down</html>", content_type="text/html")
        return web.json_response({"keys": self.keys})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Issuer"]:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/keys", self._key_set)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


def segment(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
