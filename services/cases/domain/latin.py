"""The characters of names of natural persons: DIN 91379:2022-08, datatype A.

The set is normative: 500 Latin letters, 149 sequences of a letter with combining marks, and 18
signs (group N1). Public registers exchange names in exactly this set; a name in another script is
kept beside its Latin form, never instead of it. Names are stored in Unicode NFC and never folded.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LETTER_RANGES: Final = (
    "0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F 0197 01A0-01A1 01AF-01B0 "
    "01B7 01CD-01DC 01DE-01DF 01E2-01F0 01F4-01F5 01F8-01FF 0212-0213 0218-021B 021E-021F "
    "0227-0233 0259 0268 0292 1E02-1E03 1E06-1E07 1E0A-1E11 1E17 1E1C-1E2B 1E2F-1E37 1E3A-1E3B "
    "1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9"
)
SIGNS: Final = " ',-.`~\u00a8\u00b4\u00b7\u02b9\u02ba\u02be\u02bf\u02c8\u02cc\u2019\u2021"
# What follows a base letter, and the base letters it may follow.
SEQUENCES: Final = {
    "\u030b": "Aa",
    "\u0300": "CFGKMPSTZcfgkmpstz",
    "\u0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ",
    "\u0306": "CMNRZcmnrzÇç",
    "\u0308": "CTZczẠạỌọỤụ",
    "\u0315": "CKPTckptČč",
    "\u0323": "CPcpČč",
    "\u0326": "CHKLNchklnŽž",
    "\u0328\u0306": "Cc",
    "\u0302": "DKLMNdklmn",
    "\u0331": "HSs",
    "\u0301": "JjÿĪī",
    "\u030c": "J",
    "\u0307": "KUku",
    "\u031b": "KTkt",
    "\u035f\u0048": "K",
    "\u035f\u0068": "Kk",
    "\u0325": "LRlr",
    "\u0325\u0304": "LRlr",
    "\u0310": "Mm",
    "\u031b\u0304": "Ss",
    "\u0327": "ZzŽž",
    "\u030d": "ēō",
}

# Letters without a decomposition, for systems that hold Windows-1252 only.
_PLAIN: Final = {
    "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "q",
    "Ŀ": "L", "ŀ": "l", "Ł": "L", "ł": "l", "ŉ": "'n", "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t",
    "Ƈ": "C", "ƈ": "c", "Ə": "E", "ə": "e", "Ɨ": "I", "ɨ": "i", "Ʒ": "Z", "ʒ": "z",
    "Ǥ": "G", "ǥ": "g", "ẞ": "SS",
    "\u02b9": "'", "\u02ba": '"', "\u02be": "'", "\u02bf": "'", "\u02c8": "'", "\u02cc": ",",
}  # fmt: skip


def _letter_class() -> str:
    return "".join(
        "-".join(re.escape(chr(int(point, 16))) for point in part.split("-"))
        for part in LETTER_RANGES.split()
    )


def _pattern() -> re.Pattern[str]:
    # Longest sequence first, so that "L̥̄" is not read as "L̥" with a stray mark.
    sequences = "|".join(
        f"[{bases}]{marks}"
        for marks, bases in sorted(SEQUENCES.items(), key=lambda item: -len(item[0]))
    )
    return re.compile(f"(?:{sequences}|[{_letter_class()}{re.escape(SIGNS)}])*")


_DATATYPE_A: Final = _pattern()


@dataclass(frozen=True, slots=True)
class Replacement:
    """One letter that the target character set does not have, and what was written instead."""

    position: int
    original: str
    written: str


@dataclass(frozen=True, slots=True)
class LegacyName:
    """A name for a Windows-1252 system, with a report of every replaced letter (R-I4)."""

    text: str
    replacements: tuple[Replacement, ...]

    @property
    def is_exact(self) -> bool:
        return not self.replacements


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def is_datatype_a(text: str) -> bool:
    """Whether NFC text consists of characters and sequences of datatype A only."""
    return _DATATYPE_A.fullmatch(text) is not None


def windows_1252(text: str) -> LegacyName:
    """The name in Windows-1252: each foreign letter becomes its base letter, and is reported.

    Positions count characters of the NFC form. A letter is never silently lost and never becomes
    a question mark; every character of datatype A has a replacement.
    """
    written: list[str] = []
    replacements: list[Replacement] = []
    for position, letter in enumerate(nfc(text)):
        plain = _in_windows_1252(letter)
        written.append(plain)
        if plain != letter:
            replacements.append(Replacement(position, letter, plain))
    return LegacyName("".join(written), tuple(replacements))


def search_key(text: str) -> str:
    """Lower-case base letters, single spaces: for finding and comparing, never shown or stored
    as the name. German umlauts fold to the base letter, as their two-letter spelling does not.
    """
    spread = "".join(_base(letter) for letter in nfc(text))
    letters = re.sub(r"[^\w]+", " ", spread.casefold())
    return letters.strip()


def _in_windows_1252(letter: str) -> str:
    return letter if _fits(letter) else _base(letter)


@lru_cache(maxsize=4096)  # names have few different letters: half the time of a search key
def _base(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    decomposed = unicodedata.normalize("NFD", letter)
    base = "".join(part for part in decomposed if not unicodedata.combining(part))
    return _PLAIN.get(base, base)


def _fits(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
