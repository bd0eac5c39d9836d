"""Invented values: the same for the same original within one key, and no way back without it."""

import hashlib
import hmac
from calendar import monthrange
from dataclasses import dataclass
from typing import Any, Final

KEY_BYTES: Final = 32
CONSONANTS: Final = "bdfgklmnprstvz"
VOWELS: Final = "aeiou"
REMOVED: Final = "[entfernt] [removed]"


@dataclass(frozen=True, slots=True)
class Invented:
    """Makes values under a key. Whoever has the key can try originals: delete it afterwards."""

    key: bytes

    def number(self, kind: str, original: str) -> int:
        digest = hmac.new(self.key, f"{kind}\n{original}".encode(), hashlib.sha256).digest()
        return int.from_bytes(digest[:12])

    def family_name(self, original: str) -> str:
        """A name of four syllables that nobody bears, such as `Belutamo`."""
        return self._syllables(self.number("family name", original), 4)

    def given_names(self, original: str) -> str:
        """As many names as there were, so that forms show what they do with several."""
        names = original.split()
        return " ".join(self._syllables(self.number("given name", one), 3) for one in names)

    def birth_date(self, original: str) -> str:
        """Another day of the same year, as exact as the original: ages stay about right."""
        year, *rest = original.split("-")
        if not rest:
            return original
        drawn = self.number("birth date", original)
        month = drawn % 12 + 1
        if len(rest) == 1:
            return f"{year}-{month:02}"
        day = drawn // 12 % monthrange(int(year), month)[1] + 1
        return f"{year}-{month:02}-{day:02}"

    def actor(self, original: str) -> str:
        """Issuer's alias and an invented subject: who did what stays comparable."""
        issuer, _, _ = original.partition("|")
        return f"{issuer}|{self.number('actor', original):024x}"

    def digits(self, original: str) -> str:
        """The same shape with other digits and letters: `KD-204` becomes `QX-981`."""
        drawn = self.number("digits", original)
        written = []
        for character in original:
            drawn, rest = divmod(drawn, 26)
            if character.isdigit():
                written.append(str(rest % 10))
            elif character.isalpha():
                written.append(chr(ord("A") + rest))
            else:
                written.append(character)
            drawn = drawn or self.number("digits", "".join(written))
        return "".join(written)

    @staticmethod
    def _syllables(drawn: int, count: int) -> str:
        written = ""
        for _ in range(count):
            drawn, consonant = divmod(drawn, len(CONSONANTS))
            drawn, vowel = divmod(drawn, len(VOWELS))
            written += CONSONANTS[consonant] + VOWELS[vowel]
        return written.capitalize()


def removed(_: Invented, original: Any) -> Any:
    """Words that people wrote."""
    return REMOVED if original else original


def nothing(_: Invented, __: Any) -> None:
    return None


def no_words(_: Invented, __: Any) -> list[Any]:
    return []


def no_members(_: Invented, __: Any) -> dict[str, Any]:
    return {}


def no_bytes(_: Invented, __: Any) -> bytes:
    return b""
