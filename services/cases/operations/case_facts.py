"""From stored facts to what the guards look at, and to the buttons of a frontend."""

from datetime import date
from typing import Any

from services.cases.domain import guards
from services.cases.domain.codes import ClosingReason
from services.cases.domain.facts import CaseFacts, CaseState
from services.cases.domain.indication import IndicationChecklist
from services.cases.domain.lifecycle import ACTION_LABELS, CASE_LIFECYCLE
from services.cases.domain.practice import Practice
from shared.kernel.text import Text

# What the command itself brings is not missing before it was given.
GIVEN_WITH_THE_COMMAND = frozenset(
    guard.id
    for guard in (
        guards.DECLINE_REASON,
        guards.REFERRED_ONLY,
        guards.REASON_GIVEN,
        guards.CLOSING_REASON,
        guards.EARLY_END_REASON,
        guards.SAME_PERSON,
    )
)


def facts_from(
    stored: dict[str, Any], *, unit_type: str, practice: Practice, today: date
) -> CaseFacts:
    """The facts of one case; `stored` is what `facts_object` builds."""
    values = dict(stored)
    values.pop("state")
    indication = values.pop("indication")
    confirmed = frozenset(values.pop("erasure_confirmed_by"))
    closed_on = values.pop("closed_on")
    closed_because = values.pop("closed_because")
    offered = values.pop("results_offered")
    return CaseFacts(
        **values,
        results_offered=frozenset(offered) if offered is not None else None,
        unit_type=unit_type,
        is_indication_complete=bool(indication) and IndicationChecklist(**indication).is_complete,
        contact_attempts_min=practice.contact_attempts_min,
        goals_without_result=values["goals_open"],
        closed_because=ClosingReason(closed_because) if closed_because else None,
        is_reopening_window_open=practice.may_be_reopened(
            date.fromisoformat(closed_on) if closed_on else None, today
        ),
        is_erasure_confirmed_by_all=confirmed >= practice.erasure_services,
    )


def next_steps(
    stored: dict[str, Any], *, unit_type: str, practice: Practice, today: date
) -> dict[str, Any]:
    """What can be done with the case: the open actions, and every action with what blocks it."""
    facts = facts_from(stored, unit_type=unit_type, practice=practice, today=today)
    available = _transitions(CaseState(stored["state"]), facts)
    return {
        "allowedActions": [step["action"] for step in available if step["isOpen"]],
        "availableTransitions": available,
    }


def _transitions(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    return [
        {
            "action": option.action.value,
            "label": _both(ACTION_LABELS[option.action]),
            "to": option.to.value,
            "rule": CASE_LIFECYCLE.moves[state][option.action].rule,
            "isOpen": all(guard.id in GIVEN_WITH_THE_COMMAND for guard in option.blocked_by),
            "blockedBy": [
                {"id": guard.id, "message": _both(guard.message)}
                for guard in option.blocked_by
                if guard.id not in GIVEN_WITH_THE_COMMAND
            ],
            "asksFor": [
                guard.id for guard in option.blocked_by if guard.id in GIVEN_WITH_THE_COMMAND
            ],
        }
        for option in CASE_LIFECYCLE.options(state, facts)
    ]


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
