"""Carry unspent money into the next year: only where the authority has agreed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.ledger.post import post
from services.funding.storage.award_records import load_award
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.queries.awards import AWARD_LINE_FOR_UPDATE, AWARD_VIEW
from services.funding.storage.queries.moments import moment
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.errors import NotFound, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class CarryOverLinesDiffer(RuleViolated):
    code = "carry-over-lines-differ"
    title = Text(
        de="Übertragen wird zwischen Zeilen desselben Bausteins in ein späteres Haushaltsjahr.",
        en="Money is carried between lines of one funding line, into a later fiscal year.",
    )


class NothingCarried(RuleViolated):
    code = "nothing-carried"
    title = Text(de="Es wird nichts übertragen.", en="Nothing is carried over.")


@dataclass(frozen=True, slots=True)
class CarryOver:
    """`consent_ref` names the authority's consent; without it money is not carried over."""

    award_line_id: UUID
    to_award_line_id: UUID
    amount: Money
    consent_ref: str


async def carry_over(
    tx: Transaction, award_id: UUID, expected_version: int | None, command: CarryOver
) -> Answer:
    """What is free and not called moves to 1 January of the line's later year.

    Raises NotFound, the refusals of versions, NothingCarried, CarryOverLinesDiffer,
    InsufficientFunds, LineOfAnotherBook, PeriodIsClosed.
    """
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    if command.amount <= ZERO:
        raise NothingCarried
    wanted = (command.award_line_id, command.to_award_line_id)
    lines = {
        line_id: await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id) for line_id in sorted(wanted)
    }
    source, target = (lines[line_id] for line_id in wanted)
    if source is None or source["award_id"] != award_id:
        raise NotFound
    later = await load_award(tx, target["award_id"], is_locked=False) if target else None
    if (
        target is None
        or later is None
        or later["fiscal_year"] <= award["fiscal_year"]
        or target["funding_line"] != source["funding_line"]
    ):
        raise CarryOverLinesDiffer
    entry = NewEntry(
        event=LedgerEvent.CARRIED_OVER,
        award_line_id=source["id"],
        value_date=date(later["fiscal_year"], 1, 1),
        source=Source("award", award_id),
        postings=rules.carried(source["id"], target["id"], command.amount),
        reference=command.consent_ref,
        book=await book_of_line(tx, source["id"]),
    )
    await post(tx, entry)
    await leave_trace(
        tx,
        action="carry-over",
        kind="award",
        record_id=award_id,
        changes={
            "line": str(source["id"]),
            "toLine": str(target["id"]),
            "amount": str(command.amount),
        },
    )
    return await answer_with(tx, AWARD_VIEW, award_id=award_id, **moment())
