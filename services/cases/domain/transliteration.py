"""What somebody types to find a name, in whatever script and spelling; never shown as a name.

Two ways lead from another script to Latin letters. Scripts that write their vowels are spelled out
and compared like any other spelling. Scripts that leave vowels out (Arabic, Persian, Urdu, Hebrew,
and after transliteration the Indic ones) are compared by their consonants: محمد, Muhammad and
Mohammed have the skeleton `mhmt`.
"""

import itertools
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
KEYS_VERSION: Final = 2
ARABIC_ARTICLE: Final = "ال"
SKELETON_LENGTH_MIN: Final = 2
# Longer ones tell no more, and an index entry has its measure.
SKELETON_LENGTH_MAX: Final = 40
# Family names of two characters; all others have one.
COMPOUND_FAMILY_NAMES: Final = frozenset({
    "诸葛", "諸葛", "欧阳", "歐陽", "司马", "司馬", "上官", "夏侯", "尉迟", "尉遲", "皇甫", "公孙",
    "公孫", "慕容", "长孙", "長孫",
    "宇文", "司徒", "司空", "端木", "令狐", "东方", "東方", "南宫", "南宮",
})  # fmt: skip
_HAN_NAME: Final = re.compile(r"(?<!\w)[\u3400-\u9fff]{2,4}(?!\w)")
_GEEZ_CONSTRUCT: Final = re.compile(r"([\u1200-\u135a])\s+(?=[\u1200-\u135a])")
_BET: Final = "ב"
_SILENT_HE: Final = re.compile(r"ה\b")
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
    usual romanisation. A Chinese name becomes two words, as on its bearer's papers; Korean
    syllables become words of their own.
    """
    text = unicodedata.normalize("NFC", name)
    text = _SILENT_HE.sub("a", _GEEZ_CONSTRUCT.sub(_as_one_word, text))
    text = _HAN_NAME.sub(lambda found: _two_words(found[0]), text)
    return "".join(map(_spelled, text)).strip()


def _two_words(name: str) -> str:
    """Family name and given names of a Chinese name, each one word."""
    length = 2 if name[:2] in COMPOUND_FAMILY_NAMES and len(name) > 2 else 1  # noqa: PLR2004 - characters
    return " ".join("".join(map(anyascii, part)).lower() for part in (name[:length], name[length:]))


def _as_one_word(found: re.Match[str]) -> str:
    """ገብረ መድህን is one name: the first letter of a row (-ä) marks what belongs to the next word."""
    is_construct = ord(found[1]) % 8 == 0
    return found[1] if is_construct else found[0]


def _spelled(letter: str) -> str:
    folded = letter.casefold()
    if folded in CYRILLIC:
        return CYRILLIC[folded]
    if letter == _BET:
        return "b"
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
    return re.sub(r"(.)\1+", r"\1", kinds)[:SKELETON_LENGTH_MAX]


def skeletons_of(name: str) -> tuple[str, ...]:
    """The skeletons of the words of a name, each once, sorted; too short ones say nothing."""
    found = {skeleton_of(word) for word in latin_of(_without_articles(name)).split()}
    return tuple(sorted(one for one in found if len(one) >= SKELETON_LENGTH_MIN))


def _kept_skeletons(name: str) -> set[str]:
    """Those of the index: also of two words written as one, and of what is heard differently.

    ב is heard as b or v: a name with a v may be looked for by its ב, and a ב by its v.
    """
    words = latin_of(_without_articles(name)).split()
    pairs = ["".join(pair) for pair in itertools.pairwise(words)]
    heard = [re.sub("(?<!^)[vw]", "b", word) for word in words]
    if _BET in name:
        heard += [re.sub("(?<!^)b", "", word) for word in words]
    found = {skeleton_of(word) for word in (*words, *pairs, *heard)}
    return {one for one in found if len(one) >= SKELETON_LENGTH_MIN}


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
    skeletons = [f"l:{one}" for one in _kept_skeletons(name)]
    skeletons += [f"o:{one}" for one in _kept_skeletons(original_name or "")]
    return NameKeys(search_key(name), original, spelled, tuple(sounds), tuple(sorted(skeletons)))


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
    asked = skeletons_of(f"{family_name} {given_names}")
    # All codes of a list must fit; those of the Latin name alone are asked for.
    own = tuple(sounds_of(f"{family_name} {given_names}"))
    only_latin = tuple(f"o:{one}" for one in asked)
    return NameKeys(keys.latin, keys.original, keys.latin, own, only_latin)
