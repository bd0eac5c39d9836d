"""Documents made from code: settings, problems, access, register, state diagrams.

A README names a table between two comments and gets its diagram there:

    <!-- diagram: services.cases.domain.lifecycle:CASE_LIFECYCLE -->
    <!-- end of diagram -->
"""

import importlib
import json
import re
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from deploy.access_page import access_page
from deploy.register_page import register_page
from shared.kernel.errors import Refusal, refusals
from shared.kernel.lifecycle import Lifecycle

ROOT = Path(__file__).resolve().parents[1]
PROCESSES = {
    "Cases": "services.cases",
    "Funding": "services.funding",
    "Referrals": "services.referrals",
    "Gateway": "gateway",
}
DIAGRAM = re.compile(
    r"(<!-- diagram: ([a-z_.]+):([A-Z_]+) -->\n).*?(<!-- end of diagram -->)", re.DOTALL
)
GENERATED = "<!-- Made by `make contracts` from the code; changes here are lost. -->\n"


def documents() -> dict[Path, str]:
    """Every generated document and every README with its diagrams drawn anew."""
    return {
        ROOT / "docs" / "settings.md": settings_page(),
        ROOT / "docs" / "problems.md": problems_page(),
        ROOT / "docs" / "problems.json": problems_list(),
        ROOT / "docs" / "access.md": access_page(GENERATED),
        ROOT / "docs" / "data-protection" / "register.md": register_page(GENERATED),
        **{path: with_diagrams(path.read_text(encoding="utf-8")) for path in _readmes()},
    }


def settings_page() -> str:
    lines = [
        GENERATED,
        "# Settings\n",
        "Read once from the environment; an unknown variable with a prefix of ours is refused.",
        "Secrets may come as files named like the variable, in lower case, below `/run/secrets`.",
        "`<SERVICE>_MIGRATOR_DSN` (the owner's role) is read by migrations alone.\n",
    ]
    for title, package in PROCESSES.items():
        settings = importlib.import_module(f"{package}.settings").Settings
        lines += [f"## {title}\n", "| Variable | Default | Meaning |", "|---|---|---|"]
        lines += _setting_rows(settings)
        lines.append("")
    return "\n".join(lines)


def _setting_rows(settings: type[BaseSettings]) -> list[str]:
    prefix = settings.model_config.get("env_prefix", "")
    return [
        f"| `{prefix}{name.upper()}` | {_default(field.default)} | {field.description or ''} |"
        for name, field in settings.model_fields.items()
    ]


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, SecretStr):
        return "(secret)"
    return f"`{value}`" if value not in ("", (), None) else "–"


def _problems() -> list[type[Refusal]]:
    for package in PROCESSES.values():
        importlib.import_module(f"{package}.main")
    ours = ("shared.", "services.", "gateway.")
    return [refusal for refusal in refusals() if refusal.__module__.startswith(ours)]


def problems_page() -> str:
    rows = [f"| `{r.code}` | {r.status} | {r.title.en} | {r.title.de} |" for r in _problems()]
    head = [
        GENERATED,
        "# Problems\n",
        "Every refusal is `application/problem+json` (RFC 9457), its `type` is",
        "`urn:kim:problem:<code>`. Each process publishes its own list at `/v1/problems`.\n",
        "| Code | Status | English | Deutsch |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def problems_list() -> str:
    """The same for programs; the gateway's portal shows it."""
    items = [
        {"code": r.code, "status": r.status, "de": r.title.de, "en": r.title.en}
        for r in _problems()
    ]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def with_diagrams(text: str) -> str:
    """The text with every named table drawn between its comments."""

    def drawn(found: re.Match[str]) -> str:
        opening, module, name, closing = found.groups()
        lifecycle = getattr(importlib.import_module(module), name)
        assert isinstance(lifecycle, Lifecycle)
        return f"{opening}```mermaid\n{lifecycle.mermaid()}```\n{closing}"

    return DIAGRAM.sub(drawn, text)


def _readmes() -> list[Path]:
    found = [ROOT / "README.md", *sorted((ROOT / "services").glob("*/README.md"))]
    return [path for path in found if path.is_file()]
