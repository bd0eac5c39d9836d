"""The threat model speaks of every arrow by every letter, and what it promises is tested."""

import re

import pytest

from tests.architecture.test_features_are_proven import ROOT, assert_proven

PAGE = ROOT / "docs" / "data-protection" / "threat-model.md"
SECTION = re.compile(r"^## (A[0-9]+) (.+?)\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| ([STRIDE]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
RISK = re.compile(r"^\| (R[0-9]+) \|", re.MULTILINE)


def arrows() -> list[tuple[str, str, str]]:
    return SECTION.findall(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("arrow", "name", "body"), arrows(), ids=lambda value: value[:4])
def test_an_arrow_is_looked_at_by_all_six_letters(arrow: str, name: str, body: str) -> None:
    rows = ROW.findall(body)
    assert [letter for letter, *_ in rows] == list("STRIDE"), f"{arrow} {name}"
    for letter, _, _, proofs in rows:
        assert_proven(f"{arrow} {letter}", proofs)


def test_the_assessment_promises_only_what_is_tested() -> None:
    text = (PAGE.parent / "dsfa.md").read_text(encoding="utf-8")
    assert assert_proven(PAGE.parent.name, text) >= 12


def test_every_arrow_is_there_and_every_risk_that_is_named_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [arrow for arrow, *_ in arrows()] == [f"A{number}" for number in range(1, 11)]
    assert set(re.findall(r"\((R[0-9]+)\)", text)) <= set(RISK.findall(text))


def test_every_promise_of_the_walls_is_tested() -> None:
    text = (PAGE.parent / "proofs.md").read_text(encoding="utf-8")
    promises = [row for row in text.splitlines() if row.startswith("| ") and "Promise" not in row]
    assert len(promises) >= 25
    for row in promises:
        assert_proven(row.split(" | ")[0], row)
