"""Record an award: the notice with its lines and the posts they pay, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.funding.domain.allocation_tree import Share
from services.funding.domain.applicants import Applicant
from services.funding.domain.award_lifecycle import AWARD_LIFECYCLE
from services.funding.domain.awards import AwardContent, AwardLine, refuse_contradictions
from services.funding.domain.events.awards import AwardRecorded
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.programme import FunderName, funder_name_on
from services.funding.domain.territory import Territory
from services.funding.domain.versions import VersionKind, refuse_wrong_kind
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.record_position import NewPosition, insert_position
from services.funding.storage.award_records import applicant_form
from services.funding.storage.queries.awards import AWARD_EXISTS, AWARD_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.queries.rules import FUNDER_NAMES
from services.funding.storage.rows import complete
from services.funding.storage.tables import (
    AwardLineRow,
    AwardRow,
    AwardVersionLineRow,
    AwardVersionRow,
)
from services.funding.storage.territories import territory_form
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.writes import Answer


class PredecessorUnknown(RuleViolated):
    code = "predecessor-unknown"
    title = Text(
        de="Den Bescheid, dem dieser folgen soll, gibt es nicht.",
        en="The award that this one is to follow does not exist.",
    )


class OwnUseExceedsLine(RuleViolated):
    code = "own-use-exceeds-line"
    title = Text(
        de="Der eigene Anteil übersteigt die Zeile.",
        en="The share kept for own use exceeds the line.",
    )


class PostsDoNotMatchLine(RuleViolated):
    code = "posts-do-not-match-line"
    title = Text(
        de="Die Stellen ergeben nicht die Stellenanteile der Zeile.",
        en="The posts do not add up to the full-time equivalents of the line.",
    )


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line with what identifies it over all versions, its own use and its posts."""

    line: AwardLine
    name_de: str = ""
    name_en: str = ""
    source: str | None = None
    own_use: Share | None = None
    positions: tuple[NewPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAward:
    """What a notice says, and what is known of its applicant and area."""

    fiscal_year: int
    content: AwardContent
    lines: tuple[NewLine, ...]
    kind: VersionKind
    applicant: Applicant
    territory: Territory
    follows_award_id: UUID | None = None
    reference: str | None = None
    authority: str | None = None
    funder: str | None = None
    source: str | None = None
    permits_forwarding: bool = False
    awarded_on: date | None = None
    assurance_until: date | None = None
    proof_due_on: date | None = None
    book: Book = Book.LIVE


async def record_award(tx: Transaction, command: NewAward) -> Answer:
    """An award in EXPECTED: it counts nothing as granted until a second person releases it.

    Raises AwardContentWrong, VersionOutOfOrder, FollowUpUnclear, PredecessorUnknown,
    OwnUseExceedsLine, PostsDoNotMatchLine.
    """
    has_predecessor = command.follows_award_id is not None
    refuse_wrong_kind(command.kind, is_first=True, has_predecessor=has_predecessor)
    if has_predecessor and not await tx.value(AWARD_EXISTS, award_id=command.follows_award_id):
        raise PredecessorUnknown
    refuse_contradictions(command.content)
    award_id, instant = new_id(), now()
    row = _award_row(tx, command, award_id, instant)
    if command.funder is None and command.awarded_on is not None:
        row["funder"] = await _funder_on(tx, command.awarded_on)
    await tx.insert(AwardRow, **row)
    version_id = await insert_version(
        tx, award_id, 1, command.kind, command.content, command.content.period.start, instant
    )
    for ordinal, new in enumerate(command.lines):
        line_id = await insert_line(tx, award_id, ordinal, new, instant, is_drawn=True)
        await insert_version_line(tx, version_id, line_id, new.line)
        await _insert_positions(tx, line_id, new)
    event = AwardRecorded(
        tenant_id=tx.caller.tenant_id,
        award_id=award_id,
        fiscal_year=command.fiscal_year,
        state=AWARD_LIFECYCLE.initial,
        funding_lines=tuple(sorted({new.line.funding_line for new in command.lines})),
    )
    await leave_trace(tx, action="record-award", kind="award", record_id=award_id, events=(event,))
    location = f"/v1/awards/{award_id}"
    return await answer_with(tx, AWARD_VIEW, location, award_id=award_id, **moment())


async def _funder_on(tx: Transaction, day: date) -> str | None:
    """The name that the ministry bore on the day of the notice (R-V3)."""
    names = await tx.rows(FUNDER_NAMES)
    return funder_name_on(tuple(FunderName(row["name"], row["used_from"]) for row in names), day)


def _award_row(
    tx: Transaction, command: NewAward, award_id: UUID, instant: datetime
) -> dict[str, object]:
    return complete(
        AwardRow,
        id=award_id,
        created_at=instant,
        updated_at=instant,
        unit_id=tx.caller.unit_id,
        book=command.book.value,
        state=AWARD_LIFECYCLE.initial.value,
        kind=command.kind.value,
        follows_award_id=command.follows_award_id,
        fiscal_year=command.fiscal_year,
        reference=command.reference,
        authority=command.authority,
        funder=command.funder,
        source=command.source,
        applicant=applicant_form(command.applicant),
        territory=territory_form(command.territory),
        permits_forwarding=command.permits_forwarding,
        awarded_on=command.awarded_on,
        assurance_until=command.assurance_until,
        proof_due_on=command.proof_due_on,
        recorded_by=tx.caller.actor,
    )


async def insert_version(
    tx: Transaction,
    award_id: UUID,
    number: int,
    kind: VersionKind,
    content: AwardContent,
    effective_from: date,
    instant: datetime,
    reason: str | None = None,
) -> UUID:
    version_id = new_id()
    await tx.insert(
        AwardVersionRow,
        **complete(
            AwardVersionRow,
            id=version_id,
            award_id=award_id,
            number=number,
            kind=kind.value,
            effective_from=effective_from,
            valid_from=content.period.start,
            valid_to=content.period.end,
            total_cents=content.total.cents,
            reason=reason,
            recorded_at=instant,
            recorded_by=tx.caller.actor,
        ),
    )
    return version_id


async def insert_line(
    tx: Transaction,
    award_id: UUID,
    ordinal: int,
    new: NewLine,
    instant: datetime,
    *,
    is_drawn: bool,
) -> UUID:
    """A line's row. `is_drawn`: its amount may be passed on from now on; the line of an amendment
    gets its amount with the approval. Raises OwnUseExceedsLine.
    """
    line_id, line = new_id(), new.line
    whole = Share(line.fte or Decimal("0.00"), line.amount)
    own_use = new.own_use
    if own_use is not None and not own_use.fits_in(whole):
        raise OwnUseExceedsLine(line=line.key)
    await tx.insert(
        AwardLineRow,
        **complete(
            AwardLineRow,
            id=line_id,
            created_at=instant,
            updated_at=instant,
            award_id=award_id,
            key=line.key,
            ordinal=ordinal,
            funding_line=line.funding_line.value,
            purpose=line.purpose.value,
            is_additional=line.is_additional,
            name_de=new.name_de,
            name_en=new.name_en,
            source=new.source,
            amount_cents=whole.amount.cents if is_drawn else 0,
            fte=whole.fte if is_drawn else Decimal(0),
            own_use_cents=own_use.amount.cents if own_use and is_drawn else 0,
            own_use_fte=own_use.fte if own_use and is_drawn else Decimal(0),
        ),
    )
    return line_id


async def insert_version_line(
    tx: Transaction, version_id: UUID, line_id: UUID, line: AwardLine
) -> None:
    await tx.insert(
        AwardVersionLineRow,
        id=new_id(),
        award_version_id=version_id,
        award_line_id=line_id,
        amount_cents=line.amount.cents,
        fte=line.fte,
        rate_cents=line.rate.cents if line.rate is not None else None,
        valid_from=line.period.start if line.period else None,
        valid_to=line.period.end if line.period else None,
    )


async def _insert_positions(tx: Transaction, line_id: UUID, new: NewLine) -> None:
    if not new.positions:
        return
    total = sum((position.approved_fte for position in new.positions), Decimal(0))
    if total != new.line.fte:
        raise PostsDoNotMatchLine(line=new.line.key)
    for position in new.positions:
        await insert_position(tx, position, award_line_id=line_id)
