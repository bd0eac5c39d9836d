"""The report in print and as tables: the same figures, in the form that offices read."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from deploy.local.demo.client import Client
from gateway.reports.csv import status_csv
from gateway.reports.figures import (
    Amounts,
    AwardedAmount,
    Counselling,
    Count,
    Funding,
    PostFigures,
    Posts,
    ReportFinding,
    StatusReport,
)
from gateway.reports.pdf import status_pdf
from shared.kernel.money import ZERO, Money
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.local_system import LocalSystem

DAY = "2022-11-21"
COORDINATION = "waf-coordinator"


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages).replace("\xa0", " ")


def rows_of(content: bytes, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding)), delimiter=";"))


async def test_f2_the_pdf_prints_the_table_digit_by_digit(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/status.pdf", asOf=DAY)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.content)
    for line in (
        "Koordination 3,50 3,50 0,00 0,00 0,00",
        "Verwaltung 0,50 0,50 0,00 0,00 0,00",
        "Case Management-KIM 14,00 7,62 2,88 6,38 3,50",
        "Ausländerbehörde 1,00 0,75 0,00 0,25 0,25",
        "Einbürgerungsbehörde 2,00 1,50 0,00 0,50 0,50",
        "Gesamt 21,00 13,87 2,88 7,13 4,25",
    ):
        assert line in text
    assert text.count("Bewilligte Stellen sind weder") == 4
    assert "POSITION_RESIDUAL" not in text


async def test_f1_f3_f15_the_pdf_prints_money_and_families(as_: As) -> None:
    text = text_of((await as_(COORDINATION).file("/reports/status.pdf", asOf=DAY)).content)
    assert "Fördervolumen 1.222.800,00 €" in text
    assert "Zusätzliche Übersetzungsdienstleistungen 01.10.2022 bis 31.12.2022 30.000,00 €" in text
    assert "Mittel des Landes insgesamt 1.252.800,00 €" in text
    assert "Familien in Beratung 379" in text
    assert "darunter aus der Ukraine geflüchtet 111" in text
    assert "übrige 268" in text
    assert "Kreis Warendorf · Stand 21.11.2022" in text


async def test_the_pdf_is_accessible_and_carries_its_fonts(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/status.pdf", asOf=DAY)
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "de-DE"
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Statusbericht KIM, Kreis Warendorf, Stand 21.11.2022"
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        if "/DescendantFonts" in font.get_object()
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


async def test_f2_the_csv_has_the_same_figures_with_decimal_commas(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/status.csv", asOf=DAY)
    assert answer.headers["content-type"] == "text/csv; charset=windows-1252; header=present"
    assert answer.headers["x-replaced-characters"] == "0"
    assert answer.content.count(b"\r\n") == answer.content.count(b"\n")
    posts = [
        tuple(list(row.values())[3:8])
        for row in rows_of(answer.content, "windows-1252")
        if row["Abschnitt"] == "Personalstellen"
    ]
    assert posts == [
        ("3,50", "3,50", "0,00", "0,00", "0,00"),
        ("0,50", "0,50", "0,00", "0,00", "0,00"),
        ("14,00", "7,62", "2,88", "6,38", "3,50"),
        ("1,00", "0,75", "0,00", "0,25", "0,25"),
        ("2,00", "1,50", "0,00", "0,50", "0,50"),
        ("21,00", "13,87", "2,88", "7,13", "4,25"),
    ]


async def test_f1_f3_f15_the_csv_has_money_and_families(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/status.csv", asOf=DAY, encoding="utf-8")
    rows = rows_of(answer.content, "utf-8")
    amounts = {row["Bezeichnung"]: row["Betrag (EUR)"] for row in rows if row["Betrag (EUR)"]}
    assert amounts["Fördervolumen"] == "1222800,00"
    assert amounts["Mittel des Landes insgesamt"] == "1252800,00"
    counted = {row["Bezeichnung"]: row["Anzahl"] for row in rows if row["Anzahl"]}
    assert counted == {
        "in Beratung": "379",
        "darunter aus der Ukraine geflüchtet": "111",
        "übrige": "268",
    }


async def test_the_json_has_the_same_figures(as_: As) -> None:
    report = (await as_(COORDINATION).file("/reports/status.json", asOf=DAY)).json()
    assert report["missing"] == []
    assert report["funding"]["amounts"]["volume"] == "1222800.00"
    assert report["funding"]["posts"]["total"] == {
        "label": "Gesamt",
        "approved": "21.00",
        "filled": "13.87",
        "reportedVacant": "2.88",
        "unoccupiedComputed": "7.13",
        "residual": "4.25",
    }
    assert report["counselling"] == {
        "unit": "Familien",
        "countedOn": "2022-09-30",
        "smallCellMin": 5,
        "total": 379,
        "thereof": [{"label": "aus der Ukraine geflüchtet", "value": 111}],
        "others": 268,
    }


async def test_a_part_that_is_missing_is_named_in_the_report(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, cases_url=NOWHERE) as as_:
        answer = await as_(COORDINATION).file("/reports/status.pdf", asOf=DAY)
    text = text_of(answer.content)
    assert "Beratung und Betreuung: Der Dienst Fallakten ist zurzeit nicht erreichbar." in text
    assert "Gesamt 21,00 13,87 2,88 7,13 4,25" in text


async def test_without_any_service_there_is_no_report(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, cases_url=NOWHERE, funding_url=NOWHERE) as as_:
        answer = await as_(COORDINATION).file("/reports/status.pdf", asOf=DAY)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["code"] == "temporarily-unavailable"


async def test_who_may_see_neither_part_gets_no_report(as_: As) -> None:
    answer = await as_("waf-b3-officer").file("/reports/status.pdf", asOf=DAY)
    assert answer.status_code == 403
    assert answer.json()["code"] == "not-permitted"
    assert answer.json()["instance"] == "/reports/status.pdf"


@pytest.mark.parametrize("parameters", [{}, {"asOf": "2022-02-30"}, {"asOf": "gestern"}])
async def test_a_report_needs_a_day(as_: As, parameters: dict[str, str]) -> None:
    answer = await as_(COORDINATION).file("/reports/status.csv", **parameters)
    assert answer.status_code == 422


MARKUP = '#read("/etc/passwd") *fett* $x$ <b> \\ `code` [x] @y = Kapitel'


def odd_report(label: str, amount: Money = ZERO) -> StatusReport:
    posts = PostFigures(label, Decimal(1), Decimal(1), None, Decimal(0), None)
    line = AwardedAmount(label, label, amount, None, None, date(2022, 1, 1), date(2022, 12, 31))
    amounts = Amounts((line,), amount, (), ZERO, amount, ZERO)
    finding = ReportFinding("CODE", label, label, ((label, label),))
    funding = Funding(Posts((posts,), posts, None, label), amounts, (), (finding,))
    counted = Counselling("Familien", date(2022, 9, 30), 5, None, (Count(label, None),), None)
    return StatusReport(
        "05570", "Kreis Warendorf", date(2022, 11, 21), datetime(2022, 11, 21, tzinfo=UTC),
        funding, counted, (),
    )  # fmt: skip


async def test_markup_in_data_is_printed_and_not_obeyed() -> None:
    text = text_of(await status_pdf(odd_report(MARKUP)))
    assert "/etc/passwd" in text.replace("\n", "")
    assert "root:" not in text
    assert "*fett*" in text


async def test_a_number_nobody_reported_or_may_see_is_no_zero() -> None:
    text = text_of(await status_pdf(odd_report("Stelle")))
    assert "Stelle 1,00 1,00 – 0,00 –" in text
    assert "Familien in Beratung •" in text


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_defused(label: str) -> None:
    (row, *_) = [
        row
        for row in csv.reader(
            io.StringIO(status_csv(odd_report(label), "utf-8").content.decode(), newline=""),
            delimiter=";",
        )
        if row[0] == "Personalstellen"
    ]
    assert row[1] == f"'{label}"


def test_a_negative_amount_stays_a_number() -> None:
    table = status_csv(odd_report("Rückzahlung", Money.euros(-1234)), "utf-8")
    amounts = {row["Betrag (EUR)"] for row in rows_of(table.content, "utf-8")}
    assert "-1234,00" in amounts


def test_separators_and_quotes_in_data_do_not_break_the_row() -> None:
    label = 'Träger "Nord"; Süd\nund Ost'
    rows = rows_of(status_csv(odd_report(label), "windows-1252").content, "windows-1252")
    assert {row["Bezeichnung"] for row in rows if row["Abschnitt"] == "Personalstellen"} == {label}


def test_f25_characters_without_a_place_in_windows_1252_are_counted() -> None:
    table = status_csv(odd_report("Çelik Şahin?"), "windows-1252")
    shown = rows_of(table.content, "windows-1252")
    assert "Çelik ?ahin?" in {row["Bezeichnung"] for row in shown}
    assert table.replaced == table.content.count(b"?ahin")
    assert status_csv(odd_report("Çelik Şahin"), "utf-8").replaced == 0
