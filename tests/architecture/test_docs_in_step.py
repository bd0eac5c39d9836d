"""What the documents say of the code is compared with the code."""

import importlib
import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from shared.kernel.errors import refusals

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "CASES": "services.cases.settings",
    "FUNDING": "services.funding.settings",
    "REFERRALS": "services.referrals.settings",
    "GATEWAY": "gateway.settings",
}
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("prefix", "module"), SETTINGS.items())
def test_every_setting_is_documented(prefix: str, module: str) -> None:
    settings: type[BaseSettings] = importlib.import_module(module).Settings
    documented = set(re.findall(rf"`({prefix}_[A-Z0-9_]+)`", text("docs/settings.md")))
    assert documented == {f"{prefix}_{name.upper()}" for name in settings.model_fields}


def test_every_refusal_is_documented() -> None:
    for module in SETTINGS.values():
        importlib.import_module(module.replace(".settings", ".main"))
    page = text("docs/problems.md")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([0-9]{3}) \|", page, re.MULTILINE)
    ours = ("shared.", "services.", "gateway.")
    declared = [r for r in refusals() if r.__module__.startswith(ours)]
    assert dict(rows) == {refusal.code: str(refusal.status) for refusal in declared}


def test_no_two_refusals_share_a_code() -> None:
    for module in SETTINGS.values():
        importlib.import_module(module.replace(".settings", ".main"))
    codes: dict[str, set[tuple[int, str]]] = {}
    for refusal in refusals():
        codes.setdefault(refusal.code, set()).add((refusal.status, refusal.title.en))
    assert {code: meanings for code, meanings in codes.items() if len(meanings) > 1} == {}


def test_the_index_names_every_decision_record() -> None:
    listed = re.findall(r"\]\(([0-9]{4}-[a-z0-9-]+\.md)\)", text("docs/decisions/README.md"))
    assert listed == [path.name for path in DECISIONS]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_parts_and_one_page(path: Path) -> None:
    record = path.read_text(encoding="utf-8")
    for part in ("Status", "Context", "Decision", "Consequences"):
        named = rf"^(## |- |- \*\*){part}"
        assert re.search(named, record, re.MULTILINE), part
    assert len(record.splitlines()) <= 80


@pytest.mark.parametrize(
    "path",
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted(path for path in (ROOT / "docs").rglob("*.md") if "node_modules" not in path.parts),
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_local_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if not (path.parent / link).exists()]
    assert missing == []
