"""What is remarkable about awards, allocations, posts and requests on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import asyncpg

from services.funding.domain.awards import AwardContent, award_findings
from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import outlasting_findings
from services.funding.domain.rates import RateTable
from services.funding.domain.status import StatusLine
from services.funding.storage.award_records import award_lines
from services.funding.storage.queries.allocations import OVER_ALLOCATED
from services.funding.storage.queries.plans import OWN_SHARE_REQUESTS_OF_YEAR
from shared.database.transaction import Transaction
from shared.kernel.money import Money, fte_text


def award_findings_of(
    rows: Sequence[asyncpg.Record], as_of: date, rates: RateTable
) -> Iterable[Finding]:
    by_award = sorted(rows, key=lambda row: str(row["award_id"]))
    for _, group in groupby(by_award, key=lambda row: row["award_id"]):
        held = list(group)
        first = held[0]
        content = AwardContent(
            as_of.year,
            Period(first["award_from"], first["award_to"]),
            tuple(award_lines(held)),
            Money(first["total_cents"]),
        )
        yield from award_findings(content, first["awarded_on"], rates, first["proof_due_on"])
        for row in held:
            yield from _over_allocation(row, row["key"])


async def over_allocations(tx: Transaction) -> list[Finding]:
    return [
        finding
        for row in await tx.rows(OVER_ALLOCATED)
        for finding in _over_allocation(row, str(row["id"]))
    ]


def _over_allocation(row: asyncpg.Record, subject: str) -> Iterable[Finding]:
    if row["tolerated_cents"] or row["tolerated_fte"]:
        facts = {
            "freeFte": fte_text(-row["tolerated_fte"]),
            "freeAmount": str(-Money(row["tolerated_cents"])),
        }
        yield Finding(FindingCode.OVER_ALLOCATION, subject, facts)


async def request_findings_of(tx: Transaction, fiscal_year: int) -> list[Finding]:
    return [
        Finding(
            FindingCode(code),
            str(row["id"]),
            {
                "requested": str(Money(row["requested_cents"])),
                "personnelGap": str(Money(row["personnel_gap_cents"])),
                "fullGap": str(Money(row["full_gap_cents"])),
            },
        )
        for row in await tx.rows(OWN_SHARE_REQUESTS_OF_YEAR, fiscal_year=fiscal_year)
        for code in row["findings"]
    ]


def outlasting_posts(
    posts: Sequence[asyncpg.Record], lines: Iterable[StatusLine]
) -> Iterable[Finding]:
    """Posts that run longer than the line that pays them (R-S1-10)."""
    ends = {line.line_id: line.period.end for line in lines}
    for post in posts:
        award_until = ends.get(post["award_line_id"])
        if award_until is not None and post["valid_to"] is not None:
            yield from outlasting_findings(
                str(post["id"]),
                post["valid_to"],
                award_until,
                has_other_source=post["has_other_source"],
            )
