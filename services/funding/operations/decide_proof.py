"""What a decision on a proof leads to: recoveries from its frozen figures, and for a recipient's
proof what counts as use in the books.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.proof_decision import (
    Asked,
    FrozenFigures,
    RecipientAccount,
    RefusedFigure,
    account_of_recipient,
    refused_by_line,
)
from services.funding.domain.proof_lifecycle import ProofAction, RecoveryGround
from services.funding.domain.recovery_facts import Direction, Ground, RecoverySource
from services.funding.operations.raise_recovery import NewRecovery, raise_recovery
from services.funding.operations.recoveries_due import RECEIVED, held_of_line
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.ledger_records import balance, book_of_line
from services.funding.storage.locks import lock_book, lock_line, lock_lines
from services.funding.storage.proof_records import frozen_figures
from services.funding.storage.recovery_records import waiting_beyond_books
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money

# Grounds that ask for money whether it was used or not; the others name a cost that counted.
WHATEVER_ITS_USE = (Ground.UNSPENT, Ground.REVOKED, Ground.OVERPAID)
UNSPENT_CODES = (AccountCode.FREE, AccountCode.RESERVED, AccountCode.COMMITTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """`unspent` goes back whatever is decided; `asked` is all that goes back, by line and ground.

    `account` and `used` are of a recipient's proof: its account as proved, and what counts of it.
    """

    unspent: Money
    asked: tuple[Asked, ...]
    account: RecipientAccount | None = None
    used: Money = ZERO
    is_advance_as_proved: bool = True

    @property
    def recovery(self) -> Money:
        return sum((one.amount for one in self.asked), ZERO)


async def weigh(
    tx: Transaction,
    proof: asyncpg.Record,
    version: asyncpg.Record,
    action: ProofAction,
    ground: RecoveryGround | None,
    refused: Sequence[RefusedFigure],
) -> Decision:
    """What the decision comes to, with lines, allocation and book locked until commit.

    Raises FigureNotRefusable.
    """
    figures = await frozen_figures(tx, version["id"])
    why = Ground(ground.value) if ground is not None else Ground.UNSPENT
    if proof["allocation_id"] is not None:
        return await _of_recipient(tx, proof["allocation_id"], figures, action, why, refused)
    lines = figures.lines()
    await lock_lines(tx, lines.values())
    if lines:
        await lock_book(tx, await book_of_line(tx, next(iter(lines.values()))))
    if action is ProofAction.REJECT:
        whole = {
            line_id: await _still_held(tx, line_id, figures.unproved_of_line(key), RECEIVED)
            for key, line_id in lines.items()
        }
        asked = tuple(Asked(line_id, why, amount) for line_id, amount in whole.items() if amount)
        return Decision(sum(whole.values(), ZERO), tuple(one for one in asked if one.amount > ZERO))
    left = {
        line_id: await _still_held(tx, line_id, figures.unspent_of_line(key), UNSPENT_CODES)
        for key, line_id in lines.items()
    }
    unspent = tuple(
        Asked(line_id, Ground.UNSPENT, amount) for line_id, amount in left.items() if amount > ZERO
    )
    return Decision(sum(left.values(), ZERO), (*unspent, *refused_by_line(figures, refused, why)))


async def _still_held(
    tx: Transaction, line_id: UUID, frozen: Money, codes: tuple[AccountCode, ...]
) -> Money:
    """What the proof says is held, where the books still have it and nobody has asked for it."""
    now_held = await held_of_line(tx, line_id, codes)
    waiting = await waiting_beyond_books(tx, line_id, grounds=WHATEVER_ITS_USE)
    return max(ZERO, min(frozen, now_held) - waiting)


async def _of_recipient(
    tx: Transaction,
    allocation_id: UUID,
    figures: FrozenFigures,
    action: ProofAction,
    why: Ground,
    refused: Sequence[RefusedFigure],
) -> Decision:
    row = await load_allocation(tx, allocation_id, is_locked=False)
    line_id = row["award_line_id"]
    await lock_line(tx, line_id)
    await load_allocation(tx, allocation_id)
    await lock_book(tx, await book_of_line(tx, line_id))
    account = account_of_recipient(figures, allocation_id)
    figures.refused(refused)
    advanced = await balance(tx, Account(AccountCode.ADVANCE, line_id, allocation_id))
    used = account.used_without(sum((one.amount for one in refused), ZERO))
    parts = [(why, account.used - used)]
    rest = account.held - account.used
    if action is ProofAction.REJECT:
        used, parts, rest = ZERO, [], account.held
    waiting = await waiting_beyond_books(
        tx, line_id, allocation_id, grounds=WHATEVER_ITS_USE, but_of=RecoverySource.TERMINATION
    )
    unspent = max(ZERO, rest - waiting)
    parts.insert(0, (why if action is ProofAction.REJECT else Ground.UNSPENT, unspent))
    asked = tuple(Asked(line_id, ground, amount) for ground, amount in parts if amount > ZERO)
    return Decision(unspent, asked, account, used, is_advance_as_proved=advanced == account.held)


async def raise_recoveries(
    tx: Transaction, proof: asyncpg.Record, decision: Decision, day: date, recorded_by: str
) -> None:
    """One draft for each line and ground; the claim arises on the day of the decision.

    In the name of whoever made the version, so that the person who decided may demand.
    """
    allocation_id = proof["allocation_id"]
    for one in decision.asked:
        new = NewRecovery(
            direction=Direction.UPWARD if allocation_id is None else Direction.DOWNWARD,
            award_line_id=one.award_line_id,
            allocation_id=allocation_id,
            ground=one.ground,
            principal=one.amount,
            claim_since=day,
            source=RecoverySource.PROOF,
            source_id=proof["id"],
        )
        await raise_recovery(tx, new, recorded_by)
