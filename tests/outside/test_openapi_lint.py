"""Redocly's linter reads the three OpenAPI documents."""

import json
from pathlib import Path

import pytest

from tests.outside.node import HERE, ROOT, installed, run

CONTRACTS = {
    name: ROOT / "services" / name / "contracts" / "openapi.json"
    for name in ("cases", "funding", "referrals")
}


def findings(document: Path) -> dict[str, list[str]]:
    """The rules that are broken, and where."""
    program = installed() / "@redocly" / "cli" / "bin" / "cli.js"
    configuration = HERE / "redocly.yaml"
    ended = run(
        program, "lint", document, "--config", configuration, "--format", "json",
        REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true",
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for one in json.loads(ended.stdout)["problems"]:
        found.setdefault(one["ruleId"], []).append(one["message"])
    return found


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_linter_of_openapi_finds_nothing(name: str) -> None:
    assert findings(CONTRACTS[name]) == {}


def test_a_flawed_contract_is_found(tmp_path: Path) -> None:
    document = json.loads(CONTRACTS["cases"].read_text())
    del document["paths"]["/v1/cases"]["get"]["security"]
    del document["paths"]["/v1/cases"]["get"]["summary"]
    document["components"]["schemas"]["Nobody"] = {"type": "object"}
    flawed = tmp_path / "openapi.json"
    flawed.write_text(json.dumps(document))
    assert set(findings(flawed)) == {
        "security-defined",
        "operation-summary",
        "no-unused-components",
    }
