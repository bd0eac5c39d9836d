"""Cells of files that spreadsheets open: none of them is run (decision 0015).

The one rule for every CSV of the product. It is for files that people open; JSON and NDJSON carry
values as they are.
"""

import re
import unicodedata
from typing import Final

MARK: Final = "'"
# The last is the minus sign, which some programs calculate with like the hyphen.
_STARTS: Final = frozenset("=+-@\u2212")
_BREAKS: Final = ("\t", "\r", "\n")
# Shown as nothing or as space, so skipped before a formula: controls, formats, separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_DIGITS: Final = r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)"
_NUMBER: Final = re.compile(rf"-{_DIGITS}(?:,[0-9]+)?|-[0-9]+\.[0-9]+")


def defused(cell: str) -> str:
    """The cell, with an apostrophe in front when a spreadsheet would calculate it.

    Calculated is what begins with `=`, `+`, `-`, `@`, also in their wide, small and raised forms
    and behind space or signs that show nothing; what begins with a tab or a line break moves to
    another cell. A negative number (`-12,50`, `-1.234,56`, `-12.50`) is no formula and stays.
    """
    return f"{MARK}{cell}" if _is_run(cell) and not _NUMBER.fullmatch(cell) else cell


def as_written(cell: str) -> str:
    """The cell of a file of ours that comes back, without the apostrophe that `defused` put."""
    return cell[1:] if cell.startswith(MARK) and defused(cell[1:]) == cell else cell


def _is_run(cell: str) -> bool:
    if cell[:1] in _BREAKS:
        return True
    for character in cell:
        if unicodedata.category(character) not in _UNSEEN:
            return unicodedata.normalize("NFKC", character)[:1] in _STARTS
    return False
