"""Findings: what the figures themselves say is odd. A finding never blocks and never repairs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shared.kernel.text import Text


class FindingCode(StrEnum):
    """Stable codes; frontends and exports key on them."""

    POSITION_RESIDUAL = "POSITION_RESIDUAL"
    COLUMN_SUM_MISMATCH = "COLUMN_SUM_MISMATCH"
    REQUEST_NOT_DERIVABLE = "REQUEST_NOT_DERIVABLE"
    PART_YEAR_UNDECIDED = "PART_YEAR_UNDECIDED"
    COST_KIND_NOT_ELIGIBLE = "COST_KIND_NOT_ELIGIBLE"
    COST_KIND_UNDECIDED = "COST_KIND_UNDECIDED"
    UNSPENT_FUNDS_EXPECTED = "UNSPENT_FUNDS_EXPECTED"
    OVER_ALLOCATION = "OVER_ALLOCATION"
    AWARDED_AFTER_PERIOD_START = "AWARDED_AFTER_PERIOD_START"
    RATE_DEVIATES = "RATE_DEVIATES"
    POSITION_OUTLASTS_AWARD = "POSITION_OUTLASTS_AWARD"
    WEEKEND_DATE = "WEEKEND_DATE"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"
    SHORTFALL = "SHORTFALL"
    DRAWDOWN_UNUSED = "DRAWDOWN_UNUSED"
    DEADLINE_NEAR = "DEADLINE_NEAR"
    DEADLINE_MISSED = "DEADLINE_MISSED"
    PAYEE_MISSING = "PAYEE_MISSING"
    INTEREST_EXPOSURE = "INTEREST_EXPOSURE"
    ROUNDING_DIFFERENCE = "ROUNDING_DIFFERENCE"
    CEILING_UNKNOWN = "CEILING_UNKNOWN"
    ELIGIBILITY_OUTDATED = "ELIGIBILITY_OUTDATED"


FINDING_TEXTS: Mapping[FindingCode, Text] = {
    FindingCode.POSITION_RESIDUAL: Text(
        de="Bewilligte Stellen sind weder als besetzt noch als unbesetzt gemeldet.",
        en="Approved posts are reported neither as filled nor as vacant.",
    ),
    FindingCode.COLUMN_SUM_MISMATCH: Text(
        de="Die gemeldete Summe weicht von der Summe der Zeilen ab.",
        en="The reported total differs from the sum of the rows.",
    ),
    FindingCode.REQUEST_NOT_DERIVABLE: Text(
        de="Der beantragte Betrag ergibt sich aus keiner der angegebenen Rechnungen.",
        en="The requested amount follows from none of the stated calculations.",
    ),
    FindingCode.PART_YEAR_UNDECIDED: Text(
        de="Die Stelle begann im Laufe des Jahres; ob gekürzt wird, ist nicht entschieden.",
        en="The post began during the year; whether the amount is reduced is undecided.",
    ),
    FindingCode.COST_KIND_NOT_ELIGIBLE: Text(
        de="Diese Kostenart ist in diesem Baustein nicht förderfähig.",
        en="This cost kind is not eligible in this funding line.",
    ),
    FindingCode.COST_KIND_UNDECIDED: Text(
        de="Ob diese Kostenart förderfähig ist, muss entschieden werden.",
        en="Whether this cost kind is eligible needs a decision.",
    ),
    FindingCode.UNSPENT_FUNDS_EXPECTED: Text(
        de="Bei dieser Besetzung bleiben Mittel übrig, die zurückzuzahlen wären.",
        en="With these posts filled, money remains unspent and would have to be repaid.",
    ),
    FindingCode.OVER_ALLOCATION: Text(
        de="Es ist mehr weitergeleitet, als nach der Änderung bewilligt ist.",
        en="More is passed on than is granted after the amendment.",
    ),
    FindingCode.AWARDED_AFTER_PERIOD_START: Text(
        de="Der Bescheid ist jünger als der Beginn des Bewilligungszeitraums.",
        en="The award is dated after the start of its period.",
    ),
    FindingCode.RATE_DEVIATES: Text(
        de="Der Betrag je Stelle weicht vom hinterlegten Satz ab.",
        en="The amount per post differs from the rate on record.",
    ),
    FindingCode.POSITION_OUTLASTS_AWARD: Text(
        de="Die Stelle läuft länger als die Bewilligung, ohne andere Finanzierung.",
        en="The post runs longer than its award, without another source of money.",
    ),
    FindingCode.WEEKEND_DATE: Text(
        de="Das Datum fällt auf ein Wochenende.",
        en="The date falls on a weekend.",
    ),
    FindingCode.BUDGET_EXHAUSTED: Text(
        de="Die Kosten übersteigen die freien Mittel der Zeile; der Rest ist Eigenanteil.",
        en="The cost exceeds what is free in the line; the rest is the own share.",
    ),
    FindingCode.SHORTFALL: Text(
        de="Nach einer Kürzung ist mehr gebunden, als die Zeile noch hat.",
        en="After a cut, more is committed than the line still has.",
    ),
    FindingCode.DRAWDOWN_UNUSED: Text(
        de="Abgerufenes Geld ist nach Ablauf der Frist nicht verwendet.",
        en="Money drawn down is not used although its term is over.",
    ),
    FindingCode.DEADLINE_NEAR: Text(
        de="Eine Frist läuft bald ab.",
        en="A deadline is near.",
    ),
    FindingCode.DEADLINE_MISSED: Text(
        de="Eine Frist ist versäumt.",
        en="A deadline was missed.",
    ),
    FindingCode.PAYEE_MISSING: Text(
        de="Für die Zahlung fehlt die Nummer des Zahlungspartners.",
        en="The payment lacks the number of its payee.",
    ),
    FindingCode.INTEREST_EXPOSURE: Text(
        de="Für nicht rechtzeitig verwendetes Geld können Zinsen anfallen.",
        en="Interest may become due for money that was not used in time.",
    ),
    FindingCode.CEILING_UNKNOWN: Text(
        de="Für diese Stelle ist weder im Bescheid noch in den Sätzen ein Höchstbetrag hinterlegt.",
        en="Neither the award nor the rates state a ceiling for this post.",
    ),
    FindingCode.ELIGIBILITY_OUTDATED: Text(
        de="Besetzung, Satz oder Mittel haben sich geändert; die Bücher folgen bei der Anpassung.",
        en="Occupancy, rate or money have changed; the books follow with the adjustment.",
    ),
    FindingCode.ROUNDING_DIFFERENCE: Text(
        de="Beim Verteilen auf Stellen bleibt eine Rundungsdifferenz.",
        en="Distributing the amount over posts leaves a rounding difference.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation.

    `subject` names what it is about (a row, a date); `facts` are figures and dates as text.
    """

    code: FindingCode
    subject: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> Text:
        return FINDING_TEXTS[self.code]
