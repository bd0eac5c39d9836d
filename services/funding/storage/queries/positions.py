"""Posts and their occupancies, as published and as the rules need them."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    String,
    and_,
    bindparam,
    cast,
    exists,
    extract,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.funding.domain.external_ids import ExternalKind
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.occupancies import KIM
from services.funding.storage.numbers import NUMBERS
from services.funding.storage.queries.moments import AS_OF, KNOWN_AT, ON_DAY
from services.funding.storage.tables import (
    AwardLineRow,
    AwardRow,
    OccupancyRow,
    PositionProductRow,
    PositionRow,
    PositionVersionRow,
)
from services.funding.storage.tables.base import FTE
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

_versions = aliased(PositionVersionRow)
APPROVED_NUMBER = (
    select(func.max(col(_versions.number)))
    .where(
        col(_versions.tenant_id) == col(PositionRow.tenant_id),
        col(_versions.position_id) == col(PositionRow.id),
        col(_versions.effective_from) <= AS_OF,
        col(_versions.recorded_at) <= KNOWN_AT,
    )
    .scalar_subquery()
)
IN_FORCE = and_(
    col(PositionVersionRow.tenant_id) == col(PositionRow.tenant_id),
    col(PositionVersionRow.position_id) == col(PositionRow.id),
    col(PositionVersionRow.number) == APPROVED_NUMBER,
)
OCCUPIED_FTE = cast(
    select(func.coalesce(func.sum(col(OccupancyRow.share)), 0))
    .where(
        col(OccupancyRow.tenant_id) == col(PositionRow.tenant_id),
        col(OccupancyRow.position_id) == col(PositionRow.id),
        col(OccupancyRow.programme) == KIM,
        col(OccupancyRow.since) <= ON_DAY,
        or_(col(OccupancyRow.until).is_(None), col(OccupancyRow.until) >= ON_DAY),
    )
    .scalar_subquery(),
    FTE,
)
OCCUPANCY_LIST = json_list(
    select(
        col(OccupancyRow.id),
        col(OccupancyRow.seat),
        col(OccupancyRow.share),
        col(OccupancyRow.since),
        col(OccupancyRow.until),
        col(OccupancyRow.programme),
        col(OccupancyRow.holder_ref),
        col(OccupancyRow.source),
    )
    .where(
        col(OccupancyRow.tenant_id) == col(PositionRow.tenant_id),
        col(OccupancyRow.position_id) == col(PositionRow.id),
    )
    .order_by(col(OccupancyRow.since), col(OccupancyRow.seat), col(OccupancyRow.id))
    .correlate(PositionRow)
).label("occupancies")
# What the newest year up to the day says; a year without a row carries on the year before.
PRODUCTS = func.coalesce(
    select(col(PositionProductRow.products))
    .where(
        col(PositionProductRow.tenant_id) == col(PositionRow.tenant_id),
        col(PositionProductRow.position_id) == col(PositionRow.id),
        col(PositionProductRow.fiscal_year) <= extract("year", ON_DAY),
    )
    .order_by(col(PositionProductRow.fiscal_year).desc())
    .limit(1)
    .scalar_subquery(),
    cast([], ARRAY(String)),
).label("products")
PRODUCT_LIST = json_list(
    select(col(PositionProductRow.fiscal_year), col(PositionProductRow.products))
    .where(
        col(PositionProductRow.tenant_id) == col(PositionRow.tenant_id),
        col(PositionProductRow.position_id) == col(PositionRow.id),
    )
    .order_by(col(PositionProductRow.fiscal_year))
    .correlate(PositionRow)
).label("products_by_year")

POSITION: tuple[Any, ...] = (
    col(PositionRow.id),
    col(PositionRow.version),
    col(PositionRow.award_line_id),
    col(AwardLineRow.award_id),
    col(PositionRow.funding_line),
    col(PositionRow.post_type),
    col(PositionRow.label),
    col(PositionRow.unit_id),
    col(PositionRow.ags),
    col(PositionRow.location_note),
    col(PositionRow.focus),
    PRODUCTS,
    PRODUCT_LIST,
    col(PositionRow.planned_start),
    col(PositionRow.valid_from),
    col(PositionRow.valid_to),
    col(PositionRow.has_other_source),
    col(PositionRow.source),
    col(PositionVersionRow.number).label("version_number"),
    col(PositionVersionRow.effective_from),
    col(PositionVersionRow.approved_fte),
    OCCUPIED_FTE.label("occupied_fte"),
    col(PositionRow.reported_filled_fte),
    col(PositionRow.reported_vacant_fte),
    col(PositionRow.reported_on),
    col(PositionRow.reported_source),
    OCCUPANCY_LIST,
    NUMBERS.shown(PositionRow, ExternalKind.POSITION),
    col(PositionRow.created_at),
    col(PositionRow.updated_at),
)
POSITIONS = (
    select(*POSITION)
    .select_from(PositionRow)
    .join(PositionVersionRow, IN_FORCE)
    .outerjoin(
        AwardLineRow,
        and_(
            col(AwardLineRow.tenant_id) == col(PositionRow.tenant_id),
            col(AwardLineRow.id) == col(PositionRow.award_line_id),
        ),
    )
)
POSITION_VIEW = View(POSITIONS.where(col(PositionRow.id) == bindparam("position_id")))
POSITION_LIST = ListView(
    POSITIONS,
    filters={
        "id": Filter(col(PositionRow.id), UUID, ("in",)),
        "externalId": NUMBERS.filter(PositionRow, ExternalKind.POSITION),
        "postType": Filter(col(PositionRow.post_type), str, ("eq", "in")),
        "fundingLine": Filter(col(PositionRow.funding_line), str, ("eq", "in")),
        "unitId": Filter(col(PositionRow.unit_id), str, ("eq", "in")),
        "awardId": Filter(col(AwardLineRow.award_id), UUID, ("eq", "in")),
        "awardLineId": Filter(col(PositionRow.award_line_id), UUID, ("eq", "in")),
    },
    sorts={"updatedAt": "updated_at", "label": "label", "id": "id"},
    default_sort="id",
)
POSITION_FOR_UPDATE = Statement(
    select(table_of(PositionRow))
    .where(col(PositionRow.id) == bindparam("position_id"))
    .with_for_update(key_share=True)
)
POSITION_BY_ID = Statement(
    select(table_of(PositionRow)).where(col(PositionRow.id) == bindparam("position_id"))
)
POSITION_VERSIONS = Statement(
    select(table_of(PositionVersionRow))
    .where(col(PositionVersionRow.position_id) == bindparam("position_id"))
    .order_by(col(PositionVersionRow.number))
)
SET_PRODUCTS = Statement("""
insert into position_product (tenant_id, position_id, fiscal_year, products, recorded_at,
  recorded_by)
values (:tenant_id, :position_id, :fiscal_year, :products, :recorded_at, :recorded_by)
on conflict (tenant_id, position_id, fiscal_year) do update
   set products = excluded.products, recorded_at = excluded.recorded_at,
       recorded_by = excluded.recorded_by""")
OCCUPANCIES = Statement(
    select(table_of(OccupancyRow))
    .where(col(OccupancyRow.position_id) == bindparam("position_id"))
    .order_by(col(OccupancyRow.since), col(OccupancyRow.id))
)
# Posts of the practice book, and who sits on them, are in no report.
IS_LIVE = not_(
    exists(
        select(col(AwardLineRow.id))
        .join(
            AwardRow,
            and_(
                col(AwardRow.tenant_id) == col(AwardLineRow.tenant_id),
                col(AwardRow.id) == col(AwardLineRow.award_id),
            ),
        )
        .where(
            col(AwardLineRow.tenant_id) == col(PositionRow.tenant_id),
            col(AwardLineRow.id) == col(PositionRow.award_line_id),
            col(AwardRow.book) == Book.PRACTICE.value,
        )
        .correlate(PositionRow)
    )
)
# What is paid between two days, whatever post it is on, with the line that the post belongs to.
OCCUPANCIES_OF_YEAR = Statement(
    select(table_of(OccupancyRow), col(PositionRow.funding_line))
    .join(
        PositionRow,
        and_(
            col(PositionRow.tenant_id) == col(OccupancyRow.tenant_id),
            col(PositionRow.id) == col(OccupancyRow.position_id),
        ),
    )
    .where(
        IS_LIVE,
        col(OccupancyRow.programme) == KIM,
        col(OccupancyRow.since) <= bindparam("last_day"),
        or_(col(OccupancyRow.until).is_(None), col(OccupancyRow.until) >= bindparam("first_day")),
    )
    .order_by(col(OccupancyRow.since), col(OccupancyRow.id))
)
POSITIONS_ON_DAY = Statement(
    select(
        col(PositionRow.id),
        col(PositionRow.award_line_id),
        col(PositionRow.post_type),
        col(PositionRow.valid_to),
        col(PositionRow.has_other_source),
        col(PositionVersionRow.approved_fte),
        OCCUPIED_FTE.label("occupied_fte"),
        col(PositionRow.reported_filled_fte),
        col(PositionRow.reported_vacant_fte),
        cast(col(PositionRow.reported_on) <= AS_OF, Boolean).label("is_reported"),
    )
    .join(PositionVersionRow, IN_FORCE)
    .where(
        IS_LIVE,
        or_(col(PositionRow.valid_from).is_(None), col(PositionRow.valid_from) <= AS_OF),
        or_(col(PositionRow.valid_to).is_(None), col(PositionRow.valid_to) >= AS_OF),
    )
    .order_by(col(PositionRow.id))
)
