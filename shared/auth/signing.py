"""Event tokens (RFC 8417): what happened, signed with PS512, verifiable by anybody.

Only this module signs. A token proves what was told later on, when the feed has forgotten it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from joserfc import jws
from joserfc.jwk import RSAKey

ALGORITHM: Final = "PS512"
TYPE: Final = "secevent+jwt"
KEY_BITS_MIN: Final = 4096
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)


class EventSigner:
    """Signs with the first key; publishes all of them, so that older tokens still verify.

    `pem` holds private RSA keys of at least 4096 bits, one behind the other; none: it is off.
    Raises ValueError for anything else.
    """

    def __init__(self, pem: str) -> None:
        blocks = _PEM.findall(pem)
        if pem.strip() and not blocks:
            raise ValueError("The signing key is no PEM.")
        self._keys = [_key(block) for block in blocks]

    @property
    def is_on(self) -> bool:
        return bool(self._keys)

    def signed(self, claims: Mapping[str, Any]) -> str:
        key = self._keys[0]
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.thumbprint()}
        return jws.serialize_compact(header, orjson.dumps(claims), key, algorithms=[ALGORITHM])

    def published(self) -> dict[str, Any]:
        """The key set (RFC 7517): public members only."""
        return {
            "keys": [
                {
                    **{name: key.as_dict(private=False)[name] for name in ("kty", "n", "e")},
                    "kid": key.thumbprint(),
                    "use": "sig",
                    "alg": ALGORITHM,
                }
                for key in self._keys
            ]
        }


def _key(block: str) -> RSAKey:
    key = RSAKey.import_key(block)
    if not key.is_private or key.raw_value.key_size < KEY_BITS_MIN:
        raise ValueError(f"A signing key is a private RSA key of at least {KEY_BITS_MIN} bits.")
    return key
