"""Whom the policies see, one module says; no other statement names a tenant, a unit or a role."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = sorted(
    path
    for folder in ("shared", "services", "gateway")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
SETS_THE_NAMES: Final = ROOT / "shared" / "database" / "identity.py"
# A case that is being handed over stays in sight of its giver for the rest of the transaction.
SET_BESIDES: Final = {
    ROOT / "services/cases/storage/queries/access_scopes.py": ["app.handed_over"],
}
SETTING: Final = re.compile(
    r"set_config\s*\(|\bset\s+(local\s+|session\s+)?\"?app\.", re.IGNORECASE
)
# Words by which a statement would look behind the policies or change who asks.
FORBIDDEN: Final = re.compile(
    r"\b(explain\s+(analyze|select|\()|set\s+(local\s+)?role|set\s+session\s+authorization"
    r"|row_security|session_replication_role|security\s+definer)\b",
    re.IGNORECASE,
)
# Where migrations are worded: they run as the migrator.
MIGRATING: Final = re.compile(r"migration(_\w+)?\.py$")


def texts(path: Path) -> list[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    ]


def test_one_module_says_who_asks() -> None:
    found = {path for path in CODE for text in texts(path) if SETTING.search(text)}
    assert found == {SETS_THE_NAMES, *SET_BESIDES}
    for path, names in SET_BESIDES.items():
        said = [name for text in texts(path) for name in re.findall(r"app\.\w+", text)]
        assert said == names


def test_no_statement_of_run_time_changes_the_role_or_looks_behind_the_policies() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in CODE
        for text in texts(path)
        if not MIGRATING.search(path.name) and FORBIDDEN.search(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    "text",
    ["select set_config('app.tenant', $1, true)", "SET LOCAL app.tenant = '05570'"],
)
def test_the_rule_notices_a_second_place(text: str) -> None:
    assert SETTING.search(text)
