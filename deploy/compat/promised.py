"""The contracts last promised: kept beside the code, so that any copy of it can compare.

`promised/<version>/` holds one OpenAPI document for each service, the events and the GraphQL
schema, without the words that are for readers. Older versions stand in the history of the
repository.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graphql import build_schema, parse, print_ast, visit
from graphql.language import Visitor

from deploy.compat.changes import Change
from deploy.compat.openapi import changes_of_events, changes_of_openapi
from deploy.compat.schemas import Json
from deploy.compat.sdl import changes_of_graphql

ROOT: Final = Path(__file__).resolve().parents[2]
PROMISED: Final = Path(__file__).with_name("promised")
SERVICES: Final = ("cases", "funding", "referrals")
# Said to readers; no client depends on it.
WORDS: Final = frozenset({"description", "summary", "title", "example", "examples", "tags"})
# Below these stand names that others chose, of which one may well be `title`.
NAMED: Final = frozenset({"properties", "schemas", "$defs"})


def promised_version() -> str:
    """The one version whose contracts are kept."""
    [folder] = [one for one in PROMISED.iterdir() if one.is_dir()]
    return folder.name


def changes_since(folder: Path) -> list[Change]:
    """What the contracts of today change of those in `folder`."""
    changes: list[Change] = []
    for service in SERVICES:
        old, new = _read(folder / f"{service}.json"), _read(_openapi(service))
        changes += changes_of_openapi(service, old, new)
    old, new = _read(folder / "events.json"), _read(ROOT / "docs" / "asyncapi.json")
    changes += changes_of_events(old, new)
    sdl = (folder / "schema.graphql").read_text("utf-8"), _sdl().read_text("utf-8")
    return changes + changes_of_graphql(*sdl)


def keep(version: str, promised: Path = PROMISED) -> Path:
    """Promise the contracts of today as `version`; what was promised before is forgotten."""
    folder = promised / version
    if promised.exists():
        shutil.rmtree(promised)
    folder.mkdir(parents=True)
    documents = {service: _openapi(service) for service in SERVICES}
    documents["events"] = ROOT / "docs" / "asyncapi.json"
    for name, source in documents.items():
        text = _lines(_without_words(_read(source)))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / "schema.graphql").write_text(_without_descriptions(_sdl()), encoding="utf-8")
    return folder


def _openapi(service: str) -> Path:
    return ROOT / "services" / service / "contracts" / "openapi.json"


def _sdl() -> Path:
    return ROOT / "gateway" / "schema.graphql"


def _read(path: Path) -> Json:
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def _without_words(value: Any, *, are_names: bool = False) -> Any:
    if isinstance(value, list):
        return [_without_words(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_words(one, are_names=key in NAMED and not are_names)
        for key, one in value.items()
        if are_names or key not in WORDS
    }


def _lines(document: Json) -> str:
    """One line for each path, schema and message: readable in a comparison of versions."""

    def of(value: Any, depth: int) -> str:
        if depth == 0 or not isinstance(value, dict) or not value:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        members = (f"{json.dumps(key)}: {of(value[key], depth - 1)}" for key in sorted(value))
        return "{\n" + ",\n".join(members) + "\n}"

    return of(document, 3) + "\n"


class _Silent(Visitor):
    def leave(self, node: Any, *_: Any) -> Any:
        return replace(node, description=None) if getattr(node, "description", None) else None


def _without_descriptions(path: Path) -> str:
    document = parse(path.read_text(encoding="utf-8"), no_location=True)
    silent = print_ast(visit(document, _Silent()))
    build_schema(silent)
    return silent + "\n"
