"""The rule book once more, in words of its own: what the walks compare the service with.

Written down from the paper of the rules, not from the tables of the code.
"""

CASE = """
C2   REQUESTED > INTAKE: assign
C3   REQUESTED > DECLINED: decline
C4   INTAKE > ASSESSMENT: open
C5   INTAKE > DECLINED: decline
C6   INTAKE > CLOSED: close-after-advice
C7   ASSESSMENT > PLANNING: finish-assessment
C8   PLANNING > LINKING: agree-plan
C9   LINKING > MONITORING: start-measures
C10  MONITORING > PLANNING: replan
C11  MONITORING > ASSESSMENT: reassess
C12  MONITORING > LINKING: add-measure
C13  MONITORING > EVALUATION: evaluate
C14  EVALUATION > CLOSED: close
C15  INTAKE ASSESSMENT PLANNING LINKING MONITORING > EVALUATION: end-early
C16  REQUESTED INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION > CLOSED: record-death
C17  CLOSED > INTAKE: reopen
C18  INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION > =: hand-over
C19  CLOSED DECLINED > ERASED: erase
C20  INTAKE ASSESSMENT PLANNING LINKING MONITORING > EVALUATION: stop-after-revocation
Art.18 REQUESTED INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION CLOSED DECLINED > =: \
restrict-processing
Art.18 REQUESTED INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION CLOSED DECLINED > =: \
lift-restriction
hold REQUESTED INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION CLOSED DECLINED > =: \
place-legal-hold
hold REQUESTED INTAKE ASSESSMENT PLANNING LINKING MONITORING EVALUATION CLOSED DECLINED > =: \
lift-legal-hold
"""
CONSENT = """
K2   DRAFT > ACTIVE: give
K2   DRAFT > SCHEDULED: schedule
K3   DRAFT > REFUSED: refuse
K4   SCHEDULED > ACTIVE: activate
K5   ACTIVE SCHEDULED > REVOKED: revoke
K6   ACTIVE > EXPIRED: expire
K7   ACTIVE > SUPERSEDED: supersede
K8   DRAFT ACTIVE SCHEDULED EXPIRED REVOKED REFUSED SUPERSEDED > INVALID: invalidate
"""
# What stays possible while processing is restricted, beside the holds that protect the record.
DESPITE_RESTRICTION = {
    "record-death", "erase", "lift-restriction", "place-legal-hold", "lift-legal-hold",
}  # fmt: skip

Moves = dict[tuple[str, str], str]


def moves_of(text: str) -> Moves:
    """(state, action) to the state it leads to; `=` stays."""
    moves: Moves = {}
    for line in text.strip().splitlines():
        states, aim = line.split(" ", 1)[1].split(" > ")
        to, action = aim.split(": ")
        moves |= {(one, action): one if to == "=" else to for one in states.split()}
    return moves


def allowed(moves: Moves, state: str) -> set[str]:
    return {action for one, action in moves if one == state}
