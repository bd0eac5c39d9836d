"""What kind of money a line of an award is: by the rule in force on the day of its notice."""

from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import col

from services.funding.storage.tables import AwardLineRow, AwardRow, FundingLineRow

_DAY = func.coalesce(col(AwardRow.awarded_on), func.make_date(col(AwardRow.fiscal_year), 1, 1))
# Null where no rule is on record; of a select over award_line and award.
LEGAL_FORM_OF_LINE: Any = (
    select(col(FundingLineRow.legal_form))
    .where(
        and_(
            col(FundingLineRow.tenant_id) == col(AwardLineRow.tenant_id),
            col(FundingLineRow.funding_line) == col(AwardLineRow.funding_line),
            col(FundingLineRow.released_by).is_not(None),
            col(FundingLineRow.valid_from) <= _DAY,
            or_(col(FundingLineRow.valid_to).is_(None), col(FundingLineRow.valid_to) >= _DAY),
        )
    )
    .correlate(AwardLineRow, AwardRow)
    .scalar_subquery()
    .label("legal_form")
)
