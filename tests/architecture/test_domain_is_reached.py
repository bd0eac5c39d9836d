"""A rule of a domain that nobody asks is no rule: each public function is reached from outside.

Names are compared, not types: what an attribute `.x` means is not known without running. So a rule
may hide behind a namesake, and a reached one is never reported.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("services", "gateway", "shared", "deploy")
# Rules whose door is still being built.
AWAITED = {"services/referrals/domain/clocks.py::notice_due"}
DOMAINS = sorted(path.name for path in (ROOT / "services").iterdir() if (path / "domain").is_dir())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def names_used(path: Path) -> frozenset[str]:
    """Every name that a module reads, calls or imports."""
    return frozenset(_names(tree_of(path)))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.ImportFrom(names=imported):
                yield from (one.name for one in imported)


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def reached_within(path: Path, function: ast.FunctionDef) -> bool:
    """Used by another definition of its own module, which is held to the same rule."""
    others = (node for node in tree_of(path).body if node is not function)
    return any(function.name in set(_names(node)) for node in others)


@pytest.mark.parametrize("service", DOMAINS)
def test_every_public_function_of_the_domain_is_reached(service: str) -> None:
    modules = [path for source in SOURCES for path in (ROOT / source).rglob("*.py")]
    lost = [
        f"{path.relative_to(ROOT)}::{function.name}"
        for path in sorted((ROOT / "services" / service / "domain").rglob("*.py"))
        for function in public_functions(path)
        if not any(function.name in names_used(other) for other in modules if other != path)
        and not reached_within(path, function)
    ]
    assert set(lost) <= AWAITED
