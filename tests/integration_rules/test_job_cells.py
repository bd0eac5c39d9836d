"""What stands in the cells of an exported file."""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from shared.jobs.lifecycle import JobFormat
from shared.jobs.tables import Printer, english_heading
from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.job_bench import JobBench
from tests.services.referrals.papers import unit

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(1);b", "\uff1dcmd", "\u200b=1")
Make = Callable[[ServiceApi, str], Awaitable[str]]


async def task(api: ServiceApi, text: str) -> str:
    case = await api.create()
    body = {"title": text, "dueOn": "2026-12-01"}
    answer = await api.post(f"/v1/cases/{case['id']}/tasks", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def award(api: ServiceApi, text: str) -> str:
    return str((await api.create(authority=text))["id"])


async def org_unit(api: ServiceApi, text: str) -> str:
    body = unit(f"waf-{uuid4().hex[:12]}", nameDe=text)
    answer = await api.post("/v1/org-units", body, persona="waf-coordinator")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


# kind, member, who may make and list it, how it is made
TEXTS: dict[str, tuple[str, str, str, Make]] = {
    "cases": ("tasks", "title", "", task),
    "funding": ("awards", "authority", "", award),
    "referrals": ("org-units", "nameDe", "waf-coordinator", org_unit),
}


def table(content: bytes) -> dict[str, list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return {row[0]: row[1:] for row in rows}


async def test_formulas_are_defused_and_amounts_stay(service_api: ServiceApi) -> None:
    """In the CSV; a program that reads NDJSON gets what was written."""
    bench = JobBench(service_api)
    kind, member, persona, make = TEXTS[service_api.sample.service]
    made = {await make(service_api, text): text for text in FORMULAS}
    asked: dict[str, Any] = {"kind": kind, "fields": ["id", member], "persona": persona}
    rows = table(await bench.file(format="CSV", **asked))
    assert {one: rows[one] for one in made} == {one: [f"'{text}"] for one, text in made.items()}
    plain = (await bench.file(**asked)).decode()
    for text in FORMULAS:
        assert f'"{text}"' in plain
    if service_api.sample.service == "funding":
        for locale, amount in (("de", "55000,00"), ("en", "55000.00")):
            asked = {"kind": kind, "fields": ["id", "total"], "locale": locale}
            rows = table(await bench.file(format="CSV", **asked))
            assert {tuple(rows[one]) for one in made} == {(amount,)}


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        ("-12.50", "-12,50", "-12.50"),
        ("12.50", "12,50", "12.50"),
        ("-1000000.00", "-1000000,00", "-1000000.00"),
        (None, "", ""),
    ],
)
def test_a_decimal_is_a_number_in_either_notation(
    value: str | None, german: str, english: str
) -> None:
    for locale, written in (("de", german), ("en", english)):
        headings = {"amount": "Betrag"}
        printer = Printer(JobFormat.CSV, locale, ("amount",), frozenset({"amount"}), headings)
        assert printer.lines([{"amount": value}]).decode().strip('\r\n"') == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (["ara", "ukr"], "ara, ukr"),
        ([], '""'),  # the csv module marks an empty line of one cell
        (["=1+1", "b"], "'=1+1, b"),
        (True, "true"),
        (-3, "-3"),
        ({"a": 1}, '"{""a"":1}"'),
        ([{"a": "=1"}], '"[{""a"":""=1""}]"'),
        ("12.50", "12.50"),
        ('a;"b"\nc', '"a;""b""\nc"'),
    ],
)
def test_other_values_are_written_as_the_interface_has_them(value: Any, written: str) -> None:
    printer = Printer(JobFormat.CSV, "de", ("one",), frozenset(), {"one": "Eins"})
    assert printer.lines([{"one": value}]).decode() == f"{written}\r\n"


def test_english_headings_are_made_of_the_members() -> None:
    assert english_heading("municipalityAgs") == "Municipality AGS"
    assert english_heading("approvedFte") == "Approved FTE"
    assert english_heading("body35Sgb1") == "Body 35 sgb 1"
