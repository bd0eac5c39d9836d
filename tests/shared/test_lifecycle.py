from enum import StrEnum

import pytest

from shared.kernel.lifecycle import (
    Guard,
    GuardFailed,
    Lifecycle,
    LifecycleIncomplete,
    Move,
    TransitionNotAllowed,
)
from shared.kernel.text import Text


class Door(StrEnum):
    CLOSED = "CLOSED"
    OPEN = "OPEN"


class Act(StrEnum):
    PUSH = "push"
    PULL = "pull"


UNLOCKED: Guard[bool] = Guard(
    "unlocked", lambda is_unlocked: is_unlocked, Text(de="Verschlossen.", en="Locked.")
)
DOOR: Lifecycle[Door, Act, bool] = Lifecycle(
    "door",
    states=Door,
    actions=Act,
    initial=Door.CLOSED,
    moves={
        Door.CLOSED: {Act.PUSH: Move(Door.OPEN, "D1", (UNLOCKED,))},
        Door.OPEN: {Act.PULL: Move(Door.CLOSED, "D2")},
    },
)


def test_a_move_in_the_table_leads_where_it_says() -> None:
    assert DOOR.next_state(Door.CLOSED, Act.PUSH, facts=True) is Door.OPEN


def test_an_action_without_a_move_is_a_conflict_that_names_what_is_allowed() -> None:
    with pytest.raises(TransitionNotAllowed) as refused:
        DOOR.next_state(Door.OPEN, Act.PUSH, facts=True)
    assert refused.value.status == 409
    assert refused.value.facts["allowedActions"] == ["pull"]


def test_a_failing_guard_is_named() -> None:
    with pytest.raises(GuardFailed) as refused:
        DOOR.next_state(Door.CLOSED, Act.PUSH, facts=False)
    assert refused.value.facts["guards"] == ["unlocked"]
    assert refused.value.detail.de == "Verschlossen."


def test_options_say_what_blocks_each_action() -> None:
    (option,) = DOOR.options(Door.CLOSED, facts=False)
    assert (option.action, option.is_open, option.blocked_by) == (Act.PUSH, False, (UNLOCKED,))


def test_a_table_without_a_row_for_a_state_fails_at_import() -> None:
    with pytest.raises(LifecycleIncomplete, match="OPEN"):
        Lifecycle("door", states=Door, actions=Act, initial=Door.CLOSED, moves={Door.CLOSED: {}})


def test_a_table_that_never_uses_an_action_fails_at_import() -> None:
    with pytest.raises(LifecycleIncomplete, match="pull"):
        Lifecycle(
            "door",
            states=Door,
            actions=Act,
            initial=Door.CLOSED,
            moves={Door.CLOSED: {Act.PUSH: Move(Door.OPEN, "D1")}, Door.OPEN: {}},
        )


def test_the_diagram_is_drawn_from_the_table() -> None:
    assert DOOR.mermaid() == (
        "stateDiagram-v2\n    [*] --> CLOSED\n"
        "    CLOSED --> OPEN: push (D1)\n    OPEN --> CLOSED: pull (D2)\n"
    )
