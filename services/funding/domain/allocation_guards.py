"""What has to hold before an allocation takes a step. Rules L1 to L11."""

from collections.abc import Callable
from datetime import timedelta

from services.funding.domain.acts import RELEASE_ALLOCATION, is_for
from services.funding.domain.allocation_facts import AllocationFacts, ProofForm
from shared.kernel.lifecycle import Guard
from shared.kernel.money import ZERO
from shared.kernel.text import Text


def _has_terms(facts: AllocationFacts) -> bool:
    terms = facts.terms
    return (
        terms is not None
        and terms.passes_on_conditions
        and bool(terms.cost_kinds)
        and terms.has_reporting_duty
        and terms.has_supervision_clause
        and terms.data_protection_role is not None
    )


def _is_proved_in_time(facts: AllocationFacts) -> bool:
    if facts.terms is None or facts.parent.proof_due_on is None:
        return True
    margin = timedelta(days=facts.proof_margin_days)
    return facts.terms.proof_due_on <= facts.parent.proof_due_on - margin


def _is_disjoint(facts: AllocationFacts) -> bool:
    if facts.overlap_reason.strip():
        return True
    return not any(
        sibling.target_group == facts.target_group and sibling.territory.overlaps(facts.territory)
        for sibling in facts.siblings
    )


AllocationGuard = Guard[AllocationFacts]


def _guard(
    name: str, holds: Callable[[AllocationFacts], bool], de: str, en: str, source: str
) -> AllocationGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


RECIPIENT_NAMED = _guard(
    "recipient-named",
    lambda f: bool(f.recipient) and not f.has_recipient_flag,
    "Es ist kein Empfänger benannt, oder er ist wegen Insolvenz oder Kündigung gesperrt.",
    "No recipient is named, or it is flagged for insolvency or termination.",
    "L1, L2",
)
SELECTION_REASONED = _guard(
    "selection-reasoned",
    lambda f: bool(f.selection_reason.strip()),
    "Eine Auswahl ohne Interessenbekundung braucht eine Begründung.",
    "A selection without a call for interest needs a reason.",
    "L2",
)
TERMS_COMPLETE = _guard(
    "terms-complete",
    _has_terms,
    "Nebenbestimmungen, Kostenarten, Datenschutz, Berichtspflicht oder Fachaufsicht fehlen.",
    "Conditions, cost kinds, data protection, reporting duty or supervision are missing.",
    "L3, Nr. 12 VVG zu § 44 LHO",
)
PROVED_IN_TIME = _guard(
    "proved-in-time",
    _is_proved_in_time,
    "Die Nachweisfrist des Empfängers endet zu spät für den eigenen Nachweis.",
    "The recipient's proof is due too late for our own.",
    "L3",
)
PARENT_FORWARDS = _guard(
    "parent-forwards",
    lambda f: f.parent.can_forward,
    "Der übergeordnete Bescheid oder die übergeordnete Weiterleitung ist nicht wirksam.",
    "The award or allocation above is not in force.",
    "L4",
)
CONSENT_GIVEN = _guard(
    "consent-given",
    lambda f: f.parent.permits_forwarding or bool(f.authority_consent_ref.strip()),
    "Die Bewilligungsbehörde hat der Weiterleitung nicht zugestimmt.",
    "The granting authority has not consented to passing the money on.",
    "R-Z2, Nr. 12 VVG zu § 44 LHO",
)
POSTS_FIT = _guard(
    "posts-fit",
    lambda f: f.share.fte <= f.parent.free.fte,
    "So viele Stellen sind nicht frei.",
    "That many posts are not free.",
    "L4, R-S1-6",
)
MONEY_FITS = _guard(
    "money-fits",
    lambda f: f.share.amount <= f.parent.free.amount,
    "So viel Geld ist nicht frei.",
    "That much money is not free.",
    "L4, R-S1-6",
)
PERIOD_WITHIN_PARENT = _guard(
    "period-within-parent",
    lambda f: f.parent.period.covers(f.period),
    "Der Zeitraum geht über den übergeordneten hinaus.",
    "The period exceeds that of the level above.",
    "L4",
)
AREA_DISJOINT = _guard(
    "area-disjoint",
    _is_disjoint,
    "Ein anderer Empfänger bedient dieses Gebiet schon für dieselbe Zielgruppe.",
    "Another recipient already serves this area for the same target group.",
    "L4, R-S3-6",
)
DOUBLE_FUNDING_CHECKED = _guard(
    "double-funding-checked",
    lambda f: f.double_funding_checked_on is not None and f.double_funding_checked_on <= f.today,
    "Die Prüfung auf Doppelförderung ist nicht vermerkt.",
    "The check for double funding is not on record.",
    "§ 9 (4) TIntG",
)
FOUR_EYES = _guard(
    "four-eyes",
    lambda f: is_for(RELEASE_ALLOCATION, f.acting, f.planned_by),
    "Wer die Weiterleitung geplant hat, gibt sie nicht selbst frei.",
    "Whoever planned the allocation does not release it.",
    "four-eyes principle",
)
SUSPENSION_REASONED = _guard(
    "suspension-reasoned",
    lambda f: bool(f.suspension_reason.strip()),
    "Das Aussetzen ist nicht begründet.",
    "The suspension has no reason.",
    "L6",
)
RESUMPTION_REASONED = _guard(
    "resumption-reasoned",
    lambda f: bool(f.resumption_reason.strip()),
    "Es ist nicht vermerkt, warum es weitergehen kann.",
    "It is not on record why it may go on.",
    "L6",
)
OVER = _guard(
    "over",
    lambda f: f.period.end < f.today or (f.early_end_on is not None and f.early_end_on <= f.today),
    "Der Zeitraum läuft noch und ein früheres Ende ist nicht vereinbart.",
    "The period still runs and no earlier end is agreed.",
    "L7",
)
TERMINATION_REASONED = _guard(
    "termination-reasoned",
    lambda f: bool(f.termination_reason.strip()),
    "Die Kündigung ist nicht begründet.",
    "The termination has no reason.",
    "L8",
)
PROOF_QUALIFIED = _guard(
    "proof-qualified",
    lambda f: (
        f.proof is not None
        and f.proof.form is ProofForm.QUALIFIED
        and f.proof.has_vouchers
        and not f.proof.has_refusal_without_reason
    ),
    "Es fehlt der qualifizierte Nachweis mit Belegen oder die Begründung einer Ablehnung.",
    "The qualified proof with vouchers is missing, or the reason of a refusal.",
    "L9, Nr. 12 VVG zu § 44 LHO",
)
WAIVER_REASONED = _guard(
    "waiver-reasoned",
    lambda f: bool(f.proof_waived_reason.strip()),
    "Der Verzicht auf den Nachweis ist nicht begründet.",
    "Waiving the proof has no reason.",
    "R-Z3",
)
NO_PAYMENT_UNDER_WAY = _guard(
    "no-payment-under-way",
    lambda f: not f.has_payment_sent,
    "Zu einer gesendeten Zahlung fehlt noch die Antwort der Bank.",
    "The bank has not answered for a payment that was sent.",
    "R-Z3",
)
OVERPAYMENT_RETURNED = _guard(
    "overpayment-returned",
    lambda f: f.settlement is not None and f.settlement.overpaid == ZERO,
    "Eine Überzahlung ist nicht zurückgeflossen.",
    "An overpayment has not come back.",
    "L10",
)
RECOVERY_SETTLED = _guard(
    "recovery-settled",
    lambda f: not f.has_open_recovery,
    "Eine Rückforderung ist offen.",
    "A recovery is open.",
    "L10",
)
NO_LIVING_CHILDREN = _guard(
    "no-living-children",
    lambda f: not f.has_living_children,
    "Darunter bestehen noch Weiterleitungen.",
    "Allocations below it are still alive.",
    "L11",
)
