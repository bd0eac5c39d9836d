"""What a sender's and a recipient's own software do: encrypt, decrypt. The keys are made here."""

import base64
import json
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwe
from joserfc.errors import SecurityWarning
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey, RSAKey

from tests.services.referrals.papers import CONTENT, consent, referral

ALGORITHMS = ["RSA-OAEP-256", "A256GCM"]
PATHS = [f"{part}.{member}" for part, members in CONTENT.items() for member in members]


class LargeRegistry(JWERegistry):
    """The library refuses more than 64 KB unless told otherwise."""

    max_ciphertext_length = 1_400_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a private key."""

    key: RSAKey = field(repr=False)

    @classmethod
    def with_bits(cls, bits: int = 4096) -> "Holder":
        return cls(RSAKey.generate_key(bits, private=True))

    @property
    def public(self) -> dict[str, Any]:
        return dict(self.key.as_dict(private=False))

    @property
    def kid(self) -> str:
        return self.key.thumbprint()

    def opens(self, compact: str) -> Any:
        registry = LargeRegistry(algorithms=ALGORITHMS)
        return json.loads(jwe.decrypt_compact(compact, self.key, registry=registry).plaintext)


def sealed_for(holder: Holder, content: Any = CONTENT, **header: Any) -> str:
    """A JWE as it is asked for, or with other members in its header (None: without it)."""
    said = {
        "alg": "RSA-OAEP-256",
        "enc": "A256GCM",
        "kid": holder.kid,
        "cty": "application/json",
    } | header
    head = {name: value for name, value in said.items() if value is not None}
    algorithms = [head["alg"], head["enc"], "DEF"]
    key = OctKey.generate_key(256) if head["alg"] == "dir" else holder.key
    plain = json.dumps(content, ensure_ascii=False).encode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # RSA1_5 is made to be refused
        return jwe.encrypt_compact(head, plain, key, registry=LargeRegistry(algorithms=algorithms))


def with_head(compact: str, raw: bytes) -> str:
    """The same with another header, byte by byte."""
    head = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return ".".join([head, *compact.split(".")[1:]])


def key_paper(holder: Holder, *, days: int = 365, **changes: Any) -> dict[str, Any]:
    instant = datetime.now(UTC)
    return {
        "jwk": holder.public,
        "validFrom": (instant - timedelta(hours=1)).isoformat(timespec="seconds"),
        "validTo": (instant + timedelta(days=days)).isoformat(timespec="seconds"),
    } | changes


def sealed_paper(subject: str, compact: str, **changes: Any) -> dict[str, Any]:
    """To the job centre, from the case management."""
    open_paper = referral(
        subject,
        mode="ZUSTEUERUNG_OUT",
        serviceCode="JOB_PLACEMENT",
        recipientUnit="waf-jobcenter",
        legalGround={"consent": consent("waf-jobcenter")},
    )
    told = {k: v for k, v in open_paper.items() if k not in {"content", "submit"}}
    return told | {
        "jwe": compact,
        "contentFields": PATHS,
        "categories": sorted(CONTENT),
    } | changes  # fmt: skip
