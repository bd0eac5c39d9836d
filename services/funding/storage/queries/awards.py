"""Awards as published, and as the rules need them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.funding.domain.award_lifecycle import AWARD_LIFECYCLE, AwardAction
from services.funding.domain.external_ids import ExternalKind
from services.funding.storage.numbers import NUMBERS
from services.funding.storage.queries.legal_forms import LEGAL_FORM_OF_LINE
from services.funding.storage.queries.moments import (
    allowed_actions,
    number_in_force,
    year,
)
from services.funding.storage.queries.settlement import OPEN_RECOVERY, PROOF_ACCEPTED_ON
from services.funding.storage.tables import (
    AllocationRow,
    AwardConditionRow,
    AwardLineRow,
    AwardRow,
    AwardVersionLineRow,
    AwardVersionRow,
)
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

_versions = aliased(AwardVersionRow)
AWARD_NUMBER_IN_FORCE = number_in_force(
    _versions,
    and_(
        col(_versions.tenant_id) == col(AwardRow.tenant_id),
        col(_versions.award_id) == col(AwardRow.id),
    ),
    col(AwardRow.released_by).is_(None),
)

SAME_LINE = and_(
    col(AwardVersionLineRow.tenant_id) == col(AwardLineRow.tenant_id),
    col(AwardVersionLineRow.award_line_id) == col(AwardLineRow.id),
)
OF_THE_VERSION = (
    col(AwardVersionLineRow.tenant_id) == col(AwardVersionRow.tenant_id),
    col(AwardVersionLineRow.award_version_id) == col(AwardVersionRow.id),
)
LINES = json_list(
    select(
        col(AwardLineRow.id),
        col(AwardLineRow.key),
        col(AwardLineRow.funding_line),
        col(AwardLineRow.purpose),
        col(AwardLineRow.name_de),
        col(AwardLineRow.name_en),
        col(AwardLineRow.source),
        col(AwardLineRow.is_additional),
        col(AwardVersionLineRow.amount_cents),
        col(AwardVersionLineRow.fte),
        col(AwardVersionLineRow.rate_cents),
        col(AwardVersionLineRow.valid_from),
        col(AwardVersionLineRow.valid_to),
        col(AwardLineRow.part_year_decision),
        col(AwardLineRow.own_use_cents).label("own_use_amount_cents"),
        col(AwardLineRow.own_use_fte),
        col(AwardLineRow.allocated_cents).label("allocated_amount_cents"),
        col(AwardLineRow.allocated_fte),
        (
            col(AwardLineRow.amount_cents)
            - col(AwardLineRow.own_use_cents)
            - col(AwardLineRow.allocated_cents)
        ).label("free_amount_cents"),
        (
            col(AwardLineRow.fte) - col(AwardLineRow.own_use_fte) - col(AwardLineRow.allocated_fte)
        ).label("free_fte"),
    )
    .join(AwardVersionLineRow, SAME_LINE)
    .where(*OF_THE_VERSION)
    .order_by(col(AwardLineRow.ordinal))
    .correlate(AwardVersionRow)
).label("lines")

CONDITIONS = json_list(
    select(
        col(AwardConditionRow.code),
        col(AwardConditionRow.text_de),
        col(AwardConditionRow.passes_on),
    )
    .where(
        col(AwardConditionRow.tenant_id) == col(AwardRow.tenant_id),
        col(AwardConditionRow.award_id) == col(AwardRow.id),
        col(AwardConditionRow.is_current),
    )
    .order_by(col(AwardConditionRow.ordinal))
    .correlate(AwardRow)
).label("conditions")
# More is passed on or kept than an amendment has left (A9): a warning, it blocks nothing.
HAS_EXCESS = (
    select(col(AwardLineRow.id))
    .where(
        col(AwardLineRow.tenant_id) == col(AwardRow.tenant_id),
        col(AwardLineRow.award_id) == col(AwardRow.id),
        or_(col(AwardLineRow.tolerated_cents) > 0, col(AwardLineRow.tolerated_fte) > 0),
    )
    .correlate(AwardRow)
    .exists()
    .label("has_excess")
)

AWARD: tuple[Any, ...] = (
    col(AwardRow.id),
    col(AwardRow.version),
    col(AwardRow.unit_id),
    col(AwardRow.book),
    col(AwardRow.state),
    allowed_actions(col(AwardRow.state), AWARD_LIFECYCLE, hidden=(AwardAction.AMEND,)),
    col(AwardRow.fiscal_year),
    col(AwardRow.reference),
    col(AwardRow.authority),
    col(AwardRow.funder),
    col(AwardRow.source),
    col(AwardRow.follows_award_id),
    col(AwardRow.applicant),
    col(AwardRow.territory),
    col(AwardRow.permits_forwarding),
    col(AwardRow.awarded_on),
    col(AwardRow.notified_on),
    col(AwardRow.remedies_waived_on),
    col(AwardRow.is_appeal_pending),
    col(AwardRow.budget_released_on),
    col(AwardRow.assurance_until),
    col(AwardRow.proof_due_on),
    PROOF_ACCEPTED_ON,
    OPEN_RECOVERY,
    col(AwardRow.revocation_reason),
    col(AwardRow.revocation_effective_on),
    col(AwardRow.hearing_on),
    col(AwardRow.revoked_cents).label("revoked_amount_cents"),
    col(AwardVersionRow.number).label("version_number"),
    col(AwardVersionRow.kind),
    col(AwardVersionRow.effective_from),
    col(AwardVersionRow.valid_from),
    col(AwardVersionRow.valid_to),
    col(AwardVersionRow.total_cents),
    LINES,
    CONDITIONS,
    HAS_EXCESS,
    NUMBERS.shown(AwardRow, ExternalKind.AWARD),
    col(AwardRow.created_at),
    col(AwardRow.updated_at),
)


AWARDS_IN_FORCE = (
    select(*AWARD)
    .select_from(AwardRow)
    .join(
        AwardVersionRow,
        and_(
            col(AwardVersionRow.tenant_id) == col(AwardRow.tenant_id),
            col(AwardVersionRow.award_id) == col(AwardRow.id),
            col(AwardVersionRow.number) == AWARD_NUMBER_IN_FORCE,
        ),
    )
)

AWARD_VIEW = View(AWARDS_IN_FORCE.where(col(AwardRow.id) == bindparam("award_id")))
AWARD_LIST = ListView(
    AWARDS_IN_FORCE,
    filters={
        "id": Filter(col(AwardRow.id), UUID, ("in",)),
        "externalId": NUMBERS.filter(AwardRow, ExternalKind.AWARD),
        "state": Filter(col(AwardRow.state), str, ("eq", "in")),
        "book": Filter(col(AwardRow.book), str, ("eq",)),
        "fiscalYear": Filter(col(AwardRow.fiscal_year), year, ("eq", "gte", "lte")),
        "awardedOn": Filter(col(AwardRow.awarded_on), date.fromisoformat, ("gte", "lte")),
    },
    sorts={"fiscalYear": "fiscal_year", "updatedAt": "updated_at", "id": "id"},
    default_sort="-fiscalYear",
)

VERSION_LINES = json_list(
    select(
        col(AwardLineRow.key),
        col(AwardVersionLineRow.amount_cents),
        col(AwardVersionLineRow.fte),
        col(AwardVersionLineRow.rate_cents),
        col(AwardVersionLineRow.valid_from),
        col(AwardVersionLineRow.valid_to),
    )
    .join(AwardVersionLineRow, SAME_LINE)
    .where(*OF_THE_VERSION)
    .order_by(col(AwardLineRow.ordinal))
    .correlate(AwardVersionRow)
).label("lines")

AWARD_VERSIONS = ListView(
    select(
        col(AwardVersionRow.id),
        col(AwardVersionRow.number),
        col(AwardVersionRow.kind),
        col(AwardVersionRow.effective_from),
        col(AwardVersionRow.valid_from),
        col(AwardVersionRow.valid_to),
        col(AwardVersionRow.total_cents),
        col(AwardVersionRow.reason),
        VERSION_LINES,
        col(AwardVersionRow.recorded_at),
        col(AwardVersionRow.approved_at),
    ).where(col(AwardVersionRow.award_id) == bindparam("award_id", type_=Uuid)),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
)

_BY_ID = select(table_of(AwardRow)).where(col(AwardRow.id) == bindparam("award_id"))
AWARD_BY_ID = Statement(_BY_ID)
AWARD_FOR_UPDATE = Statement(_BY_ID.with_for_update(key_share=True))
AWARD_EXISTS = Statement(select(col(AwardRow.id)).where(col(AwardRow.id) == bindparam("award_id")))
AWARD_VERSION = Statement(
    select(table_of(AwardVersionRow)).where(
        col(AwardVersionRow.award_id) == bindparam("award_id"),
        col(AwardVersionRow.number) == bindparam("number"),
    )
)
AWARD_VERSION_NUMBERS = Statement(
    select(
        func.max(col(AwardVersionRow.number)).label("newest"),
        func.max(col(AwardVersionRow.number))
        .filter(col(AwardVersionRow.approved_at).is_not(None))
        .label("approved"),
    ).where(col(AwardVersionRow.award_id) == bindparam("award_id"))
)
AWARD_LINES_OF_VERSION = Statement(
    select(
        col(AwardLineRow.id).label("award_line_id"),
        col(AwardLineRow.key),
        col(AwardLineRow.funding_line),
        col(AwardLineRow.purpose),
        col(AwardLineRow.is_additional),
        col(AwardVersionLineRow.amount_cents),
        col(AwardVersionLineRow.fte),
        col(AwardVersionLineRow.rate_cents),
        col(AwardVersionLineRow.valid_from),
        col(AwardVersionLineRow.valid_to),
        LEGAL_FORM_OF_LINE,
    )
    .join(AwardVersionLineRow, col(AwardVersionLineRow.award_line_id) == col(AwardLineRow.id))
    .join(AwardRow, col(AwardRow.id) == col(AwardLineRow.award_id))
    .where(col(AwardVersionLineRow.award_version_id) == bindparam("version_id"))
    .order_by(col(AwardLineRow.ordinal))
)
AWARD_LINES_FOR_UPDATE = Statement(
    select(table_of(AwardLineRow))
    .where(col(AwardLineRow.award_id) == bindparam("award_id"))
    .order_by(col(AwardLineRow.id))
    .with_for_update(key_share=True)
)
LINES_FOR_UPDATE = Statement(
    select(table_of(AwardLineRow))
    .where(col(AwardLineRow.id) == any_(bindparam("line_ids", type_=ARRAY(Uuid))))
    .order_by(col(AwardLineRow.id))
    .with_for_update(key_share=True)
)
AWARD_LINES = Statement(
    select(table_of(AwardLineRow))
    .where(col(AwardLineRow.award_id) == bindparam("award_id"))
    .order_by(col(AwardLineRow.ordinal))
)
_LINE_BY_ID = select(table_of(AwardLineRow)).where(col(AwardLineRow.id) == bindparam("line_id"))
AWARD_LINE_BY_ID = Statement(_LINE_BY_ID)
AWARD_LINE_FOR_UPDATE = Statement(_LINE_BY_ID.with_for_update(key_share=True))
UNCHECKED_CHILD_PROOFS = Statement(
    select(func.count()).where(
        col(AllocationRow.award_id) == bindparam("award_id"),
        not_(col(AllocationRow.state) == any_(bindparam("checked", type_=ARRAY(String)))),
    )
)
