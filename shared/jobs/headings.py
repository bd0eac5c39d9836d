"""German headings of members that lists of several services have."""

from collections.abc import Mapping
from typing import Final

COMMON_HEADINGS: Final[Mapping[str, str]] = {
    "id": "Kennung",
    "version": "Version",
    "state": "Status",
    "unitId": "Stelle",
    "createdAt": "Angelegt am",
    "updatedAt": "Geändert am",
    "recordedAt": "Erfasst am",
    "recordedBy": "Erfasst von",
    "validFrom": "Gültig ab",
    "validTo": "Gültig bis",
    "kind": "Art",
    "title": "Titel",
    "reference": "Aktenzeichen",
    "number": "Nummer",
    "amount": "Betrag",
    "caseId": "Fall",
    "language": "Sprache",
    "languages": "Sprachen",
    "topic": "Thema",
    "reason": "Grund",
    "allowedActions": "Mögliche Schritte",
    "maskedFields": "Verdeckte Angaben",
    "recipientUnit": "Empfangende Stelle",
    "outcome": "Ergebnis",
    "municipalityAgs": "Gemeinde (AGS)",
    "code": "Code",
    "dueOn": "Fällig am",
    "externalIds": "Fremde Kennungen",
    "sha256": "Prüfsumme (SHA-256)",
    "assignee": "Zuständig",
    "purpose": "Zweck",
}
