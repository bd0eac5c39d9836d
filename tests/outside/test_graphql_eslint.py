"""The rules of @graphql-eslint for Relay, descriptions, deprecations and names."""

import json
from pathlib import Path

from tests.outside.node import HERE, SCHEMA, installed, run

EDGES = "  edges: [CaseEdge!]!"
DESCRIPTION = '  """The rows. / Die Zeilen."""\n'
FLAWS = {
    "relay-arguments": ("    first: Int! = 20\n", "    rows: Int! = 20\n"),
    "relay-connection-types": (EDGES, "  edges: CaseEdge!"),
    "relay-edge-types": ("  cursor: String!\n", "  cursor: [String!]!\n"),
    "relay-page-info": ("  startCursor: String\n", "  startCursor: Int\n"),
    "require-description": (DESCRIPTION, ""),
    "require-deprecation-reason": (
        "  pageInfo: PageInfo!\n",
        "  pageInfo: PageInfo! @deprecated\n",
    ),
    "naming-convention": ("  endCursor: String\n", "  end_cursor: String\n"),
    "no-unreachable-types": (
        "type CaseEdge {\n",
        "type Alone {\n  id: ID!\n}\n\ntype CaseEdge {\n",
    ),
}


def messages(folder: Path, schema: str) -> list[str]:
    """What the linter finds: rule, line and sentence."""
    (folder / "schema.graphql").write_text(schema)
    program = installed() / "eslint" / "bin" / "eslint.js"
    ended = run(
        program,
        *("--config", HERE / "eslint.config.js"),
        *("--format", "json"),
        "schema.graphql",
        cwd=folder,
        KIM_SCHEMA=str(folder / "schema.graphql"),
    )
    assert ended.stdout, ended.stderr
    [report] = json.loads(ended.stdout)
    return [
        f"{one['ruleId']} {one.get('line')}: {one['message']}".removeprefix("@graphql-eslint/")
        for one in report["messages"]
    ]


def test_e26_the_schema_keeps_the_rules_for_relay_descriptions_and_names(tmp_path: Path) -> None:
    assert messages(tmp_path, SCHEMA.read_text(encoding="utf-8")) == []


def test_each_rule_finds_its_flaw(tmp_path: Path) -> None:
    schema = SCHEMA.read_text(encoding="utf-8")
    for right, wrong in reversed(FLAWS.values()):
        assert right in schema
        schema = schema.replace(right, wrong, 1)
    found = {message.split(" ", 1)[0] for message in messages(tmp_path, schema)}
    assert FLAWS.keys() - found == set()
