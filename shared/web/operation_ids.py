"""Names of operations in the published contract: the methods that generated clients get.

The name is that of the function behind the operation; beside a list, its search is `search…`. Where
two operations of one service share a name, each carries the path it stands at, too. A name once
published is part of the contract: the comparison with the last release guards it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic.alias_generators import to_camel

SEARCH = "/search"


def name_operations(document: dict[str, Any]) -> None:
    """Replace the ids that FastAPI made of name, path and method by names to be read."""
    named = {(path, method): _name(path, method, o) for path, method, o in _operations(document)}
    shared = {name for name, times in Counter(named.values()).items() if times > 1}
    for path, method, operation in _operations(document):
        name = named[path, method]
        words = [name, *_place(path)] if name in shared else [name]
        operation["operationId"] = to_camel("_".join(words))


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def _name(path: str, method: str, operation: dict[str, Any]) -> str:
    made: str = operation["operationId"]
    name = made.removesuffix(f"{re.sub(r'[^0-9a-zA-Z_]', '_', path)}_{method}")
    if path.endswith(SEARCH) and method == "post":
        return name if name.startswith("search_") else f"search_{name.removeprefix('list_')}"
    return name


def _place(path: str) -> list[str]:
    """`/v1/notes/{note_id}/releases/search` → notes, releases."""
    segments = path.removesuffix(SEARCH).split("/")
    fixed = [one for one in segments if one and "{" not in one and one not in ("v1", "actions")]
    return [re.sub(r"[^0-9a-z]", "_", one) for one in fixed]
