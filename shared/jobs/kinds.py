"""What can be exported: any list of a service, under its own name, filters and rights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from shared.database.lists import ListView
from shared.kernel.caller import Caller
from shared.kernel.text import Text
from shared.web.access import CallerCheck

Values = Callable[[Caller, datetime], Mapping[str, Any]]


def no_values(_: Caller, __: datetime) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportKind:
    """One list as a file.

    `name` is the last part of the list's path; `may_list` is the door of the list. `values` are
    the parameters that its endpoint hands to it, at the instant when the job began.
    """

    name: str
    title: Text
    view: ListView
    may_list: CallerCheck
    values: Values = no_values

    def __post_init__(self) -> None:
        if self.view.kept:
            raise ValueError(f"{self.name}: columns that are kept for code are not for a file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """What one service offers. `exporter` is its check of who may have files at all; `headings`
    are the German names of members, in the words of the desk.
    """

    service: str
    rows: type[SQLModel]
    audit: type[SQLModel]
    exporter: CallerCheck
    kinds: tuple[ExportKind, ...]
    headings: Mapping[str, str]

    def kind(self, name: str) -> ExportKind | None:
        return next((one for one in self.kinds if one.name == name), None)

    async def require(self, kind: ExportKind, caller: Caller) -> None:
        """Raises what the doors raise: NotPermitted, or NotFound for who must not know."""
        await self.exporter(caller)
        await kind.may_list(caller)
