"""Read a version of a proof of use: its files, and the postings behind each figure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from services.funding.storage.proof_records import read_selector
from services.funding.storage.queries.proofs import (
    AWARD_OF_PROOF,
    FIGURES_OF_VERSION,
    POSTINGS_OF_FIGURE,
    VERSION_BY_NUMBER,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import Money


class ProofForm(StrEnum):
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class PostingOfFigure:
    """One posting; `amount` counts as the figure counts it."""

    row: asyncpg.Record
    amount: Money


@dataclass(frozen=True, slots=True)
class FigureDrilldown:
    """A figure and all its postings; their amounts sum to it."""

    key: str
    amount: Money | None
    postings: tuple[PostingOfFigure, ...]


async def _version(tx: Transaction, proof_id: UUID, number: int) -> asyncpg.Record:
    row = await tx.row(VERSION_BY_NUMBER, proof_id=proof_id, number=number)
    if row is None:
        raise NotFound
    return row


async def read_proof_file(tx: Transaction, proof_id: UUID, number: int, form: ProofForm) -> bytes:
    """The bytes as they were made. Raises NotFound."""
    content: bytes = (await _version(tx, proof_id, number))[f"{form.value}_file"]
    return content


async def read_voucher_list(tx: Transaction, proof_id: UUID, number: int) -> dict[str, Any]:
    """The vouchers that the version lists. Raises NotFound where it was made without them."""
    frozen = orjson.loads((await _version(tx, proof_id, number))["json_file"])
    if "vouchers" not in frozen:
        raise NotFound
    return {
        "costsByKind": frozen["costsByKind"],
        "items": frozen["vouchers"],
        **frozen["voucherTotals"],
    }


async def drill_down(tx: Transaction, proof_id: UUID, number: int, key: str) -> FigureDrilldown:
    """The postings of one figure up to the head of its version. Raises NotFound."""
    version = await _version(tx, proof_id, number)
    figures = await tx.rows(FIGURES_OF_VERSION, version_id=version["id"])
    figure = next((row for row in figures if row["key"] == key), None)
    if figure is None:
        raise NotFound
    amount = None if figure["amount_cents"] is None else Money(figure["amount_cents"])
    if figure["selector"] is None:
        return FigureDrilldown(key, amount, ())
    selector = read_selector(figure["selector"])
    rows = await tx.rows(
        POSTINGS_OF_FIGURE,
        award_id=await tx.value(AWARD_OF_PROOF, proof_id=proof_id),
        book=version["book"],
        sequence=version["ledger_sequence"],
        codes=[code.value for code in selector.codes],
        events=None if selector.events is None else [one.value for one in selector.events],
        line_id=selector.award_line_id,
        allocation_id=selector.allocation_id,
        cost_kind=selector.cost_kind.value if selector.cost_kind else None,
        position_id=selector.position_id,
    )
    postings = tuple(
        PostingOfFigure(row, Money(selector.sign * row["amount_cents"])) for row in rows
    )
    return FigureDrilldown(key, amount, postings)
