"""The life of a proof of use from the end of the period to its settlement. Rules P1 to P9."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.funding.domain.acts import RELEASE_PROOF, is_for
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class ProofRegime(StrEnum):
    """How use is proved: narrative and numbers; with vouchers; confirmed by the head of the
    administration (Hauptverwaltungsbeamter or general deputy).
    """

    SIMPLE = "SIMPLE"
    QUALIFIED = "QUALIFIED"
    HVB_CONFIRMATION = "HVB_CONFIRMATION"


class ProofState(StrEnum):
    NOT_DUE = "NOT_DUE"
    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    QUERY = "QUERY"
    ACCEPTED = "ACCEPTED"
    ACCEPTED_WITH_RECOVERY = "ACCEPTED_WITH_RECOVERY"
    REJECTED = "REJECTED"
    RECOVERY_OPEN = "RECOVERY_OPEN"
    SETTLED = "SETTLED"


class ProofAction(StrEnum):
    OPEN = "open"
    SUBMIT = "submit"
    REVIEW = "review"
    QUERY = "query"
    ACCEPT = "accept"
    ACCEPT_WITH_RECOVERY = "accept-with-recovery"
    REJECT = "reject"
    DEMAND = "demand"
    SETTLE = "settle"


class RecoveryGround(StrEnum):
    """Why the authority asks for money back (P6)."""

    UNSPENT = "UNSPENT"
    INELIGIBLE = "INELIGIBLE"
    DOUBLE_FUNDED = "DOUBLE_FUNDED"
    LATE = "LATE"


# Nothing was submitted: past its day such a proof is overdue (P9).
UNSUBMITTED_STATES: Final = frozenset({ProofState.NOT_DUE, ProofState.OPEN})
# The states in which a version may still be made, and in which the day of the proof can pass.
WRITABLE_STATES: Final = frozenset({ProofState.NOT_DUE, ProofState.OPEN, ProofState.QUERY})
# Decided so that the award can be settled once nothing is open; a rejected proof gets there too.
PROVED_STATES: Final = frozenset(
    {
        ProofState.ACCEPTED,
        ProofState.ACCEPTED_WITH_RECOVERY,
        ProofState.RECOVERY_OPEN,
        ProofState.SETTLED,
    }
)
ACCEPTING: Final = frozenset({ProofAction.ACCEPT, ProofAction.ACCEPT_WITH_RECOVERY})


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What the guards look at. `has_new_version`: one that was not submitted yet. `unspent`: what
    by the frozen figures goes back and nobody has asked for; `recovery` counts it in.
    """

    today: date
    period_end: date
    regime: ProofRegime
    acting: str
    made_by: str | None = None
    has_new_version: bool = False
    is_signed: bool = False
    are_figures_of_the_books: bool = False
    difference: Money = ZERO
    refused: Money = ZERO
    undecided: Money = ZERO
    has_open_child_proof: bool = False
    are_vouchers_complete: bool = True
    has_voucher_list: bool = False
    recovery: Money = ZERO
    recovery_ground: RecoveryGround | None = None
    query: str = ""
    unspent: Money = ZERO
    is_recipient_due: bool = True
    has_payment_under_way: bool = False
    is_advance_as_proved: bool = True
    is_recovery_demanded: bool = False
    has_open_recovery: bool = False


ProofGuard = Guard[ProofFacts]


def _guard(
    name: str, holds: Callable[[ProofFacts], bool], de: str, en: str, source: str
) -> ProofGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


_PERIOD_OVER = _guard(
    "period-over",
    lambda f: f.period_end < f.today,
    "Der Bewilligungszeitraum läuft noch.",
    "The award period still runs.",
    "P1",
)
_VERSION_MADE = _guard(
    "version-made",
    lambda f: f.has_new_version,
    "Es gibt keine neue Fassung des Nachweises.",
    "There is no new version of the proof.",
    "P2",
)
_FIGURES_OF_THE_BOOKS = _guard(
    "figures-of-the-books",
    lambda f: f.are_figures_of_the_books and f.difference == ZERO,
    "Die Zahlen des Nachweises sind nicht die der Bücher.",
    "The figures of the proof are not those of the books.",
    "P2",
)
_CHILD_PROOFS_CHECKED = _guard(
    "child-proofs-checked",
    lambda f: not f.has_open_child_proof,
    "Der Nachweis eines Letztempfängers ist weder geprüft noch erlassen.",
    "The proof of a recipient is neither checked nor waived.",
    "R-Z3",
)
_NOTHING_REFUSED = _guard(
    "refused-cost-zero",
    lambda f: f.refused == ZERO,
    "Nicht förderfähige Kostenarten sind als verwendet gebucht.",
    "Cost kinds that are not eligible are booked as used.",
    "P2",
)
_NOTHING_UNDECIDED = _guard(
    "nothing-undecided",
    lambda f: f.undecided == ZERO,
    "Über die Förderfähigkeit von Ausgaben ist nicht entschieden.",
    "The eligibility of some cost is undecided.",
    "P2",
)
_SIGNED = _guard(
    "signed-by-head",
    lambda f: f.is_signed or f.regime is not ProofRegime.HVB_CONFIRMATION,
    "Die Bestätigung der Hauptverwaltungsbeamtin oder des Hauptverwaltungsbeamten fehlt.",
    "The head of the administration has not confirmed this version.",
    "P2",
)
_VOUCHERS_COMPLETE = _guard(
    "vouchers-complete",
    lambda f: f.are_vouchers_complete or f.regime is not ProofRegime.QUALIFIED,
    "Zu einer Ausgabe fehlt der abgelegte Beleg.",
    "The filed voucher of some cost is missing.",
    "P2",
)
_VOUCHERS_LISTED = _guard(
    "vouchers-listed",
    lambda f: f.has_voucher_list or f.regime is not ProofRegime.QUALIFIED,
    "Die Belegliste der Fassung fehlt, ist nicht mehr aktuell oder ergibt nicht die Zahlen.",
    "The version's list of vouchers is missing, outdated or does not sum to the figures.",
    "P2",
)
_FOUR_EYES = _guard(
    "four-eyes",
    lambda f: f.made_by is not None and is_for(RELEASE_PROOF, f.acting, f.made_by),
    "Wer den Nachweis erstellt hat, gibt ihn nicht selbst frei.",
    "Whoever made the proof does not release it.",
    "four-eyes principle",
)
_QUERY_SAID = _guard(
    "query-said",
    lambda f: bool(f.query),
    "Die Rückfrage der Behörde fehlt.",
    "The authority's query is missing.",
    "P4",
)
_RECOVERY_REASONED = _guard(
    "recovery-reasoned",
    lambda f: f.recovery > ZERO and f.recovery_ground is not None,
    "Betrag oder Grund der Rückforderung fehlt.",
    "Amount or ground of the recovery is missing.",
    "P6",
)
_NOTHING_UNSPENT = _guard(
    "nothing-unspent",
    lambda f: f.unspent == ZERO,
    "Nach den Zahlen des Nachweises ist noch Geld übrig, das niemand zurückgefordert hat.",
    "By the figures of the proof money is left that nobody has asked back.",
    "P5, § 49a VwVfG NRW",
)
_RECIPIENT_DUE = _guard(
    "recipient-due",
    lambda f: f.is_recipient_due,
    "Die Weiterleitung wartet nicht auf ihren Nachweis.",
    "The allocation does not wait for its proof.",
    "L9",
)
_PAYMENTS_ANSWERED = _guard(
    "payments-answered",
    lambda f: not f.has_payment_under_way and f.is_advance_as_proved,
    "Seit dem Nachweis wurde gezahlt oder gefordert, oder eine Zahlung ist noch unterwegs.",
    "Since the proof something was paid or demanded, or a payment is still under way.",
    "L9, L10",
)
_RECOVERY_DEMANDED = _guard(
    "recovery-demanded",
    lambda f: f.is_recovery_demanded,
    "Eine Rückforderung aus dem Nachweis ist noch nicht gefordert.",
    "A recovery of the proof is not demanded yet.",
    "P7, § 49a (1) VwVfG NRW",
)
_RECOVERY_SETTLED = _guard(
    "recovery-settled",
    lambda f: not f.has_open_recovery,
    "Eine Rückforderung aus dem Nachweis ist offen.",
    "A recovery of the proof is open.",
    "P8",
)

_SUBMITTING = (
    _VERSION_MADE,
    _FIGURES_OF_THE_BOOKS,
    _CHILD_PROOFS_CHECKED,
    _NOTHING_REFUSED,
    _NOTHING_UNDECIDED,
    _SIGNED,
    _VOUCHERS_COMPLETE,
    _VOUCHERS_LISTED,
    _FOUR_EYES,
)
_DECIDING = (_RECIPIENT_DUE, _PAYMENTS_ANSWERED, _FOUR_EYES)
_S, _A = ProofState, ProofAction
_ProofMove = Move[ProofState, ProofFacts]
_DEMAND: _ProofMove = Move(_S.RECOVERY_OPEN, "P7", (_RECOVERY_DEMANDED,))

PROOF_LIFECYCLE = Lifecycle[ProofState, ProofAction, ProofFacts](
    "proof",
    states=ProofState,
    actions=ProofAction,
    initial=_S.NOT_DUE,
    moves={
        _S.NOT_DUE: {_A.OPEN: Move(_S.OPEN, "P1", (_PERIOD_OVER,))},
        _S.OPEN: {_A.SUBMIT: Move(_S.SUBMITTED, "P2", _SUBMITTING)},
        _S.SUBMITTED: {_A.REVIEW: Move(_S.UNDER_REVIEW, "P3")},
        _S.UNDER_REVIEW: {
            _A.QUERY: Move(_S.QUERY, "P4", (_QUERY_SAID,)),
            _A.ACCEPT: Move(_S.ACCEPTED, "P5", (_NOTHING_UNSPENT, *_DECIDING)),
            _A.ACCEPT_WITH_RECOVERY: Move(
                _S.ACCEPTED_WITH_RECOVERY, "P6", (_RECOVERY_REASONED, *_DECIDING)
            ),
            _A.REJECT: Move(_S.REJECTED, "P6", (_RECOVERY_REASONED, *_DECIDING)),
        },
        _S.QUERY: {_A.SUBMIT: Move(_S.SUBMITTED, "P4", _SUBMITTING)},
        _S.ACCEPTED: {_A.SETTLE: Move(_S.SETTLED, "P8")},
        _S.ACCEPTED_WITH_RECOVERY: {_A.DEMAND: _DEMAND},
        _S.REJECTED: {_A.DEMAND: _DEMAND},
        _S.RECOVERY_OPEN: {_A.SETTLE: Move(_S.SETTLED, "P8", (_RECOVERY_SETTLED,))},
        _S.SETTLED: {},
    },
)
PROOF_STATES: Final = {
    _S.NOT_DUE: Text(de="Noch nicht fällig", en="Not due yet"),
    _S.OPEN: Text(de="Offen", en="Open"),
    _S.SUBMITTED: Text(de="Vorgelegt", en="Submitted"),
    _S.UNDER_REVIEW: Text(de="In Prüfung", en="Under review"),
    _S.QUERY: Text(de="Rückfrage der Behörde", en="Query of the authority"),
    _S.ACCEPTED: Text(de="Anerkannt", en="Accepted"),
    _S.ACCEPTED_WITH_RECOVERY: Text(
        de="Anerkannt mit Rückforderung", en="Accepted with a recovery"
    ),
    _S.REJECTED: Text(de="Nicht anerkannt", en="Rejected"),
    _S.RECOVERY_OPEN: Text(de="Rückforderung offen", en="Recovery open"),
    _S.SETTLED: Text(de="Abgeschlossen", en="Settled"),
}
