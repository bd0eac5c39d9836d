"""How long a case is kept, and why: one rule per kind of data and result (DIN 66398, R-D1).

A rule is a start, a period and a legal reason, valid from a day on. The unit is the controller
and sets its own; where it has set none, the default of the installation holds (R-D4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.cases.domain.codes import ClosingReason
from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from shared.kernel.text import Text

ANY_RESULT: Final = "ANY"
DECLINED_RESULT: Final = "DECLINED"
# A result is how a case ended: a closing reason, or that it was never taken in.
RESULTS: Final = frozenset(
    {ANY_RESULT, DECLINED_RESULT, *(reason.value for reason in ClosingReason)}
)
YEARS_MAX: Final = 30
DAYS_MAX: Final = 366


class DataKind(StrEnum):
    """Datenarten of this service; every table that holds data about people belongs to one."""

    CASE_FILE = "CASE_FILE"
    PERSON = "PERSON"
    STAFF = "STAFF"
    ACCESS_LOG = "ACCESS_LOG"
    MESSAGE = "MESSAGE"
    ERASURE_EVIDENCE = "ERASURE_EVIDENCE"


class StartEvent(StrEnum):
    """The abstract starts of a period (R-D2) that occur for cases."""

    PROCESS_ENDED = "PROCESS_ENDED"
    YEAR_OF_PROCESS_END = "YEAR_OF_PROCESS_END"


START_LABELS: Final = {
    StartEvent.PROCESS_ENDED: Text(de="Ende des Falls", en="end of the case"),
    StartEvent.YEAR_OF_PROCESS_END: Text(
        de="Ende des Jahres, in dem der Fall endete", en="end of the year in which the case ended"
    ),
}
MUNICIPAL_DEFAULT: Final = Text(
    de="Art. 17 Abs. 1 a DSGVO; Regellöschfrist der Kommune, solange keine eigene festgelegt ist",
    en="Art. 17 (1) a GDPR; the municipality's default period while it has set no other",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionRule:
    """`result` is one of RESULTS; ANY holds where no rule names the result itself."""

    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason: Text
    valid_from: date

    def last_day(self, ended_on: date) -> date:
        """The day from which the case may be erased. 29 February becomes the 28th."""
        start = ended_on
        if self.start_event is StartEvent.YEAR_OF_PROCESS_END:
            start = date(ended_on.year, 12, 31)
        year = start.year + self.period_years
        try:
            moved = start.replace(year=year)
        except ValueError:
            moved = date(year, 2, 28)
        return moved + timedelta(days=self.period_days)


def default_rules(practice: Practice) -> tuple[DeletionRule, ...]:
    """What holds where a unit has set nothing: years after closing, days after declining."""
    return (
        DeletionRule(
            result=ANY_RESULT,
            start_event=StartEvent.YEAR_OF_PROCESS_END,
            period_years=practice.deletion_years,
            period_days=0,
            legal_reason=MUNICIPAL_DEFAULT,
            valid_from=date.min,
        ),
        DeletionRule(
            result=DECLINED_RESULT,
            start_event=StartEvent.PROCESS_ENDED,
            period_years=0,
            period_days=practice.declined_deletion_days,
            legal_reason=MUNICIPAL_DEFAULT,
            valid_from=date.min,
        ),
    )


def result_of(state: CaseState, closing_reason: str | None) -> str | None:
    """The result by which the rule is chosen; None for a case that has not ended."""
    if state is CaseState.DECLINED:
        return DECLINED_RESULT
    return closing_reason if state is CaseState.CLOSED else None


def rule_for(result: str, rules: Iterable[DeletionRule], today: date) -> DeletionRule:
    """The one rule in force: that of the result itself before the one for any, the latest first.

    `rules` hold the defaults, too, so there always is one. A declined request has its own default
    and no rule for any result takes its place.
    """
    in_force = [rule for rule in rules if rule.valid_from <= today]
    own = [rule for rule in in_force if rule.result == result]
    return max(
        own or [rule for rule in in_force if rule.result == ANY_RESULT],
        key=lambda rule: rule.valid_from,
    )
