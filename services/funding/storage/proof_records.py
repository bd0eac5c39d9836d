"""Proofs of use as the rules see them: lines, posts, recipients, and sums of postings."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.eligibility import ceiling_of_months, months_shown
from services.funding.domain.ledger.accounts import AccountCode, Book
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.positions import PostType
from services.funding.domain.proof_decision import FrozenFigure, FrozenFigures
from services.funding.domain.proof_figures import (
    PostingSum,
    ProofLine,
    ProofPost,
    ProofRecipient,
    ProofSubject,
    Selector,
)
from services.funding.domain.proof_vouchers import ListedVoucher
from services.funding.domain.spending import KINDS_OF_POSTS, PostKey, PostYear
from services.funding.storage.award_records import award_lines, award_version, version_numbers
from services.funding.storage.queries.awards import AWARD_LINES_OF_VERSION
from services.funding.storage.queries.proofs import (
    FIGURES_OF_VERSION,
    POSTING_SUMS,
    POSTS_OF_AWARD,
    PROOF_FOR_UPDATE,
    RECIPIENTS_OF_AWARD,
    VOUCHERS_OF_PROOF,
)
from services.funding.storage.spending_records import (
    living_costs,
    spending_lines,
    years_of_posts,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money


async def load_proof(tx: Transaction, proof_id: UUID) -> asyncpg.Record:
    """The row, locked until commit. Raises NotFound."""
    row = await tx.row(PROOF_FOR_UPDATE, proof_id=proof_id)
    if row is None:
        raise NotFound
    return row


async def granted_version(tx: Transaction, award_id: UUID) -> asyncpg.Record:
    """The newest version that was granted; of an award still expected, its draft."""
    newest, approved = await version_numbers(tx, award_id)
    return await award_version(tx, award_id, approved or newest)


async def proof_subject(
    tx: Transaction, award_id: UUID, allocation_id: UUID | None
) -> ProofSubject:
    version = await granted_version(tx, award_id)
    rows = await tx.rows(AWARD_LINES_OF_VERSION, version_id=version["id"])
    lines = tuple(
        ProofLine(
            row["award_line_id"], line.key, line.funding_line, line.purpose, line.is_additional
        )
        for row, line in zip(rows, award_lines(rows), strict=True)
    )
    recipients = await tx.rows(RECIPIENTS_OF_AWARD, award_id=award_id)
    return ProofSubject(
        lines,
        await _posts(tx, award_id, [line.award_line_id for line in lines]),
        tuple(ProofRecipient(row["id"], row["award_line_id"], row["name"]) for row in recipients),
        allocation_id,
        await _vouchers(tx, award_id, allocation_id),
    )


async def _vouchers(
    tx: Transaction, award_id: UUID, allocation_id: UUID | None
) -> tuple[ListedVoucher, ...]:
    rows = await tx.rows(VOUCHERS_OF_PROOF, award_id=award_id, allocation_id=allocation_id)
    return tuple(
        ListedVoucher(
            row["number"],
            row["voucher_date"],
            row["award_line_id"],
            CostKind(row["cost_kind"]),
            Money(row["amount_cents"]),
            Money(row["eligible_cents"]),
        )
        for row in rows
    )


async def _posts(tx: Transaction, award_id: UUID, line_ids: list[UUID]) -> tuple[ProofPost, ...]:
    """Months and ceilings as the costs were recognised by: rates on record, terms of the posts."""
    kinds: dict[UUID, set[CostKind]] = {}
    for cost in await living_costs(tx, line_ids):
        if cost["allocation_id"] is None and cost["position_id"] is not None:
            kinds.setdefault(cost["position_id"], set()).add(CostKind(cost["cost_kind"]))
    rows = await tx.rows(POSTS_OF_AWARD, award_id=award_id)
    posts: list[ProofPost] = []
    for line in await spending_lines(tx, line_ids):
        for row in [one for one in rows if one["award_line_id"] == line.id]:
            paid = kinds.get(row["id"], set()) & KINDS_OF_POSTS or {CostKind.PERSONNEL}
            years = await years_of_posts(tx, line, {(row["id"], kind) for kind in paid})
            posts.append(_post(row, years))
    return tuple(posts)


def _post(row: asyncpg.Record, years: Mapping[PostKey, PostYear]) -> ProofPost:
    """Setting up a workplace has a ceiling and no months."""
    seated = [year for (_, kind), year in years.items() if kind is not CostKind.WORKPLACE_SETUP]
    ceilings = [
        ceiling_of_months(year.ceiling, year.share_months)
        for year in years.values()
        if year.ceiling is not None
    ]
    return ProofPost(
        row["id"],
        row["award_line_id"],
        PostType(row["post_type"]),
        months_shown(max((year.share_months for year in seated), default=Fraction(0))),
        sum(ceilings, ZERO),
    )


async def posting_sums(
    tx: Transaction, award_id: UUID, book: Book, sequence: int
) -> tuple[PostingSum, ...]:
    """Every posting of the award up to a head of the book, summed by what selectors ask about."""
    rows = await tx.rows(POSTING_SUMS, award_id=award_id, book=book.value, sequence=sequence)
    return tuple(
        PostingSum(
            row["award_line_id"],
            AccountCode(row["code"]),
            LedgerEvent(row["event"]),
            row["allocation_id"],
            CostKind(row["cost_kind"]) if row["cost_kind"] else None,
            row["position_id"],
            Money(row["amount_cents"]),
        )
        for row in rows
    )


def stored_voucher(voucher: ListedVoucher) -> dict[str, str]:
    """A voucher as the list of a version keeps and publishes it."""
    return {
        "number": voucher.number,
        "voucherDate": voucher.voucher_date.isoformat(),
        "awardLineId": str(voucher.award_line_id),
        "costKind": voucher.cost_kind.value,
        "amount": str(voucher.amount),
        "eligibleAmount": str(voucher.eligible),
    }


def stored_selector(selector: Selector) -> dict[str, Any]:
    """The selector as a column of JSON; what it does not ask about is left out."""
    given = {
        "codes": sorted(code.value for code in selector.codes),
        "events": sorted(one.value for one in selector.events) if selector.events else None,
        "sign": selector.sign,
        "awardLineId": _text(selector.award_line_id),
        "allocationId": _text(selector.allocation_id),
        "costKind": selector.cost_kind.value if selector.cost_kind else None,
        "positionId": _text(selector.position_id),
    }
    return {name: value for name, value in given.items() if value is not None}


def read_selector(stored: dict[str, Any]) -> Selector:
    return Selector(
        frozenset(AccountCode(code) for code in stored["codes"]),
        frozenset(LedgerEvent(one) for one in stored["events"]) if "events" in stored else None,
        stored["sign"],
        _id(stored.get("awardLineId")),
        _id(stored.get("allocationId")),
        CostKind(stored["costKind"]) if "costKind" in stored else None,
        _id(stored.get("positionId")),
    )


async def frozen_figures(tx: Transaction, version_id: UUID) -> FrozenFigures:
    """The amounts that a version printed."""
    rows = await tx.rows(FIGURES_OF_VERSION, version_id=version_id)
    return FrozenFigures(_frozen(row) for row in rows if row["amount_cents"] is not None)


def _frozen(row: asyncpg.Record) -> FrozenFigure:
    selector = read_selector(row["selector"]) if row["selector"] is not None else None
    return FrozenFigure(
        row["key"],
        Money(row["amount_cents"]),
        selector.award_line_id if selector else None,
        selector.cost_kind if selector else None,
    )


def _text(identifier: UUID | None) -> str | None:
    return str(identifier) if identifier is not None else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text is not None else None
