"""What the contract alone does not make right in a body: members that exclude each other, codes of
lists that a service keeps, numbers that a client chooses. `...` leaves a member out.
"""

from typing import Any, Final

# A UUID of version 7, as whoever delivers chooses it for a record of their own.
CHOSEN: Final = "01890a5d-ac96-774b-bcce-b302099a8057"
POSTED: Final = {
    "id": CHOSEN,
    "postings": [{"code": "CLAIM", "amount": "1.00"}, {"code": "REQUESTED", "amount": "-1.00"}],
}
# The body with every place for an id in it is right as it is.
WHOLE: Final = (
    *("composeFamily", "keepLegalRepresentatives", "submitSealedReferral"),
    *("requestOwnShare", "recordPosition", "raiseRecovery"),
)
SAID: Final[dict[str, dict[str, Any]]] = {
    "submitReferral": {"serviceCode": "CASE_MANAGEMENT"},
    "draftReferral": {"serviceCode": "CASE_MANAGEMENT"},
    "signpostPerson": {"serviceCode": "CASE_MANAGEMENT"},
    "raiseReferralNotice": {"kind": "DATA_CORRECTED"},
    "openCase": {"consent": ...},
    "recordConference": {"topics": ["HOUSING"]},
    "recordFinding": {
        "fieldOfAction": "HOUSING",
        "extracts": {"fieldOfAction": "HOUSING"},
    },
    "recordAward": {"kind": "ANSCHLUSS"},
    "createAllocation": {"parentAllocationId": ...},
    "proposeJournalEntry": POSTED,
    "proposeJournalEntries": {"items": POSTED},
    "reserveFunds": {"id": CHOSEN},
    "recordDeadline": {"kind": "OBJECTION"},
    "recordExpenditure": {"id": CHOSEN},
    "requestDrawdown": {"id": CHOSEN},
    "createPayment": {"id": CHOSEN},
    "beginProof": {"allocationId": ...},
    **{name: {} for name in WHOLE},
    "recordRecoveryPayment": {"amount": "1.00"},
    "occupiedMonths": {"fiscalYear": 2022},
    "proofFigure": {"key": "text"},
}


def corrected(given: Any, changes: dict[str, Any]) -> Any:
    """The body with the changes in it; those of an object in a list stand in each of the list."""
    if isinstance(given, list):
        return [corrected(one, changes) for one in given]
    merged = dict(given)
    for name, change in changes.items():
        if change is ...:
            merged.pop(name, None)
        elif isinstance(change, dict):
            merged[name] = corrected(merged[name], change)
        else:
            merged[name] = change
    return merged
