"""Who looks for a word must find it in every form in which it could leave."""

import base64
import gzip
import io
import json
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.canaries import Canaries

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


def _zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file.xml", content)
    return packed.getvalue()


FORMS: dict[str, Callable[[str], bytes]] = {
    "raw": lambda text: text.encode(),
    "capitals": lambda text: text.upper().encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "wide letters": lambda text: "".join(
        chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text
    ).encode(),
    "percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
    "percent of letters": lambda text: urllib.parse.quote(text).encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "JSON of escapes": lambda text: "".join(f"\\u{ord(one):04X}" for one in text).encode(),
    "HTML": lambda text: "".join(f"&#{ord(one)};" for one in text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 of the other order": lambda text: text.encode("utf-16-be"),
    "bytes in a log": lambda text: json.dumps({"found": repr(text.encode("utf-16"))}).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 in an address": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(b"="),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zip": lambda text: _zipped(text.encode()),
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(text.encode(), mtime=0)),
    "gzip of JSON": lambda text: gzip.compress(json.dumps({"a": [text]}).encode()),
}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20)
@given(before=TEXT, after=TEXT)
def test_a_word_is_found_in_whatever_form_it_leaves(form: str, before: str, after: str) -> None:
    canaries = Canaries()
    word = canaries.word("name")
    canaries.word("another")
    text = f"{before} {word}-Öztürk {after}"
    assert canaries.in_(b"\x01\x02" * 3 + FORMS[form](text)) == {"name"}


def test_numbers_and_dates_are_found_as_they_are_written() -> None:
    canaries = Canaries()
    phone, day = canaries.phone("phone"), canaries.birth_date("birth")
    year, month, number = day.split("-")
    for text in (phone, day, f"{number}.{month}.{year}"):
        assert len(canaries.in_(gzip.compress(f"x {text} y".encode()))) == 1
    assert canaries.in_(b"2026-01-01, 02504 933-0, Ztokabcdefghijklmnop") == set()
