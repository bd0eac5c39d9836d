"""Codes of deadlines and alerts, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("What a deadline is for.", "Wofür eine Frist gilt."))
class DeadlineKind(Enum):
    APPLICATION = code(
        "APPLICATION",
        "Application for the next fiscal year",
        "Antrag für das nächste Haushaltsjahr",
    )
    PROOF = code("PROOF", "Proof of use", "Verwendungsnachweis")
    CHILD_PROOF = code(
        "CHILD_PROOF", "Proof of use of the recipient", "Verwendungsnachweis des Letztempfängers"
    )
    OBJECTION = code("OBJECTION", "Time for remedies", "Rechtsbehelfsfrist")
    AWARD_END = code("AWARD_END", "End of the award period", "Ende des Bewilligungszeitraums")
    SPEND_TWO_MONTHS = code(
        "SPEND_TWO_MONTHS", "Use within two months", "Verwendung innerhalb von zwei Monaten"
    )
    REVOCATION_YEAR = code(
        "REVOCATION_YEAR",
        "One year for withdrawal and revocation",
        "Jahresfrist für Rücknahme und Widerruf",
    )


@strawberry.enum(description=both("Where a deadline stands.", "Stand einer Frist."))
class DeadlineState(Enum):
    OPEN = code("OPEN", "Open", "Offen")
    NEAR = code("NEAR", "Near", "Läuft bald ab")
    MISSED = code("MISSED", "Missed", "Versäumt")
    DONE = code("DONE", "Done", "Erledigt")


@strawberry.enum(
    description=both("What a deadline or alert is about.", "Worum es bei Frist oder Hinweis geht.")
)
class FundingSubjectKind(Enum):
    AWARD = code("AWARD", "Award", "Bescheid")
    ALLOCATION = code("ALLOCATION", "Allocation", "Weiterleitung")
    POSITION = code("POSITION", "Post", "Stelle")
    DEADLINE = code("DEADLINE", "Deadline", "Frist")
    FUNDING_LINE = code("FUNDING_LINE", "Funding line of a year", "Baustein eines Jahres")
