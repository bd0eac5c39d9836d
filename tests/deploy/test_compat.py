"""Breaks of the published contracts are found, and pass only when the changelog names them."""

import json
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

import pytest

from deploy.compat.__main__ import main, verdict
from deploy.compat.changelog import covers, named_breaks
from deploy.compat.changes import Change
from deploy.compat.openapi import changes_of_events, changes_of_openapi
from deploy.compat.promised import PROMISED, changes_since, keep, promised_version
from deploy.compat.sdl import changes_of_graphql
from tests.deploy.compat_pairs import ADDITIONS, BREAKS, CONTRACT, DANGERS, Edit

CHANGELOG = """# Changelog

## [Unreleased]

### Added

- `cases:POST /v1/cases:removed` stands at the wrong place.

### Breaking

{lines}
### Fixed

- Something.

## [1.0.0]

### Breaking

- `cases:GET /v1/cases query first:maximum-narrowed`: of the last version.
"""
EVENTS = {
    "components": {
        "messages": {
            "kim.cases.case-closed.v1": {
                "payload": {
                    "type": "object",
                    "required": ["caseId", "reason"],
                    "properties": {
                        "caseId": {"type": "string", "format": "uuid"},
                        "reason": {"$ref": "#/$defs/Reason"},
                    },
                    "$defs": {"Reason": {"type": "string", "enum": ["MOVED_AWAY"]}},
                }
            }
        }
    }
}
SDL = """type Query { case(id: ID!): Case  cases(first: Int): [Case!]! }
type Case { id: ID!  state: State!  note: String  children: Int }
enum State { OPEN CLOSED }
input Filter { state: State }"""


def must_be_named(changes: Iterable[Change], key: str) -> None:
    """Refused without a line, with one at the wrong place and for another break; then taken."""
    changes = list(changes)
    for lines in ("", "- Something else broke.\n", "- `cases:Other.member:removed`: no.\n"):
        unnamed, _ = verdict(changes, CHANGELOG.format(lines=lines))
        assert [one.key for one in unnamed] == [key]
    named = CHANGELOG.format(lines=f"- `{key}`: do this instead.\n")
    assert verdict(changes, named) == ([], [])


@pytest.mark.parametrize(("key", "edit"), BREAKS, ids=[key for key, _ in BREAKS])
def test_a_break_must_be_named_in_the_changelog(key: str, edit: Edit) -> None:
    changed = deepcopy(CONTRACT)
    edit(changed)
    changes = changes_of_openapi("cases", CONTRACT, changed)
    assert [change.key for change in changes if change.is_breaking] == [key]
    must_be_named(changes, key)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("graphql:Field Case.note was removed", "  note: String", ""),
        ("graphql:Field Case.note changed type from String to Int", "note: String", "note: Int"),
        ("graphql:Enum value State.CLOSED was removed", "OPEN CLOSED", "OPEN"),
        ("graphql:Filter was removed", "input Filter { state: State }", ""),
        ("graphql:Argument Query.cases(first:) was removed", "(first: Int)", ""),
        (
            "graphql:A required argument Query.cases(unit:) was added",
            "(first: Int)",
            "(first: Int, unit: ID!)",
        ),
        (
            "graphql:A required field Filter.unit was added",
            "{ state: State }",
            "{ state: State unit: ID! }",
        ),
    ],
)
def test_a_break_of_graphql_must_be_named_in_the_changelog(key: str, old: str, new: str) -> None:
    assert SDL.count(old) == 1
    changes = changes_of_graphql(SDL, SDL.replace(old, new))
    assert [change.key for change in changes if change.is_breaking] == [key]
    must_be_named(changes, key)


def test_a_break_of_an_event_must_be_named_in_the_changelog() -> None:
    subject = "kim.cases.case-closed.v1"
    without_event = deepcopy(EVENTS)
    del without_event["components"]["messages"][subject]
    without_member = deepcopy(EVENTS)
    del without_member["components"]["messages"][subject]["payload"]["properties"]["caseId"]
    for changed, key in (
        (without_event, f"events:{subject}:removed"),
        (without_member, f"events:{subject}.caseId:removed"),
    ):
        changes = changes_of_events(EVENTS, changed)
        assert [change.key for change in changes] == [key]
        must_be_named(changes, key)


@pytest.mark.parametrize(("what", "edit"), ADDITIONS, ids=[what for what, _ in ADDITIONS])
def test_what_only_adds_passes(what: str, edit: Edit) -> None:
    changed = deepcopy(CONTRACT)
    edit(changed)
    assert changed != CONTRACT
    assert changes_of_openapi("cases", CONTRACT, changed) == []


def test_what_only_adds_to_events_and_graphql_passes() -> None:
    more = json.loads(json.dumps(EVENTS))
    [event] = more["components"]["messages"].values()
    event["payload"]["properties"]["unitId"] = {"type": "string"}
    more["components"]["messages"]["kim.cases.case-opened.v1"] = event
    assert changes_of_events(EVENTS, more) == []
    assert changes_of_graphql(SDL, SDL.replace("note: String", "note: String! unit: ID")) == []


@pytest.mark.parametrize(("key", "edit"), DANGERS, ids=[key for key, _ in DANGERS])
def test_what_is_only_dangerous_is_shown_and_needs_no_line(key: str, edit: Edit) -> None:
    changed = deepcopy(CONTRACT)
    edit(changed)
    changes = changes_of_openapi("cases", CONTRACT, changed)
    assert [(change.key, change.is_breaking) for change in changes] == [(key, False)]
    assert verdict(changes, CHANGELOG.format(lines="")) == ([], [])


def test_a_key_that_breaks_nothing_is_refused() -> None:
    lines = "- `cases:Case.note:removed`: taken back.\n"
    assert verdict([], CHANGELOG.format(lines=lines)) == ([], ["cases:Case.note:removed"])


def test_a_key_may_run_over_the_end_of_a_line() -> None:
    lines = "- `cases:GET /v1/cases query\n  first:now-required` and `cases:Case.id:removed`: so.\n"
    assert named_breaks(CHANGELOG.format(lines=lines)) == {
        "cases:GET /v1/cases query first:now-required",
        "cases:Case.id:removed",
    }


def test_the_contracts_of_today_break_no_promise_without_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 0, capsys.readouterr().err


def test_a_forgotten_line_is_asked_for_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real contracts, before which one more member was promised."""
    folder = keep("9.0.0", tmp_path / "promised")
    assert changes_since(folder) == []
    path = folder / "cases.json"
    document = json.loads(path.read_text())
    document["components"]["schemas"]["CaseView"]["properties"]["shoeSize"] = {"type": "integer"}
    path.write_text(json.dumps(document))
    assert main(["--against", str(folder)]) == 1
    asked = capsys.readouterr().err
    assert "`## [Unreleased]`, `### Breaking`" in asked
    assert "- `cases:CaseView.shoeSize:removed`: …" in asked


def test_one_version_is_promised_without_the_words_for_readers() -> None:
    folder = PROMISED / promised_version()
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "cases.json", "funding.json", "referrals.json", "events.json", "schema.graphql",
    }  # fmt: skip
    for name in names:
        assert " / " not in (folder / name).read_text()  # English / Deutsch


def test_one_line_may_name_the_same_change_of_many_places() -> None:
    breaks = [
        Change("cases", "GET /v1/cases query state[in]", "pattern-changed"),
        Change("funding", "GET /v1/awards query id", "pattern-changed"),
        Change("funding", "GET /v1/awards query id", "removed"),
    ]
    changelog = CHANGELOG.format(lines="- `*:* query *:pattern-changed`: as they are read.\n")
    unnamed, stale = verdict(breaks, changelog)
    assert [change.key for change in unnamed] == ["funding:GET /v1/awards query id:removed"]
    assert stale == []
    assert verdict(breaks[2:], changelog)[1] == ["*:* query *:pattern-changed"]
    assert not covers("cases:GET /v1/cases query state[in]:removed", breaks[0].key)
