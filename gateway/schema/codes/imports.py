"""Codes of imports, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of an import.", "Stand einer Übernahme."))
class ImportState(Enum):
    ANNOUNCED = code("ANNOUNCED", "Announced, without a file", "Angelegt, ohne Datei")
    RECEIVED = code("RECEIVED", "File received", "Datei empfangen")
    RUNNING = code("RUNNING", "Running", "Läuft")
    DONE = code("DONE", "Done", "Fertig")
    FAILED = code("FAILED", "Failed", "Fehlgeschlagen")
    CANCELLED = code("CANCELLED", "Cancelled", "Abgebrochen")


@strawberry.enum(description=both("Format of the file.", "Format der Datei."))
class ImportFormat(Enum):
    NDJSON = code("NDJSON", "One JSON document a line", "Ein JSON-Dokument je Zeile")
    CSV = code("CSV", "Table with a mapping of its columns", "Tabelle mit Zuordnung der Spalten")
