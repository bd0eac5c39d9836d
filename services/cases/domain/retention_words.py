"""Why a case is kept until when, and what would change it: in words, German and English."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.cases.domain.facts import CaseState
from services.cases.domain.retention import (
    START_LABELS,
    DeletionRule,
    result_of,
    rule_for,
)
from shared.kernel.text import Text

NOT_ENDED: Final = Text(
    de="Der Fall läuft noch; eine Löschfrist beginnt erst mit seinem Ende.",
    en="The case is running; its retention period begins only when it ends.",
)
ERASED: Final = Text(
    de="Der Inhalt ist gelöscht; es bleibt ein Nachweis ohne personenbezogene Daten.",
    en="The content is erased; what stays is evidence without personal data.",
)
HELD: Final = Text(
    de="Eine Aufbewahrungssperre besteht; bis sie aufgehoben ist, wird nichts gelöscht.",
    en="A legal hold is in place; nothing is erased until it is lifted.",
)
CHANGES: Final = {
    "hold-lifted": Text(
        de="die Aufbewahrungssperre aufgehoben wird", en="the legal hold is lifted"
    ),
    "hold-placed": Text(de="eine Aufbewahrungssperre gesetzt wird", en="a legal hold is placed"),
    "case-ended": Text(de="der Fall endet", en="the case ends"),
    "case-reopened": Text(de="der Fall wieder aufgenommen wird", en="the case is reopened"),
    "rule-changed": Text(
        de="die Stelle eine andere Löschregel festlegt", en="the unit sets another deletion rule"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCase:
    """What the retention of a case depends on."""

    state: CaseState
    closing_reason: str | None
    ended_on: date | None
    is_under_legal_hold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """`kept_until` is None while nothing can be said: the case runs, is held or is erased.

    `would_change_if` are codes of CHANGES; `due_on` is the day of the rule, hold or not.
    """

    kept_until: date | None
    due_on: date | None
    is_due: bool
    rule: DeletionRule | None
    because: Text
    would_change_if: tuple[str, ...]


def explain(kept: KeptCase, rules: tuple[DeletionRule, ...], today: date) -> Retention:
    """The retention of one case on a day; `rules` are the unit's own and the defaults."""
    if kept.state is CaseState.ERASED:
        return _nothing(ERASED)
    result = result_of(kept.state, kept.closing_reason)
    hold = "hold-lifted" if kept.is_under_legal_hold else "hold-placed"
    if result is None or kept.ended_on is None:
        because = HELD if kept.is_under_legal_hold else NOT_ENDED
        return _nothing(because, "case-ended", hold)
    rule = rule_for(result, rules, today)
    due_on = rule.last_day(kept.ended_on)
    reopened = ("case-reopened",) if kept.state is CaseState.CLOSED else ()
    return Retention(
        kept_until=None if kept.is_under_legal_hold else due_on,
        due_on=due_on,
        is_due=due_on <= today and not kept.is_under_legal_hold,
        rule=rule,
        because=HELD if kept.is_under_legal_hold else _because(rule, kept.ended_on),
        would_change_if=(hold, *reopened, "rule-changed"),
    )


def _nothing(because: Text, *changes: str) -> Retention:
    return Retention(
        kept_until=None,
        due_on=None,
        is_due=False,
        rule=None,
        because=because,
        would_change_if=changes,
    )


def _because(rule: DeletionRule, ended_on: date) -> Text:
    start = START_LABELS[rule.start_event]
    return Text(
        de=f"Der Fall endete am {ended_on:%d.%m.%Y}. Ab „{start.de}“ gilt eine Frist von "
        f"{rule.period_years} Jahren und {rule.period_days} Tagen. Grund: {rule.legal_reason.de}.",
        en=f"The case ended on {ended_on.isoformat()}. From the {start.en} a period of "
        f"{rule.period_years} years and {rule.period_days} days applies. "
        f"Reason: {rule.legal_reason.en}.",
    )
