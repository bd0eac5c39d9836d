"""State machines as data: one table says which action leads where, and under which guards.

The same table answers the command (`next_state`), the buttons of a frontend (`options`), the
published diagram (`mermaid`) and the test that walks every (state, action) pair.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.kernel.errors import Conflict, FieldFault, RuleViolated
from shared.kernel.text import Text

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)
F = TypeVar("F")


class TransitionNotAllowed(Conflict):
    code = "transition-not-allowed"
    title = Text(
        de="In diesem Zustand ist diese Aktion nicht vorgesehen.",
        en="This action is not available in the present state.",
    )


class GuardFailed(RuleViolated):
    code = "guard-failed"
    title = Text(
        de="Eine Voraussetzung für diesen Schritt fehlt.",
        en="A precondition of this step is missing.",
    )


class LifecycleIncomplete(AssertionError):
    """A table without a row for some state: our own mistake, found at import."""


@dataclass(frozen=True, slots=True)
class Guard(Generic[F]):
    """A named precondition over the facts of a record.

    `source` names the rule: an article of law, a paper, a decision record.
    """

    id: str
    holds: Callable[[F], bool]
    message: Text
    source: str = ""


@dataclass(frozen=True, slots=True)
class Move(Generic[S, F]):
    """Where an action leads; `rule` is its number in the domain's table (for example `C4`)."""

    to: S
    rule: str
    guards: tuple[Guard[F], ...] = ()


@dataclass(frozen=True, slots=True)
class Option(Generic[S, A, F]):
    """An action available in a state, with the guards that block it now (empty: it works)."""

    action: A
    to: S
    blocked_by: tuple[Guard[F], ...]

    @property
    def is_open(self) -> bool:
        return not self.blocked_by


class Lifecycle(Generic[S, A, F]):
    """A complete transition table over the states `S`, the actions `A` and the facts `F`."""

    def __init__(
        self,
        name: str,
        *,
        states: type[S],
        actions: type[A],
        initial: S,
        moves: Mapping[S, Mapping[A, Move[S, F]]],
    ) -> None:
        missing = [state for state in states if state not in moves]
        if missing:
            raise LifecycleIncomplete(f"{name}: no row for {', '.join(missing)}.")
        unused = set(actions) - {action for row in moves.values() for action in row}
        if unused:
            raise LifecycleIncomplete(f"{name}: no move uses {', '.join(sorted(unused))}.")
        self.name = name
        self.states = states
        self.actions = actions
        self.initial = initial
        self.moves = moves

    def allowed(self, state: S) -> tuple[A, ...]:
        """The actions that the table has for this state, guards not considered."""
        return tuple(self.moves[state])

    def next_state(self, state: S, action: A, facts: F) -> S:
        """Where `action` leads from `state`.

        Raises TransitionNotAllowed (with the allowed actions) when the table has no such move,
        GuardFailed (with every failing guard) when a precondition is missing.
        """
        move = self.moves[state].get(action)
        if move is None:
            raise TransitionNotAllowed(
                state=state.value,
                action=action.value,
                allowedActions=[allowed.value for allowed in self.allowed(state)],
            )
        require_guards(move.guards, facts, action=action.value)
        return move.to

    def options(self, state: S, facts: F) -> tuple[Option[S, A, F], ...]:
        """Every action of this state and what blocks it, for the buttons of a frontend."""
        return tuple(
            Option(action, move.to, _failing(move, facts))
            for action, move in self.moves[state].items()
        )

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        for state, row in self.moves.items():
            lines += [
                f"    {state.value} --> {move.to.value}: {action.value} ({move.rule})"
                for action, move in row.items()
            ]
            if not row:
                lines.append(f"    {state.value} --> [*]")
        return "\n".join(lines) + "\n"


def require_guards(guards: Iterable[Guard[F]], facts: F, *, action: str) -> None:
    """Raises GuardFailed with every guard that does not hold."""
    failing = [guard for guard in guards if not guard.holds(facts)]
    if failing:
        raise GuardFailed(
            failing[0].message,
            faults=tuple(FieldFault("", guard.id, guard.message) for guard in failing),
            action=action,
            guards=[guard.id for guard in failing],
        )


def _failing(move: Move[S, F], facts: F) -> tuple[Guard[F], ...]:
    return tuple(guard for guard in move.guards if not guard.holds(facts))
