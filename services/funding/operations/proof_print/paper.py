"""What stands in a proof of use, in whatever form it is printed."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from services.funding.domain.labels import COST_KINDS
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.narrative import Section
from services.funding.domain.proof_figures import Figure, ProofSubject
from services.funding.domain.proof_lifecycle import ProofRegime
from services.funding.domain.proof_vouchers import (
    ListedVoucher,
    costs_by_kind,
    whole_cost,
    whole_eligible,
)
from services.funding.storage.proof_records import stored_selector, stored_voucher
from shared.kernel.cells import defused
from shared.kernel.money import Money, fte_german, fte_text

CSV_HEADINGS = ("Schlüssel", "Bezeichnung", "Betrag", "Monate")
VOUCHER_HEADINGS = ("Belegnummer", "Belegdatum", "Kostenart", "Förderfähig")


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice whose money is proved."""

    award_id: UUID
    reference: str
    authority: str
    fiscal_year: int
    awarded_on: date | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class ProofPaper:
    """One version. `sequence` and `head` are the last entry of the book it was made from."""

    proof_id: UUID
    number: int
    regime: ProofRegime
    tenant_id: str
    area: str
    notice: Notice
    subject: ProofSubject
    narrative: tuple[Section, ...]
    figures: tuple[Figure, ...]
    book: Book
    sequence: int
    head: bytes
    made_at: datetime

    @property
    def vouchers(self) -> tuple[ListedVoucher, ...] | None:
        """None where the proof is made without vouchers."""
        return self.subject.vouchers if self.regime is ProofRegime.QUALIFIED else None


def print_json(paper: ProofPaper) -> bytes:
    """Amounts are decimal text; each figure brings the selector of its postings."""
    return orjson.dumps(
        {
            "proofId": paper.proof_id,
            "version": paper.number,
            "regime": paper.regime.value,
            "tenantId": paper.tenant_id,
            "area": paper.area,
            "award": {
                "id": paper.notice.award_id,
                "reference": paper.notice.reference,
                "authority": paper.notice.authority,
                "fiscalYear": paper.notice.fiscal_year,
                "awardedOn": paper.notice.awarded_on,
                "validFrom": paper.notice.valid_from,
                "validTo": paper.notice.valid_to,
            },
            "allocationId": paper.subject.allocation_id,
            "madeAt": paper.made_at,
            "ledger": {
                "book": paper.book.value,
                "sequence": paper.sequence,
                "hash": paper.head.hex(),
            },
            "narrative": [{"heading": one.heading, "text": one.text} for one in paper.narrative],
            "figures": [_figure(one) for one in paper.figures],
            **_voucher_list(paper.vouchers),
        },
        default=str,
        option=orjson.OPT_UTC_Z,
    )


def _voucher_list(vouchers: tuple[ListedVoucher, ...] | None) -> dict[str, Any]:
    if vouchers is None:
        return {}
    return {
        "costsByKind": [
            {
                "costKind": one.cost_kind.value,
                "amount": str(one.actual),
                "eligibleAmount": str(one.eligible),
            }
            for one in costs_by_kind(vouchers)
        ],
        "vouchers": [stored_voucher(one) for one in vouchers],
        "voucherTotals": {
            "amount": str(whole_cost(vouchers)),
            "eligibleAmount": str(whole_eligible(vouchers)),
        },
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "labelDe": figure.label.de,
        "labelEn": figure.label.en,
        "amount": None if figure.amount is None else str(figure.amount),
        "quantity": None if figure.quantity is None else fte_text(figure.quantity),
        "selector": None if figure.selector is None else stored_selector(figure.selector),
    }


def print_csv(paper: ProofPaper) -> bytes:
    """Semicolons, decimal commas, CRLF: what a German spreadsheet opens. Vouchers follow the
    figures in columns of their own.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    more = VOUCHER_HEADINGS if paper.vouchers is not None else ()
    writer.writerow([*CSV_HEADINGS, *more])
    for one in paper.figures:
        months = "" if one.quantity is None else fte_german(one.quantity)
        row = [defused(one.key), defused(one.label.de), _comma(one.amount), months]
        writer.writerow([*row, *("" for _ in more)])
    for ordinal, voucher in enumerate(paper.vouchers or (), start=1):
        writer.writerow(
            [
                f"voucher/{ordinal}",
                "Beleg",
                _comma(voucher.amount),
                "",
                defused(voucher.number),
                f"{voucher.voucher_date:%d.%m.%Y}",
                COST_KINDS[voucher.cost_kind].de,
                _comma(voucher.eligible),
            ]
        )
    return text.getvalue().encode()


def _comma(amount: Money | None) -> str:
    return "" if amount is None else str(amount).replace(".", ",")
