"""Which breaks CHANGELOG.md names."""

import re
from typing import Final

CONTRACTS: Final = ("cases", "funding", "referrals", "events", "graphql")
KEY: Final = re.compile(rf"`((?:{'|'.join(CONTRACTS)}|\*):[^`]+)`")


def named_breaks(changelog: str) -> set[str]:
    """The keys under `## [Unreleased]`, `### Breaking`; a key may run over the end of a line."""
    unreleased = _section(changelog, r"^## \[Unreleased\]$", r"^## ")
    breaking = _section(unreleased, r"^### Breaking$", r"^### ")
    return {re.sub(r"\s+", " ", key) for key in KEY.findall(breaking)}


def covers(name: str, key: str) -> bool:
    """Whether a break goes under a name of the changelog, in which `*` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in name.split("*"))
    return re.fullmatch(pattern, key) is not None


def _section(text: str, heading: str, next_heading: str) -> str:
    begin = re.search(heading, text, re.MULTILINE)
    if begin is None:
        return ""
    end = re.search(next_heading, text[begin.end() :], re.MULTILINE)
    return text[begin.end() :][: end.start() if end else None]
