"""Codes of meetings and of the concept, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Body of the programme.", "Gremium des Programms."))
class MeetingBody(Enum):
    STEERING_GROUP = code("STEERING_GROUP", "Steering group", "Lenkungsgruppe")
    COORDINATION_GROUP = code("COORDINATION_GROUP", "Coordination group", "Koordinierungsgruppe")
    WORKING_GROUP = code("WORKING_GROUP", "Working group", "Arbeitsgruppe")


@strawberry.enum(
    description=both(
        "State of a version of the concept.", "Stand einer Fassung des Handlungskonzepts."
    )
)
class ConceptState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    ENDORSED = code("ENDORSED", "Endorsed", "Zugestimmt")
    APPROVED = code("APPROVED", "Approved", "Genehmigt")
    SUPERSEDED = code("SUPERSEDED", "Superseded", "Ersetzt")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Zurückgezogen")


@strawberry.enum(
    description=both(
        "What can be done with a version of the concept.",
        "Was mit einer Fassung des Handlungskonzepts getan werden kann.",
    )
)
class ConceptAction(Enum):
    ENDORSE = code("endorse", "Endorse", "Zustimmen")
    APPROVE = code("approve", "Approve", "Genehmigen")
    SUPERSEDE = code("supersede", "Supersede", "Ersetzen")
    WITHDRAW = code("withdraw", "Withdraw", "Zurückziehen")
