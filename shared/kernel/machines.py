"""A lifecycle as a document: states, actions and guards in words, from the table that decides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from shared.kernel.lifecycle import Lifecycle
from shared.kernel.text import Text

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)
F = TypeVar("F")


def machine_document(
    lifecycle: Lifecycle[S, A, F], labels: Mapping[A, Text] | None = None
) -> dict[str, Any]:
    """JSON members in the form of the wire. Actions without a label have `label` null; a guard
    stands once and moves name it by its id.
    """
    guards = {
        guard.id: {"id": guard.id, "message": _both(guard.message), "source": guard.source}
        for row in lifecycle.moves.values()
        for move in row.values()
        for guard in move.guards
    }
    texts = dict(labels or {})
    return {
        "name": lifecycle.name,
        "initial": lifecycle.initial.value,
        "states": [
            {"state": state.value, "isFinal": not lifecycle.moves[state]}
            for state in lifecycle.states
        ],
        "actions": [
            {"action": action.value, "label": _both(texts[action]) if action in texts else None}
            for action in lifecycle.actions
        ],
        "moves": [
            {
                "from": state.value,
                "action": action.value,
                "to": move.to.value,
                "rule": move.rule,
                "guards": [guard.id for guard in move.guards],
            }
            for state, row in lifecycle.moves.items()
            for action, move in row.items()
        ],
        "guards": [guards[guard_id] for guard_id in sorted(guards)],
    }


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
