"""The report as a PDF: tagged, PDF/UA-1, fonts embedded, nothing fetched from anywhere.

The figures enter the template as data. Typst prints what stands in data as text, never as markup,
so that a `#` in a name is a `#` on the page.
"""

import asyncio
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import typst

from gateway.reports import german
from gateway.reports.charts import Chart, Stack, bar_chart, stack_chart
from gateway.reports.figures import (
    AwardedAmount,
    Counselling,
    Funding,
    PostFigures,
    StatusReport,
)
from gateway.reports.pack_pages_money import posts_chart
from gateway.reports.pack_wording import HIDDEN, count
from shared.kernel.clock import BERLIN

TEMPLATES = Path(__file__).parent


async def status_pdf(report: StatusReport) -> bytes:
    """Some 50 ms of work, done beside the event loop."""
    return await typeset("status.typ", printed(report), report.created_at)


async def typeset(template: str, texts: dict[str, Any], created_at: datetime) -> bytes:
    """A template of this folder filled with texts."""
    return await asyncio.to_thread(_compile, template, texts, created_at)


def _compile(template: str, texts: dict[str, Any], created_at: datetime) -> bytes:
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"report": orjson.dumps(texts).decode()},
        pdf_standards="ua-1",
        timestamp=created_at.astimezone(UTC).replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts inside the wheel: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def printed(report: StatusReport) -> dict[str, Any]:
    """The report as the texts that stand on the page."""
    created = report.created_at.astimezone(BERLIN)
    return {
        "area": report.area,
        "tenantId": report.tenant_id,
        "asOf": german.day(report.as_of),
        "createdAt": f"{created:%d.%m.%Y, %H:%M} Uhr",
        "missing": [{"part": one.part, "reason": one.reason} for one in report.missing],
        "funding": _funding(report.funding) if report.funding else None,
        "counselling": _counselling(report),
    }


def _funding(funding: Funding) -> dict[str, Any]:
    amounts = funding.amounts
    return {
        "posts": [_post(row) for row in funding.posts.rows],
        "total": _post(funding.posts.total),
        "postChart": posts_chart(
            (row.label, row.approved, row.filled) for row in funding.posts.rows
        ),
        "forecastChart": _forecast_chart(funding),
        "reportedOn": german.day(funding.posts.reported_on),
        "source": funding.posts.source or "",
        "lines": [_line(line) for line in amounts.lines],
        "volume": german.euros(amounts.volume),
        "additionalLines": [_line(line) for line in amounts.additional_lines],
        "additional": german.euros(amounts.additional),
        "ministryTotal": german.euros(amounts.ministry_total),
        "expected": german.euros(amounts.expected) if amounts.expected.cents else "",
        "forecasts": [
            {
                "fundingLine": one.funding_line,
                "filled": german.posts(one.filled),
                "granted": german.euros(one.granted),
                "usable": german.euros(one.usable),
                "unspent": german.euros(one.unspent),
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


def _forecast_chart(funding: Funding) -> Chart:
    return stack_chart(
        "Nutzbare und voraussichtlich übrige Mittel",
        ("nutzbar", "übrig"),
        [
            Stack(
                one.funding_line,
                german.euros(one.granted),
                (one.usable.cents, one.unspent.cents),
                f"nutzbar {german.euros(one.usable)}, übrig {german.euros(one.unspent)}",
            )
            for one in funding.forecasts
        ],
    )


def _counselling_chart(counted: Counselling) -> Chart:
    bars = [*((one.label, one.value) for one in counted.thereof), ("übrige", counted.others)]
    return bar_chart(f"{counted.unit} in Beratung", bars, counted.unit, HIDDEN)


def _post(row: PostFigures) -> dict[str, str]:
    return {
        "label": row.label,
        "approved": german.posts(row.approved),
        "filled": german.posts(row.filled),
        "vacant": german.posts(row.reported_vacant),
        "unoccupied": german.posts(row.unoccupied_computed),
        "residual": german.posts(row.residual),
        "isClear": "" if row.residual else "yes",
    }


def _line(line: AwardedAmount) -> dict[str, str]:
    return {
        "fundingLine": line.funding_line,
        "label": line.label,
        "amount": german.euros(line.amount),
        "fte": german.posts(line.fte),
        "perPost": german.euros(line.per_post),
        "period": f"{german.day(line.valid_from)} bis {german.day(line.valid_to)}",
    }


def _counselling(report: StatusReport) -> dict[str, Any] | None:
    counted = report.counselling
    if counted is None:
        return None
    return {
        "unit": counted.unit,
        "countedOn": german.day(counted.counted_on),
        "smallCellMin": german.count(counted.small_cell_min),
        "hidden": HIDDEN,
        "total": count(counted.total),
        "thereof": [{"label": one.label, "value": count(one.value)} for one in counted.thereof],
        "others": count(counted.others),
        "chart": _counselling_chart(counted),
    }
