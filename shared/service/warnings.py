"""Warnings: reasons to think again, none to refuse (an unusual day, a unit that is full).

A write goes through with them. A client that wants its user to confirm them first says so with the
header `KIM-Warnings: stop`: then a write with warnings stores nothing and answers 422 with all of
them; `KIM-Warnings: stop except WEEKEND_DATE` says which were confirmed. A dry run shows them.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from shared.database.transaction import Transaction
from shared.kernel.errors import FieldFault, Malformed, RuleViolated
from shared.kernel.text import Text
from shared.service.answers import Answer, Operation
from shared.web.fields import ResponseModel

WARNINGS_HEADER: Final = "KIM-Warnings"
CODE: Final = "[A-Za-z0-9_-]{1,60}"
STOP_PATTERN: Final = rf"^stop(?: except {CODE}(?:,{CODE}){{0,19}})?$"
STOP_TEXT: Final = (
    "`stop`: when there is something to think over, store nothing and answer 422 with it;"
    " `stop except CODE,CODE` after the user has confirmed these. / Bei Warnungen nichts speichern;"
    " nach `except` stehen die bestätigten."
)


class WarningsUnconfirmed(RuleViolated):
    code = "warnings-unconfirmed"
    title = Text(
        de="Dazu ist etwas zu bedenken; nichts wurde gespeichert, bis es bestätigt ist.",
        en="There is something to think over; nothing was stored until it is confirmed.",
    )
    severity: ClassVar[str] = "WARNING"


class WarningsUnreadable(Malformed):
    code = "warnings-unreadable"
    title = Text(
        de="`KIM-Warnings` ist `stop` oder `stop except CODE,CODE`.",
        en="`KIM-Warnings` is `stop` or `stop except CODE,CODE`.",
    )


class WarningTitle(ResponseModel):
    de: str
    en: str


class WarningShown(ResponseModel):
    """A reason to think again; nothing is refused for it."""

    pointer: str
    code: str
    title: WarningTitle


@dataclass(frozen=True, slots=True)
class Warned:
    """`facts` are codes, numbers and ids only."""

    fault: FieldFault
    facts: Mapping[str, Any] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        text = self.fault.message
        return {
            "pointer": self.fault.pointer,
            "code": self.fault.code,
            "title": {"de": text.de, "en": text.en},
            **self.facts,
        }


_collected: ContextVar[list[Warned] | None] = ContextVar("warned", default=None)


@contextmanager
def collecting() -> Iterator[list[Warned]]:
    """What is warned of meanwhile; within another collection, its list."""
    outer = _collected.get()
    if outer is not None:
        yield outer
        return
    collected: list[Warned] = []
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


def is_anybody_asking() -> bool:
    """For warnings that cost a query: they are looked for only when they will be read."""
    return _collected.get() is not None


def warn(fault: FieldFault, **facts: object) -> None:
    collected = _collected.get()
    if collected is not None:
        collected.append(Warned(fault, facts))


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop at every warning but the confirmed ones."""

    confirmed: frozenset[str] = frozenset()

    def over(self, operation: Operation) -> Operation:
        """The operation, which now raises WarningsUnconfirmed, so that nothing of it stays."""

        async def checked(tx: Transaction) -> Answer:
            with collecting() as found:
                answer = await operation(tx)
            open_ = tuple(one.fault for one in found if one.fault.code not in self.confirmed)
            if open_:
                raise WarningsUnconfirmed(faults=open_)
            return answer

        return checked


def read_stop(header: str | None) -> Stop | None:
    """Raises WarningsUnreadable: whoever wants to be stopped in another word must not get
    the change.
    """
    if header is None:
        return None
    if not re.fullmatch(STOP_PATTERN, header):
        raise WarningsUnreadable
    _, _, confirmed = header.partition(" except ")
    return Stop(frozenset(confirmed.split(",")) if confirmed else frozenset())
