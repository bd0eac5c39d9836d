"""The file for the finance system: semicolons, decimal comma, German dates, CRLF (R-I2).

One line for each posting, gross: nothing is summed or set off. A reversal stands on the side of
what it turns with a negative amount, so that the turnover of an account stays that of its facts.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from services.funding.domain.ledger.accounts import AccountCode
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.transliterate import WINDOWS_1252, Transliteration
from shared.kernel.cells import defused
from shared.kernel.errors import Conflict
from shared.kernel.money import Money
from shared.kernel.text import Text

COLUMNS: Final = (
    "Mandant",
    "Haushaltsjahr",
    "Buchungsdatum",
    "Belegnummer",
    "Produkt",
    "Sachkonto",
    "Kostenstelle",
    "Betrag",
    "Soll/Haben",
    "Text",
    "Förderkennzeichen",
    "Zahlungspartner",
)
DEBIT, CREDIT = "S", "H"


class NothingToExport(Conflict):
    """Every booking has left already."""

    code = "nothing-to-export"
    title = Text(
        de="Alle Buchungen sind schon übergeben.", en="Every booking has been handed over already."
    )


class FileEncoding(StrEnum):
    WINDOWS_1252 = "windows-1252"
    UTF_8 = "utf-8"


_E = LedgerEvent
EVENT_NAMES: Final[Mapping[LedgerEvent, str]] = {
    _E.AWARD_GRANTED: "Bescheid erteilt",
    _E.AWARD_AMENDED: "Bescheid geändert",
    _E.RESERVED: "Vorgemerkt",
    _E.RESERVATION_VOIDED: "Vormerkung aufgehoben",
    _E.RESERVATION_EXPIRED: "Vormerkung abgelaufen",
    _E.RESERVATION_POSTED: "Vormerkung verbraucht",
    _E.ALLOCATION_ACTIVATED: "Weiterleitung wirksam",
    _E.ALLOCATION_AMENDED: "Weiterleitung geändert",
    _E.ALLOCATION_RELEASED: "Bindung aufgehoben",
    _E.DRAWDOWN_REQUESTED: "Mittel abgerufen",
    _E.DRAWDOWN_RETURNED: "Mittelabruf zurückgegeben",
    _E.DRAWDOWN_PAID: "Mittelabruf gezahlt",
    _E.PAYMENT_SENT: "Auszahlung angewiesen",
    _E.PAYMENT_CONFIRMED: "Auszahlung bestätigt",
    _E.PAYMENT_FAILED: "Auszahlung fehlgeschlagen",
    _E.PASSED_ON: "Vom Träger weitergeleitet",
    _E.EXPENDITURE_BOOKED: "Ausgabe",
    _E.ELIGIBILITY_DECIDED: "Förderfähigkeit entschieden",
    _E.ELIGIBILITY_ADJUSTED: "Förderfähiger Teil angepasst",
    _E.PROOF_CHECKED: "Nachweis des Trägers geprüft",
    _E.RECOVERED: "Vom Träger zurückerhalten",
    _E.REPAYMENT_OWED: "Rückzahlung geschuldet",
    _E.CLAIM_LAPSED: "Bewilligung verfallen",
    _E.REPAID: "Dem Land zurückgezahlt",
    _E.INTEREST_FIXED: "Zinsen festgesetzt",
    _E.INTEREST_PAID: "Zinsen gezahlt",
    _E.CARRIED_OVER: "Übertragen",
    _E.REVERSED: "Storno",
    _E.MANUAL: "Manuelle Buchung",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceLine:
    """One posting. `amount`: debit positive, credit negative; `reverses`: number of the turned
    entry. Product, funding reference and partner are empty where nothing is on record.
    """

    tenant_id: str
    fiscal_year: int
    value_date: date
    sequence: int
    product: str
    code: AccountCode
    cost_kind: str
    cost_centre: str
    amount: Money
    event: LedgerEvent
    reverses: int | None
    line_name: str
    reference: str
    funding_reference: str
    partner: str

    def cells(self) -> tuple[str, ...]:
        return (
            self.tenant_id,
            str(self.fiscal_year),
            f"{self.value_date:%d.%m.%Y}",
            str(self.sequence),
            self.product,
            f"{self.code}/{self.cost_kind}" if self.cost_kind else self.code.value,
            self.cost_centre,
            str(self.stated).replace(".", ","),
            self.side,
            self._text(),
            self.funding_reference,
            self.partner,
        )

    @property
    def side(self) -> str:
        """A reversal stays on the side of what it turns."""
        is_debit = self.amount.cents > 0
        return DEBIT if is_debit is (self.reverses is None) else CREDIT

    @property
    def stated(self) -> Money:
        """The amount as the file has it: below zero for a reversal alone."""
        size = self.amount if self.amount.cents > 0 else -self.amount
        return size if self.reverses is None else -size

    def _text(self) -> str:
        name = EVENT_NAMES[self.event]
        if self.reverses is not None:
            name = f"{name} zu Beleg {self.reverses}"
        return ", ".join(part for part in (self.line_name, name, self.reference) if part)


@dataclass(frozen=True, slots=True)
class FinanceFile:
    content: bytes
    replacements: Sequence[Mapping[str, Any]]


def print_file(rows: Iterable[Sequence[str]], encoding: FileEncoding) -> FinanceFile:
    """The header and the rows as bytes; the same rows give the same bytes."""
    report = Transliteration()
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line, row in enumerate((COLUMNS, *rows), start=1):
        is_narrow = encoding is FileEncoding.WINDOWS_1252
        cells = [report.write(cell, line) for cell in row] if is_narrow else row
        writer.writerow([defused(cell) for cell in cells])
    codec = WINDOWS_1252 if encoding is FileEncoding.WINDOWS_1252 else "utf-8"
    replacements = [one.document() for one in report.replaced.values()]
    return FinanceFile(text.getvalue().encode(codec), replacements)
