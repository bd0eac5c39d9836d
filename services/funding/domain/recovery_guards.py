"""What has to hold before a recovery takes a step."""

from collections.abc import Callable

from services.funding.domain.acts import RELEASE_RECOVERY, is_for
from services.funding.domain.recovery_facts import Direction, Ground, RecoveryFacts
from shared.kernel.lifecycle import Guard
from shared.kernel.money import ZERO
from shared.kernel.text import Text

RecoveryGuard = Guard[RecoveryFacts]


def _guard(
    name: str, holds: Callable[[RecoveryFacts], bool], de: str, en: str, source: str = ""
) -> RecoveryGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


HEARING_DATED = _guard(
    "hearing-dated",
    lambda f: f.heard_on is not None and f.heard_on <= f.today,
    "Der Tag der Anhörung fehlt oder liegt in der Zukunft.",
    "The day of the hearing is missing or lies in the future.",
    "§ 28 VwVfG NRW",
)
SELF_DECLARED = _guard(
    "self-declared",
    lambda f: f.direction is Direction.UPWARD and f.ground is Ground.UNSPENT,
    "Ohne Anhörung wird nur zurückgezahlt, was man selbst als nicht verbraucht erklärt.",
    "Without a hearing only what one declares unspent oneself goes back.",
    "§ 28 VwVfG NRW",
)
DEMAND_DATED = _guard(
    "demand-dated",
    lambda f: (
        f.demanded_on is not None
        and f.due_on is not None
        and f.claim_since <= f.demanded_on <= f.today
        and f.demanded_on <= f.due_on
        and (f.heard_on is None or f.heard_on <= f.demanded_on)
    ),
    "Tag und Fälligkeit der Forderung fehlen oder stehen in falscher Folge.",
    "The day of the demand or its due date is missing or out of order.",
    "§ 49a (1) VwVfG NRW",
)
ACT_NAMED = _guard(
    "act-named",
    lambda f: bool(f.act_reference.strip()),
    "Das Zeichen des Bescheids oder der Erklärung fehlt.",
    "The reference of the act or declaration is missing.",
    "§ 49a (1) VwVfG NRW",
)
FOUR_EYES = _guard(
    "four-eyes",
    lambda f: is_for(RELEASE_RECOVERY, f.acting, f.recorded_by),
    "Wer die Rückforderung erfasst hat, gibt sie nicht selbst frei.",
    "Whoever recorded the recovery does not release it.",
    "four-eyes principle",
)
PAYMENT_DATED = _guard(
    "payment-dated",
    lambda f: (
        f.paid_on is not None
        and f.claim_since <= f.paid_on <= f.today
        and (f.demanded_on is None or f.demanded_on <= f.paid_on)
    ),
    "Der Tag der Zahlung fehlt, liegt in der Zukunft oder vor der Forderung.",
    "The day of payment is missing, in the future or before the demand.",
)
BANK_REFERENCE_KNOWN = _guard(
    "bank-reference-known",
    lambda f: bool(f.bank_reference.strip()),
    "Die Referenz der Bank fehlt.",
    "The bank's reference is missing.",
)
NOT_OVERPAID = _guard(
    "not-overpaid",
    lambda f: f.paid <= f.principal and f.paid_interest <= (f.interest or ZERO),
    "Gezahlt würde mehr, als gefordert und festgesetzt ist.",
    "More would be paid than is demanded and fixed.",
)
PRINCIPAL_PAID = _guard(
    "principal-paid",
    lambda f: f.paid == f.principal,
    "Der geforderte Betrag ist noch nicht ganz gezahlt.",
    "The amount demanded is not wholly paid yet.",
)
INTEREST_OPEN = _guard(
    "interest-open",
    lambda f: f.interest is None and not f.is_waived_already,
    "Über die Zinsen ist schon entschieden.",
    "The interest is decided already.",
)
INTEREST_ACT_NAMED = _guard(
    "interest-act-named",
    lambda f: (
        bool(f.interest_act_reference.strip())
        and f.interest_fixed_on is not None
        and f.interest_fixed_on <= f.today
        and (f.last_paid_on is None or f.last_paid_on <= f.interest_fixed_on)
    ),
    "Zeichen oder Tag des Zinsbescheids fehlt oder liegt außerhalb.",
    "The reference or the day of the act on interest is missing or out of range.",
    "§ 49a (3) VwVfG NRW",
)
WAIVER_DECIDED = _guard(
    "waiver-decided",
    lambda f: f.is_waived,
    "Auf Zinsen wird nur mit Entscheidung und Begründung verzichtet.",
    "Interest is waived only with a decision and its reason.",
    "§ 49a (3) sentence 2 VwVfG NRW",
)
INTEREST_SETTLED = _guard(
    "interest-settled",
    lambda f: f.is_waived or (f.interest is not None and f.paid_interest == f.interest),
    "Die Zinsen sind weder gezahlt noch erlassen.",
    "The interest is neither paid nor waived.",
    "§ 49a (3) VwVfG NRW",
)
WITHDRAWAL_REASONED = _guard(
    "withdrawal-reasoned",
    lambda f: (
        bool(f.withdrawal_reason.strip()) and f.ended_on is not None and f.ended_on <= f.today
    ),
    "Es ist nicht vermerkt, warum und wann die Forderung zurückgenommen wird.",
    "It is not on record why and when the demand is withdrawn.",
)
