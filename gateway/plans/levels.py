"""Levels of an operation: all keys of one are collected, asked for at once, and the rows copied.

No task and no resolution for a row. Whatever is not as the schema promises raises; nothing is
judged here.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.loaders import Loaders
from gateway.plans.fields import document_behind
from gateway.plans.leaves import Completion, Unfit
from gateway.schema.ahead import Ahead

Filling = Callable[[Any, "Begun"], Any]
"""Makes the JSON of a value; rows of which more has to be read are begun."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A member that is an object or a list, of which more has to be read further in."""

    name: str
    key: str
    attribute: str
    filling: Filling


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """A field with code of its own that asks nobody."""

    name: str
    code: Callable[[Any], Any]
    filling: Filling


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A field that is read with those of all other rows."""

    name: str
    ahead: Ahead
    filling: Filling


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """One selection on one type, wholly known: what is copied, and what is read for it."""

    template: dict[str, Any]
    steps: tuple[tuple[str, str, str, Completion], ...]
    parts: tuple[Part, ...]
    computed: tuple[Computed, ...]
    reads: tuple[Read, ...]

    def begun(self, source: Any, begun: "Begun") -> dict[str, Any]:
        """The row, all but what has to be read. Raises Unfit, or what code of a field raises."""
        answer = self.template.copy()
        document = document_behind(source)
        for one in self.computed:
            answer[one.name] = one.filling(one.code(source), begun)
        if document is not None:
            get = document.get
            for name, key, _, complete in self.steps:
                answer[name] = complete(get(key))
            for part in self.parts:
                answer[part.name] = part.filling(get(part.key), begun)
            if self.reads:
                begun.append((self, document, answer))
            return answer
        if self.reads:
            raise Unfit
        for name, _, attribute, complete in self.steps:
            answer[name] = complete(getattr(source, attribute, Unfit))
        for part in self.parts:
            answer[part.name] = part.filling(getattr(source, part.attribute, Unfit), begun)
        return answer


Begun = list[tuple[Level, dict[str, Any], dict[str, Any]]]
"""Rows, each with its document, of which something has to be read yet."""
Waiting = list[tuple[dict[str, Any], dict[str, Any], Any]]
"""Rows to fill, each with its document and the key of what it lacks, or several keys."""


async def fill(begun: Begun, loaders: Loaders) -> None:
    """Reads what the rows lack, and what these lack in turn.

    Raises whatever goes wrong, after all has come to an end: nothing runs on behind it.
    """
    branches: dict[Read, Waiting] = {}
    for level, document, answer in begun:
        for read in level.reads:
            key = read.ahead.key(document)
            branches.setdefault(read, []).append((answer, document, key))
    rest = [_filled(read, waiting, loaders) for read, waiting in branches.items()]
    if len(rest) == 1:
        await rest[0]
        return
    for found in await asyncio.gather(*rest, return_exceptions=True):
        if found is not None:
            raise found


async def _filled(read: Read, waiting: Waiting, loaders: Loaders) -> None:
    begun: Begun = []
    name, ahead, filling = read.name, read.ahead, read.filling
    loader = ahead.loader(loaders)
    if ahead.is_several:
        await loader.settle([one for _, _, keys in waiting for one in keys])
    else:
        await loader.settle([key for _, _, key in waiting if key is not None])
    for answer, document, key in waiting:
        if key is None:
            found = ahead.at_hand(document)
        elif ahead.is_several:
            found = [loader.value(one) for one in key]
        else:
            found = loader.value(key)
        answer[name] = filling(ahead.made(found, document), begun)
    if begun:
        await fill(begun, loaders)
