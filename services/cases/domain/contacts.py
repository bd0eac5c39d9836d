"""Counselling contacts: what was done for a case, and which cost it points to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ContactKind(StrEnum):
    IN_PERSON = "IN_PERSON"
    HOME_VISIT = "HOME_VISIT"
    ACCOMPANIMENT = "ACCOMPANIMENT"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
    WRITTEN = "WRITTEN"


class InterpreterKind(StrEnum):
    PERSON = "PERSON"
    PHONE = "PHONE"
    VIDEO = "VIDEO"
    WRITTEN = "WRITTEN"


class ContactOutcome(StrEnum):
    ADVISED = "ADVISED"
    APPOINTMENT_MADE = "APPOINTMENT_MADE"
    DOCUMENTS_PREPARED = "DOCUMENTS_PREPARED"
    REFERRED = "REFERRED"
    NO_SHOW = "NO_SHOW"


MINUTES_MAX: Final = 1440
# Interpreting is paid from the programme's separate sum for translation, a cost kind of the
# funding service (Kreis Warendorf 2022); the reference names the kind within it.
COST_KIND: Final = "TRANSLATION"
COST_REFERENCES: Final[Mapping[InterpreterKind, str]] = {
    kind: f"{COST_KIND}_{kind}" for kind in InterpreterKind
}


def cost_reference(interpreter: InterpreterKind | None) -> str | None:
    """The code under which the funding office finds the cost; None where none arose."""
    return None if interpreter is None else COST_REFERENCES[interpreter]
