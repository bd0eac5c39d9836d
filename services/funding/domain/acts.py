"""Who releases what others recorded: operations and guards ask these rows, documents show them.

The books are the county's, so the relation that matters is who wrote a record: the second person
is somebody else. Each table keeps the two apart besides, by a check of its own.
"""

from typing import Final

from services.funding.domain.access_basis import COUNTY, VV_44
from services.funding.domain.rights import Right, Role
from shared.kernel.access_acts import Act, relations_of
from shared.kernel.access_relations import Relation
from shared.kernel.text import Text

_APPROVER: Final = {Role.FUNDING_APPROVER.value: COUNTY}


def _release(kind: str, de: str, en: str) -> Act:
    return Act(
        name=f"release-{kind.replace('_', '-')}",
        kind=kind,
        right=Right.RELEASE_FUNDING,
        text=Text(de=de, en=en),
        basis=VV_44,
        doers=_APPROVER,
        barred=frozenset({Relation.AUTHOR}),
    )


RELEASE_AWARD: Final = _release("award", "Bescheid freigeben", "release an award")
RELEASE_AWARD_VERSION: Final = _release(
    "award_version", "Fassung eines Bescheids freigeben", "release a version of an award"
)
RELEASE_ALLOCATION: Final = _release(
    "allocation", "Weiterleitung freigeben", "release an allocation"
)
RELEASE_RULE: Final = _release(
    "funding_line", "Förder- und Kostenregeln freigeben", "release rules of funding and costs"
)
DECIDE_INTEREST: Final = _release(
    "interest_response", "Über Interessenbekundung entscheiden", "decide an expression of interest"
)
RELEASE_RESERVATION: Final = _release(
    "reservation", "Mittelbindung buchen", "post a reservation of money"
)
DECIDE_EXPENDITURE: Final = _release(
    "expenditure", "Über eine Ausgabe entscheiden", "decide an expenditure"
)
RELEASE_DRAWDOWN: Final = _release("drawdown", "Mittelabruf freigeben", "release a drawdown")
RELEASE_PAYMENT: Final = _release("payment", "Zahlung freigeben", "release a payment")
RELEASE_PROOF: Final = _release("proof", "Verwendungsnachweis freigeben", "release a proof of use")
RELEASE_RECOVERY: Final = _release("recovery", "Rückforderung freigeben", "release a recovery")
POST_PROPOSAL: Final = _release(
    "journal_proposal", "Vorgeschlagene Buchung buchen", "post a proposed entry"
)
CLOSE_PERIOD: Final = _release("ledger_period", "Monat abschließen", "close a month")
SIGN_PROOF: Final = Act(
    name="sign-proof",
    kind="proof_version",
    right=Right.SIGN_PROOF,
    text=Text(de="Verwendungsnachweis unterschreiben", en="sign a proof of use"),
    basis=VV_44,
    doers={Role.UNIT_HEAD.value: COUNTY},
    barred=frozenset({Relation.AUTHOR}),
)
ACTS: Final[tuple[Act, ...]] = (
    *(RELEASE_AWARD, RELEASE_AWARD_VERSION, RELEASE_ALLOCATION),
    *(RELEASE_RULE, DECIDE_INTEREST, RELEASE_RESERVATION, DECIDE_EXPENDITURE, RELEASE_DRAWDOWN),
    *(RELEASE_PAYMENT, RELEASE_PROOF, RELEASE_RECOVERY, POST_PROPOSAL, CLOSE_PERIOD, SIGN_PROOF),
)


def is_for(act: Act, actor: str, author: str | None) -> bool:
    """Whether it is for somebody of the right role who stands so to the record."""
    return act.fits(relations_of(actor, {Relation.AUTHOR: author}))
