"""Record a post, or a group of posts of one type, with what is approved from a day on."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.funding.domain.legal_dates import Quarter
from services.funding.domain.positions import LINE_OF_POST_TYPE, POST_TYPE_NAMES, PostType
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID
from services.funding.storage.queries.moments import position_moment
from services.funding.storage.queries.positions import POSITION_VIEW
from services.funding.storage.rows import complete
from services.funding.storage.tables import (
    PositionProductRow,
    PositionRow,
    PositionVersionRow,
)
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


class AwardLineUnknown(RuleViolated):
    code = "award-line-unknown"
    title = Text(
        de="Diese Zeile eines Bescheids gibt es nicht.", en="This award line does not exist."
    )


class AwardLineOfAnotherKind(RuleViolated):
    code = "award-line-of-another-kind"
    title = Text(
        de="Die Zeile bezahlt Stellen eines anderen Bausteins.",
        en="The line pays posts of another funding line.",
    )


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A post as planned or approved. `focus` and `products` are codes, many to one post.

    The products hold from the fiscal year of `effective_from` on.
    """

    post_type: PostType
    approved_fte: Decimal
    effective_from: date
    label: str | None = None
    award_line_id: UUID | None = None
    unit_id: str | None = None
    ags: str | None = None
    location_note: str = ""
    focus: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    planned_start: Quarter | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    has_other_source: bool = False
    source: str | None = None


async def record_position(tx: Transaction, command: NewPosition) -> Answer:
    """Raises AwardLineUnknown, AwardLineOfAnotherKind."""
    if command.award_line_id is not None:
        line = await tx.row(AWARD_LINE_BY_ID, line_id=command.award_line_id)
        if line is None:
            raise AwardLineUnknown
        if line["funding_line"] != LINE_OF_POST_TYPE[command.post_type].value:
            raise AwardLineOfAnotherKind(fundingLine=line["funding_line"])
    position_id = await insert_position(tx, command, award_line_id=command.award_line_id)
    await leave_trace(tx, action="record-position", kind="position", record_id=position_id)
    location, today = f"/v1/positions/{position_id}", berlin_date(now())
    return await answer_with(
        tx, POSITION_VIEW, location, position_id=position_id, **position_moment(today)
    )


async def insert_position(
    tx: Transaction, command: NewPosition, *, award_line_id: UUID | None
) -> UUID:
    """The rows of one post and its first version."""
    position_id, instant = new_id(), now()
    await tx.insert(
        PositionRow,
        **complete(
            PositionRow,
            id=position_id,
            created_at=instant,
            updated_at=instant,
            award_line_id=award_line_id,
            funding_line=LINE_OF_POST_TYPE[command.post_type].value,
            post_type=command.post_type.value,
            label=command.label or POST_TYPE_NAMES[command.post_type].de,
            unit_id=command.unit_id,
            ags=command.ags,
            location_note=command.location_note,
            focus=list(command.focus),
            planned_start=str(command.planned_start) if command.planned_start else None,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            has_other_source=command.has_other_source,
            source=command.source,
        ),
    )
    await insert_position_version(
        tx, position_id, 1, command.approved_fte, command.effective_from, instant
    )
    if command.products:
        await tx.insert(
            PositionProductRow,
            position_id=position_id,
            fiscal_year=command.effective_from.year,
            products=list(command.products),
            recorded_at=instant,
            recorded_by=tx.caller.actor,
        )
    return position_id


async def insert_position_version(
    tx: Transaction,
    position_id: UUID,
    number: int,
    approved_fte: Decimal,
    effective_from: date,
    instant: datetime,
    reason: str | None = None,
) -> None:
    await tx.insert(
        PositionVersionRow,
        id=new_id(),
        position_id=position_id,
        number=number,
        effective_from=effective_from,
        approved_fte=approved_fte,
        reason=reason,
        recorded_at=instant,
        recorded_by=tx.caller.actor,
    )
