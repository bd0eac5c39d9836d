"""Files for the finance system, as the funding service tells of them."""

import strawberry

from gateway.schema.codes.finance_exports import FinanceFileEncoding
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Amount, DateTime


@strawberry.type(
    description=both("A character that was replaced.", "Ein Zeichen, das ersetzt wurde.")
)
class CharacterReplacement(Published):
    character: str = field("The character.", "Das Zeichen.")
    code_point: str = field("Its code point.", "Sein Codepunkt.")
    replacement: str = field("What stands for it.", "Was dafür steht.")
    count: int = field("How often.", "Wie oft.")
    lines: list[int] = field("In which lines.", "In welchen Zeilen.")


@strawberry.type(
    description=both("Characters replaced in a file.", "Ersetzte Zeichen einer Datei.")
)
class CharacterReplacements(Published):
    number: int = field("Number of the file.", "Laufnummer der Datei.")
    items: list[CharacterReplacement] = field("The characters.", "Die Zeichen.")


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

    @strawberry.field(
        description=both("Path of its bytes at the funding service.", "Pfad der Datei im Dienst.")
    )
    def csv_path(self) -> str:
        return f"/v1/finance-exports/{record_of(self)['number']}.csv"
