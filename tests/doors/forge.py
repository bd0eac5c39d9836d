"""Tokens as an attacker makes them: any bytes in any segment, under any signature."""

import hashlib
import hmac
import json
import warnings
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, RSAKey

from tests.shared.key_server import Issuer, segment

Sign = Callable[[bytes], bytes]
HEADER = {"alg": "ES256", "kid": "k1", "typ": "at+jwt"}
MARK = "Ztokplantedsubject"
CLIENTS = ("kim-frontend", "waf-system")


def es(key: ec.EllipticCurvePrivateKey, digest: hashes.HashAlgorithm) -> Sign:
    size = (key.curve.key_size + 7) // 8

    def sign(signed: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(digest)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return sign


def rs(key: rsa.RSAPrivateKey, digest: hashes.HashAlgorithm) -> Sign:
    return lambda signed: key.sign(signed, padding.PKCS1v15(), digest)


def ps(key: rsa.RSAPrivateKey) -> Sign:
    salt = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    return lambda signed: key.sign(signed, salt, hashes.SHA256())


def hs(secret: bytes) -> Sign:
    return lambda signed: hmac.new(secret, signed, hashlib.sha256).digest()


def written(part: bytes | dict[str, Any]) -> bytes:
    return part if isinstance(part, bytes) else json.dumps(part).encode()


class Forge:
    """One trusted issuer with keys of every kind, and what an attacker has: keys of its own.

    The attacker knows all that is published, and has a key server under its own control.
    """

    def __init__(self, home: Issuer, provider: Issuer, attacker: Issuer) -> None:
        self.home, self.provider, self.attacker = home, provider, attacker
        self.k1 = ec.generate_private_key(ec.SECP256R1())
        self.p384 = ec.generate_private_key(ec.SECP384R1())
        self.rsa = rsa.generate_private_key(65537, 2048)
        self.weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it must be refused
        self.stranger = ec.generate_private_key(ec.SECP256R1())
        home.keys[:] = [
            _public(self.k1, "k1"),
            _public(self.p384, "p384"),
            _public(self.rsa, "rsa") | {"alg": "RS256"},
            _public(self.weak, "weak"),
            _public(self.k1, "enc") | {"use": "enc"},
            _public(self.k1, "wrap") | {"key_ops": ["wrapKey"]},
            _public(self.k1, "twice"),
            _public(self.stranger, "twice"),
            ECKey.import_key(_pem(self.k1)).as_dict(private=True) | {"kid": "private"},
            {"kty": "oct", "k": "c2VjcmV0", "kid": "oct", "use": "sig"},
        ]

    @property
    def sign(self) -> Sign:
        return es(self.k1, hashes.SHA256())

    @property
    def public_pem(self) -> bytes:
        return self.k1.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    @property
    def public_der(self) -> bytes:
        return self.k1.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of a person of the Kreis; `...` leaves one out."""
        return self.home.claims(**{"sub": MARK, "roles": list(ROLES)} | changes)

    def payload(self, **changes: Any) -> bytes:
        return json.dumps(self.claims(**changes)).encode()

    def token(
        self,
        header: bytes | dict[str, Any] = HEADER,
        payload: bytes | dict[str, Any] | None = None,
        sign: Sign | None = None,
    ) -> str:
        """These very parts with a valid signature, of the issuer's key if no other signs."""
        body = self.payload() if payload is None else written(payload)
        signed = segment(written(header)) + b"." + segment(body)
        return (signed + b"." + segment((sign or self.sign)(signed))).decode()

    def with_header(self, **changes: Any) -> str:
        header = {name: value for name, value in (HEADER | changes).items() if value is not ...}
        return self.token(header)

    def with_claims(self, **changes: Any) -> str:
        return self.token(HEADER, self.payload(**changes))

    def by_stranger(self, **header: Any) -> str:
        return self.token(HEADER | header, sign=es(self.stranger, hashes.SHA256()))

    def by_secret(self, secret: bytes, **header: Any) -> str:
        return self.token(HEADER | {"alg": "HS256"} | header, sign=hs(secret))

    def unsigned(self, algorithm: str, signature: str = "") -> str:
        header, payload, _ = self.token(HEADER | {"alg": algorithm}).split(".")
        return f"{header}.{payload}.{signature}"

    def jwk_of_stranger(self) -> dict[str, Any]:
        return _public(self.stranger, "k1")


ROLES = ("case_manager", "coordinator", "funding_officer")


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _public(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, key_id: str) -> dict[str, Any]:
    kind: type[ECKey | RSAKey] = ECKey if isinstance(key, ec.EllipticCurvePrivateKey) else RSAKey
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # it warns of the weak one
        public = kind.import_key(_pem(key)).as_dict(private=False)
    return {**public, "kid": key_id, "use": "sig"}
