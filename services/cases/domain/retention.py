"""How long a case is kept, and why: one rule per kind of data and result (DIN 66398, R-D1).

A rule is a start, a period and a legal reason, valid from a day on. The unit is the controller
and sets its own; where it has set none, the rule of the case's type holds, and where the type has
none, the default of the installation (R-D4).

What hangs on a case file goes with the file at the latest. A rule for such a kind of data (notes,
documents …) can only bring its end forward.
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
    ASSESSMENT = "ASSESSMENT"
    CONTACT = "CONTACT"
    NOTE = "NOTE"
    CONSENT = "CONSENT"
    DOCUMENT = "DOCUMENT"
    EXTRACT = "EXTRACT"
    PERSON = "PERSON"
    STAFF = "STAFF"
    ACCESS_LOG = "ACCESS_LOG"
    MESSAGE = "MESSAGE"
    ERASURE_EVIDENCE = "ERASURE_EVIDENCE"


# In the order in which they are erased: a consent before the document that proves it and before
# the person who gave it.
PARTS_OF_FILE: Final = (
    DataKind.ASSESSMENT,
    DataKind.CONTACT,
    DataKind.NOTE,
    DataKind.CONSENT,
    DataKind.DOCUMENT,
    DataKind.EXTRACT,
    DataKind.PERSON,
)
# Kinds whose period a unit sets; the others are technical and end by themselves.
SETTABLE_KINDS: Final = frozenset({DataKind.CASE_FILE, *PARTS_OF_FILE})


class StartEvent(StrEnum):
    """The abstract starts of a period (R-D2) that occur for cases."""

    PROCESS_ENDED = "PROCESS_ENDED"
    YEAR_OF_PROCESS_END = "YEAR_OF_PROCESS_END"


class RuleSource(StrEnum):
    """Who set a rule. The order is the precedence: the first that has one decides."""

    UNIT = "UNIT"
    CASE_TYPE = "CASE_TYPE"
    DEFAULT = "DEFAULT"


MUNICIPAL_DEFAULT: Final = Text(
    de="Art. 17 Abs. 1 a DSGVO; Regellöschfrist der Kommune, solange keine eigene festgelegt ist",
    en="Art. 17 (1) a GDPR; the municipality's default period while it has set no other",
)
TYPE_REASON: Final = Text(
    de="Art. 17 Abs. 1 a DSGVO; Aufbewahrungsdauer des Ergebnisses im Falltyp",
    en="Art. 17 (1) a GDPR; period of the result in the case type",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionRule:
    """`result` is one of RESULTS; ANY holds where no rule names the result itself."""

    data_kind: DataKind = DataKind.CASE_FILE
    source: RuleSource = RuleSource.UNIT
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KindDay:
    """From when one kind of data of a case may be erased, and by which rule.

    `follows_file`: it has no rule of its own in force. `is_limited_by_file`: its own rule would
    keep it longer than the file. `waits_for_consent`: its own rule would erase the person before
    the consents that this person gave.
    """

    rule: DeletionRule
    due_on: date
    follows_file: bool = False
    is_limited_by_file: bool = False
    waits_for_consent: bool = False


def default_rules(practice: Practice) -> tuple[DeletionRule, ...]:
    """What holds where nobody has set anything: years after closing, days after declining."""
    return (
        DeletionRule(
            source=RuleSource.DEFAULT,
            result=ANY_RESULT,
            start_event=StartEvent.YEAR_OF_PROCESS_END,
            period_years=practice.deletion_years,
            period_days=0,
            legal_reason=MUNICIPAL_DEFAULT,
            valid_from=date.min,
        ),
        DeletionRule(
            source=RuleSource.DEFAULT,
            result=DECLINED_RESULT,
            start_event=StartEvent.PROCESS_ENDED,
            period_years=0,
            period_days=practice.declined_deletion_days,
            legal_reason=MUNICIPAL_DEFAULT,
            valid_from=date.min,
        ),
    )


def rule_of_type(result: str, years: int) -> DeletionRule:
    """The retention years that a case type gives to a result, counted from the year's end."""
    return DeletionRule(
        source=RuleSource.CASE_TYPE,
        result=result,
        start_event=StartEvent.YEAR_OF_PROCESS_END,
        period_years=years,
        period_days=0,
        legal_reason=TYPE_REASON,
        valid_from=date.min,
    )


def result_of(state: CaseState, closing_reason: str | None) -> str | None:
    """The result by which the rule is chosen; None for a case that has not ended."""
    if state is CaseState.DECLINED:
        return DECLINED_RESULT
    return closing_reason if state is CaseState.CLOSED else None


def rule_for(result: str, rules: Iterable[DeletionRule], today: date) -> DeletionRule:
    """The one rule in force for the case file; `rules` hold the defaults, so there always is one.

    The unit's rule comes before that of the case type, and this before the default; of one source,
    the rule for the result itself before the one for any; of those, the latest.
    """
    rule = find_rule(DataKind.CASE_FILE, result, rules, today)
    assert rule is not None
    return rule


def find_rule(
    kind: DataKind, result: str, rules: Iterable[DeletionRule], today: date
) -> DeletionRule | None:
    """As rule_for, for any kind. A declined request is no result like the others: no rule for any
    result holds for it.
    """
    named = {result} if result == DECLINED_RESULT else {result, ANY_RESULT}
    return max(
        (
            rule
            for rule in rules
            if rule.data_kind is kind and rule.valid_from <= today and rule.result in named
        ),
        key=lambda rule: (
            -list(RuleSource).index(rule.source),
            rule.result == result,
            rule.valid_from,
        ),
        default=None,
    )


def days_of(
    result: str, ended_on: date, rules: Iterable[DeletionRule], today: date
) -> dict[DataKind, KindDay]:
    """The day of the case file and of every kind of data in it."""
    rules = tuple(rules)
    file_rule = rule_for(result, rules, today)
    file_day = file_rule.last_day(ended_on)
    days = {DataKind.CASE_FILE: KindDay(rule=file_rule, due_on=file_day)}
    for kind in PARTS_OF_FILE:
        own = find_rule(kind, result, rules, today)
        if own is None:
            days[kind] = KindDay(rule=file_rule, due_on=file_day, follows_file=True)
            continue
        wanted = own.last_day(ended_on)
        needed = days[DataKind.CONSENT].due_on if kind is DataKind.PERSON else wanted
        days[kind] = KindDay(
            rule=own,
            due_on=min(max(wanted, needed), file_day),
            is_limited_by_file=wanted > file_day,
            waits_for_consent=needed > wanted,
        )
    return days
