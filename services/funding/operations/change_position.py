"""Change a post: what is approved from a day on, what is reported of it, who sits on it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg
import orjson

from services.funding.domain.occupancies import (
    KIM,
    Occupancy,
    PostPaidTwice,
    refuse_double_funding,
    refuse_overlap,
    refuse_overstaffing,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.record_position import insert_position_version
from services.funding.storage.queries.moments import position_moment
from services.funding.storage.queries.positions import (
    OCCUPANCIES,
    POSITION_FOR_UPDATE,
    POSITION_VERSIONS,
    POSITION_VIEW,
    SET_PRODUCTS,
)
from services.funding.storage.tables import OccupancyRow, PositionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import fte_text
from shared.kernel.text import Text
from shared.service.writes import Answer

SHARE_CONSTRAINT = "occupancy_share_at_most_one"


class OccupancyHasEnded(Conflict):
    code = "occupancy-has-ended"
    title = Text(de="Diese Besetzung ist schon beendet.", en="This occupancy has ended already.")


@dataclass(frozen=True, slots=True)
class PositionFigures:
    """What somebody reported of a post. Each number stands for itself (R-S4-1)."""

    reported_on: date
    source: str
    filled_fte: Decimal | None = None
    vacant_fte: Decimal | None = None


async def approve_posts(
    tx: Transaction,
    position_id: UUID,
    expected_version: int | None,
    *,
    approved_fte: Decimal,
    effective_from: date,
    reason: str | None,
) -> Answer:
    """A new version: from `effective_from` on so many posts are approved; the old one stays.

    Raises NotFound, the refusals of versions.
    """
    position = await _position_for_update(tx, position_id, expected_version)
    versions = await tx.rows(POSITION_VERSIONS, position_id=position_id)
    number = versions[-1]["number"] + 1
    await insert_position_version(
        tx, position_id, number, approved_fte, effective_from, now(), reason
    )
    return await _finish(
        tx, position, "approve-posts", {"number": number, "fte": fte_text(approved_fte)}
    )


async def report_position(
    tx: Transaction, position_id: UUID, expected_version: int | None, figures: PositionFigures
) -> Answer:
    """Store what is reported, as it is reported. Raises NotFound, the refusals of versions."""
    position = await _position_for_update(tx, position_id, expected_version)
    return await _finish(
        tx,
        position,
        "report-position",
        {"reportedOn": figures.reported_on.isoformat()},
        reported_filled_fte=figures.filled_fte,
        reported_vacant_fte=figures.vacant_fte,
        reported_on=figures.reported_on,
        reported_source=figures.source,
    )


async def set_products(
    tx: Transaction,
    position_id: UUID,
    expected_version: int | None,
    *,
    fiscal_year: int,
    products: tuple[str, ...],
) -> Answer:
    """From this fiscal year on these products of the budget carry the post.

    Raises NotFound, the refusals of versions.
    """
    position = await _position_for_update(tx, position_id, expected_version)
    await tx.execute(
        SET_PRODUCTS,
        tenant_id=tx.caller.tenant_id,
        position_id=position_id,
        fiscal_year=fiscal_year,
        products=list(products),
        recorded_at=now(),
        recorded_by=tx.caller.actor,
    )
    changes = {"fiscalYear": fiscal_year, "products": list(products)}
    return await _finish(tx, position, "set-position-products", changes)


async def occupy(
    tx: Transaction,
    position_id: UUID,
    expected_version: int | None,
    occupancy: Occupancy,
    source: str | None,
) -> Answer:
    """Somebody begins to work on a seat.

    The same holder on other posts is looked for by the database alone, which sees all of them.
    Raises NotFound, the refusals of versions, OccupanciesOverlap, PostPaidTwice,
    MoreFilledThanApproved.
    """
    position = await _position_for_update(tx, position_id, expected_version)
    before = [occupancy_of(row) for row in await tx.rows(OCCUPANCIES, position_id=position_id)]
    refuse_overlap(before, occupancy)
    held = [*before, occupancy]
    refuse_double_funding(held)
    versions = await tx.rows(POSITION_VERSIONS, position_id=position_id)
    refuse_overstaffing(held, lambda day: _approved_on(versions, day))
    occupancy_id = await _insert_occupancy(tx, position_id, occupancy, source)
    return await _finish(tx, position, "occupy-position", {"occupancyId": str(occupancy_id)})


async def _insert_occupancy(
    tx: Transaction, position_id: UUID, occupancy: Occupancy, source: str | None
) -> UUID:
    """Raises PostPaidTwice where the database finds the seat or the holder paid twice (H11)."""
    occupancy_id = new_id()
    try:
        await tx.insert(
            OccupancyRow,
            id=occupancy_id,
            position_id=position_id,
            seat=occupancy.seat,
            share=occupancy.share,
            since=occupancy.since,
            until=occupancy.until,
            programme=occupancy.programme,
            holder_ref=occupancy.holder_ref,
            source=source,
            recorded_at=now(),
            recorded_by=tx.caller.actor,
        )
    except asyncpg.CheckViolationError as refused:
        if refused.constraint_name != SHARE_CONSTRAINT or refused.detail is None:
            raise
        raise PostPaidTwice(**orjson.loads(refused.detail)) from refused
    return occupancy_id


async def end_occupancy(
    tx: Transaction,
    position_id: UUID,
    occupancy_id: UUID,
    expected_version: int | None,
    *,
    until: date,
) -> Answer:
    """`until` is the last day of work on the seat.

    Raises NotFound, the refusals of versions, OccupancyHasEnded, OccupancyEndsBeforeItStarts.
    """
    position = await _position_for_update(tx, position_id, expected_version)
    rows = await tx.rows(OCCUPANCIES, position_id=position_id)
    found = next((row for row in rows if row["id"] == occupancy_id), None)
    if found is None:
        raise NotFound
    if found["until"] is not None:
        raise OccupancyHasEnded(until=found["until"].isoformat())
    running = occupancy_of(found)
    replace(running, until=until)
    await tx.update(OccupancyRow, occupancy_id, until=until)
    return await _finish(tx, position, "end-occupancy", {"occupancyId": str(occupancy_id)})


def occupancy_of(row: asyncpg.Record) -> Occupancy:
    return Occupancy(
        seat=row["seat"],
        share=row["share"],
        since=row["since"],
        until=row["until"],
        programme=row["programme"] or KIM,
        holder_ref=row["holder_ref"],
    )


def _approved_on(versions: list[asyncpg.Record], day: date) -> Decimal:
    """Nothing is approved before the first version."""
    in_force = [row for row in versions if row["effective_from"] <= day]
    return in_force[-1]["approved_fte"] if in_force else Decimal("0.00")


async def _position_for_update(
    tx: Transaction, position_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    position = await tx.row(POSITION_FOR_UPDATE, position_id=position_id)
    if position is None:
        raise NotFound
    require_version(position["version"], expected_version)
    return position


async def _finish(
    tx: Transaction,
    position: asyncpg.Record,
    action: str,
    changes: dict[str, object],
    **columns: object,
) -> Answer:
    position_id: UUID = position["id"]
    await tx.update(
        PositionRow, position_id, version=position["version"] + 1, updated_at=now(), **columns
    )
    await leave_trace(tx, action=action, kind="position", record_id=position_id, changes=changes)
    today = berlin_date(now())
    return await answer_with(tx, POSITION_VIEW, position_id=position_id, **position_moment(today))
