"""Documents of a case: what kinds there are, what their bytes must be, when they may be read."""

from enum import StrEnum

from shared.kernel.errors import Conflict
from shared.kernel.text import Text
from shared.objects.media_types import ScanState


class DocumentKind(StrEnum):
    CONSENT_FORM = "CONSENT_FORM"
    CERTIFICATE = "CERTIFICATE"
    DECISION = "DECISION"
    LETTER = "LETTER"
    PLAN = "PLAN"
    OTHER = "OTHER"


def is_stored(sha256: str | None, scan_state: str | None) -> bool:
    """Whether the bytes are there and nothing bad was found in them."""
    return sha256 is not None and scan_state != ScanState.INFECTED


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
