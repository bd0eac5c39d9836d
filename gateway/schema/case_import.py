"""Imports: what was announced, how far the worker is, what made a file unusable."""

import strawberry

from gateway.schema.codes.imports import ImportFormat, ImportState
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "An import of cases; its file and its report stay at the REST interface.",
        "Eine Übernahme von Fällen; Datei und Bericht bleiben an der REST-Schnittstelle.",
    )
)
class CaseImport(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version.", "Fassung.")
    source_system: str = field(
        "Key of the system the file comes from.",
        "Kurzname des Verfahrens, aus dem die Datei kommt.",
    )
    format: ImportFormat = field("Format of the file.", "Format der Datei.")
    encoding: str = field("Encoding of its characters.", "Kodierung der Zeichen.")
    locale: str = field("How dates are written.", "Wie Daten geschrieben sind.")
    delimiter: str | None = field("Delimiter of the cells.", "Trennzeichen der Zellen.")
    mapping_name: str | None = field("Name of the mapping.", "Name der Zuordnung.")
    mapping_version: int | None = field("Version of the mapping.", "Fassung der Zuordnung.")
    is_dry_run: bool = field("Tried only, nothing is stored.", "Nur probiert, nichts gespeichert.")
    state: ImportState = field("State.", "Stand.")
    sha256: str | None = field("SHA-256 of the file.", "SHA-256 der Datei.")
    size_bytes: int | None = field("Size of the file in bytes.", "Größe der Datei in Byte.")
    rows_read: int = field("Rows read so far.", "Bisher gelesene Zeilen.")
    rows_created: int = field("Rows that made a case.", "Zeilen, die einen Fall anlegten.")
    rows_changed: int = field("Rows that changed a case.", "Zeilen, die einen Fall änderten.")
    rows_unchanged: int = field("Rows that said nothing new.", "Zeilen, die nichts Neues sagten.")
    rows_refused: int = field("Rows that were refused.", "Abgelehnte Zeilen.")
    failure: str | None = field(
        "Code of what made the file unusable.", "Schlüssel des Grundes, warum die Datei ausfiel."
    )
    failure_line: int | None = field("Line of the failure.", "Zeile des Fehlers.")
    failure_column: str | None = field("Column of the failure.", "Spalte des Fehlers.")
    failure_message: BothLanguages | None = field(
        "The failure in words, where one import is read.",
        "Der Fehler in Worten, wo eine einzelne Übernahme gelesen wird.",
    )
    requested_by: str = field("Who announced it.", "Wer sie anlegte.")
    requested_at: DateTime = field("When it was announced.", "Wann sie angelegt wurde.")
    started_at: DateTime | None = field("When it began to run.", "Wann sie anlief.")
    ended_at: DateTime | None = field("When it ended.", "Wann sie endete.")
    is_report_kept: bool = field("The report is still there.", "Der Bericht ist noch da.")
    unit_id: str = field("The unit that imports.", "Die Stelle, die übernimmt.")

    @strawberry.field(
        description=both(
            "Path at the case service: PUT stores the file, once.",
            "Pfad am Falldienst: PUT speichert die Datei, einmal.",
        )
    )
    def content_path(self) -> str:
        return f"/v1/imports/{self.record['id']}/content"

    @strawberry.field(
        description=both(
            "Path at the case service: GET reads the report row by row.",
            "Pfad am Falldienst: GET liest den Bericht Zeile für Zeile.",
        )
    )
    def report_path(self) -> str:
        return f"/v1/imports/{self.record['id']}/report"
