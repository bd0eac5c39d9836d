"""What of an award's costs counts, by line and post, beside what the posts' months allow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind, Eligibility
from services.funding.domain.eligibility import (
    EligibilityOfPost,
    RoundedParts,
    ceiling_of_months,
    eligible_of_posts,
    months_shown,
    target,
)
from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.spending import CostFact, PostKey, PostYear
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.awards import AWARD_LINES
from services.funding.storage.queries.spending import COST_PER_LINE
from services.funding.storage.spending_records import (
    SpendingLine,
    cost_fact,
    living_costs,
    post_years,
    spending_lines,
    stored_verdict,
)
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class PostOfLine:
    """A post's costs of one kind; `allocation_id` tells a recipient's costs from the own ones.

    `excess` is what of the own share the line could not pay.
    """

    cost_kind: CostKind
    allocation_id: UUID | None
    post: EligibilityOfPost
    excess: Money


@dataclass(frozen=True, slots=True)
class LineEligibility:
    """One line as it is booked. `rounding` holds the posts' pro-rata parts and the whole.

    `total` has the own costs, `recipients` those of recipients, which their proofs bring.
    """

    line_id: UUID
    key: str
    posts: tuple[PostOfLine, ...]
    total: Recognition
    recipients: Recognition
    rounding: RoundedParts
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CostOfLine:
    """Costs of one line and kind in a year, own or recipients'."""

    award_id: UUID
    award_line_id: UUID
    key: str
    funding_line: str
    name_de: str
    name_en: str
    cost_kind: CostKind
    is_recipient_cost: bool
    expenditures: int
    actual: Money
    parts: Recognition


async def eligibility_of_award(tx: Transaction, award_id: UUID) -> tuple[LineEligibility, ...]:
    """Every line of the award, in its order. Raises NotFound."""
    await load_award(tx, award_id, is_locked=False)
    ids = [row["id"] for row in await tx.rows(AWARD_LINES, award_id=award_id)]
    lines = await spending_lines(tx, ids)
    costs = await living_costs(tx, ids)
    return tuple(
        [
            await _of_line(tx, line, [row for row in costs if row["award_line_id"] == line.id])
            for line in lines
        ]
    )


async def cost_per_line(tx: Transaction, fiscal_year: int) -> tuple[CostOfLine, ...]:
    """What each line of the year's awards cost, by kind, without corrected costs and practice."""
    return tuple(
        CostOfLine(
            award_id=row["award_id"],
            award_line_id=row["award_line_id"],
            key=row["key"],
            funding_line=row["funding_line"],
            name_de=row["name_de"],
            name_en=row["name_en"],
            cost_kind=CostKind(row["cost_kind"]),
            is_recipient_cost=row["is_recipient_cost"],
            expenditures=row["expenditures"],
            actual=Money(row["actual_cents"]),
            parts=Recognition(
                Money(row["eligible_cents"]),
                Money(row["own_share_cents"]),
                Money(row["ineligible_cents"]),
                Money(row["undecided_cents"]),
            ),
        )
        for row in await tx.rows(COST_PER_LINE, fiscal_year=fiscal_year)
    )


async def _of_line(
    tx: Transaction, line: SpendingLine, rows: Sequence[asyncpg.Record]
) -> LineEligibility:
    facts = {row["id"]: cost_fact(row) for row in rows}
    years = await post_years(tx, line, facts.values())
    groups: dict[tuple[PostKey, UUID | None], list[asyncpg.Record]] = {}
    for row in rows:
        fact = facts[row["id"]]
        if (fact.position_id, fact.kind) in years and fact.answer is Eligibility.ELIGIBLE:
            key = ((fact.position_id, fact.kind), row["allocation_id"])
            groups.setdefault(key, []).append(row)
    posts = tuple(
        PostOfLine(
            kind,
            allocation_id,
            _of_post(position_id, years[position_id, kind], members),
            sum((stored_verdict(row).excess for row in members), ZERO),
        )
        for ((position_id, kind), allocation_id), members in groups.items()
        if position_id is not None
    )
    rounding = _rounding(posts, years)
    outdated = [
        _outdated(one, years)
        for one in posts
        if one.allocation_id is None and not _is_as_targeted(one, years)
    ]
    return LineEligibility(
        line_id=line.id,
        key=line.line.key,
        posts=posts,
        total=_sum(row for row in rows if row["allocation_id"] is None),
        recipients=_sum(row for row in rows if row["allocation_id"] is not None),
        rounding=rounding,
        findings=(*_findings(rows, facts), *outdated, *_rounding_findings(line, rounding)),
    )


def _of_post(
    position_id: UUID, year: PostYear, rows: Sequence[asyncpg.Record]
) -> EligibilityOfPost:
    parts = _sum(rows)
    return EligibilityOfPost(
        position_id=position_id,
        person_months=months_shown(year.share_months),
        actual=parts.total,
        ceiling=ceiling_of_months(year.ceiling, year.share_months) if year.ceiling else ZERO,
        eligible=parts.eligible,
        own_share=parts.own_share,
        undecided=parts.undecided,
    )


def _sum(rows: Iterable[asyncpg.Record]) -> Recognition:
    parts = [stored_verdict(row).recognition for row in rows]
    return Recognition(
        sum((one.eligible for one in parts), ZERO),
        sum((one.own_share for one in parts), ZERO),
        sum((one.ineligible for one in parts), ZERO),
        sum((one.undecided for one in parts), ZERO),
    )


def _rounding(posts: Iterable[PostOfLine], years: Mapping[PostKey, PostYear]) -> RoundedParts:
    """The personnel of the line: its posts have one ceiling."""
    counted = [
        (one, years[one.post.position_id, one.cost_kind])
        for one in posts
        if one.cost_kind is CostKind.PERSONNEL
    ]
    ceilings = [year.ceiling for _, year in counted if year.ceiling is not None]
    if not ceilings:
        return RoundedParts((), ZERO)
    return eligible_of_posts(
        [(one.post.actual, year.share_months) for one, year in counted], ceilings[0]
    )


def _is_as_targeted(one: PostOfLine, years: Mapping[PostKey, PostYear]) -> bool:
    wanted, post = _wanted(one, years), one.post
    if wanted is None:
        return post.undecided == post.actual
    return (wanted.eligible, wanted.undecided) == (post.eligible + one.excess, post.undecided)


def _wanted(one: PostOfLine, years: Mapping[PostKey, PostYear]) -> Recognition | None:
    year = years[one.post.position_id, one.cost_kind]
    if year.ceiling is None:
        return None
    return target(
        one.post.actual,
        year.ceiling,
        year.share_months,
        decision=year.decision,
        post_months=year.post_months,
    )


def _outdated(one: PostOfLine, years: Mapping[PostKey, PostYear]) -> Finding:
    wanted = _wanted(one, years)
    facts = {
        "booked": str(one.post.eligible),
        "target": str(wanted.eligible if wanted else ZERO),
    }
    return Finding(FindingCode.ELIGIBILITY_OUTDATED, str(one.post.position_id), facts)


def _findings(rows: Sequence[asyncpg.Record], facts: Mapping[UUID, CostFact]) -> Iterable[Finding]:
    for row in rows:
        amounts = stored_verdict(row)
        subject, kind = str(row["id"]), facts[row["id"]].kind.value
        if amounts.recognition.ineligible > ZERO:
            shown = {"costKind": kind, "amount": str(amounts.recognition.ineligible)}
            yield Finding(FindingCode.COST_KIND_NOT_ELIGIBLE, subject, shown)
        if amounts.question is not None:
            shown = {"costKind": kind, "amount": str(amounts.recognition.undecided)}
            yield Finding(FindingCode(amounts.question.value), subject, shown)
        if amounts.excess > ZERO:
            shown = {"costKind": kind, "amount": str(amounts.excess)}
            yield Finding(FindingCode.BUDGET_EXHAUSTED, subject, shown)


def _rounding_findings(line: SpendingLine, rounding: RoundedParts) -> tuple[Finding, ...]:
    if rounding.difference == ZERO:
        return ()
    facts = {"difference": str(rounding.difference)}
    return (Finding(FindingCode.ROUNDING_DIFFERENCE, line.line.key, facts),)
