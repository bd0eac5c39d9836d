"""Allocations as the rules see them: the row, its parent with what is free there, its siblings."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_facts import (
    AllocationFacts,
    AllocationForm,
    ContractTerms,
    DataProtectionRole,
    ParentFacts,
    ProofForm,
    RecipientProof,
    Settlement,
    Sibling,
)
from services.funding.domain.allocation_lifecycle import (
    FORWARDING_STATES,
    HOLDING_STATES,
    AllocationState,
)
from services.funding.domain.allocation_tree import NOTHING, Share
from services.funding.domain.award_lifecycle import FORWARDING_STATES as FORWARDING_AWARD_STATES
from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.costs import CostKind
from services.funding.domain.legal_dates import Period
from services.funding.storage.locks import lock_line
from services.funding.storage.queries.allocations import (
    ALLOCATION_BY_ID,
    ALLOCATION_FOR_UPDATE,
    AWARD_OF_LINE,
    HAS_LIVING_CHILDREN,
    IS_RECIPIENT_FLAGGED,
    SIBLINGS,
)
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID, AWARD_LINE_FOR_UPDATE
from services.funding.storage.queries.payments import HAS_PAYMENT_SENT
from services.funding.storage.queries.recoveries import RECOVERIES_OF_ALLOCATION
from services.funding.storage.territories import territory_of
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Parent:
    """The locked level above: an award line, or an allocation of it."""

    line: asyncpg.Record
    award: asyncpg.Record
    allocation: asyncpg.Record | None

    @property
    def row(self) -> asyncpg.Record:
        """The level whose share is passed on."""
        return self.line if self.allocation is None else self.allocation

    @property
    def whole(self) -> Share:
        return Share(self.row["fte"], Money(self.row["amount_cents"]))

    @property
    def own_use(self) -> Share:
        return Share(self.row["own_use_fte"], Money(self.row["own_use_cents"]))

    @property
    def taken(self) -> Share:
        return Share(self.row["allocated_fte"], Money(self.row["allocated_cents"]))

    @property
    def depth(self) -> int:
        return 0 if self.allocation is None else int(self.allocation["depth"])

    @property
    def period(self) -> Period:
        row = self.award if self.allocation is None else self.allocation
        return Period(row["valid_from"], row["valid_to"])

    @property
    def can_forward(self) -> bool:
        if AwardState(self.award["state"]) not in FORWARDING_AWARD_STATES:
            return False
        allocation = self.allocation
        return allocation is None or AllocationState(allocation["state"]) in FORWARDING_STATES

    @property
    def proof_due_on(self) -> date | None:
        if self.allocation is None:
            due: date | None = self.award["proof_due_on"]
            return due
        terms = self.allocation["terms"]
        return date.fromisoformat(terms["proofDueOn"]) if terms else None


async def load_allocation(
    tx: Transaction, allocation_id: UUID, *, is_locked: bool = True
) -> asyncpg.Record:
    """Load one allocation; locked with its line until commit, the line first. Raises NotFound."""
    row = await tx.row(ALLOCATION_BY_ID, allocation_id=allocation_id)
    if row is None:
        raise NotFound
    if not is_locked:
        return row
    await lock_line(tx, row["award_line_id"])
    locked = await tx.row(ALLOCATION_FOR_UPDATE, allocation_id=allocation_id)
    assert locked is not None
    return locked


async def load_parent(
    tx: Transaction, *, line_id: UUID | None, allocation_id: UUID | None, is_locked: bool = True
) -> Parent:
    """Load the level above; locked, so that what is free is still free at the commit.

    Raises NotFound.
    """
    allocation = None
    if allocation_id is not None:
        allocation = await load_allocation(tx, allocation_id, is_locked=is_locked)
        line_id = allocation["award_line_id"]
    line = await tx.row(AWARD_LINE_FOR_UPDATE if is_locked else AWARD_LINE_BY_ID, line_id=line_id)
    if line is None:
        raise NotFound
    award = await tx.row(AWARD_OF_LINE, award_id=line["award_id"])
    assert award is not None
    return Parent(line, award, allocation)


async def allocation_facts(
    tx: Transaction,
    row: asyncpg.Record,
    today: date,
    share: Share | None = None,
    *,
    is_locked: bool = True,
) -> AllocationFacts:
    """What the guards look at. `share` is the one to be checked, of an amendment for example."""
    parent = await load_parent(
        tx,
        line_id=row["award_line_id"],
        allocation_id=row["parent_allocation_id"],
        is_locked=is_locked,
    )
    own = Share(row["fte"], Money(row["amount_cents"]))
    held = own if AllocationState(row["state"]) in HOLDING_STATES else NOTHING
    settlement, has_open_recovery = await _settlement(tx, row)
    return AllocationFacts(
        today=today,
        planned_by=row["planned_by"],
        acting=tx.caller.actor,
        parent=ParentFacts(
            can_forward=parent.can_forward,
            permits_forwarding=parent.award["permits_forwarding"],
            period=parent.period,
            free=parent.whole - parent.own_use - parent.taken + held,
            proof_due_on=parent.proof_due_on,
        ),
        share=share or own,
        period=Period(row["valid_from"], row["valid_to"]),
        territory=territory_of(row["territory"]),
        target_group=row["target_group"],
        siblings=await _siblings(tx, row),
        has_recipient_flag=await is_flagged(tx, row["recipient_unit"]),
        terms=terms_of(row["terms"]),
        proof=_proof(row["proof"]),
        settlement=settlement,
        has_open_recovery=has_open_recovery,
        has_payment_sent=bool(await tx.value(HAS_PAYMENT_SENT, allocation_id=row["id"])),
        has_living_children=bool(await tx.value(HAS_LIVING_CHILDREN, allocation_id=row["id"])),
        recipient=row["recipient_unit"],
        overlap_reason=row["overlap_reason"],
        selection_reason=row["selection_reason"],
        proof_margin_days=row["proof_margin_days"],
        authority_consent_ref=row["authority_consent_ref"],
        double_funding_checked_on=row["double_funding_checked_on"],
        suspension_reason=row["suspension_reason"],
        resumption_reason=row["resumption_reason"],
        early_end_on=row["early_end_on"],
        termination_reason=row["termination_reason"],
        proof_waived_reason=row["proof_waived_reason"],
    )


async def _siblings(tx: Transaction, row: asyncpg.Record) -> tuple[Sibling, ...]:
    rows = await tx.rows(
        SIBLINGS,
        line_id=row["award_line_id"],
        parent_id=row["parent_allocation_id"],
        allocation_id=row["id"],
    )
    return tuple(Sibling(territory_of(one["territory"]), one["target_group"]) for one in rows)


async def is_flagged(tx: Transaction, recipient_unit: str | None) -> bool:
    """A recipient with a terminated contract that is not wound up gets no new one (L1)."""
    if recipient_unit is None:
        return False
    return bool(await tx.value(IS_RECIPIENT_FLAGGED, recipient_unit=recipient_unit))


def terms_of(stored: dict[str, Any] | None) -> ContractTerms | None:
    """The terms from their published form."""
    if stored is None:
        return None
    role = stored["dataProtectionRole"]
    return ContractTerms(
        form=AllocationForm(stored["form"]),
        cost_kinds=frozenset(CostKind(kind) for kind in stored["costKinds"]),
        ceiling=Money.parse(stored["ceiling"]),
        proof_form=ProofForm(stored["proofForm"]),
        proof_due_on=date.fromisoformat(stored["proofDueOn"]),
        data_protection_role=DataProtectionRole(role) if role else None,
        passes_on_conditions=stored["passesOnConditions"],
        has_reporting_duty=stored["hasReportingDuty"],
        has_supervision_clause=stored["hasSupervisionClause"],
    )


def terms_form(terms: ContractTerms) -> dict[str, Any]:
    """The terms in their published form."""
    role = terms.data_protection_role
    return {
        "form": terms.form.value,
        "costKinds": sorted(kind.value for kind in terms.cost_kinds),
        "ceiling": str(terms.ceiling),
        "proofForm": terms.proof_form.value,
        "proofDueOn": terms.proof_due_on.isoformat(),
        "dataProtectionRole": role.value if role else None,
        "passesOnConditions": terms.passes_on_conditions,
        "hasReportingDuty": terms.has_reporting_duty,
        "hasSupervisionClause": terms.has_supervision_clause,
    }


def _proof(stored: dict[str, Any] | None) -> RecipientProof | None:
    if stored is None:
        return None
    unexplained = any(not item["reason"] for item in stored["refusedItems"])
    return RecipientProof(ProofForm(stored["form"]), stored["hasVouchers"], unexplained)


async def _settlement(tx: Transaction, row: asyncpg.Record) -> tuple[Settlement | None, bool]:
    """What was paid and counts, known once the proof is checked or waived; and whether a recovery
    is open.
    """
    recovered = await tx.row(RECOVERIES_OF_ALLOCATION, allocation_id=row["id"])
    assert recovered is not None
    if row["paid_cents"] is None or row["eligible_cents"] is None:
        return None, recovered["is_open"]
    paid, eligible = Money(row["paid_cents"]), Money(row["eligible_cents"])
    return Settlement(paid, eligible, Money(recovered["paid_cents"])), recovered["is_open"]
