"""Kölner Phonetik (Postel 1969): one digit code for German names that sound alike.

Made for the sounds of German, where Soundex is not: Meier, Maier and Mayr share a code.
"""

from typing import Final

from services.cases.domain.latin import search_key

_PLAIN: Final = dict.fromkeys("aeijouy", "0") | {
    "b": "1", "f": "3", "v": "3", "w": "3", "g": "4", "k": "4", "q": "4", "l": "5",
    "m": "6", "n": "6", "r": "7", "s": "8", "z": "8",
}  # fmt: skip
_C_HARD_AT_START: Final = frozenset("ahkloqrux")
_C_HARD: Final = frozenset("ahkoqux")


def sound_of(word: str) -> str:
    """The code of one word; `"65752682"` for Müller-Lüdenscheidt, empty for no Latin letter."""
    letters = [letter for letter in search_key(word) if "a" <= letter <= "z" or letter == "ß"]
    digits = "".join(
        _digits(letter, letters[place - 1] if place else "", "".join(letters[place + 1 :])[:1])
        for place, letter in enumerate(letters)
    )
    single = "".join(
        digit for place, digit in enumerate(digits) if place == 0 or digits[place - 1] != digit
    )
    return single[:1] + single[1:].replace("0", "")


def sounds_of(name: str) -> list[str]:
    """The codes of all words of a name, each once, sorted."""
    return sorted({code for word in search_key(name).split() if (code := sound_of(word))})


def _digits(letter: str, before: str, after: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        return _c(before, after)
    return "8" if letter == "ß" else ""


def _c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _C_HARD_AT_START else "8"
    return "4" if before not in "sz" and after in _C_HARD else "8"
