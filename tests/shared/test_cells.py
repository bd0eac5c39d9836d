"""No cell of ours is run by a spreadsheet, and no amount is touched (decision 0015)."""

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.cells import as_written, defused
from shared.kernel.money import Money

PROJECT = Path(__file__).parents[2]
SIGNS = "=+-@\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207a\u207b\u207c"
UNSEEN = " \t\r\n\x0b\x0c\x1f\u00a0\u2003\u3000\u200b\u200f\u2028\u202e\u2060\ufeff\u00ad\x00"
cells = st.text(max_size=30)


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "-", "- 12,50", "--12,50"),
        *("\t1", "\r1", "\n1", "\t", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u202e=1"),
        *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ufe661", "\u207b1", "\u221212,50"),
        *("+49 2581 530", "-12,50+1", "-12,", "-1.23,4", "-1e5", "-12,50\n", "-\u0661"),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        *("", "-12,50", "-12.50", "-0", "-350900,00", "-1.234,56", "-1.234.567", "12,50"),
        *("Ziffer 2 = Personal", "a@b.example", "'=1", "\u2013 5", "2026-11-01", " x", "(=1)"),
    ],
)
def test_what_nobody_would_run_stays(cell: str) -> None:
    assert defused(cell) == cell


@given(st.text(UNSEEN, max_size=5), st.sampled_from(SIGNS), cells)
def test_no_sign_of_a_formula_comes_first_whatever_hides_it(
    before: str, sign: str, rest: str
) -> None:
    """But in front of a number, and nothing is hidden there."""
    cell = before + sign + rest
    if defused(cell) == cell:
        assert before == ""
        assert sign == "-"
        assert rest.strip(".,0123456789") == ""
        assert rest[-1:].isdigit()
    else:
        assert defused(cell) == f"'{cell}"


@given(st.integers(-(10**13), 10**13), st.booleans(), st.booleans())
def test_an_amount_is_never_touched(cents: int, is_german: bool, has_dots: bool) -> None:  # noqa: FBT001 - Hypothesis draws them
    amount = Money(cents)
    written = amount.german() if has_dots else str(amount).replace(".", "," if is_german else ".")
    assert defused(written) == written


@given(cells)
def test_defusing_twice_is_defusing_once_and_what_was_marked_comes_back(cell: str) -> None:
    once = defused(cell)
    assert defused(once) == once
    if once != cell:
        assert as_written(once) == cell
    assert once.endswith(cell)
    assert len(once) - len(cell) in {0, 1}


@given(cells)
def test_what_is_left_alone_begins_with_no_sign_in_any_form(cell: str) -> None:
    """Said once more by another way: by the whole text in its plain form."""
    plain = unicodedata.normalize("NFKC", defused(cell)).lstrip(UNSEEN + "\x1c\x1d\x1e\x85")
    if plain[:1] in {"=", "+", "@", "\u2212"}:
        pytest.fail(repr(cell))
    if plain[:1] == "-":
        assert cell[1:].replace(".", "").replace(",", "").isdigit()


def test_every_module_that_prints_a_table_uses_the_one_rule() -> None:
    printing = [
        path
        for folder in ("shared", "services", "gateway")
        for path in (PROJECT / folder).rglob("*.py")
        if "csv.writer(" in path.read_text() or path.name == "csv.py"
    ]
    assert len(printing) >= 4
    for path in printing:
        imported = [
            node.module
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom)
        ]
        assert "shared.kernel.cells" in imported, path
