"""What is known of an allocation when it is to take a step: parent, share, terms, proof."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.funding.domain.allocation_tree import Share
from services.funding.domain.costs import CostKind
from services.funding.domain.legal_dates import Period
from services.funding.domain.territory import Territory
from shared.kernel.money import ZERO, Money


class AllocationForm(StrEnum):
    """Weiterleitung by a notice or by a contract (Nr. 12 VVG zu § 44 LHO)."""

    BY_NOTICE = "BY_NOTICE"
    BY_CONTRACT = "BY_CONTRACT"


class RecipientKind(StrEnum):
    """What kind of body a share is passed on to."""

    MUNICIPALITY = "MUNICIPALITY"
    WELFARE_ASSOCIATION = "WELFARE_ASSOCIATION"
    OTHER = "OTHER"


class ProofForm(StrEnum):
    SIMPLE = "SIMPLE"
    QUALIFIED = "QUALIFIED"
    HVB_CONFIRMATION = "HVB_CONFIRMATION"


class DataProtectionRole(StrEnum):
    """What the recipient is under data protection law; the annex of the contract settles it."""

    TRANSFER_78_SGB_X = "TRANSFER_78_SGB_X"
    JOINT_CONTROLLER_26 = "JOINT_CONTROLLER_26"
    PROCESSOR_28 = "PROCESSOR_28"


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What the notice or contract lays down for the recipient (L3)."""

    form: AllocationForm
    cost_kinds: frozenset[CostKind]
    ceiling: Money
    proof_form: ProofForm
    proof_due_on: date
    data_protection_role: DataProtectionRole | None
    passes_on_conditions: bool
    has_reporting_duty: bool
    has_supervision_clause: bool


@dataclass(frozen=True, slots=True)
class RecipientProof:
    """The recipient's own proof, as the first recipient checked it (L9)."""

    form: ProofForm
    has_vouchers: bool
    has_refusal_without_reason: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was paid, what of it counts, and what came back."""

    paid: Money
    eligible: Money
    repaid: Money = ZERO

    @property
    def overpaid(self) -> Money:
        return max(ZERO, self.paid - self.eligible - self.repaid)


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """The award line or allocation above: `free` leaves the allocation in question out."""

    can_forward: bool
    permits_forwarding: bool
    period: Period
    free: Share
    proof_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another living allocation of the same parent."""

    territory: Territory
    target_group: str


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """Everything the guards of an allocation look at; `today` is a date in Berlin."""

    today: date
    planned_by: str
    acting: str
    parent: ParentFacts
    share: Share
    period: Period
    territory: Territory
    target_group: str = "ALL"
    siblings: tuple[Sibling, ...] = ()
    overlap_reason: str = ""
    recipient: str | None = None
    has_recipient_flag: bool = False
    selection_reason: str = ""
    terms: ContractTerms | None = None
    proof_margin_days: int = 0
    authority_consent_ref: str = ""
    double_funding_checked_on: date | None = None
    suspension_reason: str = ""
    resumption_reason: str = ""
    early_end_on: date | None = None
    termination_reason: str = ""
    proof_waived_reason: str = ""
    proof: RecipientProof | None = None
    settlement: Settlement | None = None
    has_open_recovery: bool = False
    has_payment_sent: bool = False
    has_living_children: bool = False
