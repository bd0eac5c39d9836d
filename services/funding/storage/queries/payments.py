"""Instalments, payments and runs as published, and what their rules look at."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, String, Uuid, and_, any_, bindparam, case, func, select
from sqlmodel import col

from services.funding.domain.payment_lifecycle import (
    HOLDING_PAYMENT_STATES,
    PAYMENT_LIFECYCLE,
    RUN_ACTIONS,
    PaymentState,
)
from services.funding.storage.queries.moments import allowed_actions, year
from services.funding.storage.tables import AllocationRow, InstalmentRow, PaymentRow, PaymentRunRow
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

HOLDING = sorted(HOLDING_PAYMENT_STATES)
IS_HOLDING = col(PaymentRow.state) == any_(bindparam("holding", type_=ARRAY(String), value=HOLDING))
# What a payment takes of the amount it belongs to: of a partly confirmed one, what arrived.
HELD = func.coalesce(
    func.sum(
        case(
            (
                col(PaymentRow.state) == PaymentState.PARTLY_CONFIRMED.value,
                col(PaymentRow.confirmed_cents),
            ),
            else_=col(PaymentRow.amount_cents),
        )
    ),
    0,
)

PAYMENT: tuple[Any, ...] = (
    col(PaymentRow.id),
    col(PaymentRow.version),
    col(PaymentRow.allocation_id),
    col(PaymentRow.award_line_id),
    col(AllocationRow.recipient_unit),
    col(PaymentRow.instalment_id),
    col(PaymentRow.run_id),
    col(PaymentRow.reservation_id),
    col(PaymentRow.source),
    col(PaymentRow.state),
    allowed_actions(col(PaymentRow.state), PAYMENT_LIFECYCLE, hidden=RUN_ACTIONS),
    col(PaymentRow.amount_cents),
    col(PaymentRow.confirmed_cents).label("confirmed_amount_cents"),
    col(PaymentRow.payee_number),
    col(PaymentRow.value_date),
    col(PaymentRow.bank_reference),
    col(PaymentRow.failure_code),
    col(PaymentRow.created_at),
    col(PaymentRow.updated_at),
)
PAYMENTS = (
    select(*PAYMENT)
    .select_from(PaymentRow)
    .join(
        AllocationRow,
        and_(
            col(AllocationRow.tenant_id) == col(PaymentRow.tenant_id),
            col(AllocationRow.id) == col(PaymentRow.allocation_id),
        ),
    )
)
PAYMENT_VIEW = View(PAYMENTS.where(col(PaymentRow.id) == bindparam("payment_id")))
PAYMENT_LIST = ListView(
    PAYMENTS,
    filters={
        "id": Filter(col(PaymentRow.id), UUID, ("in",)),
        "allocationId": Filter(col(PaymentRow.allocation_id), UUID, ("eq", "in")),
        "reservationId": Filter(col(PaymentRow.reservation_id), UUID, ("eq", "in")),
        "runId": Filter(col(PaymentRow.run_id), UUID, ("eq", "in")),
        "state": Filter(col(PaymentRow.state), str, ("eq", "in")),
        "source": Filter(col(PaymentRow.source), str),
    },
    sorts={"id": "id", "updatedAt": "updated_at"},
    default_sort="id",
)

INSTALMENTS = select(
    col(InstalmentRow.id),
    col(InstalmentRow.allocation_id),
    col(InstalmentRow.number),
    col(InstalmentRow.due_on),
    col(InstalmentRow.amount_cents),
    select(HELD)
    .where(
        col(PaymentRow.tenant_id) == col(InstalmentRow.tenant_id),
        col(PaymentRow.instalment_id) == col(InstalmentRow.id),
        IS_HOLDING,
    )
    .correlate(InstalmentRow)
    .scalar_subquery()
    .label("paid_amount_cents"),
).where(col(InstalmentRow.is_current))
INSTALMENT_LIST = ListView(
    INSTALMENTS,
    filters={"allocationId": Filter(col(InstalmentRow.allocation_id), UUID, ("eq", "in"))},
    sorts={"id": "id", "number": "number"},
    default_sort="id",
)
INSTALMENTS_OF_ALLOCATION = ListView(
    INSTALMENTS.where(col(InstalmentRow.allocation_id) == bindparam("allocation_id", type_=Uuid)),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
)
INSTALMENT_PLAN = View(
    select(
        col(AllocationRow.id),
        col(AllocationRow.version),
        col(AllocationRow.amount_cents),
        json_list(
            INSTALMENTS.where(
                col(InstalmentRow.tenant_id) == col(AllocationRow.tenant_id),
                col(InstalmentRow.allocation_id) == col(AllocationRow.id),
            )
            .order_by(col(InstalmentRow.number))
            .correlate(AllocationRow)
        ).label("instalments"),
    ).where(col(AllocationRow.id) == bindparam("allocation_id"))
)

PAYMENT_RUN: tuple[Any, ...] = (
    col(PaymentRunRow.id),
    col(PaymentRunRow.version),
    col(PaymentRunRow.fiscal_year),
    col(PaymentRunRow.number),
    col(PaymentRunRow.state),
    col(PaymentRunRow.sent_on),
    col(PaymentRunRow.payment_count),
    col(PaymentRunRow.total_cents),
    col(PaymentRunRow.created_at),
    col(PaymentRunRow.updated_at),
)
PAYMENT_RUN_VIEW = View(
    select(*PAYMENT_RUN).where(col(PaymentRunRow.id) == bindparam("run_id", type_=Uuid))
)
PAYMENT_RUN_LIST = ListView(
    select(*PAYMENT_RUN),
    filters={
        "id": Filter(col(PaymentRunRow.id), UUID, ("in",)),
        "state": Filter(col(PaymentRunRow.state), str, ("eq", "in")),
        "fiscalYear": Filter(col(PaymentRunRow.fiscal_year), year, ("eq", "gte", "lte")),
    },
    sorts={"id": "id", "number": "number"},
    default_sort="-id",
)

PAYMENT_BY_ID = Statement(
    select(table_of(PaymentRow)).where(col(PaymentRow.id) == bindparam("payment_id"))
)
PAYMENTS_BY_ID = Statement(
    select(table_of(PaymentRow))
    .where(col(PaymentRow.id) == any_(bindparam("payment_ids", type_=ARRAY(Uuid))))
    .order_by(col(PaymentRow.id))
)
PAYMENTS_FOR_UPDATE = Statement(
    select(table_of(PaymentRow))
    .where(col(PaymentRow.id) == any_(bindparam("payment_ids", type_=ARRAY(Uuid))))
    .order_by(col(PaymentRow.id))
    .with_for_update(key_share=True)
)
HELD_OF_ALLOCATION = Statement(
    select(HELD).where(
        col(PaymentRow.allocation_id) == bindparam("allocation_id"),
        col(PaymentRow.source) == bindparam("source"),
        IS_HOLDING,
    )
)
HELD_OF_INSTALMENT = Statement(
    select(HELD).where(col(PaymentRow.instalment_id) == bindparam("instalment_id"), IS_HOLDING)
)
INSTALMENT = Statement(
    select(table_of(InstalmentRow)).where(col(InstalmentRow.id) == bindparam("instalment_id"))
)
INSTALMENT_ROWS = Statement(
    select(table_of(InstalmentRow))
    .where(col(InstalmentRow.allocation_id) == bindparam("allocation_id"))
    .order_by(col(InstalmentRow.number))
)
RUN_FOR_UPDATE = Statement(
    select(table_of(PaymentRunRow))
    .where(col(PaymentRunRow.id) == bindparam("run_id"))
    .with_for_update(key_share=True)
)
IS_RUN_OPEN = Statement(
    "select exists (select from payment where run_id = :run_id and state = 'SENT')"
)
HAS_PAYMENT_SENT = Statement(
    "select exists (select from payment where allocation_id = :allocation_id and state = 'SENT')"
)
RUN_NUMBER_LOCK = Statement(
    "select pg_advisory_xact_lock(hashtextextended('payment-run|' || :tenant_id, 0))"
)
LAST_RUN_NUMBER = Statement(
    "select coalesce(max(number), 0) from payment_run where fiscal_year = :fiscal_year"
)
# A proof that nobody began is as late as one that was not submitted; a waived one is not.
HAS_OVERDUE_PROOF_OF_RECIPIENT = Statement(
    """
    select exists (
      select from allocation a
        left join proof p on p.tenant_id = a.tenant_id and p.allocation_id = a.id
       where a.recipient_unit = :recipient_unit
         and not a.state = any(cast(:checked as text[]))
         and case when p.id is null
                  then a.state = any(cast(:ended as text[]))
                       and cast(a.terms ->> 'proofDueOn' as date) < :day
                  else p.state = any(cast(:unsubmitted as text[]))
                       and (p.is_overdue or p.due_on < :day) end)
    """
)
ALLOCATIONS_FOR_UPDATE = Statement(
    select(table_of(AllocationRow))
    .where(col(AllocationRow.id) == any_(bindparam("allocation_ids", type_=ARRAY(Uuid))))
    .order_by(col(AllocationRow.id))
    .with_for_update(key_share=True)
)
# What a recipient has got from the level above, turned entries taken off.
PASSED_ON_TO = Statement(
    """
    select coalesce(sum(p.amount_cents), 0)::bigint
      from ledger_account a
      join ledger_posting p on p.tenant_id = a.tenant_id and p.account_id = a.id
      join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where a.allocation_id = :allocation_id and a.code = 'ADVANCE'
       and e.source_kind = 'pass-on' and p.amount_cents > 0
    """
)
