"""Kinds of records whose access is explained."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "A kind of record whose access is explained.",
        "Eine Art von Datensatz, zu der die Sicht erklärt wird.",
    )
)
class ExplainedKind(Enum):
    CASE = code("CASE", "Case", "Fall")
    PERSON = code("PERSON", "Person", "Person")
    REFERRAL = code("REFERRAL", "Referral", "Überleitung")
    AWARD = code("AWARD", "Award", "Bescheid")
    ALLOCATION = code("ALLOCATION", "Allocation", "Weiterleitung")
