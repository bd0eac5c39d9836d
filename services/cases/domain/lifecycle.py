"""The life of a case: the table is the rule.

Moves C1 to C20; C1 is the creation itself and leads to REQUESTED. Guards say what must be there
first. Except for death (C16), erasure (C19) and the lifting of a restriction nothing moves while
processing is restricted (Art. 18 DSGVO).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.cases.domain import guards as g
from services.cases.domain.facts import OPEN_STATES, CaseFacts, CaseState
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text

S = CaseState
CaseMove = Move[CaseState, CaseFacts]


class CaseAction(StrEnum):
    ASSIGN = "assign"
    DECLINE = "decline"
    OPEN = "open"
    CLOSE_AFTER_ADVICE = "close-after-advice"
    FINISH_ASSESSMENT = "finish-assessment"
    AGREE_PLAN = "agree-plan"
    START_MEASURES = "start-measures"
    REPLAN = "replan"
    REASSESS = "reassess"
    ADD_MEASURE = "add-measure"
    EVALUATE = "evaluate"
    CLOSE = "close"
    END_EARLY = "end-early"
    STOP_AFTER_REVOCATION = "stop-after-revocation"
    RECORD_DEATH = "record-death"
    REOPEN = "reopen"
    HAND_OVER = "hand-over"
    RESTRICT_PROCESSING = "restrict-processing"
    LIFT_RESTRICTION = "lift-restriction"
    PLACE_LEGAL_HOLD = "place-legal-hold"
    LIFT_LEGAL_HOLD = "lift-legal-hold"
    ERASE = "erase"


A = CaseAction

ACTION_LABELS: Final[Mapping[CaseAction, Text]] = {
    A.ASSIGN: Text(de="Fachkraft zuweisen", en="Assign case manager"),
    A.DECLINE: Text(de="Nicht aufnehmen", en="Decline"),
    A.OPEN: Text(de="Fall eröffnen", en="Open case"),
    A.CLOSE_AFTER_ADVICE: Text(de="Nach Beratung abschließen", en="Close after advice"),
    A.FINISH_ASSESSMENT: Text(de="Assessment abschließen", en="Finish assessment"),
    A.AGREE_PLAN: Text(de="Hilfeplan in Kraft setzen", en="Put agreed plan into effect"),
    A.START_MEASURES: Text(de="Ins Monitoring gehen", en="Start monitoring"),
    A.REPLAN: Text(de="Neu planen", en="Plan again"),
    A.REASSESS: Text(de="Neu einschätzen", en="Assess again"),
    A.ADD_MEASURE: Text(de="Weitere Maßnahme vermitteln", en="Link a further measure"),
    A.EVALUATE: Text(de="Evaluieren", en="Evaluate"),
    A.CLOSE: Text(de="Fall abschließen", en="Close case"),
    A.END_EARLY: Text(de="Vorzeitig beenden", en="End early"),
    A.STOP_AFTER_REVOCATION: Text(de="Nach Widerruf beenden", en="Stop after revocation"),
    A.RECORD_DEATH: Text(de="Tod vermerken", en="Record death"),
    A.REOPEN: Text(de="Wieder aufnehmen", en="Reopen"),
    A.HAND_OVER: Text(de="Fall übergeben", en="Hand over"),
    A.RESTRICT_PROCESSING: Text(de="Verarbeitung einschränken", en="Restrict processing"),
    A.LIFT_RESTRICTION: Text(de="Einschränkung aufheben", en="Lift restriction"),
    A.PLACE_LEGAL_HOLD: Text(de="Aufbewahrungssperre setzen", en="Place legal hold"),
    A.LIFT_LEGAL_HOLD: Text(de="Aufbewahrungssperre aufheben", en="Lift legal hold"),
    A.ERASE: Text(de="Löschen", en="Erase"),
}


def _move(to: CaseState, rule: str, *guards: Guard[CaseFacts]) -> CaseMove:
    return Move(to, rule, (g.NOT_RESTRICTED, *guards))


_DECLINE = (g.DECLINE_REASON, g.SIGNPOSTED)
_CASE_MANAGER = (
    g.UNIT_MAY_HOLD_CASES,
    g.CASE_MANAGER_ACTIVE,
    g.BOUND_TO_SECRECY,
    g.NO_STAFF_CONFLICT,
)
_ERASE = Move(
    S.ERASED,
    "C19",
    (g.DELETION_DUE, g.NO_LEGAL_HOLD, g.ARCHIVE_ANSWERED, g.ERASURE_CONFIRMED),
)
_DEATH: Final[dict[CaseAction, CaseMove]] = {A.RECORD_DEATH: Move(S.CLOSED, "C16")}
_EARLY_ENDS: Final[dict[CaseAction, CaseMove]] = {
    A.END_EARLY: _move(S.EVALUATION, "C15", g.EARLY_END_REASON, g.CONTACT_ATTEMPTED),
    A.STOP_AFTER_REVOCATION: _move(S.EVALUATION, "C20", g.CONSENT_REVOKED),
}


def _staying(state: CaseState) -> dict[CaseAction, CaseMove]:
    """What changes a flag or the case manager but not the phase."""
    moves = {
        A.RESTRICT_PROCESSING: _move(state, "Art. 18"),
        A.LIFT_RESTRICTION: Move(state, "Art. 18", (g.RESTRICTED,)),
        A.PLACE_LEGAL_HOLD: Move(state, "hold", (g.NO_LEGAL_HOLD,)),
        A.LIFT_LEGAL_HOLD: Move(state, "hold", (g.LEGAL_HOLD,)),
    }
    if state in OPEN_STATES and state is not S.REQUESTED:
        moves[A.HAND_OVER] = _move(state, "C18", *_CASE_MANAGER)
    return moves


CASE_LIFECYCLE: Final[Lifecycle[CaseState, CaseAction, CaseFacts]] = Lifecycle(
    "case",
    states=CaseState,
    actions=CaseAction,
    initial=S.REQUESTED,
    moves={
        S.REQUESTED: {
            A.ASSIGN: _move(S.INTAKE, "C2", g.AREA_RESOLVED, *_CASE_MANAGER),
            A.DECLINE: _move(S.DECLINED, "C3", *_DECLINE),
            **_DEATH, **_staying(S.REQUESTED),
        },
        S.INTAKE: {
            A.OPEN: _move(S.ASSESSMENT, "C4", g.INDICATION_COMPLETE, g.NOTICE_GIVEN,
                          g.LEGAL_BASIS, g.DOUBLE_CARE_CHECKED),
            A.DECLINE: _move(S.DECLINED, "C5", *_DECLINE),
            A.CLOSE_AFTER_ADVICE: _move(S.CLOSED, "C6", g.REFERRED_ONLY, g.RESULT_OFFERED),
            **_EARLY_ENDS, **_DEATH, **_staying(S.INTAKE),
        },
        S.ASSESSMENT: {
            A.FINISH_ASSESSMENT: _move(S.PLANNING, "C7", g.LEGAL_BASIS, g.FIELD_ASSESSED,
                                       g.CLIENT_TOOK_PART),
            **_EARLY_ENDS, **_DEATH, **_staying(S.ASSESSMENT),
        },
        S.PLANNING: {
            A.AGREE_PLAN: _move(S.LINKING, "C8", g.LEGAL_BASIS, g.PLAN_AGREED,
                                g.PLAN_APPROVED, g.GOAL_WITH_MEASURE, g.RESPONSIBLE_PER_MEASURE),
            **_EARLY_ENDS, **_DEATH, **_staying(S.PLANNING),
        },
        S.LINKING: {
            A.START_MEASURES: _move(S.MONITORING, "C9", g.LEGAL_BASIS, g.MEASURE_STARTED),
            **_EARLY_ENDS, **_DEATH, **_staying(S.LINKING),
        },
        S.MONITORING: {
            A.REPLAN: _move(S.PLANNING, "C10", g.LEGAL_BASIS, g.REASON_GIVEN),
            A.REASSESS: _move(S.ASSESSMENT, "C11", g.LEGAL_BASIS, g.REASON_GIVEN),
            A.ADD_MEASURE: _move(S.LINKING, "C12", g.LEGAL_BASIS, g.GOAL_OPEN),
            A.EVALUATE: _move(S.EVALUATION, "C13", g.EVERY_GOAL_HAS_RESULT),
            **_EARLY_ENDS, **_DEATH, **_staying(S.MONITORING),
        },
        S.EVALUATION: {
            A.CLOSE: _move(S.CLOSED, "C14", g.CLOSING_REASON, g.RESULT_OFFERED, g.NO_OPEN_REFERRAL,
                           g.MEASURES_CLOSED, g.STRUCTURAL_QUESTION),
            **_DEATH, **_staying(S.EVALUATION),
        },
        S.CLOSED: {
            A.REOPEN: _move(S.INTAKE, "C17", g.REOPENING_WINDOW, g.LEGAL_BASIS, g.SAME_PERSON,
                            g.CLIENT_ALIVE),
            A.ERASE: _ERASE,
            **_staying(S.CLOSED),
        },
        S.DECLINED: {A.ERASE: _ERASE, **_staying(S.DECLINED)},
        S.ERASED: {},
    },
)  # fmt: skip
