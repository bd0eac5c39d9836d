"""Plan an allocation: a share of an award line or of another allocation is held from now on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.allocation_facts import RecipientKind
from services.funding.domain.allocation_lifecycle import ALLOCATION_LIFECYCLE
from services.funding.domain.allocation_tree import Share, refuse_over_allocation
from services.funding.domain.events.allocations import AllocationPlanned
from services.funding.domain.legal_dates import Period
from services.funding.domain.territory import Territory
from services.funding.domain.versions import VersionKind
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.allocation_records import (
    Parent,
    is_flagged,
    load_parent,
)
from services.funding.storage.queries.allocations import ALLOCATION_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.rows import complete
from services.funding.storage.tables import AllocationRow, AllocationVersionRow
from services.funding.storage.territories import territory_form
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money, fte_text
from shared.kernel.text import Text
from shared.service.writes import Answer


class ParentUnknown(RuleViolated):
    code = "parent-unknown"
    title = Text(
        de="Die Zeile oder Weiterleitung, aus der verteilt werden soll, gibt es nicht.",
        en="The line or allocation to pass on from does not exist.",
    )


class RecipientFlagged(RuleViolated):
    code = "recipient-flagged"
    title = Text(
        de="Mit diesem Empfänger ist eine gekündigte Weiterleitung noch nicht abgewickelt.",
        en="A terminated allocation to this recipient is not wound up yet.",
    )


class OwnUseExceedsShare(RuleViolated):
    code = "own-use-exceeds-share"
    title = Text(
        de="Der eigene Anteil übersteigt die Weiterleitung.",
        en="The share kept for own use exceeds the allocation.",
    )


class PeriodExceedsParent(RuleViolated):
    code = "period-exceeds-parent"
    title = Text(
        de="Der Zeitraum geht über den übergeordneten hinaus.",
        en="The period exceeds that of the level above.",
    )


@dataclass(frozen=True, slots=True)
class NewAllocation:
    """Exactly one of `award_line_id` and `parent_allocation_id` names the level above."""

    share: Share
    period: Period
    territory: Territory
    award_line_id: UUID | None = None
    parent_allocation_id: UUID | None = None
    own_use: Share | None = None
    own_money: Money = ZERO
    recipient_unit: str | None = None
    recipient_name: str | None = None
    recipient_kind: RecipientKind | None = None
    target_group: str = "ALL"
    overlap_reason: str = ""
    authority_consent_ref: str = ""
    double_funding_checked_on: date | None = None
    proof_margin_days: int = 0


async def plan_allocation(tx: Transaction, command: NewAllocation) -> Answer:
    """An allocation in PLANNED. Its share is held at once: the level above is locked meanwhile,
    and the database counts it there in the same transaction (trigger `hold_share`).

    Raises ParentUnknown, NothingAllocated, MoreThanTheParentHas (422, could never fit),
    NotEnoughFree (409 with what is free), OwnUseExceedsShare, PeriodExceedsParent,
    RecipientFlagged.
    """
    try:
        parent = await load_parent(
            tx, line_id=command.award_line_id, allocation_id=command.parent_allocation_id
        )
    except NotFound:
        raise ParentUnknown from None
    refuse_over_allocation(command.share, parent.whole, parent.own_use, parent.taken)
    if command.own_use is not None and not command.own_use.fits_in(command.share):
        raise OwnUseExceedsShare
    if not parent.period.covers(command.period):
        raise PeriodExceedsParent
    if await is_flagged(tx, command.recipient_unit):
        raise RecipientFlagged
    allocation_id = new_id()
    await _insert(tx, command, parent, allocation_id)
    event = AllocationPlanned(
        tenant_id=tx.caller.tenant_id,
        allocation_id=allocation_id,
        award_id=parent.line["award_id"],
        parent_allocation_id=command.parent_allocation_id,
    )
    await leave_trace(
        tx,
        action="plan-allocation",
        kind="allocation",
        record_id=allocation_id,
        changes={"fte": fte_text(command.share.fte), "amount": str(command.share.amount)},
        events=(event,),
    )
    location = f"/v1/allocations/{allocation_id}"
    return await answer_with(tx, ALLOCATION_VIEW, location, allocation_id=allocation_id, **moment())


async def _insert(
    tx: Transaction, command: NewAllocation, parent: Parent, allocation_id: UUID
) -> None:
    instant = now()
    own_use = command.own_use
    shares = {
        "valid_from": command.period.start,
        "valid_to": command.period.end,
        "amount_cents": command.share.amount.cents,
        "fte": command.share.fte,
        **({"own_use_cents": own_use.amount.cents, "own_use_fte": own_use.fte} if own_use else {}),
    }
    kind = command.recipient_kind
    await tx.insert(
        AllocationRow,
        **complete(
            AllocationRow,
            id=allocation_id,
            created_at=instant,
            updated_at=instant,
            award_id=parent.line["award_id"],
            award_line_id=parent.line["id"],
            parent_allocation_id=command.parent_allocation_id,
            depth=parent.depth + 1,
            state=ALLOCATION_LIFECYCLE.initial.value,
            recipient_unit=command.recipient_unit,
            recipient_name=command.recipient_name,
            recipient_kind=kind.value if kind else None,
            target_group=command.target_group,
            territory=territory_form(command.territory),
            own_money_cents=command.own_money.cents,
            overlap_reason=command.overlap_reason,
            authority_consent_ref=command.authority_consent_ref,
            double_funding_checked_on=command.double_funding_checked_on,
            proof_margin_days=command.proof_margin_days,
            planned_by=tx.caller.actor,
            **shares,
        ),
    )
    await tx.insert(
        AllocationVersionRow,
        **complete(
            AllocationVersionRow,
            id=new_id(),
            allocation_id=allocation_id,
            number=1,
            kind=VersionKind.ORIGINAL.value,
            effective_from=command.period.start,
            recorded_at=instant,
            recorded_by=tx.caller.actor,
            **shares,
        ),
    )
