"""The compiler of Relay reads the schema as it is published."""

import json
import subprocess
from pathlib import Path

from tests.outside.node import HERE, SCHEMA, installed, run

ARTIFACTS = {
    "CasesAcceptMutation",
    "CasesListRefetchQuery",
    "CasesQuery",
    "CasesRecordQuery",
    "CasesRowRefetchQuery",
    "Cases_list",
    "Cases_row",
}


def compiled(folder: Path, schema: str) -> subprocess.CompletedProcess[str]:
    source = folder / "src"
    generated = source / "__generated__"
    generated.mkdir(parents=True)
    (source / "Cases.js").write_text((HERE / "relay" / "Cases.js").read_text())
    (folder / "schema.graphql").write_text(schema)
    configuration = {
        "src": "./src",
        "schema": "./schema.graphql",
        "language": "javascript",
        "artifactDirectory": "./src/__generated__",
    }
    (folder / "relay.config.json").write_text(json.dumps(configuration))
    program = installed() / "relay-compiler" / "cli.js"
    return run(program, "relay.config.json", cwd=folder)


def test_e2_the_relay_compiler_accepts_the_schema_unchanged(tmp_path: Path) -> None:
    ended = compiled(tmp_path, SCHEMA.read_text(encoding="utf-8"))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    generated = {
        path.name.removesuffix(".graphql.js")
        for path in (tmp_path / "src" / "__generated__").iterdir()
    }
    assert generated == ARTIFACTS
    refetched = (tmp_path / "src/__generated__/CasesRowRefetchQuery.graphql.js").read_text()
    assert '"name": "node"' in refetched  # by the record's id, as Relay does it


def test_the_relay_compiler_refuses_a_connection_without_page_info(tmp_path: Path) -> None:
    schema = SCHEMA.read_text(encoding="utf-8").replace(
        "  pageInfo: PageInfo!", "  pages: PageInfo!"
    )
    ended = compiled(tmp_path, schema)
    assert ended.returncode != 0
    assert "pageInfo" in ended.stdout + ended.stderr
