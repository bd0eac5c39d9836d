"""What can be changed: one mutation for each thing a person does, grouped by noun."""

import strawberry

from gateway.schema.mutations.access_scope import AccessScopeMutations
from gateway.schema.mutations.allocations import AllocationMutations
from gateway.schema.mutations.awards import AwardMutations
from gateway.schema.mutations.budgets import BudgetMutations
from gateway.schema.mutations.case_files import CaseFileMutations
from gateway.schema.mutations.case_types import CaseTypeMutations
from gateway.schema.mutations.cases import CaseMutations
from gateway.schema.mutations.conferences import ConferenceMutations
from gateway.schema.mutations.desk import DeskMutations
from gateway.schema.mutations.directory import DirectoryMutations
from gateway.schema.mutations.documents import DocumentMutations
from gateway.schema.mutations.emergency_access import EmergencyAccessMutations
from gateway.schema.mutations.exchange import ExchangeMutations
from gateway.schema.mutations.expenditures import ExpenditureMutations
from gateway.schema.mutations.families import FamilyMutations
from gateway.schema.mutations.finance_exports import FinanceExportMutations
from gateway.schema.mutations.findings import FindingMutations
from gateway.schema.mutations.ledger import LedgerMutations
from gateway.schema.mutations.notes import NoteMutations
from gateway.schema.mutations.offers import OfferMutations
from gateway.schema.mutations.payments import PaymentMutations
from gateway.schema.mutations.persons import PersonMutations
from gateway.schema.mutations.plans import PlanMutations
from gateway.schema.mutations.posts import PostMutations
from gateway.schema.mutations.proofs import ProofMutations
from gateway.schema.mutations.recoveries import RecoveryMutations
from gateway.schema.mutations.referral_disclosures import ReferralDisclosureMutations
from gateway.schema.mutations.referrals import ReferralMutations
from gateway.schema.mutations.restrictions import RestrictionMutations
from gateway.schema.mutations.retention import RetentionMutations
from gateway.schema.mutations.rights import RightsMutations
from gateway.schema.mutations.routing import RoutingMutations
from gateway.schema.mutations.rules import RuleMutations
from gateway.schema.mutations.sealing import SealingMutations
from gateway.schema.mutations.timeline import TimelineMutations
from gateway.schema.mutations.work import WorkMutations
from gateway.schema.published import both


@strawberry.type(
    description=both(
        "What can be changed. Each mutation answers with its success or with a named refusal.",
        "Was geändert werden kann. Jede Mutation antwortet mit ihrem Erfolg oder mit einer"
        " benannten Ablehnung.",
    )
)
class Mutation(
    ReferralMutations,
    ExchangeMutations,
    ReferralDisclosureMutations,
    DirectoryMutations,
    RoutingMutations,
    SealingMutations,
    CaseMutations,
    CaseFileMutations,
    CaseTypeMutations,
    ConferenceMutations,
    DeskMutations,
    DocumentMutations,
    EmergencyAccessMutations,
    AccessScopeMutations,
    FindingMutations,
    NoteMutations,
    OfferMutations,
    PersonMutations,
    RestrictionMutations,
    FamilyMutations,
    TimelineMutations,
    RetentionMutations,
    RightsMutations,
    PlanMutations,
    WorkMutations,
    AwardMutations,
    AllocationMutations,
    LedgerMutations,
    RuleMutations,
    BudgetMutations,
    PostMutations,
    ExpenditureMutations,
    PaymentMutations,
    ProofMutations,
    RecoveryMutations,
    FinanceExportMutations,
):
    pass
