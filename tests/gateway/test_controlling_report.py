"""The controlling report on paper and as a table: what a committee holds in its hands."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from gateway.reports.pack import ControllingPack
from gateway.reports.pack_csv import pack_csv
from gateway.reports.pack_pdf import pack_pdf
from shared.kernel.periods import Period
from tests.gateway.conftest import As
from tests.gateway.test_reports import MARKUP, rows_of, text_of

YEAR = {"fromOn": "2022-01-01", "toOn": "2022-12-31"}
COORDINATION = "waf-coordinator"


def group(label: str, cases: int | None) -> dict[str, Any]:
    return {"value": "CODE", "label": {"de": label, "en": label}, "cases": cases}


def a_pack(label: str = "Zugang") -> ControllingPack:
    cases = {
        "editionOn": "2026-09-30", "smallCellMin": 5, "openBefore": 20, "opened": 12, "closed": 0,
        "openAtEnd": 32, "byPhase": [group(label, 28), group("Planung", None)],
        "byFieldOfAction": [group("Wohnen", 11)], "byTargetGroup": [], "byAge": [],
        "closedByReason": [],
    }  # fmt: skip
    waits = {"medianDaysToPull": "1.5", "medianDaysToAnswer": None}
    outcomes = [{"outcome": "ACCEPTED", "referrals": 9}, {"outcome": "OPEN", "referrals": None}]
    referrals = {
        "isSettled": True, "settledOn": "2026-03-31", "smallCellMin": 5, "referrals": 40, **waits,
        "senders": [{"agencyType": "JUGENDAMT", "referrals": 40}],
        "recipients": [{"agencyType": "CM_TEAM", "referrals": 40, "outcomes": outcomes, **waits}],
        "outcomes": outcomes,
        "flows": [
            {"senderType": "JUGENDAMT", "recipientType": "CM_TEAM", "referrals": 40,
             "medianDaysToPull": "1.5", "medianDaysToAnswer": "7.0"},
        ],
    }  # fmt: skip
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return ControllingPack(
        "05570", "Kreis Warendorf", Period(2025), now, cases, None, referrals, ()
    )


def alternatives(content: bytes) -> list[str]:
    """The words for pictures, from the structure of the document."""

    def walk(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                yield from walk(kid)
        elif isinstance(node, dict):
            if "/Alt" in node:
                yield str(node["/Alt"])
            if "/K" in node:
                yield from walk(node["/K"])

    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    return list(walk(root["/StructTreeRoot"]))


async def test_f1_f2_f15_the_committee_gets_cases_posts_and_money_in_print(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/controlling.pdf", **YEAR)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "kim-controlling-05570-2022.pdf" in answer.headers["content-disposition"]
    text = text_of(answer.content)
    for line in (
        "Kreis Warendorf · Jahr 2022 (01.01.2022 bis 31.12.2022)",
        "145 234 0 379",
        "Case Management-KIM 14,00 7,62 2,88",
        "Gesamt 21,00 13,87 2,88",
        "Gesamt 1.222.800,00 0,00 0,00 1.252.800,00 388.400,00",
        "Hilfeplanung",
    ):
        assert line in text, text
    spoken = alternatives(answer.content)
    assert any(
        "Zugang 60, Assessment 85, Hilfeplanung 70, Durchführung 64" in one for one in spoken
    )
    assert any("Case Management-KIM: 7,62 von 14,00 besetzt" in one for one in spoken)


async def test_the_report_is_accessible_and_each_chart_has_words() -> None:
    content = await pack_pdf(a_pack())
    reader = pypdf.PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "de-DE"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "KIM-Controllingbericht, Kreis Warendorf, Jahr 2025"
    assert alternatives(content) == [
        "Balkendiagramm: Offene Fälle nach Phase (Fälle). Zugang 28, Planung nicht gezeigt.",
        "Balkendiagramm: Offene Fälle mit Bedarf nach Handlungsfeld (Fälle). Wohnen 11.",
        (
            "Balkendiagramm: Überleitungen nach Ausgang (Überleitungen)."
            " Angenommen 9, Nicht beantwortet nicht gezeigt."
        ),
        (
            "Balkendiagramm: Überleitungen nach empfangender Stelle (Überleitungen)."
            " Case-Management-Team 40."
        ),
    ]


async def test_the_report_prints_the_matrix_and_says_what_a_dot_means() -> None:
    text = text_of(await pack_pdf(a_pack()))
    assert "Wege von Stelle zu Stelle" in text
    assert "7,0 T." in text
    assert "Im Zeitraum gesandt: 40. Abruf nach 1,5 Tagen, Antwort nach – Tagen" in text
    assert "• steht für eine Zahl, die nicht gezeigt wird: eine Gruppe mit weniger als 5" in (
        text.replace("\n", " ")
    )
    assert "Seite 1 von" in text


async def test_the_status_report_has_its_charts_with_words(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/status.pdf", asOf="2022-11-21")
    spoken = alternatives(answer.content)
    assert len(spoken) == 3
    assert "Case Management-KIM: 7,62 von 14,00 besetzt" in spoken[0]
    assert "übrig 350.900,00 €" in spoken[1]
    assert spoken[2].endswith("aus der Ukraine geflüchtet 111, übrige 268.")


async def test_markup_in_data_is_printed_and_not_obeyed() -> None:
    text = text_of(await pack_pdf(a_pack(MARKUP)))
    assert "root:" not in text
    assert "*fett*" in text.replace("\n", "")


async def test_the_table_has_the_same_figures(as_: As) -> None:
    answer = await as_(COORDINATION).file("/reports/controlling.csv", **YEAR, encoding="utf-8")
    assert answer.headers["x-replaced-characters"] == "0"
    rows = rows_of(answer.content, "utf-8")
    told = {(row["Abschnitt"], row["Bezeichnung"]): row for row in rows}
    assert told["Fälle", "Offen am Ende"]["Anzahl"] == "379"
    assert told["Offene Fälle nach Phase", "Durchführung"]["Anzahl"] == "64"
    assert told["Personalstellen", "Gesamt"]["Besetzt (Stellen)"] == "13,87"
    assert told["Fördermittel", "Alle Bausteine"]["Betrag (EUR)"] == "1252800,00"


def test_the_table_has_ways_days_and_hidden_groups() -> None:
    rows = rows_of(pack_csv(a_pack(), "windows-1252").content, "windows-1252")
    [way] = [row for row in rows if row["Abschnitt"] == "Wege von Stelle zu Stelle"]
    assert (way["Von Stelle"], way["An Stelle"]) == ("Jugendamt", "Case-Management-Team")
    assert (way["Anzahl"], way["Tage bis Antwort (Median)"]) == ("40", "7,0")
    hidden = [row["Anzahl"] for row in rows if row["Bezeichnung"] == "Planung"]
    assert hidden == ["."]


@pytest.mark.parametrize("label", ["=1+1", "+1", "@SUM(A1)", "\t=1", "−1+2"])
def test_what_a_spreadsheet_would_run_is_defused(label: str) -> None:
    content = pack_csv(a_pack(label), "utf-8").content.decode()
    cells = {
        cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=";") for cell in row
    }
    assert f"'{label}" in cells
    assert label not in cells
