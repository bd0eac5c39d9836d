"""The report as JSON: the same figures, as texts without marks of thousands."""

from decimal import Decimal
from typing import Any

from gateway.reports.figures import (
    Amounts,
    AwardedAmount,
    Counselling,
    Funding,
    PostFigures,
    StatusReport,
)
from shared.kernel.clock import iso_instant
from shared.kernel.money import Money, fte_text


def status_document(report: StatusReport) -> dict[str, Any]:
    return {
        "tenantId": report.tenant_id,
        "area": report.area,
        "asOf": report.as_of.isoformat(),
        "createdAt": iso_instant(report.created_at),
        "missing": [{"part": one.part, "reason": one.reason} for one in report.missing],
        "funding": _funding(report.funding) if report.funding else None,
        "counselling": _counselling(report.counselling) if report.counselling else None,
    }


def _funding(funding: Funding) -> dict[str, Any]:
    posts = funding.posts
    return {
        "posts": {
            "rows": [_post(row) for row in posts.rows],
            "total": _post(posts.total),
            "reportedOn": posts.reported_on.isoformat() if posts.reported_on else None,
            "source": posts.source,
        },
        "amounts": _amounts(funding.amounts),
        "forecasts": [
            {
                "fundingLine": one.funding_line,
                "filled": _fte(one.filled),
                "granted": str(one.granted),
                "usable": str(one.usable),
                "unspent": str(one.unspent),
            }
            for one in funding.forecasts
        ],
        "findings": [
            {
                "code": one.code,
                "subject": one.subject,
                "message": one.message,
                "figures": [{"name": name, "value": value} for name, value in one.figures],
            }
            for one in funding.findings
        ],
    }


def _amounts(amounts: Amounts) -> dict[str, Any]:
    return {
        "currency": "EUR",
        "lines": [_line(line) for line in amounts.lines],
        "volume": str(amounts.volume),
        "additionalLines": [_line(line) for line in amounts.additional_lines],
        "additional": str(amounts.additional),
        "ministryTotal": str(amounts.ministry_total),
        "expected": str(amounts.expected),
    }


def _counselling(counted: Counselling) -> dict[str, Any]:
    return {
        "unit": counted.unit,
        "countedOn": counted.counted_on.isoformat(),
        "smallCellMin": counted.small_cell_min,
        "total": counted.total,
        "thereof": [{"label": one.label, "value": one.value} for one in counted.thereof],
        "others": counted.others,
    }


def _post(row: PostFigures) -> dict[str, Any]:
    return {
        "label": row.label,
        "approved": _fte(row.approved),
        "filled": _fte(row.filled),
        "reportedVacant": _fte(row.reported_vacant),
        "unoccupiedComputed": _fte(row.unoccupied_computed),
        "residual": _fte(row.residual),
    }


def _line(line: AwardedAmount) -> dict[str, Any]:
    return {
        "fundingLine": line.funding_line,
        "label": line.label,
        "amount": str(line.amount),
        "fte": _fte(line.fte),
        "amountPerPost": _money(line.per_post),
        "validFrom": line.valid_from.isoformat(),
        "validTo": line.valid_to.isoformat(),
    }


def _fte(fte: Decimal | None) -> str | None:
    return None if fte is None else fte_text(fte)


def _money(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)
