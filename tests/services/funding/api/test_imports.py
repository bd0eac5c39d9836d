"""A table of posts from a file: the locale is stated, every doubt is named, all or nothing."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.api.schemas.imports import PositionTableImportView
from services.funding.domain.figures import FigureLocale, write_fte
from services.funding.domain.position_tables import read_position_table
from tests.apis import bearer
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_TABLE

PATH = "/v1/imports/position-table"
QUERY = {
    "locale": "de",
    "reportedOn": "2022-11-21",
    "source": "Kreis Warendorf, Berichtsvorlage 187/2022",
}
ENGLISH_TABLE = (
    "Posts,Approved,Filled,Not yet filled,Post type\r\n"
    "Coordination,3.50,3.50,0.00,\r\n"
    "Back office,0.50,0.50,0.00,ADMINISTRATION\r\n"
    "Case management-KIM,14.00,7.62,2.88,Case management\r\n"
    "Total,18.00,11.62,2.88,\r\n"
)


async def send(
    desk: Desk, table: str | bytes, content_type: str = "text/csv", **query: str | None
) -> httpx.Response:
    asked = {name: value for name, value in (QUERY | query).items() if value is not None}
    headers = bearer(desk.token) | {"Content-Type": content_type}
    content = table.encode() if isinstance(table, str) else table
    return await desk.client.post(PATH, params=asked, content=content, headers=headers)


async def stored(desk: Desk) -> list[Any]:
    found: list[Any] = (await desk.read("/v1/position-reports"))["items"]
    return found


def pointers(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


async def test_f2_warendorf_table_is_imported_by_file(officer: Desk) -> None:
    answer = await send(officer, WARENDORF_TABLE)

    assert answer.status_code == 201, answer.text
    found = answer.json()
    PositionTableImportView.model_validate(found)
    assert [line["line"] for line in found["lines"]] == [2, 3, 4, 5, 6, 7]
    assert found["lines"][2] == {
        "line": 4,
        "label": "Case Management-KIM",
        "postType": "CASE_MANAGEMENT",
        "isTotal": False,
        "approvedFte": "14.00",
        "filledFte": "7.62",
        "reportedVacantFte": "2.88",
    }
    assert [one["code"] for one in found["findings"]] == ["POSITION_RESIDUAL"] * 4
    path = answer.headers["location"]
    assert path == f"/v1/position-reports/{found['reportId']}"
    printed = await officer.get(f"{path}/table.csv", locale="de")
    assert printed.text == WARENDORF_TABLE


async def test_an_english_table_is_read_with_points(officer: Desk) -> None:
    answer = await send(officer, ENGLISH_TABLE, locale="en")

    assert answer.status_code == 201, answer.text
    (report,) = await stored(officer)
    assert [row["filledFte"] for row in report["rows"]] == ["3.50", "0.50", "7.62"]
    assert [row["postType"] for row in report["rows"]][1] == "ADMINISTRATION"
    assert report["totalFilledFte"] == "11.62"


@pytest.mark.parametrize(
    ("cell", "locale"),
    [
        ("1.222.800", "de"),
        ("7,625", "de"),
        ("7.625", "de"),
        ("0,005", "de"),
        ("NaN", "de"),
        ("1e400", "de"),
        ("-0", "de"),
        (str(10**18), "de"),
        ("7,62 EUR", "de"),
        ("\u0667,62", "de"),
    ],
)
async def test_a_figure_in_doubt_refuses_the_whole_table_and_names_its_line(
    officer: Desk, cell: str, locale: str
) -> None:
    table = WARENDORF_TABLE.replace("Verwaltung;0,50", f"Verwaltung;{cell}")

    answer = await send(officer, table, locale=locale)

    assert (answer.status_code, answer.json()["code"]) == (422, "table-refused")
    assert pointers(answer) == [("/3/approved", "figure-unreadable")]
    assert await stored(officer) == []


async def test_without_a_locale_nothing_is_read(officer: Desk) -> None:
    answer = await send(officer, WARENDORF_TABLE, locale=None)

    assert (answer.status_code, answer.json()["code"]) == (422, "fields-refused")
    assert await stored(officer) == []


async def test_a_german_table_in_english_notation_is_refused_at_its_head(officer: Desk) -> None:
    answer = await send(officer, WARENDORF_TABLE, locale="en")

    assert (answer.status_code, answer.json()["code"]) == (422, "table-refused")
    assert {code for _, code in pointers(answer)} == {"column-unknown", "column-missing"}


async def test_a_dry_run_lists_every_line_and_every_doubt_and_stores_nothing(
    officer: Desk,
) -> None:
    broken = WARENDORF_TABLE.replace("Verwaltung;0,50", "Hausmeister;0,505").replace(
        "Ausländerbehörde;1,00;0,75", "Ausländerbehörde;;0,75"
    )

    good = await send(officer, WARENDORF_TABLE, dryRun="true")
    bad = await send(officer, broken, dryRun="true")

    assert (good.status_code, bad.status_code) == (200, 200)
    assert (good.json()["isAcceptable"], good.json()["reportId"]) == (True, None)
    assert len(good.json()["findings"]) == 4
    assert (bad.json()["isAcceptable"], bad.json()["findings"]) == (False, [])
    assert [line["line"] for line in bad.json()["lines"]] == [2, 4, 6, 7]
    assert [(one["line"], one["column"], one["code"]) for one in bad.json()["faults"]] == [
        (3, "postType", "post-type-unknown"),
        (3, "approved", "figure-unreadable"),
        (5, "approved", "figure-missing"),
    ]
    assert await stored(officer) == []


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        ("", [("/1", "no-rows")]),
        ("Personalstellen;Bewilligte Stellen;Besetzte Stellen\n", [("/1", "no-rows")]),
        ("Personalstellen;Besetzte Stellen\nA;1", [("/1/approved", "column-missing")]),
        (
            "Personalstellen;Bewilligte Stellen;Besetzte Stellen;Name\nA;1;1;x",
            [("/1", "column-unknown")],
        ),
        (
            "Personalstellen;Bewilligte Stellen;Besetzte Stellen\nKoordination;1\n\nGesamt;1;1",
            [("/1", "no-rows"), ("/2", "cells-do-not-match")],
        ),
        (
            (
                "Personalstellen;Bewilligte Stellen;Besetzte Stellen\nKoordination;1;1\n"
                "Gesamt;1;1\nSumme;1;1"
            ),
            [("/4", "total-twice")],
        ),
        (
            "Personalstellen;Bewilligte Stellen;Besetzte Stellen\nKoordination\x07;1;1",
            [("/2/label", "label-unreadable")],
        ),
        ('Personalstellen;"x', [("/1", "not-a-table")]),
        (
            "Personalstellen;Bewilligte Stellen;Besetzte Stellen\n" + "Koordination;1;1\n" * 102,
            [("/103", "rows-too-many")],
        ),
    ],
)
async def test_what_is_no_table_of_posts_is_refused(
    officer: Desk, table: str, faults: list[tuple[str, str]]
) -> None:
    answer = await send(officer, table)

    assert (answer.status_code, answer.json()["code"]) == (422, "table-refused")
    assert pointers(answer) == faults
    assert await stored(officer) == []


async def test_a_spreadsheet_in_windows_1252_is_read_when_it_says_so(officer: Desk) -> None:
    table = WARENDORF_TABLE.encode("cp1252")

    silent = await send(officer, table)
    said = await send(officer, table, "text/csv; charset=windows-1252")

    assert (silent.status_code, silent.json()["code"]) == (422, "table-not-text")
    assert said.status_code == 201, said.text
    assert said.json()["lines"][3]["label"] == "Ausländerbehörde"
    assert (await send(officer, "\ufeff" + WARENDORF_TABLE, dryRun="true")).status_code == 200


async def test_only_a_small_csv_from_who_records_is_taken(officer: Desk, approver: Desk) -> None:
    table = WARENDORF_TABLE
    answers = [
        await send(officer, table, "application/json"),
        await send(officer, table, "text/csv; charset=utf-7"),
        await send(officer, table + "\n" * 256_001),
        await send(approver, table),
    ]

    assert [answer.status_code for answer in answers] == [415, 415, 413, 403]
    assert await stored(officer) == []


async def test_a_file_sent_twice_with_its_key_is_stored_once(officer: Desk) -> None:
    headers = bearer(officer.token) | {"Content-Type": "text/csv", "Idempotency-Key": "table-1"}
    answers: list[Record] = []
    for _ in range(2):
        answer = await officer.client.post(
            PATH, params=QUERY, content=WARENDORF_TABLE.encode(), headers=headers
        )
        answers.append(answer.json())

    assert answers[0] == answers[1]
    assert len(await stored(officer)) == 1


@given(
    hundredths=st.lists(st.integers(0, 99_999), min_size=2, max_size=2),
    locale=st.sampled_from(FigureLocale),
)
def test_what_we_print_is_read_as_it_was(hundredths: list[int], locale: FigureLocale) -> None:
    approved, filled = (Decimal(one) / 100 for one in hundredths)
    mark = ";" if locale is FigureLocale.DE else ","
    cells = [write_fte(one, locale) for one in (approved, filled)]
    if locale is FigureLocale.EN:
        head = "Posts,Approved,Filled"
    else:
        head = "Personalstellen;Bewilligte Stellen;Besetzte Stellen"

    reading = read_position_table(f"{head}\n" + mark.join(["Koordination", *cells]), locale)

    assert reading.faults == ()
    (row,) = reading.table.rows
    assert (row.figures.approved, row.figures.filled) == (approved, filled)
