"""Files for the finance system, as the funding service tells of them."""

import strawberry

from gateway.schema.codes.finance_exports import FinanceFileEncoding
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, DateTime


@strawberry.type(
    description=both(
        "A numbered file of bookings; it is never changed. Its bytes are read over REST.",
        "Eine nummerierte Datei mit Buchungen; sie wird nie geändert. Ihren Inhalt gibt REST.",
    )
)
class FinanceExport(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    number: int = field("Running number.", "Laufnummer.")
    from_sequence: int = field("First entry in it.", "Erste Buchung darin.")
    to_sequence: int = field("Last entry in it.", "Letzte Buchung darin.")
    encoding: FinanceFileEncoding = field("How it is encoded.", "Zeichenkodierung.")
    line_count: int = field("Lines without the header.", "Zeilen ohne Kopfzeile.")
    total: Amount = field(
        "Sum of the amounts under S, reversals taken off.",
        "Summe der Beträge im Soll, abzüglich Stornos.",
    )
    currency: str = field("EUR.", "EUR.")
    sha256: str = field("SHA-256 of the file.", "SHA-256 der Datei.")
    replaced_character_count: int = field(
        "How many different characters were replaced.",
        "Wie viele verschiedene Zeichen ersetzt wurden.",
    )
    created_at: DateTime = field("When it was made.", "Wann sie erzeugt wurde.")
