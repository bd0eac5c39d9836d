"""The facts that the guards of a case look at, as one JSON object built where the data lie.

Parameters: `today` (a Europe/Berlin date) and `actor`, who would hold the case.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    String,
    and_,
    any_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col

from services.cases.domain.choices import SentReferralState
from services.cases.domain.consent import ConsentPurpose, ConsentType
from services.cases.domain.consent_lifecycle import ConsentState
from services.cases.domain.plan import OPEN_MEASURE_STATES, MeasureState
from services.cases.storage.tables import (
    AssessmentRow,
    CaseRow,
    CaseTypeRow,
    ConsentRow,
    ContactAttemptRow,
    DoubleCareCheckRow,
    GoalRow,
    IndicationRow,
    InformationNoticeRow,
    MeasureRow,
    PersonRow,
    PlanApprovalRow,
    PlanVersionRow,
    SentReferralRow,
    StaffMemberRow,
)
from shared.database.statements import Statement

# SQLModel types a column of a table as its Python value, so the honest common type is Any.
Column = ColumnElement[Any] | Any
TODAY: Column = bindparam("today", type_=Date)


def _of_case(row: Any, *conditions: Column) -> list[Column]:
    return [
        col(row.tenant_id) == col(CaseRow.tenant_id),
        col(row.case_id) == col(CaseRow.id),
        *conditions,
    ]


def _count(row: type[SQLModel], *conditions: Column) -> Column:
    query = select(func.count()).select_from(row).where(*_of_case(row, *conditions))
    return query.correlate(CaseRow).scalar_subquery()


def _any(row: Any, *conditions: Column) -> Column:
    return select(row.id).where(*_of_case(row, *conditions)).correlate(CaseRow).exists()


def _from_case_file(row: Any, answer: Column) -> Column:
    return select(answer).where(*_of_case(row)).correlate(CaseRow).limit(1).scalar_subquery()


# The version with the highest number is the one in work or in force.
CURRENT_PLAN_ID: Column = (
    select(col(PlanVersionRow.id))
    .where(*_of_case(PlanVersionRow))
    .order_by(col(PlanVersionRow.number).desc())
    .limit(1)
    .correlate(CaseRow)
    .scalar_subquery()
)


def _goals(*conditions: Column) -> Column:
    return _count(GoalRow, col(GoalRow.plan_version_id) == CURRENT_PLAN_ID, *conditions)


def _measures(*conditions: Column) -> Column:
    query = (
        select(func.count())
        .select_from(MeasureRow)
        .join(GoalRow, col(GoalRow.id) == col(MeasureRow.goal_id))
        .where(*_of_case(MeasureRow, col(GoalRow.plan_version_id) == CURRENT_PLAN_ID, *conditions))
    )
    return query.correlate(CaseRow).scalar_subquery()


def _staff(condition: Column) -> Column:
    query = select(col(StaffMemberRow.id)).where(
        col(StaffMemberRow.tenant_id) == col(CaseRow.tenant_id),
        col(StaffMemberRow.unit_id) == col(CaseRow.unit_id),
        col(StaffMemberRow.actor) == bindparam("actor"),
        condition,
    )
    return query.correlate(CaseRow).exists()


def _is_one_of(column: Any, values: Sequence[str]) -> Column:
    return col(column) == any_(literal(list(values), ARRAY(String)))


_Subject, _Client = aliased(PersonRow), aliased(PersonRow)
_TO_CASE_MANAGEMENT = and_(
    col(ConsentRow.consent_type) == ConsentType.EINWILLIGUNG.value,
    col(ConsentRow.purpose) == ConsentPurpose.CASE_MANAGEMENT.value,
    # Records that were merged are one person; a consent stays with the record it was given for.
    or_(
        col(ConsentRow.subject_person_id) == col(CaseRow.person_id),
        select(literal_column("1"))
        .where(
            col(_Subject.id) == col(ConsentRow.subject_person_id),
            col(_Client.id) == col(CaseRow.person_id),
            func.coalesce(col(_Subject.merged_into_id), col(_Subject.id))
            == func.coalesce(col(_Client.merged_into_id), col(_Client.id)),
        )
        .correlate(ConsentRow, CaseRow)
        .exists(),
    ),
)
_HAS_MEASURE = select(col(MeasureRow.id)).where(col(MeasureRow.goal_id) == col(GoalRow.id)).exists()
_HAS_RESPONSIBLE = and_(
    col(MeasureRow.responsible_kind).is_not(None),
    _is_one_of(MeasureRow.responsible_kind, ("CLIENT", "CASE_MANAGER"))
    | (col(MeasureRow.responsible_ref) != ""),
)


def _of_type(answer: Column) -> Column:
    query = select(answer).where(col(CaseTypeRow.id) == col(CaseRow.case_type_id))
    return query.correlate(CaseRow).scalar_subquery()


_STARTED = (MeasureState.STARTED.value, MeasureState.DONE.value)

FACTS: dict[str, Column] = {
    "state": col(CaseRow.state),
    "is_processing_restricted": col(CaseRow.is_processing_restricted),
    "is_under_legal_hold": col(CaseRow.is_under_legal_hold),
    "is_area_resolved": col(CaseRow.is_area_resolved),
    "has_staff_conflict": col(CaseRow.is_staff_related),
    "is_case_manager_active": _staff(col(StaffMemberRow.is_active)),
    "is_case_manager_bound_to_secrecy": _staff(col(StaffMemberRow.bound_to_secrecy_on) <= TODAY),
    "is_information_notice_given": _any(
        InformationNoticeRow, col(InformationNoticeRow.given_on) <= TODAY
    ),
    "is_consent_active": _any(
        ConsentRow,
        _TO_CASE_MANAGEMENT,
        col(ConsentRow.state) == ConsentState.ACTIVE.value,
        col(ConsentRow.valid_from) <= TODAY,
        col(ConsentRow.valid_to) >= TODAY,
    ),
    "is_consent_revoked": _any(
        ConsentRow, _TO_CASE_MANAGEMENT, col(ConsentRow.state) == ConsentState.REVOKED.value
    ),
    "is_other_basis_recorded": col(CaseRow.other_basis).is_not(None),
    "is_double_care_checked": _any(DoubleCareCheckRow),
    "is_signposting_recorded": col(CaseRow.signposted_to).is_not(None),
    "fields_assessed": _count(AssessmentRow),
    "has_client_taken_part": _any(AssessmentRow, col(AssessmentRow.has_client_taken_part)),
    "is_plan_agreed": _any(
        PlanVersionRow,
        col(PlanVersionRow.id) == CURRENT_PLAN_ID,
        col(PlanVersionRow.agreed_on).is_not(None),
    ),
    "needs_plan_approval": _of_type(col(CaseTypeRow.needs_plan_approval)),
    "is_plan_approved": _any(
        PlanApprovalRow, col(PlanApprovalRow.plan_version_id) == CURRENT_PLAN_ID
    ),
    "goals_with_measure": _goals(_HAS_MEASURE),
    "goals_open": _goals(col(GoalRow.result).is_(None)),
    "measures_without_responsible": _measures(~_HAS_RESPONSIBLE),
    "measures_started": _measures(_is_one_of(MeasureRow.state, _STARTED)),
    "measures_open": _measures(
        _is_one_of(MeasureRow.state, sorted(state.value for state in OPEN_MEASURE_STATES))
    ),
    "referrals_accepted": _count(
        SentReferralRow, col(SentReferralRow.state) == SentReferralState.ACCEPTED.value
    ),
    "referrals_open": _count(
        SentReferralRow, col(SentReferralRow.state) == SentReferralState.OPEN.value
    ),
    "is_structural_question_answered": col(CaseRow.structural_finding).is_not(None),
    "contact_attempts": _count(ContactAttemptRow, ~col(ContactAttemptRow.was_reached)),
    "results_offered": _of_type(
        func.jsonb_path_query_array(
            col(CaseTypeRow.results), literal_column("'$[*].closingReason'::jsonpath")
        )
    ),
    "closed_because": col(CaseRow.closing_reason),
    "closed_on": col(CaseRow.closed_on),
    "is_deletion_due": func.coalesce(col(CaseRow.deletion_due_on) <= TODAY, False),
    "is_archive_offer_answered": col(CaseRow.archive_answer).is_not(None),
    "erasure_confirmed_by": col(CaseRow.erasure_confirmed_by),
    "indication": _from_case_file(
        IndicationRow,
        func.json_build_object(
            "problem_areas", col(IndicationRow.problem_areas),
            "has_several_providers", col(IndicationRow.has_several_providers),
            "do_standard_paths_fail", col(IndicationRow.do_standard_paths_fail),
            "lacks_own_resources", col(IndicationRow.lacks_own_resources),
            "does_client_agree", col(IndicationRow.does_client_agree),
            "judgement", col(IndicationRow.judgement),
        ),
    ),
}  # fmt: skip


def facts_object(name: str) -> Column:
    """All facts as one JSON column of a select from the case table."""
    members: list[Any] = [part for pair in FACTS.items() for part in pair]
    return func.json_build_object(*members).label(name)


FACTS_OF_CASE = Statement(
    select(facts_object("facts")).where(col(CaseRow.id) == bindparam("case_id"))
)
