"""Trusted documents: operations that were looked at before, asked for by their SHA-256.

The manifest is a JSON object, SHA-256 in hexadecimal → document; `python -m gateway.trusted` makes
one from a folder. A client sends `documentId: "sha256:<hex>"` instead of `query`.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import orjson

from gateway.settings import Settings
from gateway.transport.faults import ErrorCode, refused
from gateway.transport.reading import GraphQLRequest
from shared.kernel.text import Text

PREFIX = "sha256:"

UNKNOWN = Text(
    de="Diese Kennung steht nicht im Verzeichnis der geprüften Abfragen.",
    en="This id is not in the manifest of trusted documents.",
)
ONLY_TRUSTED = Text(
    de="Hier werden nur geprüfte Abfragen angenommen; bitte `documentId` statt `query` senden.",
    en="Only trusted documents are accepted here; send `documentId` instead of `query`.",
)


class ManifestUnreadable(Exception):
    """The gateway does not start with a manifest that is not what it says."""


class TrustedDocuments:
    def __init__(self, by_digest: Mapping[str, str], *, is_only: bool) -> None:
        self._by_digest = by_digest
        self._is_only = is_only

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Raises ManifestUnreadable."""
        path = settings.trusted_documents
        return cls(
            {} if path is None else read_manifest(path), is_only=settings.trusted_documents_only
        )

    def text_of(self, request: GraphQLRequest) -> str:
        """The document to execute. Raises RequestFault for one unknown or not trusted."""
        if request.document_id is None:
            if self._is_only:
                raise refused(ErrorCode.DOCUMENT_NOT_TRUSTED, ONLY_TRUSTED)
            assert request.query is not None
            return request.query
        found = self._by_digest.get(request.document_id.removeprefix(PREFIX))
        if found is None or not request.document_id.startswith(PREFIX):
            raise refused(ErrorCode.DOCUMENT_UNKNOWN, UNKNOWN)
        return found


def digest_of(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def read_manifest(path: Path) -> dict[str, str]:
    """Raises ManifestUnreadable unless every document has the digest it stands under."""
    try:
        manifest = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as fault:
        raise ManifestUnreadable(f"{path}: no JSON that can be read") from fault
    if not isinstance(manifest, dict):
        raise ManifestUnreadable(f"{path}: no JSON object")
    for digest, document in manifest.items():
        if not isinstance(document, str) or digest_of(document) != digest:
            raise ManifestUnreadable(f"{path}: {digest} is not the SHA-256 of its document")
    return manifest
