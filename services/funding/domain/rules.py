"""Rules that hold from a day on: what a line is, and which costs it pays.

A rule is recorded by one person and released by another. Released rules of one line and kind never
overlap; a rule that begins later ends the one before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.funding.domain.costs import CostKind, Eligibility, eligibility
from services.funding.domain.programme import LEGAL_FORMS, FundingLine, LegalForm
from services.funding.domain.proof_lifecycle import ProofRegime
from shared.kernel.errors import Conflict, NotPermitted
from shared.kernel.text import Text

# The first day for which the published table is known: § 9 TIntG is in force from then on, and
# the pilots before it were paid by the same rules.
RULES_SINCE: Final = date(2020, 1, 1)
PUBLISHED_SOURCE: Final = "§ 9 TIntG, Richtlinie KIM"


class RuleOverlaps(Conflict):
    """`validFrom` is that of the rule in the way."""

    code = "rule-overlaps"
    title = Text(
        de="Für diese Zeit gilt schon eine freigegebene Regel.",
        en="A released rule is in force for that time already.",
    )


class RuleIsReleased(Conflict):
    code = "rule-is-released"
    title = Text(de="Diese Regel ist schon freigegeben.", en="This rule is released already.")


class RuleNeedsSecondPerson(NotPermitted):
    code = "rule-needs-second-person"
    title = Text(
        de="Wer eine Regel erfasst hat, gibt sie nicht selbst frei.",
        en="Whoever recorded a rule does not release it.",
    )


@dataclass(frozen=True, slots=True)
class LineRule:
    """What kind of money a line is."""

    funding_line: FundingLine
    legal_form: LegalForm
    proof_regime: ProofRegime
    has_two_month_rule: bool


@dataclass(frozen=True, slots=True)
class CostAnswer:
    """Whether a line pays a cost, and the rule that says so; no source: the shipped table."""

    answer: Eligibility
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """When a rule holds; both days included, None is open."""

    start: date
    end: date | None

    def overlaps(self, other: "Term") -> bool:
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


def ending_before(new: Term, released: Iterable[Term]) -> date | None:
    """The day on which the open rule before `new` ends, None when there is none.

    Raises RuleOverlaps when `new` meets a rule that does not simply run on.
    """
    ends_on = None
    for term in released:
        if not term.overlaps(new):
            continue
        if term.start >= new.start or term.end is not None:
            raise RuleOverlaps(validFrom=term.start.isoformat())
        ends_on = new.start - timedelta(days=1)
    return ends_on


def published_lines() -> tuple[LineRule, ...]:
    """The lines as the guideline and the act have them; B1 alone is called by need."""
    return tuple(
        LineRule(
            line,
            form,
            ProofRegime.SIMPLE
            if form is LegalForm.ZUWENDUNG_RICHTLINIE
            else ProofRegime.HVB_CONFIRMATION,
            has_two_month_rule=form is LegalForm.ZUWENDUNG_RICHTLINIE,
        )
        for line, form in LEGAL_FORMS.items()
    )


def published_answers() -> tuple[tuple[FundingLine, CostKind, Eligibility], ...]:
    """The published table, one row for each line and kind."""
    return tuple((line, kind, eligibility(kind, line)) for line in FundingLine for kind in CostKind)
