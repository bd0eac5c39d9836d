"""Text for Windows-1252: characters it has stay, all others are written in Latin letters.

Every character that was replaced is told (R-I4); nothing becomes a question mark in silence.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anyascii import anyascii

WINDOWS_1252 = "cp1252"
# What has no letter at all, such as a sign of a private font.
WITHOUT_LETTER = "?"
# Places named for each character; `count` counts on.
LINES_TOLD_MAX = 20
# Marks on a letter before them, and characters that nobody sees.
UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})


@dataclass(slots=True)
class Replacement:
    """One character that Windows-1252 has not; `lines` counts the header as line 1."""

    character: str
    replacement: str
    count: int = 0
    lines: list[int] = field(default_factory=list)

    def document(self) -> Mapping[str, Any]:
        return {
            "character": self.character,
            "codePoint": f"U+{ord(self.character):04X}",
            "replacement": self.replacement,
            "count": self.count,
            "lines": self.lines,
        }


@dataclass(slots=True)
class Transliteration:
    """The report on one file, in the order in which the characters came."""

    replaced: dict[str, Replacement] = field(default_factory=dict)

    def write(self, text: str, line: int) -> str:
        """The text in characters of Windows-1252 alone."""
        composed = unicodedata.normalize("NFC", text)
        if _fits(composed):
            return composed
        return "".join(one if _fits(one) else self._replace(one, line) for one in composed)

    def _replace(self, character: str, line: int) -> str:
        known = self.replaced.get(character)
        if known is None:
            known = self.replaced[character] = Replacement(character, _letters(character))
        known.count += 1
        if line not in known.lines and len(known.lines) < LINES_TOLD_MAX:
            known.lines.append(line)
        return known.replacement


def _fits(text: str) -> bool:
    try:
        text.encode(WINDOWS_1252)
    except UnicodeEncodeError:
        return False
    return True


def _letters(character: str) -> str:
    found = anyascii(character)
    if found or unicodedata.category(character) in UNSEEN:
        return found
    return WITHOUT_LETTER
