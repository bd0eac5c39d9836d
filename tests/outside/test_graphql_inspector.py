"""@graphql-inspector compares the schema with the one last promised, beside `deploy.compat`."""

from pathlib import Path

from deploy.compat.changelog import named_breaks
from deploy.compat.promised import PROMISED, promised_version
from tests.outside.node import ROOT, SCHEMA, answer_of


def breaks(before: Path, now: Path) -> dict[str, str]:
    return {one["path"]: one["message"] for one in answer_of("inspect.mjs", before, now)}


def test_e22_what_the_inspector_calls_breaking_is_named_in_the_changelog() -> None:
    named = named_breaks((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    promised = PROMISED / promised_version() / "schema.graphql"
    unnamed = {
        path: message
        for path, message in breaks(promised, SCHEMA).items()
        if not any(key.startswith("graphql:") and f"{path} " in f"{key} " for key in named)
    }
    assert unnamed == {}


def test_the_inspector_finds_a_field_that_is_gone(tmp_path: Path) -> None:
    changed = tmp_path / "schema.graphql"
    field = "  hasPreviousPage: Boolean!\n"
    schema = SCHEMA.read_text(encoding="utf-8")
    assert field in schema
    changed.write_text(schema.replace(field, "  hasMoreBefore: Boolean!\n"), encoding="utf-8")
    assert list(breaks(SCHEMA, changed)) == ["PageInfo.hasPreviousPage"]
