"""What is remarkable about a cost, and what of it is hidden from who asks."""

from sqlalchemy import ARRAY, String, and_, case, func, literal_column
from sqlmodel import col

from services.funding.domain.findings import FindingCode
from services.funding.storage.tables import ExpenditureRow

# What is remarkable about a cost, as codes of findings.
FOUND = case(
    (
        and_(col(ExpenditureRow.open_question).is_not(None), col(ExpenditureRow.excess_cents) > 0),
        func.json_build_array(
            col(ExpenditureRow.open_question), FindingCode.BUDGET_EXHAUSTED.value
        ),
    ),
    (
        col(ExpenditureRow.open_question).is_not(None),
        func.json_build_array(col(ExpenditureRow.open_question)),
    ),
    (
        col(ExpenditureRow.excess_cents) > 0,
        func.json_build_array(FindingCode.BUDGET_EXHAUSTED.value),
    ),
    (
        col(ExpenditureRow.ineligible_cents) > 0,
        func.json_build_array(FindingCode.COST_KIND_NOT_ELIGIBLE.value),
    ),
    else_=func.json_build_array(),
)
# As the policy of `expenditure_subject` says it; a test holds the two together.
MASKED_FIELDS = literal_column(
    "case when strpos(current_setting('app.roles', true), ',auditor,') > 0"
    " then array['subjectRef'] else array[]::text[] end",
    ARRAY(String),
)
