"""The funding status of a county on a day: money by line, posts as reported, findings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import asyncpg

from services.funding.domain.allocation_tree import Share
from services.funding.domain.amounts import AmountStatus
from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.legal_dates import Period
from services.funding.domain.part_year import PartYearDecision
from services.funding.domain.positions import (
    POST_TYPE_NAMES,
    PostFigures,
    PostRow,
    PostTable,
    PostType,
)
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import Rate, RateKey, RateTable, UnitKind
from services.funding.domain.status import (
    COUNTED_STATES,
    FundingStatus,
    PostStatus,
    StatusLine,
    status_of_award,
)
from services.funding.operations.collect_findings import (
    award_findings_of,
    outlasting_posts,
    over_allocations,
    request_findings_of,
)
from services.funding.storage.award_records import award_lines
from services.funding.storage.position_records import report_table
from services.funding.storage.queries.moments import moment, position_moment
from services.funding.storage.queries.plans import RATES_OF_YEAR
from services.funding.storage.queries.position_reports import NEWEST_REPORT_OF_YEAR
from services.funding.storage.queries.positions import POSITIONS_ON_DAY
from services.funding.storage.queries.status import LINES_ON_DAY
from shared.database.transaction import Transaction
from shared.kernel.money import Money


async def report_funding_status(
    tx: Transaction, as_of: date, known_at: datetime | None = None
) -> FundingStatus:
    """The fiscal year of `as_of`, with the versions in force on that day as known at an instant."""
    when = moment(as_of, known_at)
    rows = await tx.rows(LINES_ON_DAY, fiscal_year=as_of.year, **when)
    counted = [row for row in rows if _counts(row, as_of)]
    lines = tuple(_status_line(row, as_of) for row in counted)
    rates = await _rates(tx, as_of.year)
    on_record = await tx.rows(POSITIONS_ON_DAY, **position_moment(as_of, as_of, known_at))
    posts = await _reported_posts(tx, as_of, known_at)
    findings = (
        *award_findings_of(counted, as_of, rates),
        *outlasting_posts(on_record, lines),
        *await over_allocations(tx),
        *await request_findings_of(tx, as_of.year),
    )
    return FundingStatus(
        as_of, lines, posts or PostStatus(PostTable(tuple(_grouped(on_record)))), rates, findings
    )


def _counts(row: asyncpg.Record, as_of: date) -> bool:
    state = AwardState(row["state"])
    if state is AwardState.REVOKED:
        return bool(row["revocation_effective_on"] > as_of)
    return state in COUNTED_STATES


def _status_line(row: asyncpg.Record, as_of: date) -> StatusLine:
    (line,) = award_lines([row])
    state = AwardState(row["state"])
    is_revoked_later = state is AwardState.REVOKED
    return StatusLine(
        award_id=row["award_id"],
        award_reference=row["reference"],
        award_state=state,
        version_number=row["number"],
        line_id=row["line_id"],
        line=line,
        period=line.period or Period(row["award_from"], row["award_to"]),
        name_de=row["name_de"],
        name_en=row["name_en"],
        status=AmountStatus.GRANTED
        if is_revoked_later
        else status_of_award(state, row["awarded_on"], as_of),
        allocated=Share(row["allocated_fte"], Money(row["allocated_cents"])),
        own_use=Share(row["own_use_fte"], Money(row["own_use_cents"])),
        part_year_decision=PartYearDecision(row["part_year_decision"])
        if row["part_year_decision"]
        else None,
    )


async def _rates(tx: Transaction, fiscal_year: int) -> RateTable:
    return RateTable(
        Rate(
            RateKey(FundingLine(row["funding_line"]), UnitKind(row["unit_kind"]), fiscal_year),
            Money(row["ceiling_cents"]),
            row["source"],
        )
        for row in await tx.rows(RATES_OF_YEAR, fiscal_year=fiscal_year)
    )


async def _reported_posts(
    tx: Transaction, as_of: date, known_at: datetime | None
) -> PostStatus | None:
    """The newest table reported in the year up to the day."""
    first_day = as_of.replace(month=1, day=1)
    report = await tx.row(NEWEST_REPORT_OF_YEAR, first_day=first_day, **moment(as_of, known_at))
    if report is None:
        return None
    table = await report_table(tx, report)
    return PostStatus(table, report["id"], report["reported_on"], report["source"])


def _grouped(rows: Sequence[asyncpg.Record]) -> Iterable[PostRow]:
    """The posts on record, one row for each type in the order of the table."""
    order = list(PostType)
    by_type = sorted(rows, key=lambda row: order.index(PostType(row["post_type"])))
    for post_type, posts in groupby(by_type, key=lambda row: PostType(row["post_type"])):
        first, *others = [_figures(row) for row in posts]
        figures = sum(others, first)
        yield PostRow(POST_TYPE_NAMES[post_type].de, post_type, figures)


def _figures(row: asyncpg.Record) -> PostFigures:
    """Filled as reported, else as occupied; vacant only as reported (hazard H8)."""
    reported = row["reported_filled_fte"] if row["is_reported"] else None
    return PostFigures(
        row["approved_fte"],
        row["occupied_fte"] if reported is None else reported,
        row["reported_vacant_fte"] if row["is_reported"] else None,
    )
