"""Base rates and recoveries as published, and what their rules look at."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    String,
    Uuid,
    any_,
    bindparam,
    exists,
    false,
    func,
    select,
)
from sqlmodel import col

from services.funding.domain.recovery_facts import Ground
from services.funding.domain.recovery_lifecycle import (
    OPEN_RECOVERY_STATES,
    OWED_STATES,
    RECOVERY_LIFECYCLE,
    WAITING_STATES,
)
from services.funding.storage.queries.moments import allowed_actions
from services.funding.storage.tables import BaseRateRow, RecoveryPaymentRow, RecoveryRow
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

BASE_RATE = (
    col(BaseRateRow.id),
    col(BaseRateRow.valid_from),
    col(BaseRateRow.percent),
    col(BaseRateRow.source),
    col(BaseRateRow.created_at),
)
BASE_RATE_VIEW = View(select(*BASE_RATE).where(col(BaseRateRow.id) == bindparam("base_rate_id")))
BASE_RATE_LIST = ListView(
    select(*BASE_RATE),
    filters={"id": Filter(col(BaseRateRow.id), UUID, ("in",))},
    sorts={"validFrom": "valid_from", "id": "id"},
    default_sort="-validFrom",
)
BASE_RATES = Statement(
    select(col(BaseRateRow.valid_from), col(BaseRateRow.percent)).order_by(
        col(BaseRateRow.valid_from)
    )
)

PAYMENTS = json_list(
    select(
        col(RecoveryPaymentRow.id),
        col(RecoveryPaymentRow.paid_on),
        col(RecoveryPaymentRow.amount_cents),
        col(RecoveryPaymentRow.interest_cents).label("interest_amount_cents"),
        col(RecoveryPaymentRow.bank_reference),
    )
    .where(
        col(RecoveryPaymentRow.tenant_id) == col(RecoveryRow.tenant_id),
        col(RecoveryPaymentRow.recovery_id) == col(RecoveryRow.id),
    )
    .order_by(col(RecoveryPaymentRow.id))
    .correlate(RecoveryRow)
).label("payments")
RECOVERY: tuple[Any, ...] = (
    col(RecoveryRow.id),
    col(RecoveryRow.version),
    col(RecoveryRow.direction),
    col(RecoveryRow.award_id),
    col(RecoveryRow.award_line_id),
    col(RecoveryRow.allocation_id),
    col(RecoveryRow.ground),
    col(RecoveryRow.source_kind),
    col(RecoveryRow.source_id),
    col(RecoveryRow.state),
    allowed_actions(col(RecoveryRow.state), RECOVERY_LIFECYCLE),
    col(RecoveryRow.principal_cents).label("principal_amount_cents"),
    col(RecoveryRow.claim_since),
    col(RecoveryRow.heard_on),
    col(RecoveryRow.demanded_on),
    col(RecoveryRow.due_on),
    col(RecoveryRow.act_reference),
    col(RecoveryRow.paid_cents).label("paid_amount_cents"),
    col(RecoveryRow.interest_cents).label("interest_amount_cents"),
    col(RecoveryRow.interest_paid_cents).label("interest_paid_amount_cents"),
    col(RecoveryRow.interest_fixed_on),
    col(RecoveryRow.interest_act_reference),
    col(RecoveryRow.day_count),
    col(RecoveryRow.waiver_reference),
    col(RecoveryRow.waiver_reason),
    col(RecoveryRow.withdrawal_reason),
    PAYMENTS,
    col(RecoveryRow.created_at),
    col(RecoveryRow.updated_at),
)
RECOVERY_VIEW = View(select(*RECOVERY).where(col(RecoveryRow.id) == bindparam("recovery_id")))
RECOVERY_LIST = ListView(
    select(*RECOVERY).select_from(RecoveryRow),
    filters={
        "id": Filter(col(RecoveryRow.id), UUID, ("in",)),
        "awardId": Filter(col(RecoveryRow.award_id), UUID, ("eq", "in")),
        "awardLineId": Filter(col(RecoveryRow.award_line_id), UUID, ("eq", "in")),
        "allocationId": Filter(col(RecoveryRow.allocation_id), UUID, ("eq", "in")),
        "sourceId": Filter(col(RecoveryRow.source_id), UUID, ("eq", "in")),
        "state": Filter(col(RecoveryRow.state), str, ("eq", "in")),
        "direction": Filter(col(RecoveryRow.direction), str, ("eq",)),
    },
    sorts={"id": "id", "updatedAt": "updated_at"},
    default_sort="id",
)

_BY_ID = select(table_of(RecoveryRow)).where(col(RecoveryRow.id) == bindparam("recovery_id"))
RECOVERY_BY_ID = Statement(_BY_ID)
RECOVERY_FOR_UPDATE = Statement(_BY_ID.with_for_update(key_share=True))
PAYMENTS_OF_RECOVERY = Statement(
    select(col(RecoveryPaymentRow.paid_on), col(RecoveryPaymentRow.amount_cents))
    .where(col(RecoveryPaymentRow.recovery_id) == bindparam("recovery_id"))
    .order_by(col(RecoveryPaymentRow.id))
)
SAME_RECOVERY = Statement(
    select(col(RecoveryRow.id)).where(
        col(RecoveryRow.award_line_id) == bindparam("line_id"),
        col(RecoveryRow.allocation_id).is_not_distinct_from(bindparam("allocation_id", type_=Uuid)),
        col(RecoveryRow.direction) == bindparam("direction"),
        col(RecoveryRow.ground) == bindparam("ground"),
        col(RecoveryRow.claim_since) == bindparam("claim_since"),
        col(RecoveryRow.principal_cents) == bindparam("principal_cents"),
        col(RecoveryRow.state) != "WITHDRAWN",
    )
)

RECOVERY_OF_SOURCE = Statement(
    select(col(RecoveryRow.id)).where(
        col(RecoveryRow.source_id) == bindparam("source_id"),
        col(RecoveryRow.source_kind) == bindparam("source_kind"),
        col(RecoveryRow.award_line_id) == bindparam("line_id"),
        col(RecoveryRow.ground) == bindparam("ground"),
        col(RecoveryRow.state) != "WITHDRAWN",
    )
)
RECOVERIES_OF_SOURCE = Statement(
    select(table_of(RecoveryRow))
    .where(
        col(RecoveryRow.source_id) == bindparam("source_id"),
        col(RecoveryRow.source_kind) == bindparam("source_kind"),
    )
    .order_by(col(RecoveryRow.id))
)
_OPEN = col(RecoveryRow.state) == any_(
    bindparam("open_states", type_=ARRAY(String), value=sorted(OPEN_RECOVERY_STATES))
)
HAS_OPEN_RECOVERY_TO_LAND = Statement(
    select(
        exists().where(
            col(RecoveryRow.award_id) == bindparam("award_id"),
            col(RecoveryRow.direction) == "UPWARD",
            _OPEN,
        )
    )
)
# What a recipient was asked for, what came back of it, and whether something is still open.
RECOVERIES_OF_ALLOCATION = Statement(
    select(
        func.coalesce(func.sum(col(RecoveryRow.paid_cents)), 0)
        .cast(BigInteger)
        .label("paid_cents"),
        func.coalesce(func.bool_or(_OPEN), false()).label("is_open"),
    ).where(
        col(RecoveryRow.allocation_id) == bindparam("allocation_id"),
        col(RecoveryRow.state) != "WITHDRAWN",
    )
)


def _open_sum(states: frozenset[Any]) -> Statement:
    """What is still to be paid on the recoveries of a line or allocation in these states."""
    open_cents = col(RecoveryRow.principal_cents) - col(RecoveryRow.paid_cents)
    return Statement(
        select(func.coalesce(func.sum(open_cents), 0)).where(
            col(RecoveryRow.award_line_id) == bindparam("line_id"),
            col(RecoveryRow.allocation_id).is_not_distinct_from(
                bindparam("allocation_id", type_=Uuid)
            ),
            col(RecoveryRow.id).is_distinct_from(bindparam("but_id", type_=Uuid)),
            col(RecoveryRow.ground)
            == any_(bindparam("grounds", type_=ARRAY(String), value=sorted(Ground))),
            col(RecoveryRow.source_kind).is_distinct_from(bindparam("but_of", type_=String)),
            col(RecoveryRow.state)
            == any_(bindparam("states", type_=ARRAY(String), value=sorted(states))),
        )
    )


OWED_BY_RECOVERIES = _open_sum(OWED_STATES)
WAITING_RECOVERIES = _open_sum(WAITING_STATES)
