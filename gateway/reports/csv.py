"""The report as one table for spreadsheets: semicolons, decimal comma, CRLF.

Every row has every column, so that a program can read it; `Abschnitt` says which table of the
report a row belongs to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gateway.reports import german
from gateway.reports.figures import AwardedAmount, Funding, PostFigures, StatusReport
from shared.kernel.cells import defused
from shared.kernel.money import Money

Encoding = Literal["windows-1252", "utf-8"]

COLUMNS = (
    "Abschnitt",
    "Bezeichnung",
    "Baustein",
    "Bewilligt (Stellen)",
    "Besetzt (Stellen)",
    "Unbesetzt gemeldet (Stellen)",
    "Nicht besetzt errechnet (Stellen)",
    "Ungeklärt (Stellen)",
    "Betrag (EUR)",
    "Betrag je Stelle (EUR)",
    "Von",
    "Bis",
    "Anzahl",
    "Zähleinheit",
    "Hinweis",
)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class EncodedTable:
    """`replaced` counts the characters that the encoding has no place for, now question marks."""

    content: bytes
    replaced: int


def status_csv(report: StatusReport, encoding: Encoding) -> EncodedTable:
    return encoded_table(COLUMNS, _rows(report), encoding)


def encoded_table(columns: Sequence[str], rows: Iterable[Row], encoding: Encoding) -> EncodedTable:
    """Rows as lines of a file; a column that a row does not have is empty in it."""
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    text = "".join(";".join(_cell(value) for value in line) + "\r\n" for line in lines)
    content = text.encode(encoding, errors="replace")
    return EncodedTable(content, content.decode(encoding).count("?") - text.count("?"))


def _cell(value: str) -> str:
    """Quoted where needed; what a spreadsheet would run as a formula gets an apostrophe."""
    value = defused(value)
    if any(mark in value for mark in ';"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _rows(report: StatusReport) -> Iterable[Row]:
    yield _row("Bericht", report.area, Hinweis=f"Stand {german.day(report.as_of)}")
    for missing in report.missing:
        yield _row("Fehlender Teil", missing.part, Hinweis=missing.reason)
    if report.funding is not None:
        yield from _funding_rows(report.funding)
    counted = report.counselling
    if counted is not None:
        day = f"gezählt am {german.day(counted.counted_on)}"
        unit = {"Zähleinheit": counted.unit, "Hinweis": day}
        yield _row("Beratung", "in Beratung", Anzahl=german.count(counted.total), **unit)
        for part in counted.thereof:
            yield _row(
                "Beratung", f"darunter {part.label}", Anzahl=german.count(part.value), **unit
            )
        yield _row("Beratung", "übrige", Anzahl=german.count(counted.others), **unit)


def _funding_rows(funding: Funding) -> Iterable[Row]:
    for row in (*funding.posts.rows, funding.posts.total):
        yield _post(row)
    amounts = funding.amounts
    for line in amounts.lines:
        yield _line("Fördermittel", line)
    yield _sum("Fördermittel", "Fördervolumen", amounts.volume)
    for line in amounts.additional_lines:
        yield _line("Zusätzliche Mittel", line)
    yield _sum("Zusätzliche Mittel", "Zusätzliche Mittel insgesamt", amounts.additional)
    yield _sum("Landesmittel", "Mittel des Landes insgesamt", amounts.ministry_total)
    if amounts.expected.cents:
        yield _sum("Angekündigt", "Angekündigt oder beantragt", amounts.expected)
    for one in funding.forecasts:
        yield _row(
            "Prognose",
            "Voraussichtlich nicht verbraucht",
            **{
                "Baustein": one.funding_line,
                "Besetzt (Stellen)": _posts(one.filled),
                "Betrag (EUR)": euros_of(one.unspent),
            },
        )
    for finding in funding.findings:
        figures = ", ".join(f"{name} {value}" for name, value in finding.figures)
        hint = f"{finding.code}: {finding.message} {figures}".strip()
        yield _row("Feststellung", finding.subject, Hinweis=hint)


def _post(row: PostFigures) -> Row:
    return _row(
        "Personalstellen",
        row.label,
        **{
            "Bewilligt (Stellen)": _posts(row.approved),
            "Besetzt (Stellen)": _posts(row.filled),
            "Unbesetzt gemeldet (Stellen)": _posts(row.reported_vacant),
            "Nicht besetzt errechnet (Stellen)": _posts(row.unoccupied_computed),
            "Ungeklärt (Stellen)": _posts(row.residual),
        },
    )


def _line(section: str, line: AwardedAmount) -> Row:
    return _row(
        section,
        line.label,
        **{
            "Baustein": line.funding_line,
            "Bewilligt (Stellen)": _posts(line.fte),
            "Betrag (EUR)": euros_of(line.amount),
            "Betrag je Stelle (EUR)": euros_of(line.per_post) if line.per_post else "",
            "Von": german.day(line.valid_from),
            "Bis": german.day(line.valid_to),
        },
    )


def _sum(section: str, label: str, amount: Money) -> Row:
    return _row(section, label, **{"Betrag (EUR)": euros_of(amount)})


def _row(section: str, label: str, **values: str) -> Row:
    return {"Abschnitt": section, "Bezeichnung": label, **values}


def _posts(fte: Decimal | None) -> str:
    """Empty where nothing was reported: a cell for figures holds figures."""
    return "" if fte is None else german.posts(fte)


def euros_of(amount: Money) -> str:
    """Decimal comma without marks of thousands: what every spreadsheet reads as a number."""
    return amount.german().replace(".", "")
