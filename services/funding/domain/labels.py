"""What the codes of this service are called in German and English."""

from collections.abc import Mapping
from typing import Any, Final

from services.funding.domain.allocation_lifecycle import AllocationState
from services.funding.domain.amounts import AmountStatus
from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.awards import LinePurpose
from services.funding.domain.costs import CostKind, Eligibility, eligibility
from services.funding.domain.deadlines import DEADLINE_KINDS
from services.funding.domain.findings import FINDING_TEXTS
from services.funding.domain.positions import POST_TYPE_NAMES
from services.funding.domain.programme import (
    FUNDING_LINE_NAMES,
    OTHER_PROGRAMMES,
    FundingLine,
)
from services.funding.domain.proof_lifecycle import PROOF_STATES
from shared.kernel.text import Text

CODE_LIST_VERSION: Final = "1"

AWARD_STATES: Final[Mapping[AwardState, Text]] = {
    AwardState.EXPECTED: Text(de="Erwartet", en="Expected"),
    AwardState.APPLIED: Text(de="Beantragt", en="Applied for"),
    AwardState.GRANTED: Text(de="Bewilligt", en="Granted"),
    AwardState.NOTIFIED: Text(de="Bekannt gegeben", en="Notified"),
    AwardState.FINAL: Text(de="Bestandskräftig", en="Final"),
    AwardState.ACTIVE: Text(de="Wirksam", en="Active"),
    AwardState.EXPIRED: Text(de="Ausgelaufen", en="Expired"),
    AwardState.PROOF_DUE: Text(de="Nachweis fällig", en="Proof due"),
    AwardState.SETTLED: Text(de="Abgeschlossen", en="Settled"),
    AwardState.REJECTED: Text(de="Abgelehnt", en="Rejected"),
    AwardState.PARTLY_REVOKED: Text(de="Teilweise widerrufen", en="Partly revoked"),
    AwardState.REVOKED: Text(de="Widerrufen", en="Revoked"),
    AwardState.WITHDRAWN_APPLICATION: Text(de="Antrag zurückgezogen", en="Application withdrawn"),
}
ALLOCATION_STATES: Final[Mapping[AllocationState, Text]] = {
    AllocationState.PLANNED: Text(de="Geplant", en="Planned"),
    AllocationState.CALL_OPEN: Text(de="Interessenbekundung läuft", en="Call for interest open"),
    AllocationState.SELECTED: Text(de="Empfänger ausgewählt", en="Recipient selected"),
    AllocationState.CONTRACTED: Text(de="Vereinbart", en="Contracted"),
    AllocationState.ACTIVE: Text(de="Wirksam", en="Active"),
    AllocationState.SUSPENDED: Text(de="Ausgesetzt", en="Suspended"),
    AllocationState.ENDED: Text(de="Beendet", en="Ended"),
    AllocationState.PROOF_DUE: Text(de="Nachweis fällig", en="Proof due"),
    AllocationState.CHECKED: Text(de="Geprüft", en="Checked"),
    AllocationState.SETTLED: Text(de="Abgerechnet", en="Settled"),
    AllocationState.TERMINATED: Text(de="Gekündigt", en="Terminated"),
    AllocationState.CANCELLED: Text(de="Abgesagt", en="Cancelled"),
}
LINE_PURPOSES: Final[Mapping[LinePurpose, Text]] = {
    LinePurpose.POSTS: Text(de="Personalstellen", en="Posts"),
    LinePurpose.INTERFACE_MEASURES: Text(
        de="Maßnahmen aus der Schnittstellenanalyse", en="Measures from the interface analysis"
    ),
    LinePurpose.EVENTS: Text(de="Veranstaltungsformate", en="Events"),
    LinePurpose.EXTERNAL_ADVICE: Text(
        de="Externe Begleitung und Beratung", en="External support and advice"
    ),
    LinePurpose.TRAINING: Text(de="Fortbildung", en="Training"),
    LinePurpose.WORKPLACE_SETUP: Text(de="Einrichtung von Arbeitsplätzen", en="Workplace set-up"),
    LinePurpose.TRANSLATION: Text(de="Übersetzungsdienstleistungen", en="Translation services"),
}
COST_KINDS: Final[Mapping[CostKind, Text]] = {
    CostKind.PERSONNEL: Text(de="Personalkosten", en="Personnel"),
    CostKind.ADMIN_ASSISTANCE: Text(de="Verwaltungsassistenz", en="Administrative assistance"),
    CostKind.WORKPLACE_SETUP: Text(de="Einrichtung von Arbeitsplätzen", en="Workplace set-up"),
    CostKind.TRAINING: Text(de="Fortbildung", en="Training"),
    CostKind.EVENTS: Text(de="Veranstaltungen", en="Events"),
    CostKind.EXTERNAL_ADVICE: Text(de="Externe Beratung", en="External advice"),
    CostKind.INTERFACE_MEASURES: Text(
        de="Maßnahmen aus der Schnittstellenanalyse", en="Measures from the interface analysis"
    ),
    CostKind.TRANSLATION: Text(de="Übersetzung", en="Translation"),
    CostKind.OVERHEAD: Text(de="Sach- und Overheadkosten", en="Overhead"),
    CostKind.RENT: Text(de="Miete", en="Rent"),
    CostKind.ADMINISTRATION: Text(de="Verwaltungskosten", en="Administration"),
    CostKind.MATERIAL: Text(de="Materialkosten", en="Material"),
}
AMOUNT_STATUSES: Final[Mapping[AmountStatus, Text]] = {
    AmountStatus.ANNOUNCED: Text(de="Angekündigt", en="Announced"),
    AmountStatus.EXPECTED: Text(de="Erwartet", en="Expected"),
    AmountStatus.GRANTED: Text(de="Bewilligt", en="Granted"),
}

_LISTS: Final[Mapping[str, Mapping[Any, Text]]] = {
    "allocation-states": ALLOCATION_STATES,
    "amount-statuses": AMOUNT_STATUSES,
    "award-states": AWARD_STATES,
    "cost-kinds": COST_KINDS,
    "deadline-kinds": DEADLINE_KINDS,
    "findings": FINDING_TEXTS,
    "funding-lines": FUNDING_LINE_NAMES,
    "line-purposes": LINE_PURPOSES,
    "other-programmes": OTHER_PROGRAMMES,
    "post-types": POST_TYPE_NAMES,
    "proof-states": PROOF_STATES,
}
CODE_LISTS: Final[Mapping[str, Mapping[str, Text]]] = {
    name: {str(code): text for code, text in codes.items()} for name, codes in _LISTS.items()
}


def eligibility_by_line(kind: CostKind) -> Mapping[FundingLine, Eligibility]:
    """Yes, no or unknown for each funding line; unknown means that a person decides."""
    return {line: eligibility(kind, line) for line in FundingLine}
