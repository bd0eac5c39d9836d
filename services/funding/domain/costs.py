"""Which cost a funding line pays: yes, no, or a decision that a person has to take.

The table here is what every tenant begins with; rules recorded later go before it.
"""

from collections.abc import Mapping
from enum import StrEnum

from services.funding.domain.programme import FundingLine
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class CostKind(StrEnum):
    PERSONNEL = "PERSONNEL"
    ADMIN_ASSISTANCE = "ADMIN_ASSISTANCE"
    WORKPLACE_SETUP = "WORKPLACE_SETUP"
    TRAINING = "TRAINING"
    EVENTS = "EVENTS"
    EXTERNAL_ADVICE = "EXTERNAL_ADVICE"
    INTERFACE_MEASURES = "INTERFACE_MEASURES"
    TRANSLATION = "TRANSLATION"
    OVERHEAD = "OVERHEAD"
    RENT = "RENT"
    ADMINISTRATION = "ADMINISTRATION"
    MATERIAL = "MATERIAL"


class Eligibility(StrEnum):
    """`UNKNOWN` is a value of its own: no source says, so a person decides."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    UNKNOWN = "UNKNOWN"


class Payer(StrEnum):
    """Who bears a cost that the programme does not (R-S2-7)."""

    MUNICIPALITY = "MUNICIPALITY"
    TRAEGER = "TRAEGER"
    UNDECIDED = "UNDECIDED"


_YES, _NO, _OPEN = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE, Eligibility.UNKNOWN

# Columns: line 1, line 2, line 3.
_TABLE: Mapping[CostKind, tuple[Eligibility, Eligibility, Eligibility]] = {
    CostKind.PERSONNEL:          (_YES,  _YES,  _YES),
    CostKind.ADMIN_ASSISTANCE:   (_YES,  _OPEN, _OPEN),
    CostKind.WORKPLACE_SETUP:    (_YES,  _NO,   _OPEN),
    CostKind.TRAINING:           (_YES,  _OPEN, _OPEN),
    CostKind.EVENTS:             (_YES,  _NO,   _NO),
    CostKind.EXTERNAL_ADVICE:    (_YES,  _NO,   _NO),
    CostKind.INTERFACE_MEASURES: (_YES,  _NO,   _NO),
    CostKind.TRANSLATION:        (_YES,  _OPEN, _OPEN),
    CostKind.OVERHEAD:           (_OPEN, _NO,   _OPEN),
    CostKind.RENT:               (_OPEN, _NO,   _OPEN),
    CostKind.ADMINISTRATION:     (_OPEN, _NO,   _OPEN),
    CostKind.MATERIAL:           (_OPEN, _NO,   _OPEN),
}  # fmt: skip

_COST_WORDS = {
    "personalkosten": CostKind.PERSONNEL,
    "verwaltungsassistenz": CostKind.ADMIN_ASSISTANCE,
    "fortbildung": CostKind.TRAINING,
    "veranstaltungen": CostKind.EVENTS,
    "externe begleitung und beratung": CostKind.EXTERNAL_ADVICE,
    "übersetzungsdienstleistungen": CostKind.TRANSLATION,
    "overheadkosten": CostKind.OVERHEAD,
    "sachkosten": CostKind.OVERHEAD,
    "sach- und overheadkosten": CostKind.OVERHEAD,
    "miete": CostKind.RENT,
    "verwaltungskosten": CostKind.ADMINISTRATION,
    "materialkosten": CostKind.MATERIAL,
}


class CostKindUnknown(RuleViolated):
    code = "cost-kind-unknown"
    title = Text(de="Diese Kostenart ist nicht bekannt.", en="This cost kind is not known.")


class CostNegative(RuleViolated):
    code = "cost-negative"
    title = Text(de="Kosten sind nicht negativ.", en="A cost is not negative.")


def read_cost_kind(text: str) -> CostKind:
    """The cost kind that a paper names. Raises CostKindUnknown.

    Only whole terms count: "strategischer Overhead" is funding line 1 and no cost (R-V2).
    """
    words = " ".join(text.split())
    if words.upper() in CostKind.__members__:
        return CostKind(words.upper())
    kind = _COST_WORDS.get(words.lower())
    if kind is None:
        raise CostKindUnknown
    return kind


def eligibility(kind: CostKind, line: FundingLine) -> Eligibility:
    return _TABLE[kind][list(FundingLine).index(line)]
