"""What the guards of a case look at: one frozen record of facts, gathered under the row lock."""

from dataclasses import dataclass
from enum import StrEnum

from services.cases.domain.codes import ClosingReason, DeclineReason


class CaseState(StrEnum):
    REQUESTED = "REQUESTED"
    INTAKE = "INTAKE"
    ASSESSMENT = "ASSESSMENT"
    PLANNING = "PLANNING"
    LINKING = "LINKING"
    MONITORING = "MONITORING"
    EVALUATION = "EVALUATION"
    CLOSED = "CLOSED"
    DECLINED = "DECLINED"
    ERASED = "ERASED"


OPEN_STATES = (
    CaseState.REQUESTED,
    CaseState.INTAKE,
    CaseState.ASSESSMENT,
    CaseState.PLANNING,
    CaseState.LINKING,
    CaseState.MONITORING,
    CaseState.EVALUATION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Every default is the cautious answer: nothing given, nothing done.

    The last block comes with the command itself, the rest from stored records.
    """

    # Restrictions on the record
    is_processing_restricted: bool = False
    is_under_legal_hold: bool = False

    # Who would hold the case
    unit_type: str = ""
    is_area_resolved: bool = False
    is_case_manager_active: bool = False
    is_case_manager_bound_to_secrecy: bool = False
    has_staff_conflict: bool = False

    # Intake
    is_indication_complete: bool = False
    is_information_notice_given: bool = False
    is_consent_active: bool = False
    is_consent_revoked: bool = False
    is_other_basis_recorded: bool = False
    is_double_care_checked: bool = False
    is_signposting_recorded: bool = False

    # Assessment and plan
    fields_assessed: int = 0
    has_client_taken_part: bool = False
    is_plan_agreed: bool = False
    needs_plan_approval: bool = False
    is_plan_approved: bool = False
    goals_with_measure: int = 0
    measures_without_responsible: int = 0
    goals_open: int = 0
    goals_without_result: int = 0

    # Linking to closing
    measures_started: int = 0
    measures_open: int = 0
    referrals_accepted: int = 0
    referrals_open: int = 0
    is_structural_question_answered: bool = False
    contact_attempts: int = 0
    contact_attempts_min: int = 3

    # None: the case type offers every reason
    results_offered: frozenset[str] | None = None

    # After closing
    closed_because: ClosingReason | None = None
    is_reopening_window_open: bool = False
    is_deletion_due: bool = False
    is_archive_offer_answered: bool = False
    is_erasure_confirmed_by_all: bool = False

    # The command's own words
    is_reason_given: bool = False
    decline_reason: DeclineReason | None = None
    closing_reason: ClosingReason | None = None
    is_same_person_confirmed: bool = False

    @property
    def has_legal_basis(self) -> bool:
        return self.is_consent_active or self.is_other_basis_recorded
