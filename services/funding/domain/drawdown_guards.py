"""What has to hold before a drawdown takes a step. Rules M1 to M9."""

from collections.abc import Callable

from services.funding.domain.acts import RELEASE_DRAWDOWN, is_for
from services.funding.domain.drawdown_facts import (
    CALLABLE_AWARD_STATES,
    DrawdownFacts,
    two_months_after,
)
from shared.kernel.lifecycle import Guard
from shared.kernel.money import ZERO
from shared.kernel.text import Text

DrawdownGuard = Guard[DrawdownFacts]


def _guard(
    name: str, holds: Callable[[DrawdownFacts], bool], de: str, en: str, source: str
) -> DrawdownGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


def _is_needed_soon(facts: DrawdownFacts) -> bool:
    if not facts.has_two_month_rule:
        return True
    last = two_months_after(facts.requested_on or facts.today)
    return all(need.due_on <= last for need in facts.needs)


def _is_paid_after_request(facts: DrawdownFacts) -> bool:
    if facts.value_date is None or facts.value_date > facts.today:
        return False
    return facts.requested_on is None or facts.requested_on <= facts.value_date


AWARD_FINAL = _guard(
    "award-final",
    lambda f: f.award_state in CALLABLE_AWARD_STATES,
    "Der Bescheid ist nicht bestandskräftig oder nicht mehr wirksam.",
    "The award is not final, or no longer in force.",
    "M1, VV 7.1 zu § 44 LHO",
)
NEED_LIST_SUMS = _guard(
    "need-list-sums",
    lambda f: not f.has_two_month_rule or sum((need.amount for need in f.needs), ZERO) == f.amount,
    "Die Bedarfsliste ergibt nicht den abgerufenen Betrag.",
    "The need list does not sum to the amount called.",
    "M2, VV 7.2 zu § 44 LHO",
)
NEED_WITHIN_TWO_MONTHS = _guard(
    "need-within-two-months",
    _is_needed_soon,
    "Abgerufen wird nur, was in den nächsten zwei Monaten fällig wird.",
    "Only what falls due in the next two months is called.",
    "M2, VV 7.2 zu § 44 LHO",
)
EARLIER_DRAWDOWNS_USED = _guard(
    "earlier-drawdowns-used",
    lambda f: not (f.has_two_month_rule and f.has_unused_earlier_money),
    "Früher abgerufenes Geld ist nach zwei Monaten noch nicht verwendet.",
    "Money called earlier is not used although its two months are over.",
    "M2, VV 7.3 zu § 44 LHO",
)
NO_PROOF_OVERDUE = _guard(
    "no-proof-overdue",
    lambda f: not f.has_overdue_proof,
    "Ein Verwendungsnachweis dieses Bausteins ist überfällig.",
    "A proof of use of this funding line is overdue.",
    "P9",
)
REQUESTED_IN_TIME = _guard(
    "not-in-the-future",
    lambda f: f.requested_on is None or f.requested_on <= f.today,
    "Der Tag des Abrufs liegt in der Zukunft.",
    "The day of the request lies in the future.",
    "M2",
)
FOUR_EYES = _guard(
    "four-eyes",
    lambda f: is_for(RELEASE_DRAWDOWN, f.acting, f.recorded_by),
    "Wer den Abruf erfasst hat, gibt ihn nicht selbst frei.",
    "Whoever recorded the drawdown does not release it.",
    "four-eyes principle",
)
RETURN_REASONED = _guard(
    "return-reasoned",
    lambda f: bool(f.return_reason.strip()),
    "Es ist nicht vermerkt, warum der Abruf zurückkommt.",
    "It is not on record why the drawdown comes back.",
    "M3",
)
VALUE_DATED = _guard(
    "value-dated",
    _is_paid_after_request,
    "Das Wertstellungsdatum fehlt, liegt in der Zukunft oder vor dem Abruf.",
    "The value date is missing, lies in the future or before the request.",
    "M4",
)
BANK_REFERENCE_KNOWN = _guard(
    "bank-reference-known",
    lambda f: bool(f.bank_reference),
    "Die Referenz der Bank fehlt.",
    "The bank's reference is missing.",
    "M4",
)
PAID_AS_APPROVED = _guard(
    "paid-as-approved",
    lambda f: f.paid is None or f.paid == f.approved,
    "Gezahlt ist nicht, was bewilligt wurde.",
    "What was paid is not what was approved.",
    "M4",
)
USED_UP = _guard(
    "used-up",
    lambda f: f.approved <= f.used,
    "Das Geld ist noch nicht ganz verwendet.",
    "The money is not wholly used yet.",
    "M5",
)
CLOCK_OVER = _guard(
    "two-months-over",
    lambda f: f.use_by is not None and f.use_by < f.today and f.used < f.approved,
    "Die zwei Monate laufen noch, oder das Geld ist verwendet.",
    "The two months still run, or the money is used.",
    "M6",
)
REPAYMENT_DATED = _guard(
    "repayment-dated",
    lambda f: (
        f.repaid_on is not None
        and f.value_date is not None
        and f.value_date <= f.repaid_on <= f.today
        and f.unused > ZERO
    ),
    "Der Tag der Rückzahlung fehlt oder liegt außerhalb, oder es ist nichts übrig.",
    "The day of the repayment is missing or out of range, or nothing is left.",
    "M7",
)
