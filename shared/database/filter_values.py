"""How the values of filters are written: what is read is what the contract says, and no more."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

# Values of one filter in a query string, and in the body of a search.
VALUES_MAX: Final = 100
SEARCH_VALUES_MAX: Final = 1_000
TEXT_MAX: Final = 400
TEXTS_MAX: Final = 4_000


@dataclass(frozen=True, slots=True)
class Written:
    """A value by its pattern, without anchors. `parse` may still raise ValueError."""

    pattern: str
    parse: Callable[[str], Any]
    schema: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __call__(self, raw: str) -> Any:
        """Raises ValueError."""
        if not re.fullmatch(self.pattern, raw, re.ASCII):
            raise ValueError(raw)
        return self.parse(raw)

    @property
    def published(self) -> dict[str, Any]:
        return dict(self.schema) or {"type": "string", "pattern": f"^{self.pattern}$"}

    @property
    def published_list(self) -> dict[str, Any]:
        """Several of them with commas between."""
        one = self.pattern.replace(r"[^\u0000]", r"[^\u0000,]")
        several = rf"^(?:{one})(?:,(?:{one})){{0,{VALUES_MAX - 1}}}$"
        return {"type": "string", "maxLength": TEXTS_MAX, "pattern": several}


def instant(raw: str) -> datetime:
    """A point in time with its offset. Raises ValueError for a day and for a time of nowhere."""
    found = datetime.fromisoformat(raw)
    if found.tzinfo is None:
        raise ValueError(raw)
    return found


def yes_or_no(raw: str) -> bool:
    """Raises ValueError for anything but `true` and `false`."""
    return ("false", "true").index(raw) == 1


def written_moment(parse: Callable[[str], Any]) -> Written:
    """A point in time; `parse` adds to what ISO 8601 says."""
    return Written(r"[0-9:T Z.+\-]{1,40}", parse, {"type": "string", "format": "date-time"})


_MOMENT: Final = written_moment(instant)
_MOMENT_OR_DAY: Final = written_moment(datetime.fromisoformat)
_DAY: Final = Written(
    r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]",
    date.fromisoformat,
    {"type": "string", "format": "date", "pattern": "^[12][0-9]{3}-"},
)
_UUID: Final = Written(
    r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
    UUID,
    {"type": "string", "format": "uuid"},
)
_BOOLEAN: Final = Written("true|false", yes_or_no, {"type": "boolean"})
_TEXT: Final = Written(
    rf"[^\u0000]{{0,{TEXT_MAX}}}",
    str,
    {"type": "string", "maxLength": TEXT_MAX, "pattern": r"^[^\u0000]*$"},
)
_BY_PARSER: Final[Mapping[Any, Written]] = {
    str: _TEXT,
    UUID: _UUID,
    instant: _MOMENT,
    yes_or_no: _BOOLEAN,
    date.fromisoformat: _DAY,
    datetime.fromisoformat: _MOMENT_OR_DAY,
}


@lru_cache(maxsize=256)
def written(parse: Callable[[str], Any]) -> Written:
    """The form of what a parser reads: text, ids, days, moments, yes or no, codes of an enum."""
    if isinstance(parse, Written):
        return parse
    if isinstance(parse, type) and issubclass(parse, Enum):
        codes = [str(code.value) for code in parse]
        return Written("|".join(codes), parse, {"type": "string", "enum": codes})
    return _BY_PARSER[parse]
