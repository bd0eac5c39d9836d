"""A closed case file as an xdomea 3.0.0 message 0503, for the document management of the own house.

The message tells of the file, its one process and the documents with their hashes; it names nobody:
the reference of the case is its title. The order of members is that of the standard's schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from services.cases.domain.facts import CaseState
from shared.kernel.clock import iso_instant
from shared.kernel.errors import Conflict
from shared.kernel.text import Text

NAMESPACE: Final = "urn:xoev-de:xdomea:schema:3.0.0"
MESSAGE: Final = "Aussonderung.Aussonderung.0503"
CODE_LISTS: Final = "urn:xoev-de:xdomea:codeliste"
PROCESS_NAMESPACE: Final = UUID("8b0e6a3e-58d4-5f0c-9c53-3f6f1d0b7a10")
HASHES: Final = "urn:kim:xdomea:hashwert"

ENDINGS: Final[Mapping[str, str]] = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "text/plain": "txt",
}
# Code list "dateiformat" 2.0; what it has no name for here is "Sonstiges" with the media type.
_FORMATS: Final[Mapping[str, str]] = {"application/pdf": "044", "text/plain": "045"}
_OTHER_FORMAT: Final = "100"
_ELECTRONIC: Final = "001"

ET.register_namespace("xdomea", NAMESPACE)


class FileIsNotClosed(Conflict):
    code = "file-is-not-closed"
    title = Text(
        de="An die Schriftgutverwaltung geht nur die Akte eines abgeschlossenen Falls.",
        en="Only the file of a closed case goes to the records management.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledDocument:
    """A document with content; `number` is its place in the file."""

    id: UUID
    number: int
    title: str
    kind: str
    media_type: str
    sha256: str
    recorded_at: datetime

    @property
    def file_name(self) -> str:
        return f"{self.id}.{ENDINGS[self.media_type]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledStep:
    """A phase that the case went through: who did it stays in the case service."""

    action: str
    from_state: str | None
    to_state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFile:
    """What the message tells of a case. `version` is that of the case: the same version gives the
    same process, so a repeated transfer is recognised.
    """

    case_id: UUID
    version: int
    reference: str
    case_type: str
    unit_id: str
    opened_on: date
    closed_on: date
    deletion_due_on: date | None
    documents: tuple[FiledDocument, ...]
    steps: tuple[FiledStep, ...]

    @property
    def process_id(self) -> UUID:
        return uuid5(PROCESS_NAMESPACE, f"{self.case_id}/{self.version}")

    @property
    def archive_name(self) -> str:
        return f"{self.process_id}_{MESSAGE}.zip"

    @property
    def message_name(self) -> str:
        return f"{self.process_id}_{MESSAGE}.xml"

    @property
    def years_kept(self) -> int | None:
        """Full years after closing, rounded up to the day of deletion; None without such a day."""
        if self.deletion_due_on is None:
            return None
        years = self.deletion_due_on.year - self.closed_on.year
        last = (self.deletion_due_on.month, self.deletion_due_on.day)
        return max(0, years + (last > (self.closed_on.month, self.closed_on.day)))


def require_closed(state: CaseState) -> None:
    """Raises FileIsNotClosed."""
    if state is not CaseState.CLOSED:
        raise FileIsNotClosed(state=state.value)


def message_of(file: ClosedFile, at: datetime) -> bytes:
    """The XML of the message, made at `at`."""
    root = ET.Element(_name(MESSAGE))
    _head(root, file, at)
    record = _add(_add(root, "Schriftgutobjekt"), "Akte")
    _identity(record, file.case_id)
    _common(record, f"Fallakte {file.reference}", file.reference, file.unit_id)
    _keeping(record, file)
    _add(record, "Typ", "Fallakte Kommunales Integrationsmanagement")
    _running_time(record, file)
    for step in file.steps:
        _history(record, step)
    process = _add(_add(record, "Akteninhalt"), "Vorgang")
    _process(process, file)
    _filed(record, file)
    body: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body


def _head(root: ET.Element, file: ClosedFile, at: datetime) -> None:
    head = _add(root, "Kopf")
    _add(head, "ProzessID", str(file.process_id))
    _code(head, "Nachrichtentyp", "nachrichtentyp", "2.0", "0503")
    _add(head, "Erstellungszeitpunkt", iso_instant(at))
    for role in ("Absender", "Empfaenger"):
        _add(_add(_add(head, role), "Organisationseinheit"), "Name", file.unit_id)
    _add(_add(head, "SendendesSystem"), "Produktname", "KIM cases")
    _add(head, "Importbestaetigung", "1")
    _add(head, "RueckmeldungArchivkennung", "0")
    _add(head, "Empfangsbestaetigung", "0")


def _process(process: ET.Element, file: ClosedFile) -> None:
    _identity(process, uuid5(file.case_id, "Vorgang"), 1)
    title = f"Case Management {file.reference}"
    _common(process, title, f"{file.reference}/1", file.unit_id)
    _keeping(process, file)
    _add(process, "Typ", file.case_type)
    _filed(process, file)
    _running_time(process, file)
    for document in file.documents:
        _document(_add(process, "Dokument"), document)


def _document(element: ET.Element, document: FiledDocument) -> None:
    _identity(element, document.id, document.number)
    common = _add(element, "AllgemeineMetadaten")
    _add(common, "Betreff", document.title)
    _code(common, "Medium", "medium", "1.0", _ELECTRONIC)
    _add(element, "Typ", document.kind)
    version = _add(element, "Version")
    _add(version, "Nummer", "1")
    form = _add(version, "Format")
    code = _FORMATS.get(document.media_type, _OTHER_FORMAT)
    _code(form, "Name", "dateiformat", "2.0", code)
    if code == _OTHER_FORMAT:
        _add(form, "SonstigerName", document.media_type)
    _add(form, "Version", "unbekannt")
    primary = _add(form, "Primaerdokument")
    _add(primary, "Dateiname", document.file_name)
    _add(primary, "DatumUhrzeit", iso_instant(document.recorded_at))
    extension = _add(element, "AnwendungsspezifischeErweiterung")
    _add(extension, "Kennung", HASHES)
    _add(extension, "Name", "Hashwert")
    field = _add(extension, "Feld")
    _add(field, "Name", "SHA-256")
    _add(field, "Wert", document.sha256)


def _identity(element: ET.Element, record_id: UUID, number: int | None = None) -> None:
    identity = _add(element, "Identifikation")
    _add(identity, "ID", str(record_id))
    if number is not None:
        _add(identity, "NummerImUebergeordnetenContainer", str(number))


def _common(element: ET.Element, title: str, reference: str, unit_id: str) -> None:
    common = _add(element, "AllgemeineMetadaten")
    _add(common, "Betreff", title)
    _add(common, "Kennzeichen", reference)
    _add(common, "Federfuehrung", unit_id)
    _code(common, "Medium", "medium", "1.0", _ELECTRONIC)


def _keeping(element: ET.Element, file: ClosedFile) -> None:
    if file.deletion_due_on is None or file.years_kept is None:
        return
    keeping = _add(element, "ArchivspezifischeMetadaten")
    _add(_add(keeping, "Aufbewahrungsdauer"), "AnzahlJahre", str(file.years_kept))
    _add(keeping, "Aufbewahrungsende", file.deletion_due_on.isoformat())


def _running_time(element: ET.Element, file: ClosedFile) -> None:
    period = _add(element, "Laufzeit")
    _add(period, "Beginn", file.opened_on.isoformat())
    _add(period, "Ende", file.closed_on.isoformat())


def _history(element: ET.Element, step: FiledStep) -> None:
    entry = _add(element, "HistorienProtokollInformation")
    _add(entry, "MetadatumName", "Phase")
    if step.from_state is not None:
        _add(entry, "MetadatumAlterWert", step.from_state)
    _add(entry, "MetadatumNeuerWert", step.to_state)
    _add(entry, "Akteur", "KIM cases")
    _add(entry, "DatumUhrzeit", iso_instant(step.at))
    _add(entry, "Aktion", step.action)


def _filed(element: ET.Element, file: ClosedFile) -> None:
    _add(element, "ZdA", "1")
    _add(element, "ZdADatum", file.closed_on.isoformat())


def _code(parent: ET.Element, name: str, code_list: str, version: str, code: str) -> None:
    """Codes stand in no namespace, as the XÖV schema of codes has it."""
    element = _add(parent, name)
    element.set("listURI", f"{CODE_LISTS}:{code_list}")
    element.set("listVersionID", version)
    ET.SubElement(element, "code").text = code


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, _name(name))
    element.text = text
    return element


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
