"""The directory as it is read for HSDS: small enough to be read whole."""

import asyncpg
from sqlalchemy import select
from sqlmodel import col

from services.referrals.domain.agencies import EndpointStatus
from services.referrals.domain.capacity import Opening, Weekday
from services.referrals.domain.hsds import Offer, Organization, Told, offers_of
from services.referrals.storage.capacity import read_capacity
from services.referrals.storage.tables import OrgUnitRow, UnitServiceRow
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction

# A unit that is still being entered is shown to nobody outside the directory itself.
_UNITS = Statement(
    select(table_of(OrgUnitRow))
    .where(col(OrgUnitRow.endpoint_status) != EndpointStatus.DRAFT.value)
    .order_by(col(OrgUnitRow.unit_id))
)
_TOLD = Statement(select(table_of(UnitServiceRow)))


async def every_offer(tx: Transaction) -> list[tuple[Organization, list[Offer]]]:
    """All units of the caller's tenant with their services, in the order of their keys."""
    told: dict[str, dict[str, Told]] = {}
    for row in await tx.rows(_TOLD):
        told.setdefault(row["unit_id"], {})[row["service_code"]] = _told(row)
    units = [(row["unit_id"], _organization(row)) for row in await tx.rows(_UNITS)]
    return [(one, offers_of(one, told.get(unit_id, {}))) for unit_id, one in units]


def _organization(row: asyncpg.Record) -> Organization:
    return Organization(
        id=row["id"],
        name_de=row["name_de"],
        name_en=row["name_en"],
        email=row["email"],
        phone=row["phone"],
        url=row["url"],
        areas=row["areas"],
        area_parts=row["area_parts"],
        services=row["services"],
        endpoint_status=EndpointStatus(row["endpoint_status"]),
        updated_at=row["updated_at"],
    )


def _told(row: asyncpg.Record) -> Told:
    return Told(
        capacity=read_capacity(row),
        languages=row["languages"],
        opening=[
            Opening(Weekday(one["day"]), one["opensAt"], one["closesAt"]) for one in row["opening"]
        ],
        updated_at=row["updated_at"],
    )
