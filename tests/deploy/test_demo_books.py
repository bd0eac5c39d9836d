"""The practice year of the demonstration: played through the interfaces, read by other programs."""

import asyncio
from contextlib import redirect_stdout
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from deploy.local.demo.books.__main__ import play
from deploy.local.demo.client import Client
from services.funding.operations.ledger.verify_file import main as verify_file
from tests.accounting_tools import CHECKS, balances, check
from tests.local_system import LocalSystem

OFFICERS = {"warendorf": "waf-funding-officer", "unna": "un-funding-officer"}
ENDINGS = {
    "hledger": "hledger.journal",
    "ledger": "ledger.journal",
    "beancount": "beancount",
}


@pytest.fixture(scope="module")
def told(demo_system: LocalSystem) -> str:
    """What one performance printed; the files that it kept are there afterwards."""
    with redirect_stdout(StringIO()) as printed:
        asyncio.run(play(demo_system.settings))
    return printed.getvalue()


def reports(system: LocalSystem) -> Path:
    return system.settings.state_dir / "reports"


async def of_api(system: LocalSystem, county: str) -> dict[str, Decimal]:
    """Every account of the practice book as the API says it stands; zero left out."""
    async with Client(system.settings) as client:
        accounts = await client.items(
            OFFICERS[county], "funding", "/v1/ledger/accounts", book="PRACTICE", first="100"
        )
    signed = {
        one["path"]: Decimal(one["balance"]) * (1 if one["side"] == "D" else -1) for one in accounts
    }
    return {path: amount for path, amount in signed.items() if amount}


async def test_the_demo_books_pass_all_three_tools_and_balance_as_the_api_does(
    demo_system: LocalSystem, told: str
) -> None:
    assert "Kreis Warendorf 2022" in told
    for county in OFFICERS:
        stood = await of_api(demo_system, county)
        for form in sorted(CHECKS):
            file = reports(demo_system) / "books" / f"{county}.{ENDINGS[form]}"
            accepted = check(form, file)
            assert accepted.returncode == 0, (county, form, accepted.stderr)
            assert balances(form, file) == stood, (county, form)
        ndjson = reports(demo_system) / "books" / f"{county}.ndjson"
        assert verify_file([str(ndjson)]) == 0


async def test_the_practice_year_prints_the_figures_of_the_papers(told: str) -> None:
    for sentence in (
        "1.222.800,00 EUR, 7 Zeilen",
        "7,62 von 14,00 Stellen besetzt",
        "487.680,00 EUR ausgegeben, 419.100,00 EUR förderfähig, 68.580,00 EUR Eigenanteil",
        "Case Management: 350.900,00 EUR erstattet am 31.03.2023",
        "am 30.09.2022: Die Buchung liegt außerhalb des Zeitraums dieser Mittel.",
        "höchstens 419.100,00 EUR von 770.000,00 EUR nutzbar",
        "voraussichtlich zu erstatten: 350.900,00 EUR",
        "18,00 Stellen, 1.026.000,00 EUR",
        "0,01 Stellen mehr unter Stadt Bergkamen",
        "Rate 2 an Stadt Bergkamen: 85.500,00 EUR, von der Bank bestätigt",
        "        Gemeinde Bönen: 1,50 Stellen, 85.500,00 EUR",
        "Hashkette unversehrt",
    ):
        assert sentence in told, sentence


@pytest.mark.usefixtures("told")
async def test_the_practice_year_keeps_a_proof_of_use_as_pdf(demo_system: LocalSystem) -> None:
    pages = PdfReader(reports(demo_system) / "verwendungsnachweis-warendorf-2022.pdf").pages
    words = " ".join(page.extract_text() for page in pages)
    for figure in ("1.252.800,00", "770.000,00", "419.100,00", "350.900,00", "Übungsbetrieb"):
        assert figure in words


@pytest.mark.usefixtures("told")
async def test_the_practice_year_is_in_no_report_of_the_county(demo_system: LocalSystem) -> None:
    query: dict[str, Any] = {"asOf": "2022-11-21"}
    async with Client(demo_system.settings) as client:
        status = await client.get(
            OFFICERS["warendorf"], "funding", "/v1/reports/funding-status", **query
        )
        costs = await client.get(
            OFFICERS["warendorf"], "funding", "/v1/reports/cost-per-line", fiscalYear="2022"
        )
        live = await client.get(OFFICERS["warendorf"], "funding", "/v1/ledger/verify")
    assert status.accepted["ministryTotal"] == "1252800.00"
    assert status.accepted["positions"]["reportedTotal"]["approved"] == "21.00"
    assert costs.accepted["items"] == []
    assert live.accepted["isIntact"]


async def test_published_rates_are_rows_of_every_county(demo_system: LocalSystem) -> None:
    async with Client(demo_system.settings) as client:
        rows = await client.items(OFFICERS["warendorf"], "funding", "/v1/rates", first="100")
    rows = [row for row in rows if row["fiscalYear"] < 2030]  # later ones are of other tests
    rates = {(row["fundingLine"][:2], row["unitKind"], row["fiscalYear"]): row for row in rows}
    assert len(rates) == len(rows) == 9
    assert {key: row["ceiling"] for key, row in rates.items()} == {
        ("B2", "POST_YEAR", 2020): "55000.00",
        ("B2", "POST_YEAR", 2021): "55000.00",
        ("B2", "POST_YEAR", 2022): "55000.00",
        ("B2", "POST_YEAR", 2023): "57000.00",
        ("B3", "POST_YEAR", 2020): "55000.00",
        ("B3", "POST_YEAR", 2022): "50000.00",
        ("B1", "POST_YEAR", 2023): "57000.00",
        ("B1", "ADMIN_ASSISTANCE_HALF_POST_YEAR", 2023): "22500.00",
        ("B1", "WORKPLACE_SETUP_PER_POST", 2023): "5700.00",
    }


async def test_idle_money_of_the_practice_year_is_reckoned_by_the_published_base_rates(
    demo_system: LocalSystem,
) -> None:
    async with Client(demo_system.settings) as client:
        officer = OFFICERS["warendorf"]
        rows = await client.items(officer, "funding", "/v1/base-rates")
        drawdowns = await client.items(officer, "funding", "/v1/drawdowns")
        called = next(one for one in drawdowns if one["fiscalYear"] == 2022)
        path = f"/v1/drawdowns/{called['id']}/exposure"
        shown = await client.get(officer, "funding", path, asOf="2025-12-31")
    assert {(row["validFrom"], row["percent"]) for row in rows} == {
        ("2016-07-01", "-0.88"),
        ("2023-01-01", "1.62"),
        ("2023-07-01", "3.12"),
        ("2024-01-01", "3.62"),
        ("2024-07-01", "3.37"),
        ("2025-01-01", "2.27"),
        ("2025-07-01", "1.27"),
    }
    assert shown.accepted["asOf"] == "2025-12-31"
