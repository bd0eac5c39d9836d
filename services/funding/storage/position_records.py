"""Reported tables of posts as the rules see them."""

import asyncpg

from services.funding.domain.positions import PostFigures, PostRow, PostTable, PostType
from services.funding.storage.queries.position_reports import ROWS_OF_REPORT
from shared.database.transaction import Transaction


async def report_table(tx: Transaction, report: asyncpg.Record) -> PostTable:
    """The table of one report, numbers as stored."""
    rows = await tx.rows(ROWS_OF_REPORT, report_id=report["id"])
    total = None
    if report["total_approved_fte"] is not None:
        total = PostFigures(
            report["total_approved_fte"],
            report["total_filled_fte"],
            report["total_reported_vacant_fte"],
        )
    return PostTable(
        tuple(
            PostRow(
                row["label"],
                PostType(row["post_type"]),
                PostFigures(row["approved_fte"], row["filled_fte"], row["reported_vacant_fte"]),
            )
            for row in rows
        ),
        total,
    )
