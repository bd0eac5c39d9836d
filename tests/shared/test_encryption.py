"""Which public keys and which ciphertexts are taken, whatever is sent."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import RSAKey

from shared.auth.encryption import (
    JWE_CHARACTERS_MAX,
    CiphertextUnacceptable,
    KeyIsPrivate,
    KeyIsWeak,
    envelope_of,
    is_for,
    public_key,
)

KEY = RSAKey.generate_key(4096, private=True)
PUBLIC = dict(KEY.as_dict(private=False))
HEADER = {
    "alg": "RSA-OAEP-256",
    "enc": "A256GCM",
    "kid": KEY.thumbprint(),
    "cty": "application/json",
}
GOOD = jwe.encrypt_compact(HEADER, b"{}", KEY, algorithms=["RSA-OAEP-256", "A256GCM"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_what_is_asked_for_is_taken() -> None:
    envelope = envelope_of(GOOD)
    assert (envelope.key_id, envelope.key_bits) == (KEY.thumbprint(), 4096)
    assert is_for(envelope, PUBLIC["n"])
    kept = public_key(
        PUBLIC | {"kid": "mine", "x5u": "https://example.org", "key_ops": ["wrapKey"]}
    )
    assert (kept.key_id, kept.n, kept.e) == (KEY.thumbprint(), PUBLIC["n"], PUBLIC["e"])


@given(st.text(max_size=200) | st.text(alphabet="aA0-_.=+/", max_size=200))
def test_no_other_text_is_a_ciphertext(text: str) -> None:
    with pytest.raises(CiphertextUnacceptable):
        envelope_of(text)


@given(JSON)
def test_no_other_header_is_taken(head: Any) -> None:
    raw = json.dumps(head).encode()
    with pytest.raises(CiphertextUnacceptable):
        envelope_of(".".join([encoded(raw), *GOOD.split(".")[1:]]))


@given(st.sampled_from(sorted(HEADER)), JSON)
def test_each_member_of_the_header_has_its_value(name: str, value: Any) -> None:
    raw = json.dumps(HEADER | {name: value}).encode()
    compact = ".".join([encoded(raw), *GOOD.split(".")[1:]])
    if value == HEADER[name]:
        assert envelope_of(compact) == envelope_of(GOOD)
        return
    with pytest.raises(CiphertextUnacceptable):
        envelope_of(compact)


@given(st.integers(min_value=0, max_value=len(GOOD) - 1), st.sampled_from(".=+/ \n\u00e4\x00"))
def test_a_character_from_elsewhere_spoils_it(place: int, character: str) -> None:
    spoilt = f"{GOOD[:place]}{character}{GOOD[place + 1 :]}"
    if spoilt == GOOD:
        return
    with pytest.raises(CiphertextUnacceptable):
        envelope_of(spoilt)


def test_too_long_is_refused_before_it_is_read() -> None:
    head, key, vector, _, tag = GOOD.split(".")
    body = "A" * (JWE_CHARACTERS_MAX // 4 * 4)
    with pytest.raises(CiphertextUnacceptable):
        envelope_of(f"{head}.{key}.{vector}.{body}.{tag}")
    with pytest.raises(CiphertextUnacceptable):
        envelope_of("." * JWE_CHARACTERS_MAX)


def test_the_length_of_the_encrypted_key_is_that_of_the_modulus() -> None:
    head, _, vector, body, tag = GOOD.split(".")
    longer = envelope_of(".".join([head, encoded(b"\x01" * 1024), vector, body, tag]))
    assert longer.key_bits == 8192
    assert not is_for(longer, PUBLIC["n"])


@given(st.sampled_from(["d", "p", "q", "dp", "dq", "qi", "oth", "k"]), JSON)
def test_a_private_member_is_told_wherever_it_stands(name: str, value: Any) -> None:
    for jwk in (PUBLIC | {name: value}, {"keys": [{name: value}]}, {"a": {"b": [{name: value}]}}):
        with pytest.raises(KeyIsPrivate):
            public_key(jwk)


@given(st.dictionaries(st.sampled_from(["kty", "n", "e"]), JSON, min_size=1))
def test_whatever_else_is_sent_is_weak_and_no_fault(changes: dict[str, Any]) -> None:
    if all(PUBLIC[name] == value for name, value in changes.items()):
        return
    with pytest.raises((KeyIsWeak, KeyIsPrivate)):
        public_key(PUBLIC | changes)


def test_a_number_has_one_spelling() -> None:
    """Else a key that was revoked would come back under another thumbprint."""
    for changes in ({"n": f"AAAA{PUBLIC['n']}"}, {"e": "AAEAAQ"}, {"n": f"{PUBLIC['n']}="}):
        with pytest.raises(KeyIsWeak):
            public_key(PUBLIC | changes)


def test_a_key_too_deep_to_look_through_is_weak() -> None:
    nested: dict[str, Any] = {}
    for _ in range(10_000):
        nested = {"a": nested}
    with pytest.raises(KeyIsWeak):
        public_key(PUBLIC | nested)


def test_a_modulus_with_a_small_factor_is_weak() -> None:
    number = int.from_bytes(base64.urlsafe_b64decode(PUBLIC["n"] + "=="), "big")
    for factor in (2, 3, 997):
        multiple = number * factor
        raw = multiple.to_bytes((multiple.bit_length() + 7) // 8, "big")
        with pytest.raises(KeyIsWeak):
            public_key(PUBLIC | {"n": encoded(raw)})
