"""Lines, costs and posts as the rules of spending see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.awards import AwardLine
from services.funding.domain.costs import CostKind, Eligibility
from services.funding.domain.eligibility import WHOLE_YEAR, share_months
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import KIM, Occupancy
from services.funding.domain.part_year import PartYearDecision, months_of
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import UnitKind
from services.funding.domain.spending import (
    KINDS_OF_POSTS,
    CostFact,
    OpenQuestion,
    PostKey,
    PostYear,
    Verdict,
)
from services.funding.storage.award_records import award_lines
from services.funding.storage.queries.moments import moment
from services.funding.storage.queries.plans import RATES_OF_YEAR
from services.funding.storage.queries.spending import (
    LIVING_OF_LINES,
    OCCUPANCIES_OF_POSTS,
    POSTS,
    SPENDING_LINES,
)
from shared.database.transaction import Transaction
from shared.kernel.money import Money

HALVES = 2
Ceilings = Mapping[UnitKind, Money]


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """One line of an award in its newest version."""

    id: UUID
    award_id: UUID
    award_state: AwardState
    fiscal_year: int
    award_period: Period
    line: AwardLine
    decision: PartYearDecision | None

    @property
    def period(self) -> Period:
        return self.line.period or self.award_period


async def spending_lines(tx: Transaction, line_ids: Sequence[UUID]) -> list[SpendingLine]:
    rows = await tx.rows(SPENDING_LINES, line_ids=list(line_ids), **moment())
    return [
        SpendingLine(
            id=row["line_id"],
            award_id=row["award_id"],
            award_state=AwardState(row["state"]),
            fiscal_year=row["fiscal_year"],
            award_period=Period(row["award_from"], row["award_to"]),
            line=line,
            decision=PartYearDecision(row["part_year_decision"])
            if row["part_year_decision"]
            else None,
        )
        for row, line in zip(rows, award_lines(rows), strict=True)
    ]


async def living_costs(tx: Transaction, line_ids: Sequence[UUID]) -> list[asyncpg.Record]:
    """The costs of lines that are not corrected, in the order in which they were recorded."""
    return await tx.rows(LIVING_OF_LINES, line_ids=list(line_ids))


async def posts_by_id(
    tx: Transaction, position_ids: Iterable[UUID]
) -> Mapping[UUID, asyncpg.Record]:
    rows = await tx.rows(POSTS, position_ids=list(set(position_ids)), **moment())
    return {row["id"]: row for row in rows}


async def post_years(
    tx: Transaction, line: SpendingLine, costs: Iterable[CostFact]
) -> Mapping[PostKey, PostYear]:
    """Ceiling and months of every post that the costs name."""
    named = {
        (cost.position_id, cost.kind)
        for cost in costs
        if cost.kind in KINDS_OF_POSTS and cost.position_id is not None
    }
    return await years_of_posts(tx, line, named)


async def years_of_posts(
    tx: Transaction, line: SpendingLine, keys: Collection[PostKey]
) -> Mapping[PostKey, PostYear]:
    """Ceiling and months of posts, for each of these kinds of cost."""
    if not keys:
        return {}
    ids = [position_id for position_id, _ in keys if position_id is not None]
    posts = await posts_by_id(tx, ids)
    held: dict[UUID, list[Occupancy]] = {}
    for row in await tx.rows(OCCUPANCIES_OF_POSTS, position_ids=ids):
        held.setdefault(row["position_id"], []).append(
            Occupancy(
                row["seat"], row["share"], row["since"], row["until"], row["programme"] or KIM
            )
        )
    ceilings = await _ceilings(tx, line)
    return {
        (position_id, kind): _post_year(
            line, kind, posts[position_id], held.get(position_id, []), ceilings
        )
        for position_id, kind in keys
        if position_id is not None
    }


def cost_fact(row: asyncpg.Record) -> CostFact:
    return CostFact(
        id=row["id"],
        kind=CostKind(row["cost_kind"]),
        amount=Money(row["amount_cents"]),
        ruled=Eligibility(row["ruled"]),
        position_id=row["position_id"],
        decided=Eligibility(row["decided"]) if row["decided"] else None,
    )


def stored_verdict(row: asyncpg.Record) -> Verdict:
    return Verdict(
        Recognition(
            Money(row["eligible_cents"]),
            Money(row["own_share_cents"]),
            Money(row["ineligible_cents"]),
            Money(row["undecided_cents"]),
        ),
        Money(row["excess_cents"]),
        OpenQuestion(row["open_question"]) if row["open_question"] else None,
    )


def verdict_columns(verdict: Verdict) -> dict[str, object]:
    parts = verdict.recognition
    return {
        "eligible_cents": parts.eligible.cents,
        "own_share_cents": parts.own_share.cents,
        "ineligible_cents": parts.ineligible.cents,
        "undecided_cents": parts.undecided.cents,
        "excess_cents": verdict.excess.cents,
        "open_question": verdict.question.value if verdict.question else None,
    }


async def _ceilings(tx: Transaction, line: SpendingLine) -> Ceilings:
    rows = await tx.rows(RATES_OF_YEAR, fiscal_year=line.fiscal_year)
    return {
        UnitKind(row["unit_kind"]): Money(row["ceiling_cents"])
        for row in rows
        if FundingLine(row["funding_line"]) is line.line.funding_line
    }


def _post_year(
    line: SpendingLine,
    kind: CostKind,
    post: asyncpg.Record,
    held: Sequence[Occupancy],
    ceilings: Ceilings,
) -> PostYear:
    """The award's own rate goes before the rates on record; setting up a workplace is paid once
    for each approved post, whatever its months.
    """
    if kind is CostKind.WORKPLACE_SETUP:
        ceiling = ceilings.get(UnitKind.WORKPLACE_SETUP_PER_POST)
        return PostYear(ceiling, Fraction(post["approved_fte"]) * WHOLE_YEAR)
    if kind is CostKind.ADMIN_ASSISTANCE:
        half = ceilings.get(UnitKind.ADMIN_ASSISTANCE_HALF_POST_YEAR)
        ceiling = half.times(HALVES) if half is not None else None
    else:
        ceiling = line.line.rate or ceilings.get(UnitKind.POST_YEAR)
    start = max(line.period.start, post["valid_from"] or line.period.start)
    end = min(line.period.end, post["valid_to"] or line.period.end)
    if end < start:
        return PostYear(ceiling, Fraction(0))
    period = Period(start, end)
    return PostYear(ceiling, share_months(held, period), months_of(period), line.decision)
