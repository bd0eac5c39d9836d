"""Proofs of use: their versions, files and the postings behind each figure."""

import strawberry

from gateway.schema.access import access_of
from gateway.schema.access_money import ProofAccess
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.ledger import AccountCode, Book, LedgerEvent
from gateway.schema.codes.proofs import ProofAction, ProofRegime, ProofState, RecoveryGround
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(
    description=both("A posting as a figure counts it.", "Eine Buchung, wie die Zahl sie zählt.")
)
class ProofPosting(Published):
    entry_id: strawberry.ID = field("UUID of the entry.", "UUID der Buchung.")
    sequence: int = field("Number in the book.", "Laufende Nummer.")
    event: LedgerEvent = field("The fact.", "Der Vorgang.")
    value_date: Date = field("Legal date.", "Wertstellung.")
    reference: str = field("Reference for people.", "Belegnummer.")
    source_kind: str = field("Kind of the record that caused it.", "Art des Auslösers.")
    source_id: strawberry.ID = field("UUID of that record.", "UUID des Auslösers.")
    account: str = field("The account's name.", "Name des Kontos.")
    code: AccountCode = field("What the account means.", "Was das Konto bedeutet.")
    amount: Amount = field("Euros, as the figure counts them.", "Euro, wie die Zahl sie zählt.")
    position_id: strawberry.ID | None = field("UUID of the post.", "UUID der Stelle.")
    voucher_id: strawberry.ID | None = field("UUID of the voucher.", "UUID des Belegs.")
    voucher_number: str | None = field("Number of the voucher.", "Nummer des Belegs.")


@strawberry.type(
    description=both("A figure and what it is made of.", "Eine Zahl und woraus sie besteht.")
)
class ProofFigure(Published):
    key: str = field("Key, as in the files.", "Schlüssel, wie in den Dateien.")
    amount: Amount | None = field(
        "Euros; null for months and shares.", "Euro; null bei Monaten und Anteilen."
    )
    items: list[ProofPosting] = field(
        "Its postings; they sum to the amount.", "Ihre Buchungen; sie ergeben den Betrag."
    )


@strawberry.type(description=both("Cost of one kind.", "Ausgaben einer Kostenart."))
class CostOfKind(Published):
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    amount: Amount = field("Euros spent.", "Ausgegebene Euro.")
    eligible_amount: Amount = field("Euros eligible of it.", "Davon förderfähige Euro.")


@strawberry.type(
    description=both(
        "What of one voucher is cost of one kind; no names.",
        "Was ein Beleg an Ausgaben einer Kostenart trägt; ohne Namen.",
    )
)
class ListedVoucher(Published):
    number: str = field("Number of the voucher.", "Nummer des Belegs.")
    voucher_date: Date = field("Date of the voucher.", "Datum des Belegs.")
    award_line_id: strawberry.ID = field("UUID of the award's line.", "UUID der Bescheidzeile.")
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    amount: Amount = field("Euros spent.", "Ausgegebene Euro.")
    eligible_amount: Amount = field("Euros eligible of it.", "Davon förderfähige Euro.")


@strawberry.type(
    description=both("The vouchers that a version lists.", "Die Belegliste einer Fassung.")
)
class VoucherList(Published):
    costs_by_kind: list[CostOfKind] = field("Cost by kind.", "Ausgaben nach Kostenarten.")
    items: list[ListedVoucher] = field("The vouchers by date.", "Die Belege nach Datum.")
    amount: Amount = field("Euros of all of them.", "Euro aller Belege.")
    eligible_amount: Amount = field("Euros eligible of it.", "Davon förderfähige Euro.")


@strawberry.type(
    description=both(
        "A frozen version of a proof of use.",
        "Eine eingefrorene Fassung eines Verwendungsnachweises.",
    )
)
class ProofVersion(Published):
    number: int = field("Number.", "Nummer.")
    book: Book = field("The book it was made from.", "Das Buch, aus dem sie stammt.")
    ledger_sequence: int = field("Last entry it counts.", "Letzte gezählte Buchung.")
    ledger_hash: str = field("Hash of that entry.", "Hash dieser Buchung.")
    made_at: DateTime = field("When it was made.", "Wann sie erzeugt wurde.")
    submitted_at: DateTime | None = field("When it was submitted.", "Wann sie vorgelegt wurde.")
    signed_at: DateTime | None = field("When it was confirmed.", "Wann sie bestätigt wurde.")
    signed_role: str | None = field("Office that confirmed it.", "Amt, das sie bestätigt hat.")
    query: str = field("What the authority asked back about it.", "Rückfrage der Behörde dazu.")
    sha256_json: str = field("Hash of the JSON file.", "Prüfsumme der JSON-Datei.")
    sha256_csv: str = field("Hash of the CSV file.", "Prüfsumme der CSV-Datei.")
    sha256_pdf: str = field("Hash of the PDF file.", "Prüfsumme der PDF-Datei.")

    @strawberry.field(
        description=both("Path of the PDF at the funding service.", "Pfad des PDF im Dienst.")
    )
    def pdf_path(self) -> str:
        return _file(self, "pdf")

    @strawberry.field(
        description=both("Path of the CSV at the funding service.", "Pfad der CSV im Dienst.")
    )
    def csv_path(self) -> str:
        return _file(self, "csv")

    @strawberry.field(
        description=both(
            "Path of the JSON with every figure's key, at the funding service.",
            "Pfad der JSON mit dem Schlüssel jeder Zahl, im Dienst.",
        )
    )
    def json_path(self) -> str:
        return _file(self, "json")


def _file(version: ProofVersion, form: str) -> str:
    known = record_of(version)
    return f"/v1/proofs/{known['proofId']}/versions/{known['number']}.{form}"


@strawberry.type(
    description=both(
        "The proof of use of an award, or of one recipient.",
        "Der Verwendungsnachweis eines Bescheids oder eines Letztempfängers.",
    )
)
class ProofOfUse(Published):
    access = access_of(ProofAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    allocation_id: strawberry.ID | None = field(
        "UUID of the allocation.", "UUID der Weiterleitung."
    )
    regime: ProofRegime = field("How use is proved.", "Wie nachgewiesen wird.")
    state: ProofState = field("State.", "Stand.")
    due_on: Date = field("Day on which it is due.", "Tag der Fälligkeit.")
    is_overdue: bool = field("Its day has passed.", "Der Tag ist verstrichen.")
    query: str = field("The authority's query.", "Rückfrage der Behörde.")
    accepted_on: Date | None = field("Day of the acceptance.", "Tag der Anerkennung.")
    recovery: Amount = field("Euros asked back.", "Zurückgeforderte Euro.")
    recovery_ground: RecoveryGround | None = field("Why.", "Warum.")
    decision_ref: str = field("Reference of the decision.", "Aktenzeichen der Entscheidung.")
    settlement_ref: str = field("Reference of the settlement.", "Zeichen des Abschlusses.")
    allowed_actions: list[ProofAction] = field("What can be done now.", "Was jetzt möglich ist.")
    created_at: DateTime = field("When it was begun.", "Wann er angelegt wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")

    @strawberry.field(description=both("Its versions, the oldest first.", "Seine Fassungen."))
    def versions(self) -> list[ProofVersion]:
        known = record_of(self)
        return [
            ProofVersion.from_record({**one, "proofId": known["id"]}) for one in known["versions"]
        ]
