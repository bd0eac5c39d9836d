"""The worked examples of the domain, F1 to F30, are tests that carry their number."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PROVEN = set(range(1, 31))


def test_each_worked_example_has_a_test_that_carries_its_number() -> None:
    found = {
        int(number)
        for path in TESTS.rglob("test_*.py")
        for number in re.findall(r"def test_f([0-9]+)_", path.read_text(encoding="utf-8"))
    }
    assert PROVEN - found == set()
