"""What has to hold before an award takes a step: the facts and the guards over them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.funding.domain.acts import RELEASE_AWARD, is_for
from services.funding.domain.applicants import Applicant, is_eligible
from services.funding.domain.awards import (
    AwardContent,
    is_annual,
    is_lump_sum_only,
    posts_match,
    sum_matches,
)
from shared.kernel.errors import RuleViolated
from shared.kernel.lifecycle import Guard
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Revocation:
    """The act that takes money back; `known_since` starts the year of VV 8.4."""

    reason: str
    effective_on: date
    hearing_on: date | None
    known_since: date


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """Everything the guards of an award look at; `today` is a date in Berlin."""

    today: date
    content: AwardContent
    applicant: Applicant
    recorded_by: str
    acting: str
    reference: str | None = None
    authority: str | None = None
    awarded_on: date | None = None
    notified_on: date | None = None
    remedies_waived_on: date | None = None
    is_appeal_pending: bool = False
    budget_released_on: date | None = None
    proof_due_on: date | None = None
    is_proof_accepted: bool = False
    has_open_recovery: bool = False
    has_unchecked_child_proof: bool = False
    revocation: Revocation | None = None


def one_month_after(day: date) -> date:
    """The same day next month, or its last day when that month is shorter (§ 188 (3) BGB)."""
    first_of_following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    last = (first_of_following + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last if day.day > last.day else first_of_following.replace(day=day.day)


def one_year_after(day: date) -> date:
    """The same day next year; for 29 February the 28th (§ 188 (3) BGB)."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _is_challengeable_no_more(facts: AwardFacts) -> bool:
    if facts.remedies_waived_on is not None and facts.remedies_waived_on <= facts.today:
        return True
    return facts.notified_on is not None and one_month_after(facts.notified_on) < facts.today


def _is_revoked_in_time(facts: AwardFacts) -> bool:
    if facts.revocation is None:
        return False
    known = facts.revocation.known_since
    return known <= facts.today <= one_year_after(known)


class RevocationLinesUnclear(RuleViolated):
    code = "revocation-lines-unclear"
    title = Text(
        de="Es steht nicht fest, welche Zeilen um welchen Betrag widerrufen sind.",
        en="It is not clear which lines are revoked by which amount.",
    )


def revoked_by_line(
    lines: Mapping[UUID, Money], total: Money | None, given: Mapping[UUID, Money] | None
) -> Mapping[UUID, Money]:
    """What a partial revocation takes from each line; nothing while no amount is stated.

    Raises RevocationLinesUnclear when several lines could be meant, when a line is of another
    award or has less, or when the lines do not sum to the total.
    """
    if given is None:
        if total is None:
            return {}
        if len(lines) > 1:
            raise RevocationLinesUnclear
        given = dict.fromkeys(lines, total)
    if total is not None and sum(given.values(), ZERO) != total:
        raise RevocationLinesUnclear
    if any(line not in lines or amount > lines[line] for line, amount in given.items()):
        raise RevocationLinesUnclear
    return given


AwardGuard = Guard[AwardFacts]


def _guard(
    name: str, holds: Callable[[AwardFacts], bool], de: str, en: str, source: str
) -> AwardGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


APPLICANT_ELIGIBLE = _guard(
    "applicant-eligible",
    lambda f: all(is_eligible(f.applicant, line.funding_line) for line in f.content.lines),
    "Der Antragsteller kann aus diesem Baustein nicht gefördert werden.",
    "The applicant cannot be funded from this line.",
    "§ 9 (1) TIntG, R-T1, R-S3-2",
)
ANNUAL = _guard(
    "annual",
    lambda f: is_annual(f.content),
    "Der Zeitraum liegt nicht im Haushaltsjahr.",
    "The period lies outside the fiscal year.",
    "R-S1-11",
)
NOTICE_COMPLETE = _guard(
    "notice-complete",
    lambda f: bool(f.reference and f.authority and f.awarded_on and f.awarded_on <= f.today),
    "Aktenzeichen, Behörde oder Datum des Bescheids fehlt.",
    "Reference, authority or date of the notice is missing.",
    "A4",
)
LINES_ADD_UP = _guard(
    "lines-add-up",
    lambda f: bool(f.content.lines) and sum_matches(f.content),
    "Die Summe der Zeilen ist nicht der Gesamtbetrag.",
    "The lines do not add up to the total.",
    "A4",
)
POSTS_TIMES_RATE = _guard(
    "posts-times-rate",
    lambda f: all(posts_match(line) for line in f.content.lines),
    "Stellen mal Satz ergeben nicht den Betrag einer Zeile.",
    "Posts times rate are not the amount of a line.",
    "A4",
)
LUMP_SUM_ONLY = _guard(
    "lump-sum-only",
    lambda f: is_lump_sum_only(f.content),
    "Ohne Antrag werden nur fachbezogene Pauschalen bewilligt.",
    "Only earmarked lump sums are granted without an application.",
    "A4",
)
FOUR_EYES = _guard(
    "four-eyes",
    lambda f: is_for(RELEASE_AWARD, f.acting, f.recorded_by),
    "Wer den Bescheid erfasst hat, gibt ihn nicht selbst frei.",
    "Whoever recorded the award does not release it.",
    "four-eyes principle",
)
NOTIFICATION_DATED = _guard(
    "notification-dated",
    lambda f: (
        f.notified_on is not None
        and f.awarded_on is not None
        and f.awarded_on <= f.notified_on <= f.today
    ),
    "Das Datum der Bekanntgabe fehlt oder liegt vor dem Bescheid oder in der Zukunft.",
    "The date of notification is missing, before the notice, or in the future.",
    "A5",
)
NO_APPEAL_PENDING = _guard(
    "no-appeal-pending",
    lambda f: not f.is_appeal_pending,
    "Ein Rechtsbehelf ist anhängig.",
    "An appeal is pending.",
    "A7",
)
APPEAL_PENDING = _guard(
    "appeal-pending",
    lambda f: f.is_appeal_pending,
    "Es ist kein Rechtsbehelf anhängig.",
    "No appeal is pending.",
    "A7",
)
CHALLENGE_OVER = _guard(
    "challenge-over",
    _is_challengeable_no_more,
    "Die Klagefrist läuft noch und es wurde nicht verzichtet.",
    "The time for remedies still runs and they were not waived.",
    "A6, VV 7.1",
)
PERIOD_BEGUN = _guard(
    "period-begun",
    lambda f: f.content.period.start <= f.today,
    "Der Bewilligungszeitraum hat noch nicht begonnen.",
    "The award period has not begun.",
    "A8",
)
BUDGET_RELEASED = _guard(
    "budget-released",
    lambda f: f.budget_released_on is not None and f.budget_released_on <= f.today,
    "Der Haushalt ist noch nicht freigegeben.",
    "The municipal budget is not yet released.",
    "A8, R-S3-16",
)
PERIOD_OVER = _guard(
    "period-over",
    lambda f: f.content.period.end < f.today,
    "Der Bewilligungszeitraum läuft noch.",
    "The award period is not over.",
    "A10",
)
PROOF_DEADLINE_KNOWN = _guard(
    "proof-deadline-known",
    lambda f: f.proof_due_on is not None,
    "Die Frist für den Verwendungsnachweis ist nicht erfasst.",
    "The deadline for the proof of use is not on record.",
    "A11",
)
PROOF_ACCEPTED = _guard(
    "proof-accepted",
    lambda f: f.is_proof_accepted,
    "Der Verwendungsnachweis ist nicht anerkannt.",
    "The proof of use is not accepted.",
    "A12",
)
RECOVERY_SETTLED = _guard(
    "recovery-settled",
    lambda f: not f.has_open_recovery,
    "Eine Rückforderung ist offen.",
    "A recovery is open.",
    "A12",
)
CHILD_PROOFS_CHECKED = _guard(
    "child-proofs-checked",
    lambda f: not f.has_unchecked_child_proof,
    "Der Nachweis einer Weiterleitung ist nicht geprüft.",
    "The proof of an allocation is not checked.",
    "R-Z3",
)
REVOCATION_REASONED = _guard(
    "revocation-reasoned",
    lambda f: f.revocation is not None and bool(f.revocation.reason.strip()),
    "Der Widerruf ist nicht begründet.",
    "The revocation has no reason.",
    "A13, § 49 VwVfG NRW",
)
HEARING_HELD = _guard(
    "hearing-held",
    lambda f: (
        f.revocation is not None
        and f.revocation.hearing_on is not None
        and f.revocation.hearing_on <= f.today
    ),
    "Die Anhörung ist nicht vermerkt.",
    "The hearing is not on record.",
    "§ 28 VwVfG NRW",
)
REVOKED_IN_TIME = _guard(
    "revoked-in-time",
    _is_revoked_in_time,
    "Seit Kenntnis aller Tatsachen ist mehr als ein Jahr vergangen.",
    "More than a year has passed since all facts were known.",
    "VV 8.4",
)
