"""Names that sound alike, names in other scripts, and when two records may be one person."""

import pytest

from services.cases.domain.cologne import sound_of, sounds_of
from services.cases.domain.duplicates import Likeness, Reason, likeness, may_be_the_same
from services.cases.domain.people import BirthDate
from services.cases.domain.transliteration import asked_keys, keys_of_name, latin_of


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Müller-Lüdenscheidt", "65752682"),
        ("Breschnew", "17863"),
        ("Wikipedia", "3412"),
        ("Heinz Classen", "068586"),
        ("Xaver", "4837"),
        ("Philipp", "351"),
        ("Meier", "67"),
        ("Mayr", "67"),
        ("محمد", ""),
        ("", ""),
    ],
)
def test_the_published_test_words_have_their_published_codes(word: str, code: str) -> None:
    assert sound_of(word) == code


def test_a_name_has_the_sounds_of_its_words_each_once() -> None:
    assert sounds_of("Meier Mayr-Schmidt") == ["67", "862"]


def test_f25_cyrillic_letters_are_spelled_in_latin_and_other_scripts_stay() -> None:
    assert latin_of("Коваленко Олена") == "kowalenko olena"
    assert asked_keys("Şahin").latin == "sahin"
    assert asked_keys("محمد") == asked_keys(" محمد ")
    assert (asked_keys("محمد").latin, asked_keys("محمد").original) == ("mhmd", "محمد")
    assert keys_of_name("Muhammad", "Ali", "محمد علي").original == "محمد علي"


@pytest.mark.parametrize(
    ("original", "spellings"),
    [
        ("محمد الحسن", ("Muhammad Hassan", "Mohammed Al-Hasan", "Mehmet Hasan")),
        ("فاطمة خالد", ("Fatima Khaled", "Fatma Chalid")),
        ("علی رضا پور", ("Ali Reza Pur", "Aly Resa Pour")),
        ("چودھری", ("Chaudhry",)),
        ("שרה לוי כהן", ("Sara Levi Kohen",)),
        ("शर्मा राजेश", ("Sharma Rajesh",)),
    ],
)
def test_f25_scripts_without_vowels_have_the_consonants_of_their_spellings(
    original: str, spellings: tuple[str, ...]
) -> None:
    kept = {one[2:] for one in keys_of_name("Unbekannt", "X", original).skeletons if one[0] == "o"}
    for spelling in spellings:
        asked = {one[2:] for one in asked_keys(spelling).skeletons}
        assert asked & kept, (spelling, asked, kept)


@pytest.mark.parametrize(
    ("original", "latin"),
    [
        ("Παπαδόπουλος", "papadopoylos"),
        ("გიორგი", "giorgi"),
        ("Հայկ Սարգսյան", "hayk sargsyan"),
        ("ተስፋይ ገብረ", "tesfay gebre"),
        ("王小明", "wang xiaoming"),
        ("诸葛孔明", "zhuge kongming"),
        ("ገብረ መድኅን ተክሌ", "gebremedhn tekle"),
        ("김민수", "gim min su"),
        ("Şahin", "şahin"),
    ],
)
def test_f25_scripts_with_vowels_are_spelled_out(original: str, latin: str) -> None:
    assert " ".join(latin_of(original).split()) == latin


def birth(text: str) -> BirthDate:
    return BirthDate(*(int(part) for part in text.split("-") if part))


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("1990-05-17", "1990-05-17", True),
        ("1990-05-17", "1990-05", True),
        ("1990-05-17", "1990", True),
        ("1990-05-17", "1991", False),
        ("1990-05-17", "1990-06", False),
        ("1990-05-17", "1990-01-01", True),
        ("1990-05-17", "", True),
    ],
)
def test_hazard_15_dates_fit_when_they_can_mean_one_day(one: str, other: str, fits: bool) -> None:  # noqa: FBT001 - a table of cases
    assert may_be_the_same(birth(one), birth(other)) is fits
    assert may_be_the_same(birth(other), birth(one)) is fits


def test_the_score_says_how_alike_two_records_are() -> None:
    same = frozenset({Reason.SAME_NAME, Reason.SOUNDS_ALIKE})
    day = birth("1990-05-17")
    assert likeness(same, day, day) == Likeness(
        100, (Reason.SAME_NAME, Reason.SOUNDS_ALIKE, Reason.SAME_BIRTH_DATE)
    )
    assert likeness(same, day, birth("1990")).score == 80
    assert likeness(same, day, birth("1971-02-03")).is_candidate is False
    assert likeness(same, day, BirthDate()).score == 70
    first = birth("1990-01-01")
    assert Reason.SAME_BIRTH_DATE not in likeness(same, first, first).reasons
    assert likeness(frozenset(), day, day) == Likeness(0, ())


def test_a_skeleton_fits_its_index_however_long_the_name() -> None:
    keys = keys_of_name("Bd" * 60, "X", None)
    assert max(map(len, keys.skeletons)) <= 42
