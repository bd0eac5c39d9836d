"""What the council papers say, as bodies of requests."""

from typing import Any

Body = dict[str, Any]


def line(key: str, funding_line: str, amount: str, fte: str | None = None, **more: Any) -> Body:
    purpose = {} if fte is not None else {"purpose": "EVENTS"}
    return {
        "key": key,
        "fundingLine": funding_line,
        "amount": amount,
        "fte": fte,
        **purpose,
        **more,
    }


def award(fiscal_year: int, total: str, lines: list[Body], **more: Any) -> Body:
    return {
        "fiscalYear": fiscal_year,
        "validFrom": f"{fiscal_year}-01-01",
        "validTo": f"{fiscal_year}-12-31",
        "total": total,
        "lines": lines,
        "reference": f"DEMO-{fiscal_year}",
        "authority": "Bezirksregierung Arnsberg",
        "awardedOn": f"{fiscal_year - 1}-12-15",
        "proofDueOn": f"{fiscal_year + 1}-03-31",
        **more,
    }


def case_management(fte: str, total: str, fiscal_year: int = 2022, **more: Any) -> Body:
    """An award of posts of line 2 alone: a lump sum, granted without application."""
    return award(fiscal_year, total, [line("b2", "B2_CASE_MANAGEMENT", total, fte)], **more)


WARENDORF_LINES = [
    line(
        "b1-posts",
        "Baustein 1",
        "253800.00",
        "4.00",
        positions=[
            {"postType": "COORDINATION", "approvedFte": "3.50"},
            {"postType": "ADMINISTRATION", "approvedFte": "0.50"},
        ],
    ),
    line("b2-posts", "Modul 2", "770000.00", "14.00"),
    line("b3-posts", "Ziffer 3", "150000.00", "3.00"),
    line("b1-measures", "B1_COORDINATION", "30000.00", purpose="INTERFACE_MEASURES"),
    line("b1-events", "B1_COORDINATION", "10000.00", purpose="EVENTS"),
    line("b1-advice", "B1_COORDINATION", "9000.00", purpose="EXTERNAL_ADVICE"),
]
WARENDORF_TRANSLATION = line(
    "b1-translation",
    "B1_COORDINATION",
    "30000.00",
    purpose="TRANSLATION",
    validFrom="2022-10-01",
    validTo="2022-12-31",
    isAdditional=True,
)
WARENDORF_AWARD = award(2022, "1222800.00", WARENDORF_LINES)
WARENDORF_AWARD_WITH_TRANSLATION = award(
    2022, "1222800.00", [*WARENDORF_LINES, WARENDORF_TRANSLATION]
)


def row(label: str, post_type: str, approved: str, filled: str, vacant: str) -> Body:
    return {
        "label": label,
        "postType": post_type,
        "approved": approved,
        "filled": filled,
        "reportedVacant": vacant,
    }


WARENDORF_POSITIONS = {
    "reportedOn": "2022-11-21",
    "source": "Kreis Warendorf, Berichtsvorlage 187/2022",
    "locale": "de",
    "rows": [
        row("Koordination", "COORDINATION", "3,50", "3,50", "0,00"),
        row("Verwaltung", "ADMINISTRATION", "0,50", "0,50", "0,00"),
        row("Case Management-KIM", "CASE_MANAGEMENT", "14,00", "7,62", "2,88"),
        row("Ausländerbehörde", "FOREIGNERS_AUTHORITY", "1,00", "0,75", "0,00"),
        row("Einbürgerungsbehörde", "NATURALISATION_AUTHORITY", "2,00", "1,50", "0,00"),
    ],
    "reportedTotal": {"approved": "21,00", "filled": "13,87", "reportedVacant": "2,88"},
}
WARENDORF_TABLE = (
    "Personalstellen;Bewilligte Stellen;Besetzte Stellen;Noch nicht besetzte Stellen\r\n"
    "Koordination;3,50;3,50;0,00\r\n"
    "Verwaltung;0,50;0,50;0,00\r\n"
    "Case Management-KIM;14,00;7,62;2,88\r\n"
    "Ausländerbehörde;1,00;0,75;0,00\r\n"
    "Einbürgerungsbehörde;2,00;1,50;0,00\r\n"
    "Gesamt;21,00;13,87;2,88\r\n"
)
