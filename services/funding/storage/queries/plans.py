"""Programmes, rates, budget entries and requests for own money, as published."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.funding.storage.queries.moments import year
from services.funding.storage.tables import (
    BudgetEntryRow,
    OwnShareRequestRow,
    ProgrammeRow,
    RateRow,
)
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View

PROGRAMME = (
    col(ProgrammeRow.id),
    col(ProgrammeRow.version),
    col(ProgrammeRow.code),
    col(ProgrammeRow.name_de),
    col(ProgrammeRow.name_en),
    col(ProgrammeRow.volume_cents),
    col(ProgrammeRow.volume_status),
    col(ProgrammeRow.announced_on),
    col(ProgrammeRow.funder),
    col(ProgrammeRow.legal_source),
    col(ProgrammeRow.enacted_on),
    col(ProgrammeRow.in_force_from),
    col(ProgrammeRow.assurance_until),
    col(ProgrammeRow.source),
    col(ProgrammeRow.updated_at),
)
PROGRAMME_VIEW = View(select(*PROGRAMME).where(col(ProgrammeRow.id) == bindparam("programme_id")))
PROGRAMME_LIST = ListView(
    select(*PROGRAMME),
    filters={"code": Filter(col(ProgrammeRow.code), str, ("eq", "in"))},
    sorts={"code": "code", "id": "id"},
    default_sort="code",
)

RATE = (
    col(RateRow.id),
    col(RateRow.version),
    col(RateRow.funding_line),
    col(RateRow.unit_kind),
    col(RateRow.fiscal_year),
    col(RateRow.ceiling_cents),
    col(RateRow.source),
    col(RateRow.valid_from),
    col(RateRow.valid_to),
    col(RateRow.replaced_by),
    col(RateRow.updated_at),
)
RATE_VIEW = View(select(*RATE).where(col(RateRow.id) == bindparam("rate_id")))
RATE_LIST = ListView(
    select(*RATE),
    filters={
        "fundingLine": Filter(col(RateRow.funding_line), str, ("eq", "in")),
        "unitKind": Filter(col(RateRow.unit_kind), str, ("eq", "in")),
        "fiscalYear": Filter(col(RateRow.fiscal_year), year, ("eq", "gte", "lte")),
    },
    sorts={"fiscalYear": "fiscal_year", "id": "id"},
    default_sort="-fiscalYear",
)
RATES_OF_YEAR = Statement(
    select(table_of(RateRow)).where(
        col(RateRow.fiscal_year) == bindparam("fiscal_year"), col(RateRow.replaced_by).is_(None)
    )
)
RATE_FOR_UPDATE = Statement(
    select(table_of(RateRow))
    .where(col(RateRow.id) == bindparam("rate_id"))
    .with_for_update(key_share=True)
)
PROGRAMME_EXISTS = Statement(
    select(col(ProgrammeRow.id)).where(col(ProgrammeRow.id) == bindparam("programme_id"))
)

BUDGET_ENTRY = (
    col(BudgetEntryRow.id),
    col(BudgetEntryRow.version),
    col(BudgetEntryRow.kind),
    col(BudgetEntryRow.amount_cents),
    col(BudgetEntryRow.fiscal_year),
    col(BudgetEntryRow.product),
    col(BudgetEntryRow.account),
    col(BudgetEntryRow.funding_line),
    col(BudgetEntryRow.name_de),
    col(BudgetEntryRow.source),
    col(BudgetEntryRow.updated_at),
)
BUDGET_ENTRY_VIEW = View(
    select(*BUDGET_ENTRY).where(col(BudgetEntryRow.id) == bindparam("entry_id"))
)
BUDGET_ENTRY_LIST = ListView(
    select(*BUDGET_ENTRY),
    filters={
        "kind": Filter(col(BudgetEntryRow.kind), str, ("eq",)),
        "fiscalYear": Filter(col(BudgetEntryRow.fiscal_year), year, ("eq", "gte", "lte")),
        "product": Filter(col(BudgetEntryRow.product), str, ("eq", "in")),
        "account": Filter(col(BudgetEntryRow.account), str, ("eq", "in")),
    },
    sorts={"fiscalYear": "fiscal_year", "id": "id"},
    default_sort="id",
)
BUDGET_OF_YEAR = Statement(
    select(table_of(BudgetEntryRow))
    .where(
        col(BudgetEntryRow.fiscal_year) == bindparam("fiscal_year"),
        col(BudgetEntryRow.product) == bindparam("product"),
    )
    .order_by(col(BudgetEntryRow.id))
)

OWN_SHARE_REQUEST: tuple[Any, ...] = (
    col(OwnShareRequestRow.id),
    col(OwnShareRequestRow.version),
    col(OwnShareRequestRow.award_line_id),
    col(OwnShareRequestRow.fiscal_year),
    col(OwnShareRequestRow.requested_by),
    col(OwnShareRequestRow.requested_on),
    col(OwnShareRequestRow.personnel_cents).label("personnel_cost_cents"),
    col(OwnShareRequestRow.overhead_cents).label("overhead_cost_cents"),
    col(OwnShareRequestRow.ceiling_cents),
    col(OwnShareRequestRow.fte),
    col(OwnShareRequestRow.own_share_cap_cents),
    col(OwnShareRequestRow.personnel_gap_cents),
    col(OwnShareRequestRow.full_gap_cents),
    col(OwnShareRequestRow.requested_cents).label("requested_amount_cents"),
    col(OwnShareRequestRow.recommended_cents).label("recommended_amount_cents"),
    col(OwnShareRequestRow.decided_cents).label("decided_amount_cents"),
    col(OwnShareRequestRow.decided_on),
    col(OwnShareRequestRow.findings),
    col(OwnShareRequestRow.source),
    col(OwnShareRequestRow.updated_at),
)
OWN_SHARE_REQUEST_VIEW = View(
    select(*OWN_SHARE_REQUEST).where(col(OwnShareRequestRow.id) == bindparam("request_id"))
)
OWN_SHARE_REQUEST_LIST = ListView(
    select(*OWN_SHARE_REQUEST),
    filters={
        "id": Filter(col(OwnShareRequestRow.id), UUID, ("in",)),
        "fiscalYear": Filter(col(OwnShareRequestRow.fiscal_year), year, ("eq", "gte", "lte")),
    },
    sorts={"fiscalYear": "fiscal_year", "id": "id"},
    default_sort="-fiscalYear",
)
OWN_SHARE_REQUEST_FOR_UPDATE = Statement(
    select(table_of(OwnShareRequestRow))
    .where(col(OwnShareRequestRow.id) == bindparam("request_id"))
    .with_for_update(key_share=True)
)
OWN_SHARE_REQUESTS_OF_YEAR = Statement(
    select(table_of(OwnShareRequestRow))
    .where(col(OwnShareRequestRow.fiscal_year) == bindparam("fiscal_year"))
    .order_by(col(OwnShareRequestRow.id))
)
