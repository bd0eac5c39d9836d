"""Costs as the person reads them for whose case they were."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.funding.storage.queries.spending import SUBJECT
from services.funding.storage.tables import ExpenditureRow
from shared.database.gate import ReadLog
from shared.database.statements import Statement
from shared.database.views import View

# What of a cost is about the person it was for.
COST_OF_SUBJECT = View(
    select(
        col(ExpenditureRow.id),
        col(ExpenditureRow.cost_kind),
        col(ExpenditureRow.period_from),
        col(ExpenditureRow.period_to),
        col(ExpenditureRow.value_date),
        col(ExpenditureRow.amount_cents),
        col(ExpenditureRow.state),
        SUBJECT.label("case_id"),
    ).where(col(ExpenditureRow.id) == bindparam("expenditure_id")),
    log=ReadLog("expenditure"),
)
COSTS_OF_SUBJECTS = Statement(
    "select expenditure_id from expenditure_subject where subject_ref = any(:case_ids)"
    " order by expenditure_id"
)
