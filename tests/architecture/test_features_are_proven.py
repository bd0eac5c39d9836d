"""Every row of docs/features.md names a test; the test exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-J][0-9]+|[0-9]+\.[a-z0-9]+) \|.*\| ([^|]+) \|$", re.MULTILINE)
PROOF = re.compile(r"`(tests/[a-z0-9_/]+\.py)::([a-z0-9_]+)`")


def rows() -> list[tuple[str, str]]:
    return ROW.findall((ROOT / "docs" / "features.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("feature", "proofs"), rows(), ids=lambda value: value[:8])
def test_a_feature_is_proven_by_a_test_that_exists(feature: str, proofs: str) -> None:
    named = PROOF.findall(proofs)
    assert named, f"{feature} names no test"
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"def {test}\(", source), f"{path} has no {test}"


def test_the_table_is_not_empty() -> None:
    assert len(rows()) > 20
