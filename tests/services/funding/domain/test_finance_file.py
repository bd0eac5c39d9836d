"""The file for the finance system: its columns, its numbers, its characters, its formulas."""

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.finance_file import (
    COLUMNS,
    EVENT_NAMES,
    FileEncoding,
    FinanceLine,
    print_file,
)
from services.funding.domain.ledger.accounts import AccountCode
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.transliterate import Transliteration
from shared.kernel.cells import defused
from shared.kernel.money import Money

NARROW, WIDE = FileEncoding.WINDOWS_1252, FileEncoding.UTF_8
LINE = FinanceLine(
    tenant_id="05570",
    fiscal_year=2022,
    value_date=date(2022, 6, 1),
    sequence=17,
    product="050301",
    code=AccountCode.CASH,
    cost_kind="",
    cost_centre="waf-ki",
    amount=Money.parse("350900.00"),
    event=LedgerEvent.MANUAL,
    reverses=None,
    line_name="b1-events",
    reference="KASSE-17",
    funding_reference="36.02-17/22",
    partner="",
)


def row(text: str) -> tuple[str, ...]:
    return (text, *[""] * (len(COLUMNS) - 1))


def test_the_columns_are_those_of_the_interface() -> None:
    content = print_file([LINE.cells()], NARROW).content
    assert content.decode("cp1252") == (
        "Mandant;Haushaltsjahr;Buchungsdatum;Belegnummer;Produkt;Sachkonto;Kostenstelle;Betrag;"
        "Soll/Haben;Text;Förderkennzeichen;Zahlungspartner\r\n"
        "05570;2022;01.06.2022;17;050301;CASH;waf-ki;350900,00;S;"
        "b1-events, Manuelle Buchung, KASSE-17;36.02-17/22;\r\n"
    )


def test_a_reversal_is_negative_on_the_side_of_what_it_turns() -> None:
    turning = replace(
        LINE, event=LedgerEvent.REVERSED, reverses=17, sequence=18, amount=-LINE.amount
    )
    other = replace(turning, amount=LINE.amount)
    assert (turning.cells()[7:9], other.cells()[7:9]) == (("-350900,00", "S"), ("-350900,00", "H"))
    assert turning.cells()[9] == "b1-events, Storno zu Beleg 17, KASSE-17"
    assert replace(LINE, amount=-LINE.amount).cells()[7:9] == ("350900,00", "H")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 2581", "'+49 2581"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-350900,00", "-350900,00"),
        ("-350900,00+1", "'-350900,00+1"),
        ("Ziffer 2 = Personal", "Ziffer 2 = Personal"),
    ],
)
def test_a_formula_is_defused_and_a_negative_amount_stays(cell: str, written: str) -> None:
    assert defused(cell) == written


def test_what_becomes_a_formula_by_transliteration_is_defused_as_well() -> None:
    written = print_file([row("\uff1dHYPERLINK(1)")], NARROW).content.decode("cp1252")
    assert written.splitlines()[1].startswith("'=HYPERLINK(1);")


def test_windows_1252_with_a_report() -> None:
    file = print_file([row("Yıldız Şahin"), row("Müller – 5 €"), row("Paweł"), row("ı")], NARROW)
    written = [line.split(";")[0] for line in file.content.decode("cp1252").splitlines()]
    assert written[1:] == ["Yildiz Sahin", "Müller – 5 €", "Pawel", "i"]
    assert file.replacements == [
        {"character": "ı", "codePoint": "U+0131", "replacement": "i", "count": 3, "lines": [2, 5]},
        {"character": "Ş", "codePoint": "U+015E", "replacement": "S", "count": 1, "lines": [2]},
        {"character": "ł", "codePoint": "U+0142", "replacement": "l", "count": 1, "lines": [4]},
    ]


def test_letters_put_together_from_marks_are_composed_before_anything_is_replaced() -> None:
    report = Transliteration()
    assert (report.write("Mu\u0308ller", 2), report.replaced) == ("Müller", {})
    assert report.write("s\u0327", 2) == "s"
    assert report.write("\ue000", 2) == "?"
    assert [one.replacement for one in report.replaced.values()] == ["s", "?"]


def test_utf_8_keeps_every_character() -> None:
    file = print_file([row("Yıldız Şahin")], WIDE)
    assert (file.content.decode().splitlines()[1][:12], file.replacements) == ("Yıldız Şahin", [])


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_any_text_fits_and_whatever_was_replaced_is_told(text: str) -> None:
    report = Transliteration()
    written = report.write(text, 2)
    written.encode("cp1252")
    again = Transliteration()
    assert again.write(text, 2) == written
    assert bool(report.replaced) is (written != normalize("NFC", text))


def test_every_fact_has_a_name_that_needs_no_replacement() -> None:
    assert set(EVENT_NAMES) == set(LedgerEvent)
    assert print_file([row(name) for name in EVENT_NAMES.values()], NARROW).replacements == []
