"""Every row of docs/features.md names a test; the test exists, is collected and is not skipped."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-J][0-9]+|[0-9]+\.[a-z0-9]+) \|.*\| ([^|]+) \|$", re.MULTILINE)
PROOF = re.compile(r"`(tests/[a-z0-9_/]+\.py)::([a-z0-9_]+)`")
# All but those of the size L: C15 and C20.
ROWS_OF_PARTS = {
    "A": {f"A{number}" for number in range(1, 28)},
    "C": {f"C{number}" for number in range(1, 31)} - {"C15", "C20"},
    "D": {f"D{number}" for number in range(1, 35)},
}
NOT_RUN = {"skip", "skipif", "xfail"}


def rows() -> list[tuple[str, str]]:
    return ROW.findall((ROOT / "docs" / "features.md").read_text(encoding="utf-8"))


@lru_cache
def collected_tests(path: str) -> dict[str, set[str]]:
    """The tests that pytest collects from a file, each with the names of its marks."""
    assert Path(path).name.startswith("test_"), f"{path} is not collected"
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    everywhere = {
        name
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for name in _names(node.value)
    }
    return {
        node.name: everywhere.union(*(_names(mark) for mark in node.decorator_list))
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def _names(tree: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(("feature", "proofs"), rows(), ids=lambda value: value[:8])
def test_a_feature_is_proven_by_a_test_that_exists(feature: str, proofs: str) -> None:
    assert_proven(feature, proofs)


def assert_proven(what: str, proofs: str) -> int:
    """At least one test is named, each exists and runs; how many they are."""
    named = PROOF.findall(proofs)
    assert named, f"{what} names no test"
    for path, test in named:
        found = collected_tests(path)
        assert test in found, f"{what}: {path} has no {test}"
        assert not found[test] & NOT_RUN, f"{what}: {path}::{test} does not run"
    return len(named)


@pytest.mark.parametrize("part", ROWS_OF_PARTS)
def test_every_row_of_a_finished_part_is_there(part: str) -> None:
    assert ROWS_OF_PARTS[part] - {feature for feature, _ in rows()} == set()


def test_rows_stand_in_the_order_of_their_numbers_and_once_each() -> None:
    """Area by area; what is numbered by a part of the job stands behind the cases."""
    found = [feature for feature, _ in rows()]
    assert found == sorted(set(found), key=_place)


def _place(feature: str) -> tuple[str, int, int, str]:
    area, number = re.fullmatch(r"([A-J]|[0-9]+\.[a-z]*)([0-9]*)", feature).groups()  # type: ignore[union-attr]
    if area[0].isdigit():
        return ("A", 1, int(number or 0), area)
    return (area, 0, int(number), "")
