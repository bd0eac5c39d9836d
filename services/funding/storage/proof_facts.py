"""What the guards of a proof look at, read inside the transaction of a step."""

from datetime import date
from uuid import UUID

import asyncpg
import orjson

from services.funding.domain.allocation_lifecycle import PROOF_CHECKED_STATES, AllocationState
from services.funding.domain.costs import Eligibility, eligibility
from services.funding.domain.ledger.accounts import Account, AccountCode, Book
from services.funding.domain.legal_dates import Period
from services.funding.domain.proof_figures import (
    DIFFERENCE,
    Figure,
    PostingSum,
    ProofSubject,
    figures_of,
)
from services.funding.domain.proof_lifecycle import ProofFacts, ProofRegime, RecoveryGround
from services.funding.domain.proof_vouchers import add_up
from services.funding.domain.recovery_facts import RecoverySource
from services.funding.domain.recovery_lifecycle import (
    OPEN_RECOVERY_STATES,
    WAITING_STATES,
    RecoveryState,
)
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.ledger_records import balance, head
from services.funding.storage.proof_records import (
    granted_version,
    posting_sums,
    proof_subject,
    stored_voucher,
)
from services.funding.storage.queries.proofs import (
    FIGURES_OF_VERSION,
    JSON_OF_VERSION,
    NEWEST_VERSION,
    OPEN_CHILD_PROOFS,
    UNDECIDED_OF_RECIPIENT,
    UNFILED_VOUCHERS,
)
from services.funding.storage.queries.recoveries import RECOVERIES_OF_SOURCE
from services.funding.storage.queries.rules import PAID_KINDS
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money


async def proof_facts(tx: Transaction, proof: asyncpg.Record, today: date) -> ProofFacts:
    """The figures of the newest version are compared with the books as they stand now."""
    version = await tx.row(NEWEST_VERSION, proof_id=proof["id"])
    period = await _period(tx, proof)
    facts = {
        "today": today,
        "period_end": period.end,
        "regime": ProofRegime(proof["regime"]),
        "acting": tx.caller.actor,
        "has_open_child_proof": await _has_open_child_proof(tx, proof),
        **await _facts_of_recipient(tx, proof),
        **await _facts_of_recoveries(tx, proof["id"]),
        "are_vouchers_complete": not await tx.value(
            UNFILED_VOUCHERS, award_id=proof["award_id"], allocation_id=proof["allocation_id"]
        ),
        "query": proof["query"],
        "recovery": Money(proof["recovery_cents"]),
        "recovery_ground": (
            RecoveryGround(proof["recovery_ground"]) if proof["recovery_ground"] else None
        ),
    }
    if version is not None:
        facts |= await _facts_of_version(tx, proof, version, period)
    return ProofFacts(**facts)


async def _period(tx: Transaction, proof: asyncpg.Record) -> Period:
    if proof["allocation_id"] is not None:
        row = await load_allocation(tx, proof["allocation_id"], is_locked=False)
        ended = row["early_end_on"] or row["valid_to"]
        return Period(row["valid_from"], max(row["valid_from"], min(ended, row["valid_to"])))
    row = await granted_version(tx, proof["award_id"])
    return Period(row["valid_from"], row["valid_to"])


async def _has_open_child_proof(tx: Transaction, proof: asyncpg.Record) -> bool:
    return bool(
        await tx.value(
            OPEN_CHILD_PROOFS,
            award_id=proof["award_id"],
            allocation_id=proof["allocation_id"],
            checked=sorted(state.value for state in PROOF_CHECKED_STATES),
        )
    )


async def _facts_of_version(
    tx: Transaction, proof: asyncpg.Record, version: asyncpg.Record, period: Period
) -> dict[str, object]:
    subject = await proof_subject(tx, proof["award_id"], proof["allocation_id"])
    book = Book(version["book"])
    sequence, _ = await head(tx, book)
    sums = await posting_sums(tx, proof["award_id"], book, sequence)
    figures = figures_of(subject, sums)
    printed = await tx.rows(FIGURES_OF_VERSION, version_id=version["id"])
    return {
        "made_by": version["made_by"],
        "has_new_version": version["submitted_at"] is None,
        "is_signed": version["signed_at"] is not None,
        "are_figures_of_the_books": (
            {row["key"]: (row["amount_cents"], row["quantity"]) for row in printed}
            == {one.key: (one.amount and one.amount.cents, one.quantity) for one in figures}
        ),
        "has_voucher_list": await _has_voucher_list(tx, version["id"], subject, figures),
        "difference": next(
            one.amount for one in figures if one.key == DIFFERENCE and one.amount is not None
        ),
        "refused": await _refused(tx, subject, sums, period),
        "undecided": await _undecided(tx, subject, sums),
    }


async def _has_voucher_list(
    tx: Transaction, version_id: UUID, subject: ProofSubject, figures: tuple[Figure, ...]
) -> bool:
    """Whether the version lists the vouchers of today, and they sum to the figures."""
    frozen = orjson.loads(await tx.value(JSON_OF_VERSION, version_id=version_id))
    return frozen.get("vouchers") == [stored_voucher(one) for one in subject.vouchers] and add_up(
        subject.vouchers,
        {one.key: one.amount for one in figures if one.amount is not None},
        {line.award_line_id: line.key for line in subject.lines},
        subject.allocation_id,
    )


async def _facts_of_recipient(tx: Transaction, proof: asyncpg.Record) -> dict[str, object]:
    """Whether the recipient's proof is waited for and no payment to it is under way."""
    if proof["allocation_id"] is None:
        return {}
    row = await load_allocation(tx, proof["allocation_id"], is_locked=False)
    sent = await balance(tx, Account(AccountCode.SENT, row["award_line_id"], row["id"]))
    return {
        "is_recipient_due": row["state"] == AllocationState.PROOF_DUE.value,
        "has_payment_under_way": sent != ZERO,
    }


async def _facts_of_recoveries(tx: Transaction, proof_id: UUID) -> dict[str, object]:
    rows = await tx.rows(
        RECOVERIES_OF_SOURCE, source_id=proof_id, source_kind=RecoverySource.PROOF.value
    )
    states = {RecoveryState(row["state"]) for row in rows}
    return {
        "is_recovery_demanded": not states & WAITING_STATES,
        "has_open_recovery": bool(states & OPEN_RECOVERY_STATES),
    }


async def _undecided(tx: Transaction, subject: ProofSubject, sums: tuple[PostingSum, ...]) -> Money:
    if subject.allocation_id is None:
        return sum((one.amount for one in sums if one.code is AccountCode.UNDECIDED), ZERO)
    cents: int = await tx.value(UNDECIDED_OF_RECIPIENT, allocation_id=subject.allocation_id)
    return Money(cents)


async def _refused(
    tx: Transaction, subject: ProofSubject, sums: tuple[PostingSum, ...], period: Period
) -> Money:
    """What counts as used although on no day of the period the line paid such cost."""
    lines = {line.award_line_id: line.funding_line for line in subject.lines}
    if subject.allocation_id is not None:  # its costs are recognised one by one as they come
        return ZERO
    rows = await tx.rows(PAID_KINDS, period_from=period.start, period_to=period.end)
    is_paid = {(row["funding_line"], row["cost_kind"]): row["is_paid"] for row in rows}
    return sum(
        (
            one.amount
            for one in sums
            if one.code is AccountCode.ELIGIBLE
            and one.cost_kind is not None
            and one.award_line_id in lines
            and not is_paid.get(
                (lines[one.award_line_id].value, one.cost_kind.value),
                eligibility(one.cost_kind, lines[one.award_line_id])
                is not Eligibility.NOT_ELIGIBLE,
            )
        ),
        ZERO,
    )
