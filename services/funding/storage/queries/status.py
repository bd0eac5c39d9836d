"""The lines of all awards as they stood on a day."""

from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from services.funding.domain.ledger.accounts import Book
from services.funding.storage.queries.awards import AWARD_NUMBER_IN_FORCE, SAME_LINE
from services.funding.storage.queries.legal_forms import LEGAL_FORM_OF_LINE
from services.funding.storage.tables import (
    AwardLineRow,
    AwardRow,
    AwardVersionLineRow,
    AwardVersionRow,
)
from shared.database.statements import Statement

LINES_ON_DAY = Statement(
    select(
        col(AwardRow.id).label("award_id"),
        col(AwardRow.reference),
        col(AwardRow.state),
        col(AwardRow.awarded_on),
        col(AwardRow.proof_due_on),
        col(AwardRow.fiscal_year),
        col(AwardRow.revocation_effective_on),
        col(AwardVersionRow.number),
        col(AwardVersionRow.total_cents),
        col(AwardVersionRow.valid_from).label("award_from"),
        col(AwardVersionRow.valid_to).label("award_to"),
        col(AwardLineRow.id).label("line_id"),
        col(AwardLineRow.key),
        col(AwardLineRow.funding_line),
        col(AwardLineRow.purpose),
        col(AwardLineRow.is_additional),
        col(AwardLineRow.name_de),
        col(AwardLineRow.name_en),
        col(AwardLineRow.part_year_decision),
        col(AwardLineRow.own_use_cents),
        col(AwardLineRow.own_use_fte),
        col(AwardLineRow.allocated_cents),
        col(AwardLineRow.allocated_fte),
        col(AwardLineRow.tolerated_cents),
        col(AwardLineRow.tolerated_fte),
        col(AwardVersionLineRow.amount_cents),
        col(AwardVersionLineRow.fte),
        col(AwardVersionLineRow.rate_cents),
        col(AwardVersionLineRow.valid_from),
        col(AwardVersionLineRow.valid_to),
        LEGAL_FORM_OF_LINE,
    )
    .select_from(AwardRow)
    .join(
        AwardVersionRow,
        and_(
            col(AwardVersionRow.tenant_id) == col(AwardRow.tenant_id),
            col(AwardVersionRow.award_id) == col(AwardRow.id),
            col(AwardVersionRow.number) == AWARD_NUMBER_IN_FORCE,
        ),
    )
    .join(
        AwardVersionLineRow,
        and_(
            col(AwardVersionLineRow.tenant_id) == col(AwardVersionRow.tenant_id),
            col(AwardVersionLineRow.award_version_id) == col(AwardVersionRow.id),
        ),
    )
    .join(AwardLineRow, SAME_LINE)
    # What is booked for practice is in no report.
    .where(
        col(AwardRow.fiscal_year) == bindparam("fiscal_year"),
        col(AwardRow.book) == Book.LIVE.value,
    )
    .order_by(col(AwardLineRow.is_additional), col(AwardRow.id), col(AwardLineRow.ordinal))
)
