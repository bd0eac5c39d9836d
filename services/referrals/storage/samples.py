"""Samples for trying rules: kept and forgotten by the database, read by the coordination."""

from datetime import date
from typing import Any

from sqlalchemy import Integer, bindparam, cast, func, select
from sqlmodel import col

from services.referrals.domain.areas import Location, Place
from services.referrals.domain.simulation import SQUARE_MICRODEG, Sample
from services.referrals.storage.tables import RoutingSampleRow
from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction

S = RoutingSampleRow

# The place goes; of a street and a square of the map it stays that somebody was sent from there.
_LEAVE_SAMPLE = Statement("""
with gone as (delete from referral_place where id = :key returning *)
select leave_routing_sample(
  :month, :service_code, ags, district, street, lon_microdeg, lat_microdeg,
  :unit_id, :manual_reason, :rules_version) from gone""")
_PLACE = (col(S.service_code), col(S.ags), col(S.district), col(S.street), col(S.square))
_SAMPLES = Statement(
    select(*_PLACE, col(S.unit_id), cast(func.sum(col(S.times)), Integer).label("times"))
    .where(col(S.month) >= bindparam("since"))
    .group_by(*_PLACE, col(S.unit_id))
    .order_by(func.sum(col(S.times)).desc(), *_PLACE, col(S.unit_id))
    .limit(bindparam("rows_max", type_=Integer))
)
FORGET = "select forget_routing_samples($1)"


async def leave_sample(tx: Transaction, row: dict[str, Any], day: date) -> None:
    """Delete the place of a referral and count it in its neighbourhood, in one statement."""
    await tx.execute(
        _LEAVE_SAMPLE,
        key=row["id"],
        month=day.replace(day=1),
        service_code=row["service_code"],
        unit_id=row["recipient_unit"],
        manual_reason=row["manual_reason"] or "",
        rules_version=row["rules_version"] or 0,
    )


async def samples_since(tx: Transaction, since: date, rows_max: int) -> list[Sample]:
    """The neighbourhoods with most referrals first; empty for whoever may not try rules."""
    rows = await tx.rows(_SAMPLES, since=since, rows_max=rows_max)
    return [
        Sample(
            service_code=row["service_code"],
            place=Place(
                ags=row["ags"],
                street=row["street"],
                district=row["district"],
                location=_middle(row["square"]),
            ),
            unit_id=row["unit_id"],
            times=row["times"],
        )
        for row in rows
    ]


async def forget_samples(database: Database, before: date) -> int:
    """Of every tenant; how many rows went."""
    [row] = await database.across_tenants(FORGET, before, part="timer")
    found: int = row[0]
    return found


def _middle(square: str) -> Location | None:
    if not square:
        return None
    lon, lat = square.split(",")
    return Location(int(lon) * SQUARE_MICRODEG, int(lat) * SQUARE_MICRODEG)
