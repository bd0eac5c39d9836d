"""What files may be, seen by their bytes, and what a scanner said of them."""

import codecs
import re
from enum import StrEnum
from typing import Final

from shared.objects.errors import ContentTypeRefused


class ScanState(StrEnum):
    """PENDING: there is a scanner and it has not answered yet; NOT_SCANNED: there is none."""

    PENDING = "PENDING"
    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    NOT_SCANNED = "NOT_SCANNED"


READABLE: Final = frozenset({ScanState.CLEAN, ScanState.NOT_SCANNED})


SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
PLAIN_TEXT: Final = "text/plain"
ENDINGS: Final = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    PLAIN_TEXT: (".txt",),
}
# Readers of PDF look for its head, and browsers for markup, this far.
HEAD_BYTES: Final = 1024
MARKUP: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|\?xml-stylesheet)\b",
    re.IGNORECASE,
)
# Text that is a program or a document to others: markup, scripts, RTF, the head of a picture.
NO_TEXT: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*(?:<|#!|GIF8|%!PS|\{\\rtf)")
NOT_PRINTED: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
# A ZIP is read from its end, whatever stands before it: that end, of an archive in one part, and
# how far from the end of the file a comment may push it.
ZIP_END: Final = b"PK\x05\x06\x00\x00\x00\x00"
ZIP_TAIL_BYTES: Final = 22 + 65_535


def media_type_of(content: bytes) -> str:
    """The media type of what is there as a whole, whatever the sender claims.

    Raises ContentTypeRefused.
    """
    judge = Judge()
    judge.take(content)
    return judge.finish()


class Judge:
    """Looks at content piece by piece: it must be of one kind from its head to its end.

    Two kinds in one file deceive whoever looks at one of them only, be it a person, a scanner or
    a browser. Each method raises ContentTypeRefused.
    """

    def __init__(self) -> None:
        self._media_type = ""
        self._head = b""
        self._tail = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, chunk: bytes) -> None:
        if not self._media_type:
            self._head += chunk
            if len(self._head) < HEAD_BYTES:
                return
            self._begin()
            return
        self._go_on(chunk)

    def finish(self) -> str:
        """The media type."""
        if not self._media_type:
            self._begin()
        if self._media_type == PLAIN_TEXT:
            self._check_text(b"", is_last=True)
        elif ZIP_END in self._tail:
            raise ContentTypeRefused
        return self._media_type

    def _begin(self) -> None:
        head = self._head
        if MARKUP.search(head, 0, HEAD_BYTES):
            raise ContentTypeRefused
        found = (kind for signature, kind in SIGNATURES if head.startswith(signature))
        self._media_type = next(found, PLAIN_TEXT)
        if self._media_type == PLAIN_TEXT:
            begin = head[:HEAD_BYTES]
            if not head or b"%PDF-" in begin or NO_TEXT.match(begin.decode(errors="ignore")):
                raise ContentTypeRefused
        self._go_on(head)
        self._head = b""

    def _go_on(self, chunk: bytes) -> None:
        if self._media_type == PLAIN_TEXT:
            self._check_text(chunk)
        else:
            self._tail = (self._tail + chunk)[-ZIP_TAIL_BYTES:]

    def _check_text(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            text = self._decoder.decode(chunk, final=is_last)
        except UnicodeDecodeError as broken:
            raise ContentTypeRefused from broken
        if NOT_PRINTED.search(text):
            raise ContentTypeRefused
