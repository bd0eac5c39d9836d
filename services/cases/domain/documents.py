"""Documents of a case: what kinds there are, what their bytes must be, when they may be read."""

from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, NotFound, RuleViolated
from shared.kernel.text import Text


class DocumentKind(StrEnum):
    CONSENT_FORM = "CONSENT_FORM"
    CERTIFICATE = "CERTIFICATE"
    DECISION = "DECISION"
    LETTER = "LETTER"
    PLAN = "PLAN"
    OTHER = "OTHER"


class ScanState(StrEnum):
    """PENDING: there is a scanner and it has not answered yet; NOT_SCANNED: there is none."""

    PENDING = "PENDING"
    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    NOT_SCANNED = "NOT_SCANNED"


READABLE: Final = frozenset({ScanState.CLEAN, ScanState.NOT_SCANNED})


def is_stored(sha256: str | None, scan_state: str | None) -> bool:
    """Whether the bytes are there and nothing bad was found in them."""
    return sha256 is not None and scan_state != ScanState.INFECTED


class ContentTypeRefused(RuleViolated):
    code = "content-type-refused"
    title = Text(
        de="Angenommen werden PDF, PNG, JPEG, TIFF und Text in UTF-8, erkannt am Inhalt.",
        en="Accepted are PDF, PNG, JPEG, TIFF and text in UTF-8, recognised by content.",
    )


class DocumentHasContent(Conflict):
    code = "document-has-content"
    title = Text(
        de="Dieses Dokument hat schon einen anderen Inhalt; bitte ein neues anlegen.",
        en="This document has other content already; make a new one.",
    )


class DocumentHasNoContent(Conflict):
    code = "document-has-no-content"
    title = Text(
        de="Zu diesem Dokument ist noch nichts hochgeladen.",
        en="Nothing has been uploaded for this document yet.",
    )


class DocumentNotReleased(Conflict):
    code = "document-not-released"
    title = Text(
        de="Das Dokument ist nicht freigegeben: die Virenprüfung fehlt oder schlug an.",
        en="The document is not released: the malware scan is missing or raised an alarm.",
    )


class ContentLost(NotFound):
    """Announced, received, and not in the store any more: a fault of the installation."""

    code = "content-lost"
    title = Text(
        de="Der Inhalt dieses Dokuments ist im Speicher nicht mehr vorhanden; bitte die "
        "Systemverwaltung benachrichtigen.",
        en="The content of this document is not in the store any more; please tell the system "
        "administration.",
    )


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
