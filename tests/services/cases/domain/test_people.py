"""Names, birth dates, nationalities, languages and municipality keys."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain import latin
from services.cases.domain.area import Ags, AgsUnreadable
from services.cases.domain.people import (
    BirthDate,
    BirthDatePrecision,
    BirthDateUnacceptable,
    LanguageUnacceptable,
    NameUnacceptable,
    NationalityUnacceptable,
    OriginalNameUnacceptable,
    PersonName,
    clean_languages,
    clean_name,
    clean_nationalities,
    clean_original_name,
)

TODAY = date(2022, 11, 21)
LETTERS = [
    chr(point)
    for part in latin.LETTER_RANGES.split()
    for point in range(int(part[:4], 16), int(part[-4:], 16) + 1)
]
SEQUENCES = [base + marks for marks, bases in latin.SEQUENCES.items() for base in bases]


def test_datatype_a_has_as_many_letters_sequences_and_signs_as_the_standard() -> None:
    assert (len(LETTERS), len(SEQUENCES), len(latin.SIGNS)) == (500, 149, 18)


@given(st.lists(st.sampled_from([*LETTERS, *SEQUENCES, *latin.SIGNS])).map("".join))
def test_whatever_datatype_a_spells_is_accepted(text: str) -> None:
    assert latin.is_datatype_a(unicodedata.normalize("NFC", text))


def test_f25_a_turkish_name_keeps_its_letters() -> None:
    name = PersonName.of("Şahin", "Yıldız")
    assert (name.family_name, name.given_names) == ("Şahin", "Yıldız")
    assert name.search_key == "sahin yildiz"


def test_f25_an_arabic_name_stands_beside_its_latin_form() -> None:
    name = PersonName.of("Muhammad", "Ali", "محمد")
    assert name.original_name == "محمد"
    with pytest.raises(NameUnacceptable):
        PersonName.of("محمد", "Ali")


def test_f25_composed_and_decomposed_spelling_are_the_same_name() -> None:
    composed = unicodedata.normalize("NFC", "Şahin Müller Łukasz Đặng")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert clean_name(decomposed) == clean_name(composed) == composed


def test_f25_windows_1252_export_reports_every_replaced_letter() -> None:
    exported = latin.windows_1252("Yıldız Şahin")
    assert exported.text == "Yildiz Sahin"
    assert [(r.position, r.original, r.written) for r in exported.replacements] == [
        (1, "ı", "i"),
        (4, "ı", "i"),
        (7, "Ş", "S"),
    ]
    assert not exported.is_exact


def test_windows_1252_leaves_german_names_alone() -> None:
    exported = latin.windows_1252("Jürgen Weiß-O’Neill")
    assert (exported.text, exported.is_exact) == ("Jürgen Weiß-O’Neill", True)


@given(st.sampled_from([*LETTERS, *SEQUENCES, *latin.SIGNS]))
def test_no_name_becomes_a_question_mark_or_nothing_in_windows_1252(letter: str) -> None:
    exported = latin.windows_1252(letter)
    written = exported.text.encode("cp1252").decode("cp1252")
    assert written
    assert "?" not in written
    assert exported.is_exact == (written == letter)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "-",
        "\u200b",
        "A\u0000B",
        "A\u0007B",
        "A\u0085B",
        "A\u202eB",
        "A\ud800B",
        "A\nB",
        "A\tB",
        "R2D2",
        "Ω",
        "Иван",
        "a\u0308\u0308",
        "x" * 121,
    ],
)
def test_control_characters_foreign_scripts_and_blank_names_are_refused(text: str) -> None:
    with pytest.raises(NameUnacceptable):
        clean_name(text)


@pytest.mark.parametrize(
    "text", ["O'Neill", "Null", "von der Straße", "d’Arc", "Müller-Lüdenscheidt"]
)
def test_ordinary_odd_names_are_accepted(text: str) -> None:
    assert clean_name(f" {text} ") == text


def test_a_farsi_name_may_contain_a_zero_width_non_joiner() -> None:
    assert clean_original_name("علی\u200cرضا") == "علی\u200cرضا"


@pytest.mark.parametrize("text", ["", "\u200c", "a\u202eb", "a\u0000", "\ud800", "12", "ب" * 121])
def test_an_original_name_has_letters_and_no_control_characters(text: str) -> None:
    with pytest.raises(OriginalNameUnacceptable):
        clean_original_name(text)


@given(st.text())
def test_cleaning_a_name_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean_name(text)
    except NameUnacceptable:
        return
    assert clean_name(once) == once


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("1990-05-17", BirthDatePrecision.DAY, date(1990, 5, 17), date(1990, 5, 17)),
        ("1990-12", BirthDatePrecision.MONTH, date(1990, 12, 1), date(1990, 12, 31)),
        ("1992-02", BirthDatePrecision.MONTH, date(1992, 2, 1), date(1992, 2, 29)),
        ("1990", BirthDatePrecision.YEAR, date(1990, 1, 1), date(1990, 12, 31)),
        (None, BirthDatePrecision.UNKNOWN, None, None),
    ],
)
def test_a_birth_date_is_known_as_far_as_it_was_told(
    text: str | None,
    precision: BirthDatePrecision,
    earliest: date | None,
    latest: date | None,
) -> None:
    birth = BirthDate.parse(text, today=TODAY)
    assert (birth.precision, birth.earliest, birth.latest) == (precision, earliest, latest)
    assert str(birth) == (text or "")


def test_a_year_alone_is_not_the_first_of_january() -> None:
    year, day = BirthDate(1990), BirthDate(1990, 1, 1)
    assert year != day
    assert year.precision is BirthDatePrecision.YEAR
    assert (year.is_suspiciously_exact, day.is_suspiciously_exact) == (False, True)


@pytest.mark.parametrize(
    "text",
    ["", "90", "1990-13", "1990-02-30", "1990-5-7", "2022-11-22", "1850", "0000", "17.05.1990"],
)
def test_an_impossible_birth_date_is_refused(text: str) -> None:
    with pytest.raises(BirthDateUnacceptable):
        BirthDate.parse(text, today=TODAY)


def test_age_is_a_range_when_only_the_year_is_known() -> None:
    assert BirthDate(2004).age_years(TODAY) == (17, 18)
    assert BirthDate(2004, 11, 21).age_years(TODAY) == (18, 18)
    assert BirthDate(2004, 11, 22).age_years(TODAY) == (17, 17)
    assert BirthDate().age_years(TODAY) is None


def test_who_may_be_minor_is_not_treated_as_adult() -> None:
    unclear = BirthDate(2004)
    assert not unclear.is_certainly_adult(TODAY)
    assert not unclear.is_certainly_minor(TODAY)


def test_nationality_000_stays_a_text_of_three_zeros() -> None:
    assert clean_nationalities(("000", "163")) == ("000", "163")
    assert clean_nationalities(()) == ()
    assert clean_nationalities(("DEU", "163")) == ("000", "163")


@pytest.mark.parametrize(
    "codes", [("0",), ("1630",), ("163", "163"), ("163", "TUR"), ("XKX",), ("٠٠٠",), (0,)]
)
def test_nationalities_are_keys_or_iso_codes_each_once(codes: tuple[str, ...]) -> None:
    with pytest.raises(NationalityUnacceptable):
        clean_nationalities(codes)


def test_languages_keep_the_order_of_preference() -> None:
    assert clean_languages(("uk", "ru", "kmr")) == ("uk", "ru", "kmr")
    with pytest.raises(LanguageUnacceptable):
        clean_languages(("UK",))
    with pytest.raises(LanguageUnacceptable):
        clean_languages(("uk", "uk"))


def test_f24_a_municipality_key_is_a_text_with_its_leading_zero() -> None:
    telgte = Ags.parse("05570044")
    assert (str(telgte), telgte.kreis) == ("05570044", "05570")
    assert telgte.derived_ars().value == "055700044044"
    assert telgte.derived_ars().is_derived is True


@pytest.mark.parametrize("text", ["5570044", "055700044044", "0557004x", " 05570044", "", 5570044])
def test_f24_anything_but_eight_digits_is_no_municipality_key(text: str) -> None:
    with pytest.raises(AgsUnreadable):
        Ags.parse(text)
