"""The proof as a PDF: tagged, PDF/UA-1, German, fonts embedded, nothing fetched from anywhere.

The texts enter the template as data: a `#` in a narrative is a `#` on the page.
"""

import asyncio
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import typst

from services.funding.domain.costs import CostKind
from services.funding.domain.labels import COST_KINDS, LINE_PURPOSES
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.positions import POST_TYPE_NAMES
from services.funding.domain.programme import FUNDING_LINE_NAMES
from services.funding.domain.proof_figures import BESIDE, DIFFERENCE, Figure, ProofLine
from services.funding.domain.proof_lifecycle import ProofRegime
from services.funding.domain.proof_vouchers import costs_by_kind, whole_cost, whole_eligible
from services.funding.operations.proof_print.paper import ProofPaper
from shared.kernel.clock import BERLIN
from shared.kernel.money import ZERO, fte_german

TEMPLATE = Path(__file__).parent / "proof.typ"
NO_FIGURE = "–"
SHORT_ID = 8
COLUMNS = ("granted", "received", "used", "repayable", "unspent")
REGIME_NAMES = {
    ProofRegime.SIMPLE: "Einfacher Verwendungsnachweis (Sachbericht und zahlenmäßiger Nachweis)",
    ProofRegime.QUALIFIED: "Verwendungsnachweis mit Belegen",
    ProofRegime.HVB_CONFIRMATION: "Rechtsverbindliche Bestätigung der Verwendung",
}

Figures = Mapping[str, Figure]


async def print_pdf(paper: ProofPaper) -> bytes:
    """Some 100 ms of work, done beside the event loop."""
    return await asyncio.to_thread(_compile, paper)


def _compile(paper: ProofPaper) -> bytes:
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"proof": orjson.dumps(printed(paper)).decode()},
        pdf_standards="ua-1",
        timestamp=paper.made_at.replace(microsecond=0),
    )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The fonts inside the wheel: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def printed(paper: ProofPaper) -> dict[str, Any]:
    """The proof as the texts that stand on the page."""
    figures = {one.key: one for one in paper.figures}
    made = paper.made_at.astimezone(BERLIN)
    notice = paper.notice
    return {
        "area": paper.area,
        "number": str(paper.number),
        "regime": paper.regime.value,
        "regimeName": REGIME_NAMES[paper.regime],
        "isPractice": "yes" if paper.book is Book.PRACTICE else "",
        "madeAt": f"{made:%d.%m.%Y, %H:%M} Uhr",
        "reference": notice.reference or NO_FIGURE,
        "authority": notice.authority or NO_FIGURE,
        "fiscalYear": str(notice.fiscal_year),
        "awardedOn": _day(notice.awarded_on),
        "period": f"{_day(notice.valid_from)} bis {_day(notice.valid_to)}",
        "narrative": [
            {"heading": one.heading, "paragraphs": one.text.split("\n\n")}
            for one in paper.narrative
        ],
        "lines": _lines(paper, figures),
        "totals": [_amount(figures, name) for name in COLUMNS],
        "costs": _costs(paper, figures),
        "forwarded": _forwarded(paper, figures),
        "beside": _beside(paper, figures),
        "posts": _posts(paper, figures),
        "recipient": _recipient(paper, figures),
        "vouchers": _vouchers(paper),
        "difference": _amount(figures, DIFFERENCE),
        "sequence": str(paper.sequence),
        "hash": paper.head.hex(),
    }


def _day(on: date | None) -> str:
    return NO_FIGURE if on is None else f"{on:%d.%m.%Y}"


def _amount(figures: Figures, key: str) -> str:
    found = figures.get(key)
    return NO_FIGURE if found is None or found.amount is None else found.amount.german()


def _line_name(line: ProofLine) -> dict[str, str]:
    return {
        "label": LINE_PURPOSES[line.purpose].de,
        "fundingLine": FUNDING_LINE_NAMES[line.funding_line].de,
        "isAdditional": "yes" if line.is_additional else "",
    }


def _lines(paper: ProofPaper, figures: Figures) -> list[dict[str, Any]]:
    return [
        {
            **_line_name(line),
            "amounts": [_amount(figures, f"{name}/{line.key}") for name in COLUMNS],
        }
        for line in paper.subject.lines
        if f"granted/{line.key}" in figures
    ]


def _costs(paper: ProofPaper, figures: Figures) -> list[dict[str, str]]:
    return [
        {
            **_line_name(line),
            "kind": COST_KINDS[kind].de,
            "amount": _amount(figures, f"used/{line.key}/{kind.value}"),
        }
        for line in paper.subject.lines
        for kind in CostKind
        if f"used/{line.key}/{kind.value}" in figures
    ]


def _forwarded(paper: ProofPaper, figures: Figures) -> list[dict[str, str]]:
    lines = {line.award_line_id: line for line in paper.subject.lines}
    return [
        {
            **_line_name(lines[one.award_line_id]),
            "recipient": one.name or _short(one.allocation_id),
            "amount": _amount(figures, f"forwarded/{one.allocation_id}"),
        }
        for one in paper.subject.recipients
        if f"forwarded/{one.allocation_id}" in figures
    ]


def _beside(paper: ProofPaper, figures: Figures) -> list[dict[str, str]]:
    """What the grant does not bear, and what of it is still to be said."""
    return [
        {**_line_name(line), "name": label.de, "amount": _amount(figures, f"{name}/{line.key}")}
        for line in paper.subject.lines
        for _, _, _, name, label in BESIDE
        if f"{name}/{line.key}" in figures
    ]


def _posts(paper: ProofPaper, figures: Figures) -> list[dict[str, str]]:
    if paper.subject.allocation_id is not None:
        return []
    return [
        {
            "id": _short(post.position_id),
            "label": POST_TYPE_NAMES[post.post_type].de,
            "months": fte_german(post.months),
            "actual": _amount(figures, f"post/{post.position_id}/actual"),
            "ceiling": post.ceiling.german() if post.ceiling > ZERO else NO_FIGURE,
            "eligible": _amount(figures, f"post/{post.position_id}/eligible"),
        }
        for post in paper.subject.posts
    ]


def _recipient(paper: ProofPaper, figures: Figures) -> dict[str, str] | None:
    own = paper.subject.allocation_id
    if own is None:
        return None
    names = {one.allocation_id: one.name for one in paper.subject.recipients}
    amounts = {name: _amount(figures, f"{name}/{own}") for name in COLUMNS[:-1]}
    return {"name": names.get(own, _short(own)), **amounts}


def _vouchers(paper: ProofPaper) -> dict[str, Any] | None:
    """The cost by kind and the list, each with the same last row."""
    if paper.vouchers is None:
        return None
    return {
        "kinds": [
            {
                "kind": COST_KINDS[one.cost_kind].de,
                "amount": one.actual.german(),
                "eligible": one.eligible.german(),
            }
            for one in costs_by_kind(paper.vouchers)
        ],
        "items": [
            {
                "number": one.number,
                "date": _day(one.voucher_date),
                "kind": COST_KINDS[one.cost_kind].de,
                "amount": one.amount.german(),
                "eligible": one.eligible.german(),
            }
            for one in paper.vouchers
        ],
        "amount": whole_cost(paper.vouchers).german(),
        "eligible": whole_eligible(paper.vouchers).german(),
    }


def _short(identifier: UUID) -> str:
    """The random end of an id: enough to tell the posts of one award apart."""
    return identifier.hex[-SHORT_ID:].upper()
