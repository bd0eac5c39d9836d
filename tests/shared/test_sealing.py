"""Secrets at rest."""

import base64

import pytest

from shared.auth.sealing import SealingIsNotSetUp, SealingKeys, SealIsBroken

OLD, NEW = b"o" * 32, b"n" * 32


def text(*keys: bytes) -> str:
    return ",".join(base64.b64encode(key).decode() for key in keys)


def test_what_is_sealed_opens_at_its_place_alone() -> None:
    keys = SealingKeys((OLD,))
    sealed = keys.seal(b"whsec", place="05570/webhook-endpoint/1")
    assert keys.open(sealed, place="05570/webhook-endpoint/1") == b"whsec"
    for place in ("05566/webhook-endpoint/1", "05570/webhook-endpoint/2", ""):
        with pytest.raises(SealIsBroken):
            keys.open(sealed, place=place)


def test_the_same_secret_never_looks_the_same_and_is_not_contained() -> None:
    keys = SealingKeys((OLD,))
    first, second = (keys.seal(b"secret-of-a-partner", place="p") for _ in range(2))
    assert first != second
    assert b"secret-of-a-partner" not in first


def test_every_changed_byte_breaks_the_seal() -> None:
    keys = SealingKeys((OLD,))
    sealed = keys.seal(b"whsec", place="p")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SealIsBroken):
            keys.open(bytes(changed), place="p")
    for short in (b"", sealed[:1], sealed[:10], sealed[:-1]):
        with pytest.raises(SealIsBroken):
            keys.open(short, place="p")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    before = SealingKeys.parse(text(OLD)).seal(b"a", place="p")
    keys = SealingKeys.parse(text(NEW, OLD))
    assert keys.open(before, place="p") == b"a"
    after = keys.seal(b"b", place="p")
    with pytest.raises(SealIsBroken):
        SealingKeys.parse(text(OLD)).open(after, place="p")


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(SealingIsNotSetUp):
        SealingKeys.parse("").seal(b"a", place="p")


@pytest.mark.parametrize("bad", ["short", text(b"x" * 31), text(b"x" * 33), "%%%%"])
def test_a_key_that_is_none_stops_the_start(bad: str) -> None:
    with pytest.raises(ValueError, match="sealing key"):
        SealingKeys.parse(bad)
