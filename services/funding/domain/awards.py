"""The award (Zuwendungsbescheid): its lines, sums and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.funding.domain.costs import CostKind
from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.legal_dates import Period, weekend_findings
from services.funding.domain.programme import LEGAL_FORMS, FundingLine, LegalForm
from services.funding.domain.rates import RateTable, UnitKind, amount_per_post
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class LinePurpose(StrEnum):
    """What the money of a line is for; anything but POSTS is bound to that purpose (R-S4-11)."""

    POSTS = "POSTS"
    INTERFACE_MEASURES = "INTERFACE_MEASURES"
    EVENTS = "EVENTS"
    EXTERNAL_ADVICE = "EXTERNAL_ADVICE"
    TRAINING = "TRAINING"
    WORKPLACE_SETUP = "WORKPLACE_SETUP"
    TRANSLATION = "TRANSLATION"


COST_KIND_OF_PURPOSE: dict[LinePurpose, frozenset[CostKind]] = {
    LinePurpose.POSTS: frozenset({CostKind.PERSONNEL, CostKind.ADMIN_ASSISTANCE}),
    LinePurpose.INTERFACE_MEASURES: frozenset({CostKind.INTERFACE_MEASURES}),
    LinePurpose.EVENTS: frozenset({CostKind.EVENTS}),
    LinePurpose.EXTERNAL_ADVICE: frozenset({CostKind.EXTERNAL_ADVICE}),
    LinePurpose.TRAINING: frozenset({CostKind.TRAINING}),
    LinePurpose.WORKPLACE_SETUP: frozenset({CostKind.WORKPLACE_SETUP}),
    LinePurpose.TRANSLATION: frozenset({CostKind.TRANSLATION}),
}


class AwardContentWrong(RuleViolated):
    """The figures of an award contradict each other; `faults` say where."""

    code = "award-content-wrong"
    title = Text(
        de="Die Angaben des Bescheids passen nicht zusammen.",
        en="The figures of the award contradict each other.",
    )


class BookingOutsidePeriod(RuleViolated):
    code = "booking-outside-period"
    title = Text(
        de="Die Buchung liegt außerhalb des Zeitraums dieser Mittel.",
        en="The booking lies outside the period of this money.",
    )


class BookingOutsidePurpose(RuleViolated):
    code = "booking-outside-purpose"
    title = Text(
        de="Diese Mittel sind für einen anderen Zweck bewilligt.",
        en="This money is granted for another purpose.",
    )


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One amount of an award for one funding line and purpose.

    `rate` is the amount per post when the award states one; `period` narrows the award's own;
    an additional line (Warendorf's translation money) counts outside the Fördervolumen (F3).
    """

    key: str
    funding_line: FundingLine
    purpose: LinePurpose
    amount: Money
    fte: Decimal | None = None
    rate: Money | None = None
    period: Period | None = None
    is_additional: bool = False
    ruled_form: LegalForm | None = None

    @property
    def legal_form(self) -> LegalForm:
        """By the rule of the day of the notice; where none is on record, as published."""
        return self.ruled_form or LEGAL_FORMS[self.funding_line]


@dataclass(frozen=True, slots=True)
class AwardContent:
    """What one version of an award grants. `total` is the printed Fördervolumen."""

    fiscal_year: int
    period: Period
    lines: tuple[AwardLine, ...]
    total: Money

    @property
    def programme_volume(self) -> Money:
        """The sum of the lines that count towards the Fördervolumen."""
        return sum((line.amount for line in self.lines if not line.is_additional), ZERO)

    @property
    def ministry_total(self) -> Money:
        """All the ministry's money, additional lines included."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def fte(self) -> Decimal:
        return sum((line.fte or Decimal(0) for line in self.lines), Decimal("0.00"))

    def of_line(self, funding_line: FundingLine) -> Money:
        """The sum of one funding line within the Fördervolumen."""
        return sum(
            (
                line.amount
                for line in self.lines
                if line.funding_line is funding_line and not line.is_additional
            ),
            ZERO,
        )


def refuse_contradictions(content: AwardContent) -> None:
    """Raises AwardContentWrong with every fault found. Two equal amounts are no fault: the second

    30,000 of Warendorf is other money than the first.
    """
    faults = tuple(_faults(content))
    if faults:
        raise AwardContentWrong(faults=faults)


def sum_matches(content: AwardContent) -> bool:
    """Sum of lines = total (A4). A notice about additional money alone prints that money."""
    is_additional_only = all(line.is_additional for line in content.lines)
    printed = content.ministry_total if is_additional_only else content.programme_volume
    return printed == content.total


def posts_match(line: AwardLine) -> bool:
    """Posts × rate = amount wherever the award states a rate (A4; Unna: 18 × 57,000)."""
    if line.rate is None or line.fte is None:
        return True
    return line.rate.times(line.fte) == line.amount


def is_annual(content: AwardContent) -> bool:
    """An award stays within its Haushaltsjahr (Prinzip der Jährlichkeit, R-S1-11)."""
    return Period.of_year(content.fiscal_year).covers(content.period)


def is_lump_sum_only(content: AwardContent) -> bool:
    return all(line.legal_form is LegalForm.FACHBEZOGENE_PAUSCHALE for line in content.lines)


_SUM = Text(
    de="Die Summe der Zeilen ist nicht der Gesamtbetrag.",
    en="The lines do not add up to the total.",
)
_EMPTY = Text(de="Ein Bescheid hat mindestens eine Zeile.", en="An award has at least one line.")
_YEAR = Text(
    de="Der Bewilligungszeitraum liegt nicht im Haushaltsjahr.",
    en="The award period lies outside the fiscal year.",
)
_DUPLICATE = Text(de="Der Schlüssel der Zeile ist doppelt.", en="The line's key is used twice.")
_RATE = Text(
    de="Stellen mal Satz ergeben nicht den Betrag der Zeile.",
    en="Posts times rate are not the amount of the line.",
)
_POSTS = Text(
    de="Eine Zeile für Stellen braucht Stellenanteile, eine andere hat keine.",
    en="A line for posts needs full-time equivalents, any other has none.",
)
_LINE_PERIOD = Text(
    de="Der Zeitraum der Zeile liegt nicht im Bewilligungszeitraum.",
    en="The period of the line lies outside the award period.",
)


def _faults(content: AwardContent) -> Iterable[FieldFault]:
    if not content.lines:
        yield FieldFault("/lines", "lines-missing", _EMPTY)
    if not sum_matches(content):
        yield FieldFault("/total", "sum-differs", _SUM)
    if not is_annual(content):
        yield FieldFault("/period", "outside-fiscal-year", _YEAR)
    seen: set[str] = set()
    for index, line in enumerate(content.lines):
        pointer = f"/lines/{index}"
        if line.key in seen:
            yield FieldFault(f"{pointer}/key", "key-repeated", _DUPLICATE)
        seen.add(line.key)
        if (line.purpose is LinePurpose.POSTS) is not bool(line.fte):
            yield FieldFault(f"{pointer}/fte", "posts-unclear", _POSTS)
        if not posts_match(line):
            yield FieldFault(f"{pointer}/amount", "rate-differs", _RATE)
        if line.period is not None and not content.period.covers(line.period):
            yield FieldFault(f"{pointer}/period", "outside-award-period", _LINE_PERIOD)


def refuse_foreign_booking(
    line: AwardLine, award_period: Period, day: date, kind: CostKind
) -> None:
    """Refuse spending outside the line's own period or purpose (R-S4-11, R-S4-12).

    Raises BookingOutsidePeriod, BookingOutsidePurpose.
    """
    period = line.period or award_period
    if not period.contains(day):
        raise BookingOutsidePeriod(start=period.start.isoformat(), end=period.end.isoformat())
    if kind not in COST_KIND_OF_PURPOSE[line.purpose]:
        raise BookingOutsidePurpose(purpose=line.purpose.value, costKind=kind.value)


def award_findings(
    content: AwardContent,
    awarded_on: date | None,
    rates: RateTable,
    proof_due_on: date | None = None,
) -> tuple[Finding, ...]:
    """What is remarkable: dated after its period began (accepted, F13), a weekend as the day of
    the notice or of its proof (accepted, R-S4-9), amounts off the rate.
    """
    dated = (("awardedOn", awarded_on), ("proofDueOn", proof_due_on))
    findings = [
        finding for name, day in dated if day is not None for finding in weekend_findings(name, day)
    ]
    if awarded_on is not None and awarded_on > content.period.start:
        facts = {"awardedOn": awarded_on.isoformat(), "start": content.period.start.isoformat()}
        findings.append(Finding(FindingCode.AWARDED_AFTER_PERIOD_START, "awardedOn", facts))
    for line in content.lines:
        rate = rates.find(line.funding_line, UnitKind.POST_YEAR, content.fiscal_year)
        if line.fte and rate is not None:
            per_post = amount_per_post(line.amount, line.fte)
            if per_post != rate.ceiling:
                facts = {"perPost": str(per_post), "rate": str(rate.ceiling)}
                findings.append(Finding(FindingCode.RATE_DEVIATES, line.key, facts))
    return tuple(findings)
