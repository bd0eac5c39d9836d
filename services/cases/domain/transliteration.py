"""What somebody types to find a name, in whatever script and spelling; never shown as a name.

Two ways lead from another script to Latin letters. Scripts that write their vowels are spelled out
and compared like any other spelling. Scripts that leave vowels out (Arabic, Persian, Urdu, Hebrew,
and after transliteration the Indic ones) are compared by their consonants: محمد, Muhammad and
Mohammed have the skeleton `mhmt`.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

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
# Raise it with any change of the rules below: the worker computes older keys anew.
KEYS_VERSION: Final = 1
ARABIC_ARTICLE: Final = "ال"
SKELETON_LENGTH_MIN: Final = 2
# One digit alone is the sound of every tenth name.
SOUND_LENGTH_MIN: Final = 2
# Longest first: several letters that are one consonant, in German, English or French spelling.
_ONE_CONSONANT: Final = (
    ("tsch", "s"), ("dsch", "s"), ("sch", "s"), ("ch", "h"), ("kh", "h"), ("sh", "s"),
    ("th", "t"), ("dh", "t"), ("dj", "s"), ("gh", "k"), ("ph", "f"), ("ck", "k"), ("ts", "s"),
)  # fmt: skip
# Consonants that spellings interchange; vowels, half-vowels and silent letters fall away.
_KIND: Final = {
    "b": "b", "p": "b", "c": "k", "k": "k", "q": "k", "g": "k", "d": "t", "t": "t", "f": "f",
    "h": "h", "x": "h", "j": "s", "l": "l", "m": "m", "n": "n", "r": "r", "s": "s", "z": "s",
}  # fmt: skip


def latin_of(name: str) -> str:
    """The name spelled in Latin letters: Cyrillic as in German papers, other scripts by their
    usual romanisation; Chinese, Japanese and Korean syllables become words of their own.
    """
    return "".join(map(_spelled, unicodedata.normalize("NFC", name))).strip()


def _spelled(letter: str) -> str:
    folded = letter.casefold()
    if folded in CYRILLIC:
        return CYRILLIC[folded]
    if letter.isascii() or "LATIN" in unicodedata.name(letter, ""):
        return folded
    latin = anyascii(letter)
    # A syllable begins with a capital; only its first letter has one.
    return f" {latin.lower()} " if len(latin) > 1 and latin[0].isupper() else latin.lower()


def skeleton_of(word: str) -> str:
    """The consonants of a word in Latin letters, alike for the spellings of one name."""
    letters = search_key(word)
    for several, one in _ONE_CONSONANT:
        letters = letters.replace(several, one)
    # Only heard at the end of a syllable, and written as often as not.
    letters = re.sub(r"h\b", "", letters)
    kinds = "".join(_KIND.get(letter, "") for letter in letters)
    return re.sub(r"(.)\1+", r"\1", kinds)


def skeletons_of(name: str) -> tuple[str, ...]:
    """The skeletons of the words of a name, each once, sorted; too short ones say nothing."""
    found = {skeleton_of(word) for word in latin_of(_without_articles(name)).split()}
    return tuple(sorted(one for one in found if len(one) >= SKELETON_LENGTH_MIN))


def _without_articles(name: str) -> str:
    return re.sub(rf"\b{ARABIC_ARTICLE}(?=\w\w)", "", unicodedata.normalize("NFC", name))


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What stands in the search index, and what is asked of it. Never shown as a name.

    `original` is the folded name in its own script, `spelled` the same in Latin letters; `sounds`
    are Cologne codes of the words. A skeleton stands with the script that it comes from, `l:` for
    a Latin name and `o:` for the original, and is asked for in the other one: among Latin names
    alone it would find too much.
    """

    latin: str | None
    original: str | None
    spelled: str | None
    sounds: tuple[str, ...]
    skeletons: tuple[str, ...]


def keys_of_name(family_name: str, given_names: str, original_name: str | None) -> NameKeys:
    """What stands in the index for a person."""
    name = f"{family_name} {given_names}"
    original = None if original_name is None else search_key(original_name) or None
    spelled = None if original_name is None else search_key(latin_of(original_name)) or None
    sounds = sounds_of(name) if spelled is None else sounds_of(f"{name} {spelled}")
    skeletons = [f"l:{one}" for one in skeletons_of(name)]
    skeletons += [f"o:{one}" for one in skeletons_of(original_name or "")]
    return NameKeys(search_key(name), original, spelled, tuple(sounds), tuple(skeletons))


def asked_keys(text: str) -> NameKeys:
    """The keys of a search text in whatever script."""
    latin = search_key(latin_of(text))
    is_latin_script = search_key(text).isascii()
    # The original is compared with Latin names, Latin text with originals.
    side = "o:" if is_latin_script else "l:"
    return NameKeys(
        latin or None,
        None if is_latin_script else search_key(text) or None,
        latin or None,
        tuple(code for code in sounds_of(latin) if len(code) >= SOUND_LENGTH_MIN),
        tuple(f"{side}{one}" for one in skeletons_of(text)),
    )


def asked_for_person(family_name: str, given_names: str, original_name: str | None) -> NameKeys:
    """What to ask when looking for other records of a person: both scripts at once."""
    keys = keys_of_name(family_name, given_names, original_name)
    crossed = tuple(("o:" if one[0] == "l" else "l:") + one[2:] for one in keys.skeletons)
    # All codes of a list must fit; those of the Latin name alone are asked for.
    own = tuple(sounds_of(f"{family_name} {given_names}"))
    only_latin = tuple(one for one in crossed if one.startswith("o:"))
    return NameKeys(keys.latin, keys.original, keys.latin, own, only_latin)
