"""The life of an award from announcement to settlement. Rules A1 to A13."""

from enum import StrEnum

from services.funding.domain import award_guards as guard
from services.funding.domain.award_guards import AwardFacts
from shared.kernel.lifecycle import Lifecycle, Move


class AwardState(StrEnum):
    EXPECTED = "EXPECTED"
    APPLIED = "APPLIED"
    GRANTED = "GRANTED"
    NOTIFIED = "NOTIFIED"
    FINAL = "FINAL"
    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"
    PROOF_DUE = "PROOF_DUE"
    SETTLED = "SETTLED"
    REJECTED = "REJECTED"
    PARTLY_REVOKED = "PARTLY_REVOKED"
    REVOKED = "REVOKED"
    WITHDRAWN_APPLICATION = "WITHDRAWN_APPLICATION"


class AwardAction(StrEnum):
    APPLY = "apply"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    GRANT = "grant"
    NOTIFY = "notify"
    RECORD_APPEAL = "record-appeal"
    CLOSE_APPEAL = "close-appeal"
    MAKE_FINAL = "make-final"
    ACTIVATE = "activate"
    AMEND = "amend"
    EXPIRE = "expire"
    DEMAND_PROOF = "demand-proof"
    SETTLE = "settle"
    REVOKE_PARTLY = "revoke-partly"
    REVOKE = "revoke"


# The states in which the content is still a draft that may be replaced.
DRAFT_STATES = frozenset({AwardState.EXPECTED, AwardState.APPLIED})
# The states in which the money is granted; before them an amount is only expected (A1, R-S1-11).
GRANTED_STATES = frozenset(AwardState) - {
    AwardState.EXPECTED,
    AwardState.APPLIED,
    AwardState.REJECTED,
    AwardState.WITHDRAWN_APPLICATION,
    AwardState.REVOKED,
}
# The states in which money of the award may be passed on (R-Z2, L4).
FORWARDING_STATES = frozenset({AwardState.FINAL, AwardState.ACTIVE, AwardState.PARTLY_REVOKED})


_GRANTING = (
    guard.NOTICE_COMPLETE,
    guard.ANNUAL,
    guard.LINES_ADD_UP,
    guard.POSTS_TIMES_RATE,
    guard.FOUR_EYES,
)
_REVOKING = (
    guard.REVOCATION_REASONED,
    guard.HEARING_HELD,
    guard.REVOKED_IN_TIME,
    guard.FOUR_EYES,
)
_SETTLING = (guard.PROOF_ACCEPTED, guard.RECOVERY_SETTLED, guard.CHILD_PROOFS_CHECKED)

_S, _A = AwardState, AwardAction
_AwardMove = Move[AwardState, AwardFacts]

_REVOKE_PARTLY: _AwardMove = Move(_S.PARTLY_REVOKED, "A13", _REVOKING)
_REVOKE: _AwardMove = Move(_S.REVOKED, "A13", _REVOKING)
_EXPIRE: _AwardMove = Move(_S.EXPIRED, "A10", (guard.PERIOD_OVER,))

AWARD_LIFECYCLE = Lifecycle[AwardState, AwardAction, AwardFacts](
    "award",
    states=AwardState,
    actions=AwardAction,
    initial=_S.EXPECTED,
    moves={
        _S.EXPECTED: {
            _A.APPLY: Move(_S.APPLIED, "A2", (guard.APPLICANT_ELIGIBLE, guard.ANNUAL)),
            # A lump sum is paid without application, at law (A4).
            _A.GRANT: Move(_S.GRANTED, "A4", (guard.LUMP_SUM_ONLY, *_GRANTING)),
        },
        _S.APPLIED: {
            _A.REJECT: Move(_S.REJECTED, "A3"),
            _A.WITHDRAW: Move(_S.WITHDRAWN_APPLICATION, "A3"),
            _A.GRANT: Move(_S.GRANTED, "A4", _GRANTING),
        },
        _S.GRANTED: {
            _A.NOTIFY: Move(_S.NOTIFIED, "A5", (guard.NOTIFICATION_DATED,)),
        },
        _S.NOTIFIED: {
            _A.RECORD_APPEAL: Move(_S.NOTIFIED, "A7", (guard.NO_APPEAL_PENDING,)),
            _A.CLOSE_APPEAL: Move(_S.NOTIFIED, "A7", (guard.APPEAL_PENDING,)),
            _A.MAKE_FINAL: Move(_S.FINAL, "A6", (guard.NO_APPEAL_PENDING, guard.CHALLENGE_OVER)),
        },
        _S.FINAL: {
            _A.ACTIVATE: Move(_S.ACTIVE, "A8", (guard.PERIOD_BEGUN, guard.BUDGET_RELEASED)),
            _A.AMEND: Move(_S.FINAL, "A9"),
            _A.REVOKE_PARTLY: _REVOKE_PARTLY,
            _A.REVOKE: _REVOKE,
        },
        _S.ACTIVE: {
            _A.AMEND: Move(_S.ACTIVE, "A9"),
            _A.EXPIRE: _EXPIRE,
            _A.REVOKE_PARTLY: _REVOKE_PARTLY,
            _A.REVOKE: _REVOKE,
        },
        _S.EXPIRED: {
            _A.DEMAND_PROOF: Move(_S.PROOF_DUE, "A11", (guard.PROOF_DEADLINE_KNOWN,)),
            _A.REVOKE_PARTLY: _REVOKE_PARTLY,
            _A.REVOKE: _REVOKE,
        },
        _S.PROOF_DUE: {
            _A.SETTLE: Move(_S.SETTLED, "A12", _SETTLING),
            _A.REVOKE_PARTLY: _REVOKE_PARTLY,
            _A.REVOKE: _REVOKE,
        },
        _S.SETTLED: {},
        _S.REJECTED: {},
        # What a partial revocation leaves runs on to its end and its proof.
        _S.PARTLY_REVOKED: {_A.EXPIRE: _EXPIRE, _A.REVOKE: _REVOKE},
        _S.REVOKED: {},
        _S.WITHDRAWN_APPLICATION: {},
    },
)
