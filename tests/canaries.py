"""Words that stand for a person's data in a trial, found again in whatever form they leave.

A word is `Ztok` and sixteen letters, looked for without regard to case: no normal form alters it.
What has a form of its own (a telephone number, a date) is looked for as it is written.
"""

import base64
import binascii
import html
import io
import re
import secrets
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from itertools import count
from typing import Final

# Names have no digits.
LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
LAYERS_MAX: Final = 3
UNPACKED_MAX: Final = 5_000_000
# Nobody who is looked for in a trial was born on a day of our own time.
FIRST_BIRTHDAY: Final = date(1903, 1, 1)

_WORD = re.compile(rb"ztok[a-p]{16}")
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{22,}={0,2}")
_ESCAPE = re.compile(rb"\\u([0-9a-fA-F]{4})")
_BYTE = re.compile(rb"\\+x([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_GZIP_IN_BASE64: Final = b"H4sI"
_days = count()
_numbers = count(secrets.randbelow(10**9))


def _base64_cores(text: str) -> Iterator[bytes]:
    """What of the text stands in base64 whatever stands before and after it."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        for before in range(3):
            letters = base64.b64encode(bytes(before) + raw)
            whole = (before + len(raw)) * 8 // 6
            yield letters[-(-before * 8 // 6) : whole]


_IN_BASE64: Final = (_GZIP_IN_BASE64, *_base64_cores("Ztok"))


class Canaries:
    """The words given out, each with what it stands for."""

    def __init__(self) -> None:
        self._words: dict[bytes, Hashable] = {}
        self._written: dict[bytes, Hashable] = {}

    def word(self, what: Hashable) -> str:
        letters = secrets.token_hex(8).translate(LETTERS)
        word = f"Ztok{letters}"
        self._words[word.lower().encode()] = what
        return word

    def phone(self, what: Hashable) -> str:
        number = f"0{2_000_000_000 + next(_numbers) % 10**9}1"
        self._written[number.encode()] = what
        return number

    def birth_date(self, what: Hashable) -> str:
        day = FIRST_BIRTHDAY + timedelta(days=next(_days))
        self._written[day.isoformat().encode()] = what
        self._written[f"{day:%d.%m.%Y}".encode()] = what
        return day.isoformat()

    def in_(self, content: bytes) -> set[Hashable]:
        """What the words stand for that stand in it, in whatever form."""
        found: set[Hashable] = set()
        for view in views(content):
            words = set(_WORD.findall(view)) & self._words.keys()
            found |= {self._words[word] for word in words}
            found |= {what for text, what in self._written.items() if text in view}
        return found


def views(content: bytes, layers: int = LAYERS_MAX) -> Iterator[bytes]:
    """The content as it is, and with each coating taken off that somebody may have put on it."""
    yield content.lower()
    if layers == 0:
        return
    for inner in _uncoated(content):
        if inner and inner != content:
            yield from views(inner, layers - 1)


def _uncoated(content: bytes) -> Iterator[bytes]:
    if b"%" in content:
        yield urllib.parse.unquote_to_bytes(content)
    if b"\\u" in content:
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)).encode(errors="ignore"), content)
    if b"\\x" in content:  # bytes as Python and psql write them
        yield _BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), content)
    if b"&#" in content:
        yield html.unescape(content.decode(errors="ignore")).encode()
    if b"\0" in content:  # UTF-16 and UTF-32 of plain letters
        yield content.replace(b"\0", b"")
    if not content.isascii():
        yield unicodedata.normalize("NFKD", content.decode(errors="ignore")).encode()
    yield from _unpacked(content)
    yield from _decoded(content)


def _decoded(content: bytes) -> Iterator[bytes]:
    """Base64 and its variant for addresses, from each of the four places where it may begin."""
    if not any(core in content for core in _IN_BASE64):
        return
    for found in _RUN.finditer(content):
        run = found[0].rstrip(b"=")
        letters = run.replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = letters[start:]
            try:
                yield base64.b64decode(part[: len(part) // 4 * 4] + _rest(part))
            except binascii.Error:
                continue


def _rest(part: bytes) -> bytes:
    over = part[len(part) // 4 * 4 :]
    return over + b"=" * (4 - len(over)) if len(over) > 1 else b""


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What gzip, zlib (as in PDF) and zip have packed, wherever it begins."""
    for found in _STREAM.finditer(content):
        packed = content[found.start() :]
        if packed.startswith(b"PK"):
            yield from _files(packed)
            return
        try:
            yield zlib.decompressobj(47).decompress(packed, UNPACKED_MAX)
        except zlib.error:
            continue


def _files(packed: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                yield archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, zlib.error):
        return
