"""`python -m deploy.compat`: what the contracts of today break of those last promised.

REST, events and GraphQL. A break must be named in CHANGELOG.md under `## [Unreleased]`,
`### Breaking`, by the key that is printed here; then it is a decision, not an accident. A `*` in a
key stands for anything, where one decision changes many places alike. What is
only dangerous (a new code in an answer) is shown and needs no line.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from deploy.compat.changelog import covers, named_breaks
from deploy.compat.changes import Change
from deploy.compat.promised import PROMISED, ROOT, changes_since, keep, promised_version


def verdict(changes: Iterable[Change], changelog: str) -> tuple[list[Change], list[str]]:
    """Breaks that the changelog does not name, and keys it names that break nothing."""
    breaks = {change.key: change for change in changes if change.is_breaking}
    named = named_breaks(changelog)
    used = {key: [name for name in named if covers(name, key)] for key in breaks}
    unnamed = [breaks[key] for key, names in used.items() if not names]
    return unnamed, sorted(named.difference(*used.values()))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.compat", description=__doc__)
    parser.add_argument("--against", type=Path, help="a folder of contracts that were promised")
    parser.add_argument("--changelog", type=Path, default=ROOT / "CHANGELOG.md")
    parser.add_argument("--keep", metavar="VERSION", help="promise the contracts of today")
    chosen = parser.parse_args(arguments)
    if chosen.keep:
        print(f"Promised: {keep(chosen.keep).relative_to(ROOT)}")
        return 0
    folder = chosen.against or PROMISED / promised_version()
    changes = changes_since(folder)
    for change in changes:
        weight = "breaking " if change.is_breaking else "dangerous"
        print(f"{weight} {change.key}  ({change.text})")
    breaks = sum(change.is_breaking for change in changes)
    print(f"Since {folder.name}: {breaks} breaking, {len(changes) - breaks} dangerous.")
    unnamed, stale = verdict(changes, chosen.changelog.read_text(encoding="utf-8"))
    _tell(unnamed, stale)
    return 1 if unnamed or stale else 0


def _tell(unnamed: list[Change], stale: list[str]) -> None:
    if unnamed:
        print(
            "\nUndo these, or write in CHANGELOG.md under `## [Unreleased]`, `### Breaking`,"
            " what a client does instead:\n",
            file=sys.stderr,
        )
        for change in unnamed:
            print(f"- `{change.key}`: …", file=sys.stderr)
    for key in stale:
        print(f"\nCHANGELOG.md names `{key}`, which breaks nothing: remove it.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
