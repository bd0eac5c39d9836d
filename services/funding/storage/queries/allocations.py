"""Allocations as published, as a tree, and as the rules need them."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.external_ids import ExternalKind
from services.funding.domain.ledger.accounts import Book
from services.funding.storage.numbers import NUMBERS
from services.funding.storage.queries.moments import allowed_actions, number_in_force
from services.funding.storage.tables import (
    AllocationRow,
    AllocationVersionRow,
    AwardLineRow,
    AwardRow,
    AwardVersionRow,
)
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View

# Whoever serves an area or is about to: others must not be given it for the same target group.
SERVING_STATES = (
    AllocationState.CONTRACTED,
    AllocationState.ACTIVE,
    AllocationState.SUSPENDED,
)
CANCELLED, TERMINATED = AllocationState.CANCELLED.value, AllocationState.TERMINATED.value

_versions = aliased(AllocationVersionRow)
NUMBER_IN_FORCE = number_in_force(
    _versions,
    and_(
        col(_versions.tenant_id) == col(AllocationRow.tenant_id),
        col(_versions.allocation_id) == col(AllocationRow.id),
    ),
    col(AllocationRow.released_by).is_(None),
)
ALLOCATION: tuple[Any, ...] = (
    col(AllocationRow.id),
    col(AllocationRow.version),
    col(AllocationRow.award_id),
    col(AllocationRow.award_line_id),
    col(AllocationRow.parent_allocation_id),
    col(AllocationRow.depth),
    col(AwardLineRow.funding_line),
    col(AllocationRow.state),
    allowed_actions(
        col(AllocationRow.state),
        ALLOCATION_LIFECYCLE,
        hidden=(AllocationAction.AMEND, AllocationAction.CHECK_PROOF),
    ),
    col(AllocationRow.recipient_unit),
    col(AllocationRow.recipient_name),
    col(AllocationRow.recipient_kind),
    col(AllocationVersionRow.number).label("version_number"),
    col(AllocationVersionRow.kind),
    col(AllocationVersionRow.effective_from),
    col(AllocationVersionRow.valid_from),
    col(AllocationVersionRow.valid_to),
    col(AllocationVersionRow.amount_cents),
    col(AllocationVersionRow.fte),
    col(AllocationVersionRow.own_use_cents).label("own_use_amount_cents"),
    col(AllocationVersionRow.own_use_fte),
    col(AllocationRow.allocated_cents).label("allocated_amount_cents"),
    col(AllocationRow.allocated_fte),
    (
        col(AllocationRow.amount_cents)
        - col(AllocationRow.own_use_cents)
        - col(AllocationRow.allocated_cents)
    ).label("free_amount_cents"),
    (
        col(AllocationRow.fte) - col(AllocationRow.own_use_fte) - col(AllocationRow.allocated_fte)
    ).label("free_fte"),
    col(AllocationRow.own_money_cents),
    col(AllocationRow.target_group),
    col(AllocationRow.territory),
    col(AllocationRow.overlap_reason),
    col(AllocationRow.selection_reason),
    col(AllocationRow.terms),
    col(AllocationRow.proof_margin_days),
    col(AllocationRow.authority_consent_ref),
    col(AllocationRow.double_funding_checked_on),
    col(AllocationRow.suspension_reason),
    col(AllocationRow.resumption_reason),
    col(AllocationRow.early_end_on),
    col(AllocationRow.termination_reason),
    col(AllocationRow.proof),
    col(AllocationRow.paid_cents).label("paid_amount_cents"),
    col(AllocationRow.eligible_cents).label("eligible_amount_cents"),
    col(AllocationRow.repaid_cents).label("repaid_amount_cents"),
    NUMBERS.shown(AllocationRow, ExternalKind.ALLOCATION),
    col(AllocationRow.created_at),
    col(AllocationRow.updated_at),
)
ALLOCATIONS = (
    select(*ALLOCATION)
    .select_from(AllocationRow)
    .join(
        AllocationVersionRow,
        and_(
            col(AllocationVersionRow.tenant_id) == col(AllocationRow.tenant_id),
            col(AllocationVersionRow.allocation_id) == col(AllocationRow.id),
            col(AllocationVersionRow.number) == NUMBER_IN_FORCE,
        ),
    )
    .join(
        AwardLineRow,
        and_(
            col(AwardLineRow.tenant_id) == col(AllocationRow.tenant_id),
            col(AwardLineRow.id) == col(AllocationRow.award_line_id),
        ),
    )
)
ALLOCATION_VIEW = View(ALLOCATIONS.where(col(AllocationRow.id) == bindparam("allocation_id")))
ALLOCATION_LIST = ListView(
    ALLOCATIONS,
    filters={
        "id": Filter(col(AllocationRow.id), UUID, ("in",)),
        "externalId": NUMBERS.filter(AllocationRow, ExternalKind.ALLOCATION),
        "state": Filter(col(AllocationRow.state), str, ("eq", "in")),
        "awardId": Filter(col(AllocationRow.award_id), UUID, ("eq", "in")),
        "awardLineId": Filter(col(AllocationRow.award_line_id), UUID, ("eq", "in")),
        "parentAllocationId": Filter(col(AllocationRow.parent_allocation_id), UUID, ("eq", "in")),
        "recipientUnit": Filter(col(AllocationRow.recipient_unit), str, ("eq", "in")),
        "fundingLine": Filter(col(AwardLineRow.funding_line), str, ("eq", "in")),
    },
    sorts={"updatedAt": "updated_at", "depth": "depth", "id": "id"},
    default_sort="id",
)
ALLOCATION_VERSIONS = ListView(
    select(
        col(AllocationVersionRow.id),
        col(AllocationVersionRow.number),
        col(AllocationVersionRow.kind),
        col(AllocationVersionRow.effective_from),
        col(AllocationVersionRow.valid_from),
        col(AllocationVersionRow.valid_to),
        col(AllocationVersionRow.amount_cents),
        col(AllocationVersionRow.fte),
        col(AllocationVersionRow.own_use_cents).label("own_use_amount_cents"),
        col(AllocationVersionRow.own_use_fte),
        col(AllocationVersionRow.reason),
        col(AllocationVersionRow.recorded_at),
        col(AllocationVersionRow.approved_at),
    ).where(col(AllocationVersionRow.allocation_id) == bindparam("allocation_id")),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
)

_BY_ID = select(table_of(AllocationRow)).where(col(AllocationRow.id) == bindparam("allocation_id"))
ALLOCATION_BY_ID = Statement(_BY_ID)
ALLOCATION_FOR_UPDATE = Statement(_BY_ID.with_for_update(key_share=True))
ALLOCATION_VERSION = Statement(
    select(table_of(AllocationVersionRow)).where(
        col(AllocationVersionRow.allocation_id) == bindparam("allocation_id"),
        col(AllocationVersionRow.number) == bindparam("number"),
    )
)
NEWEST_ALLOCATION_VERSION = Statement(
    select(table_of(AllocationVersionRow))
    .where(col(AllocationVersionRow.allocation_id) == bindparam("allocation_id"))
    .order_by(col(AllocationVersionRow.number).desc())
    .limit(1)
)
# The newest approved version tells the period of the award; a draft tells it before the grant.
AWARD_OF_LINE = Statement(
    select(
        col(AwardRow.id),
        col(AwardRow.state),
        col(AwardRow.permits_forwarding),
        col(AwardRow.proof_due_on),
        col(AwardRow.territory),
        col(AwardVersionRow.valid_from),
        col(AwardVersionRow.valid_to),
    )
    .join(AwardVersionRow, col(AwardVersionRow.award_id) == col(AwardRow.id))
    .where(
        col(AwardRow.id) == bindparam("award_id"),
        or_(col(AwardVersionRow.approved_at).is_not(None), col(AwardRow.released_by).is_(None)),
    )
    .order_by(col(AwardVersionRow.number).desc())
    .limit(1)
)
SIBLINGS = Statement(
    select(col(AllocationRow.territory), col(AllocationRow.target_group)).where(
        col(AllocationRow.award_line_id) == bindparam("line_id"),
        col(AllocationRow.parent_allocation_id).is_not_distinct_from(bindparam("parent_id")),
        col(AllocationRow.id) != bindparam("allocation_id"),
        or_(*(col(AllocationRow.state) == state.value for state in SERVING_STATES)),
    )
)
HAS_LIVING_CHILDREN = Statement(
    select(
        exists().where(
            col(AllocationRow.parent_allocation_id) == bindparam("allocation_id"),
            col(AllocationRow.state) != CANCELLED,
            col(AllocationRow.state) != AllocationState.SETTLED.value,
        )
    )
)
IS_RECIPIENT_FLAGGED = Statement(
    select(
        exists().where(
            col(AllocationRow.recipient_unit) == bindparam("recipient_unit"),
            col(AllocationRow.state) == TERMINATED,
        )
    )
)
TREE = Statement(
    select(
        col(AllocationRow.id),
        col(AllocationRow.parent_allocation_id),
        col(AllocationRow.award_line_id),
        col(AllocationRow.depth),
        col(AllocationRow.state),
        col(AllocationRow.recipient_unit),
        col(AllocationRow.recipient_name),
        col(AllocationRow.amount_cents),
        col(AllocationRow.fte),
        col(AllocationRow.own_use_cents),
        col(AllocationRow.own_use_fte),
        col(AllocationRow.allocated_cents),
        col(AllocationRow.allocated_fte),
    )
    .where(
        col(AllocationRow.award_id) == bindparam("award_id"),
        col(AllocationRow.state) != CANCELLED,
    )
    .order_by(col(AllocationRow.depth), col(AllocationRow.id))
)
OVER_ALLOCATED = Statement(
    select(
        col(AllocationRow.id),
        col(AllocationRow.tolerated_cents),
        col(AllocationRow.tolerated_fte),
    )
    .join(
        AwardRow,
        and_(
            col(AwardRow.tenant_id) == col(AllocationRow.tenant_id),
            col(AwardRow.id) == col(AllocationRow.award_id),
        ),
    )
    .where(
        col(AwardRow.book) == Book.LIVE.value,
        or_(col(AllocationRow.tolerated_cents) > 0, col(AllocationRow.tolerated_fte) > 0),
    )
)
