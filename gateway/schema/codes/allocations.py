"""Codes of allocations, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of an allocation.", "Stand einer Weiterleitung."))
class AllocationState(Enum):
    PLANNED = code("PLANNED", "Planned", "Geplant")
    CALL_OPEN = code("CALL_OPEN", "Call open", "Interessenbekundung läuft")
    SELECTED = code("SELECTED", "Recipient selected", "Träger ausgewählt")
    CONTRACTED = code("CONTRACTED", "Contracted", "Vertrag geschlossen")
    ACTIVE = code("ACTIVE", "Active", "Laufend")
    SUSPENDED = code("SUSPENDED", "Suspended", "Ausgesetzt")
    ENDED = code("ENDED", "Ended", "Beendet")
    PROOF_DUE = code("PROOF_DUE", "Proof due", "Nachweis fällig")
    CHECKED = code("CHECKED", "Proof checked", "Nachweis geprüft")
    SETTLED = code("SETTLED", "Settled", "Abgerechnet")
    TERMINATED = code("TERMINATED", "Terminated", "Gekündigt")
    CANCELLED = code("CANCELLED", "Cancelled", "Nicht zustande gekommen")


@strawberry.enum(
    description=both(
        "What can be done with an allocation.", "Was mit einer Weiterleitung getan werden kann."
    )
)
class AllocationAction(Enum):
    OPEN_CALL = code("open-call", "Open a call", "Interessenbekundung eröffnen")
    SELECT = code("select", "Select the recipient", "Träger auswählen")
    SELECT_DIRECTLY = code(
        "select-directly", "Select directly, with a reason", "Direkt auswählen, mit Begründung"
    )
    CONTRACT = code("contract", "Contract", "Vertrag schließen")
    ACTIVATE = code("activate", "Activate", "In Kraft setzen")
    AMEND = code("amend", "Amend", "Ändern")
    SUSPEND = code("suspend", "Suspend", "Aussetzen")
    RESUME = code("resume", "Resume", "Wieder aufnehmen")
    END = code("end", "End", "Beenden")
    TERMINATE = code("terminate", "Terminate", "Kündigen")
    DEMAND_PROOF = code("demand-proof", "Demand the proof", "Nachweis fordern")
    CHECK_PROOF = code("check-proof", "Check the proof", "Nachweis prüfen")
    WAIVE_PROOF = code("waive-proof", "Waive the proof", "Auf den Nachweis verzichten")
    SETTLE = code("settle", "Settle", "Abrechnen")
    CANCEL = code("cancel", "Cancel", "Nicht zustande kommen lassen")


@strawberry.enum(
    description=both(
        "What kind of body receives the share.", "Welche Art Stelle die Mittel erhält."
    )
)
class RecipientKind(Enum):
    MUNICIPALITY = code("MUNICIPALITY", "Municipality", "Kommune")
    WELFARE_ASSOCIATION = code(
        "WELFARE_ASSOCIATION", "Welfare association", "Träger der freien Wohlfahrtspflege"
    )
    OTHER = code("OTHER", "Other", "Andere")
