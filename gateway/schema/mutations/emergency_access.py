"""Cases opened in an emergency."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.emergency_access import EmergencyAccess
from gateway.schema.inputs.emergency_access import (
    EndEmergencyAccessInput,
    OpenEmergencyAccessInput,
    ReviewEmergencyAccessInput,
)
from gateway.schema.published import both, field


@strawberry.type(
    description=both(
        "The emergency access after the change.", "Der Notfallzugriff nach der Änderung."
    )
)
class EmergencyAccessSuccess(Success):
    emergency_access: EmergencyAccess = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_access = made(EmergencyAccessSuccess, "emergency_access", EmergencyAccess)
EmergencyAccessResult = outcome(
    "EmergencyAccessResult",
    EmergencyAccessSuccess,
    en="The emergency access, or why not.",
    de="Der Notfallzugriff, oder warum nicht.",
)


@strawberry.type
class EmergencyAccessMutations:
    open_emergency_access = command(
        "POST cases /v1/cases/{case_id}/emergency-accesses",
        OpenEmergencyAccessInput,
        _access,
        EmergencyAccessResult,
        en="Open a case of the own unit in an emergency, for some minutes; the data protection"
        " officer learns of it at once.",
        de="Einen Fall der eigenen Stelle im Notfall für einige Minuten öffnen; die"
        " Datenschutzbeauftragte erfährt es sofort.",
    )
    end_emergency_access = command(
        "POST cases /v1/emergency-accesses/{access_id}/actions/end",
        EndEmergencyAccessInput,
        _access,
        EmergencyAccessResult,
        en="End an emergency access before its time.",
        de="Einen Notfallzugriff vorzeitig beenden.",
    )
    review_emergency_access = command(
        "POST cases /v1/emergency-accesses/{access_id}/actions/review",
        ReviewEmergencyAccessInput,
        _access,
        EmergencyAccessResult,
        en="Review an emergency access after its end.",
        de="Einen Notfallzugriff nach seinem Ende prüfen.",
    )
