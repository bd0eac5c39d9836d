"""What somebody types to find a name: Latin, Cyrillic spelled in Latin, or the original script."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from services.cases.domain.cologne import sounds_of
from services.cases.domain.latin import search_key

# The spelling usual in German papers for Ukrainian, Russian and Bulgarian names.
CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "w", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "je", "ё": "jo",
    "ж": "sch", "з": "s", "и": "i", "і": "i", "ї": "ji", "й": "j", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "ch",
    "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "ju", "я": "ja",
}  # fmt: skip


def latin_of(name: str) -> str:
    """The name with Cyrillic letters spelled in Latin; other scripts stay as they are."""
    return "".join(
        CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", name.casefold())
    )


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What stands in the search index, and what is asked of it. Never shown as a name.

    `original` is the folded name in its own script; `sounds` are Cologne codes of its words.
    """

    latin: str | None
    original: str | None
    sounds: tuple[str, ...]


def keys_of_name(family_name: str, given_names: str, original_name: str | None) -> NameKeys:
    name = f"{family_name} {given_names}"
    original = None if original_name is None else search_key(original_name) or None
    return NameKeys(search_key(name), original, tuple(sounds_of(name)))


def asked_keys(text: str) -> NameKeys:
    """The keys of a search text in whatever script."""
    latin = search_key(latin_of(text))
    is_latin = any("a" <= letter <= "z" for letter in latin)
    return NameKeys(
        latin if is_latin else None,
        None if search_key(text).isascii() else search_key(text) or None,
        tuple(sounds_of(latin)) if is_latin else (),
    )
