"""What units said of their capacity: as published JSON and for the operations."""

from collections.abc import Sequence

import asyncpg
from sqlalchemy import ARRAY, String, any_, bindparam, exists, select
from sqlmodel import col

from services.referrals.domain.capacity import Capacity
from services.referrals.storage.tables import OrgUnitRow, UnitServiceRow
from shared.database.filter_values import yes_or_no
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View

U, S = OrgUnitRow, UnitServiceRow

_FOR_UPDATE = Statement(
    select(table_of(S))
    .where(col(S.unit_id) == bindparam("unit_id"), col(S.service_code) == bindparam("service_code"))
    .with_for_update()
)
_CAPACITIES = Statement(
    select(table_of(S)).where(
        col(S.service_code) == bindparam("service_code"),
        col(S.unit_id) == any_(bindparam("unit_ids", type_=ARRAY(String))),
    )
)
# What a unit no longer offers is not shown, whatever it once said of it.
_IS_OFFERED = exists(
    select(col(U.id)).where(
        col(U.tenant_id) == col(S.tenant_id),
        col(U.unit_id) == col(S.unit_id),
        col(S.service_code) == any_(col(U.services)),
    )
)
_COLUMNS = (
    col(S.id),
    col(S.version),
    col(S.unit_id),
    col(S.service_code),
    col(S.accepts),
    col(S.seats_total),
    col(S.seats_free),
    col(S.waiting_days),
    col(S.languages),
    col(S.opening),
    col(S.valid_from),
    col(S.valid_to),
    col(S.updated_at),
)
UNIT_SERVICE_VIEW = View(
    select(*_COLUMNS).where(
        col(S.unit_id) == bindparam("unit_id"),
        col(S.service_code) == bindparam("service_code"),
        _IS_OFFERED,
    )
)


UNIT_SERVICE_LIST = ListView(
    select(*_COLUMNS).where(_IS_OFFERED),
    filters={
        "unitId": Filter(col(S.unit_id), str, ("eq", "in")),
        "serviceCode": Filter(col(S.service_code), str, ("eq", "in")),
        "accepts": Filter(col(S.accepts), yes_or_no),
    },
    sorts={"unitId": "unit_id", "updatedAt": "updated_at", "id": "id"},
    default_sort="unitId",
)


async def unit_service_for_update(
    tx: Transaction, unit_id: str, service_code: str
) -> asyncpg.Record | None:
    """Lock what a unit said of a service until commit; None when it has said nothing yet."""
    return await tx.row(_FOR_UPDATE, unit_id=unit_id, service_code=service_code)


async def find_capacities(
    tx: Transaction, service_code: str, unit_ids: Sequence[str]
) -> dict[str, Capacity]:
    """By unit; those that said nothing are missing."""
    rows = await tx.rows(_CAPACITIES, service_code=service_code, unit_ids=list(unit_ids))
    return {row["unit_id"]: read_capacity(row) for row in rows}


def read_capacity(row: asyncpg.Record) -> Capacity:
    return Capacity(
        accepts=row["accepts"],
        seats_total=row["seats_total"],
        seats_free=row["seats_free"],
        waiting_days=row["waiting_days"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
