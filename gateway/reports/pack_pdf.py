"""The controlling report as a PDF: tagged, PDF/UA-1, its charts have words for what they show."""

from typing import Any

from gateway.reports import german
from gateway.reports.pack import ControllingPack
from gateway.reports.pack_pages import cases_page, key_figures, referrals_page
from gateway.reports.pack_pages_money import funding_page
from gateway.reports.pack_wording import HIDDEN, period_name
from gateway.reports.pdf import typeset
from shared.kernel.clock import BERLIN
from shared.kernel.suppression import K_PUBLIC


async def pack_pdf(pack: ControllingPack) -> bytes:
    return await typeset("controlling.typ", printed(pack), pack.created_at)


def printed(pack: ControllingPack) -> dict[str, Any]:
    """The report as the texts and lengths that stand on its pages."""
    period, created = pack.period, pack.created_at.astimezone(BERLIN)
    return {
        "area": pack.area,
        "period": period_name(period),
        "span": f"{german.day(period.first)} bis {german.day(period.last)}",
        "createdAt": f"{created:%d.%m.%Y, %H:%M} Uhr",
        "missing": [{"part": one.part, "reason": one.reason} for one in pack.missing],
        "keys": key_figures(pack),
        "cases": cases_page(pack.cases) if pack.cases else None,
        "funding": funding_page(pack.funding) if pack.funding else None,
        "referrals": referrals_page(pack.referrals) if pack.referrals else None,
        "hidden": HIDDEN,
        "smallCellMin": _smallest(pack),
    }


def _smallest(pack: ControllingPack) -> str:
    told = [part["smallCellMin"] for part in (pack.cases, pack.referrals) if part]
    return german.count(max(told, default=K_PUBLIC))
