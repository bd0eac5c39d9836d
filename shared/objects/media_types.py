"""What files may be, seen by their first bytes, and what a scanner said of them."""

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
HEAD_BYTES: Final = 512
UTF8_TAIL_MAX: Final = 3  # a head may end inside a character of up to four bytes


def media_type_of(head: bytes) -> str:
    """The media type that the first bytes show, whatever the sender claims.

    Raises ContentTypeRefused; markup is refused, too, so that nothing runs in a browser.
    """
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head and _is_plain_text(head[:HEAD_BYTES]):
        return "text/plain"
    raise ContentTypeRefused


def _is_plain_text(head: bytes) -> bool:
    try:
        text = head.decode()
    except UnicodeDecodeError as broken:
        if broken.start < len(head) - UTF8_TAIL_MAX:
            return False
        text = head[: broken.start].decode()
    is_markup = text.lstrip("\ufeff \t\r\n").startswith("<")
    return not is_markup and all(c.isprintable() or c in "\t\r\n\ufeff" for c in text)
