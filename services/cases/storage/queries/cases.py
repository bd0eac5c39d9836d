"""Cases: one, several, a page; and the row that a change holds locked."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, String, bindparam, case, literal_column, or_, select
from sqlmodel import col

from services.cases.domain.facts import CaseState
from services.cases.storage.queries.facts import CURRENT_PLAN_ID, facts_object
from services.cases.storage.queries.person_parts import DELIVERY_SUMMARY, IS_MASKED
from services.cases.storage.queries.plans import PLAN, plan_goals
from services.cases.storage.tables import (
    AssessmentRow,
    CaseRow,
    CaseTypeRow,
    ContactAttemptRow,
    CustomFieldsRow,
    DeliveryRow,
    DoubleCareCheckRow,
    ExternalIdRow,
    FamilyMemberRow,
    IndicationRow,
    InformationNoticeRow,
    PersonRow,
    PhaseRow,
    PlanVersionRow,
    SentReferralRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list, json_object
from shared.database.statements import Statement
from shared.database.views import View

Column = ColumnElement[Any]


def _has_in_household(condition: Any) -> Column:
    """Whether the client or a present member of the family is such a person."""
    members = (
        select(col(FamilyMemberRow.person_id))
        .where(
            col(FamilyMemberRow.tenant_id) == col(CaseRow.tenant_id),
            col(FamilyMemberRow.family_id) == col(CaseRow.family_id),
            col(FamilyMemberRow.to_on).is_(None),
        )
        .correlate(CaseRow)
    )
    return (
        select(col(PersonRow.id))
        .where(
            or_(col(PersonRow.id) == col(CaseRow.person_id), col(PersonRow.id).in_(members)),
            col(PersonRow.tenant_id) == col(CaseRow.tenant_id),
            condition,
        )
        .correlate(CaseRow)
        .exists()
    )


# Where a restricted person lives, and how to reach them, is shown to who was released for it; the
# household of the client is meant, since one address gives the other away.
IS_WHEREABOUTS_MASKED = _has_in_household(IS_MASKED)
# What everybody may read names the place of no restricted person, whoever writes it.
IS_HOUSEHOLD_RESTRICTED = _has_in_household(col(PersonRow.is_restricted))
MUNICIPALITY = case((IS_WHEREABOUTS_MASKED, None), else_=col(CaseRow.municipality_ags)).label(
    "municipality_ags"
)
# Of the whole case, so that a row of a list says what its file hides.
MASKED_FIELDS = case(
    (IS_WHEREABOUTS_MASKED, literal_column("array['contact', 'municipalityAgs']", ARRAY(String))),
    else_=literal_column("array[]::text[]", ARRAY(String)),
).label("masked_fields")
CASE = (
    col(CaseRow.id),
    col(CaseRow.version),
    col(CaseRow.reference),
    col(CaseRow.origin),
    col(CaseRow.state),
    col(CaseRow.state_since),
    col(CaseRow.opened_on),
    col(CaseRow.closed_on),
    col(CaseRow.decline_reason),
    col(CaseRow.closing_reason),
    col(CaseRow.pseudonym),
    col(CaseRow.language),
    col(CaseRow.person_id),
    col(CaseRow.family_id),
    MUNICIPALITY,
    MASKED_FIELDS,
    col(CaseRow.referral_id),
    col(CaseRow.case_manager),
    col(CaseRow.is_processing_restricted),
    col(CaseRow.is_under_legal_hold),
    col(CaseRow.is_child_protection),
    col(CaseRow.unit_id),
    col(CaseRow.updated_at),
)


def _parts(row: Any, *columns: Any, order: Any) -> Column:
    return json_list(
        select(*columns)
        .where(col(row.tenant_id) == col(CaseRow.tenant_id), col(row.case_id) == col(CaseRow.id))
        .order_by(order)
        .correlate(CaseRow)
    )


def _part(row: Any, *columns: Any) -> Column:
    return json_object(
        select(*columns)
        .where(col(row.tenant_id) == col(CaseRow.tenant_id), col(row.case_id) == col(CaseRow.id))
        .correlate(CaseRow)
    )


DETAILS = (
    case((IS_WHEREABOUTS_MASKED, None), else_=col(CaseRow.contact)).label("contact"),
    col(CaseRow.is_area_resolved),
    col(CaseRow.is_staff_related),
    col(CaseRow.other_basis),
    col(CaseRow.other_basis_reason),
    col(CaseRow.signposted_to),
    col(CaseRow.signposted_on),
    col(CaseRow.structural_finding),
    col(CaseRow.structural_field),
    col(CaseRow.deletion_due_on),
    col(CaseRow.archive_answer),
    _parts(
        PhaseRow, col(PhaseRow.from_state), col(PhaseRow.to_state), col(PhaseRow.action),
        col(PhaseRow.rule), col(PhaseRow.on_date), col(PhaseRow.at), col(PhaseRow.actor),
        order=col(PhaseRow.position),
    ).label("phases"),
    _part(
        IndicationRow, col(IndicationRow.problem_areas), col(IndicationRow.has_several_providers),
        col(IndicationRow.do_standard_paths_fail), col(IndicationRow.lacks_own_resources),
        col(IndicationRow.does_client_agree), col(IndicationRow.judgement),
    ).label("indication_checklist"),
    _parts(
        InformationNoticeRow, col(InformationNoticeRow.id), col(InformationNoticeRow.person_id),
        col(InformationNoticeRow.text_version), col(InformationNoticeRow.language),
        col(InformationNoticeRow.interpreter), col(InformationNoticeRow.given_on),
        order=col(InformationNoticeRow.recorded_at),
    ).label("information_notices"),
    _parts(
        DoubleCareCheckRow, col(DoubleCareCheckRow.id), col(DoubleCareCheckRow.is_exact),
        col(DoubleCareCheckRow.contact_units), col(DoubleCareCheckRow.recorded_at),
        order=col(DoubleCareCheckRow.recorded_at),
    ).label("double_care_checks"),
    _parts(
        AssessmentRow, col(AssessmentRow.id), col(AssessmentRow.field_of_action),
        col(AssessmentRow.need), col(AssessmentRow.situation), col(AssessmentRow.resources),
        col(AssessmentRow.legal_circle), col(AssessmentRow.score),
        col(AssessmentRow.has_client_taken_part),
        col(AssessmentRow.assessed_on),
        order=col(AssessmentRow.recorded_at),
    ).label("assessment_entries"),
    _parts(
        ContactAttemptRow, col(ContactAttemptRow.id), col(ContactAttemptRow.channel),
        col(ContactAttemptRow.attempted_on), col(ContactAttemptRow.was_reached),
        order=col(ContactAttemptRow.attempted_on),
    ).label("contact_attempts"),
    _parts(
        SentReferralRow, col(SentReferralRow.referral_id), col(SentReferralRow.state),
        order=col(SentReferralRow.recorded_at),
    ).label("sent_referrals"),
    _parts(
        ExternalIdRow, col(ExternalIdRow.system), col(ExternalIdRow.value),
        order=col(ExternalIdRow.id),
    ).label("external_ids"),
    _parts(DeliveryRow, *DELIVERY_SUMMARY, order=col(DeliveryRow.id)).label("provenance"),
    json_object(
        select(*PLAN, plan_goals().label("goals"))
        .where(col(PlanVersionRow.id) == CURRENT_PLAN_ID)
        .correlate(CaseRow)
    ).label("current_plan"),
    json_object(
        select(col(CaseTypeRow.id), col(CaseTypeRow.code), col(CaseTypeRow.number))
        .where(col(CaseTypeRow.id) == col(CaseRow.case_type_id))
        .correlate(CaseRow)
    ).label("case_type"),
    select(col(CustomFieldsRow.fields_json))
    .where(
        col(CustomFieldsRow.tenant_id) == col(CaseRow.tenant_id),
        col(CustomFieldsRow.case_id) == col(CaseRow.id),
    )
    .correlate(CaseRow)
    .scalar_subquery()
    .label("custom_fields"),
)  # fmt: skip

CASE_VIEW = View(
    select(*CASE, *DETAILS, facts_object("facts")).where(col(CaseRow.id) == bindparam("case_id")),
    log=ReadLog("case"),
)


FILTERS = {
    "id": Filter(col(CaseRow.id), UUID, ("in",)),
    "reference": Filter(col(CaseRow.reference), str, ("eq", "in")),
    "state": Filter(col(CaseRow.state), CaseState, ("eq", "in")),
    "caseManager": Filter(col(CaseRow.case_manager), str),
    "openedOn": Filter(col(CaseRow.opened_on), date.fromisoformat, ("gte", "lte")),
    "personId": Filter(col(CaseRow.person_id), UUID),
    "familyId": Filter(col(CaseRow.family_id), UUID),
    "referralId": Filter(col(CaseRow.referral_id), UUID, ("eq", "in")),
}
SORTS = {"openedOn": "opened_on", "stateSince": "state_since", "id": "id"}
CASE_LIST = ListView(
    select(*CASE),
    filters=FILTERS,
    sorts=SORTS,
    default_sort="-openedOn",
    log=ReadLog("case"),
)
# With the facts, so that each case of a batch says what can be done with it.
CASE_BATCH = ListView(
    select(*CASE, facts_object("guard_facts")),
    filters=FILTERS,
    sorts=SORTS,
    default_sort="-openedOn",
    kept=("guard_facts",),
    log=ReadLog("case"),
)
# Whole files, for who works with several cases at once.
CASE_FILES = ListView(
    select(*CASE, *DETAILS, facts_object("guard_facts")),
    filters={"id": FILTERS["id"]},
    sorts={"id": "id"},
    default_sort="id",
    kept=("guard_facts",),
    log=ReadLog("case"),
)

IS_CONTACT_MASKED = Statement(
    select(IS_WHEREABOUTS_MASKED).where(col(CaseRow.id) == bindparam("case_id"))
)
CASE_FOR_UPDATE = Statement(
    select(
        col(CaseRow.id),
        col(CaseRow.version),
        col(CaseRow.state),
        col(CaseRow.unit_id),
        col(CaseRow.person_id),
        col(CaseRow.family_id),
        col(CaseRow.case_manager),
        col(CaseRow.closed_on),
        col(CaseRow.is_processing_restricted),
    )
    .where(col(CaseRow.id) == bindparam("case_id"))
    .with_for_update()
)
LAST_PHASE_POSITION = Statement(
    "select coalesce(max(position), 0) from case_phase"
    " where tenant_id = :tenant_id and case_id = :case_id"
)
NEXT_REFERENCES = Statement(
    "insert into reference_counter (tenant_id, year, last_number)"
    " values (:tenant_id, :year, :count)"
    " on conflict (tenant_id, year)"
    " do update set last_number = reference_counter.last_number + excluded.last_number"
    " returning last_number"
)
CASE_OF_REFERRAL = Statement(
    select(col(CaseRow.id)).where(col(CaseRow.referral_id) == bindparam("referral_id"))
)
SENT_REFERRAL = Statement(
    select(col(SentReferralRow.id), col(SentReferralRow.case_id), col(SentReferralRow.state)).where(
        col(SentReferralRow.referral_id) == bindparam("referral_id")
    )
)
SENT_REFERRAL_BY = Statement(
    select(col(SentReferralRow.recorded_by)).where(
        col(SentReferralRow.referral_id) == bindparam("referral_id")
    )
)
TOUCH_OPEN_CASES = Statement(
    "update case_record set version = version + 1"
    " where tenant_id = :tenant_id and unit_id = :unit_id"
    " and state not in ('CLOSED', 'DECLINED', 'ERASED')"
)
DELETE_CASE_FILE = Statement("delete from case_file where id = :case_id")
# Whether the case is there for this caller; its content is not read, so nothing is logged.
CASE_EXISTS = View(select(col(CaseRow.id)).where(col(CaseRow.id) == bindparam("case_id")))
