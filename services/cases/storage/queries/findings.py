"""Structural findings with their steps and extracts, and what an extract is made from."""

from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from services.cases.storage.queries.cases import IS_HOUSEHOLD_RESTRICTED
from services.cases.storage.tables import (
    CaseRow,
    ExtractOriginRow,
    FamilyMemberRow,
    FindingExtractRow,
    FindingOfferRow,
    FindingRow,
    FindingStepRow,
    OfferRow,
    PersonRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View

FINDING = tuple(
    col(getattr(FindingRow, name))
    for name in (
        "id", "version", "state", "title", "field_of_action", "participant_units",
        "partner_units", "proposed_measure", "funding_reference", "funding_line_id", "reason",
        "unit_id", "recorded_at", "updated_at",
    )
)  # fmt: skip
_STEPS = json_list(
    select(
        col(FindingStepRow.step),
        col(FindingStepRow.done_on),
        col(FindingStepRow.result),
    )
    .where(
        col(FindingStepRow.tenant_id) == col(FindingRow.tenant_id),
        col(FindingStepRow.finding_id) == col(FindingRow.id),
    )
    .order_by(col(FindingStepRow.position))
    .correlate(FindingRow)
)
# In no telling order: the order of the ids would say when each was made.
_EXTRACTS = json_list(
    select(
        col(FindingExtractRow.id),
        col(FindingExtractRow.field_of_action),
        col(FindingExtractRow.residence_group),
        col(FindingExtractRow.arrival_band),
        col(FindingExtractRow.age_band),
        col(FindingExtractRow.language),
        col(FindingExtractRow.municipality_ags),
        col(FindingExtractRow.problem),
    )
    .where(
        col(FindingExtractRow.tenant_id) == col(FindingRow.tenant_id),
        col(FindingExtractRow.finding_id) == col(FindingRow.id),
    )
    .order_by(func.md5(func.concat(col(FindingExtractRow.id))))
    .correlate(FindingRow)
)
_OFFERS = json_list(
    select(
        col(FindingOfferRow.offer_id),
        col(FindingOfferRow.relation),
        col(OfferRow.title),
        col(OfferRow.topic),
        col(OfferRow.state),
        col(OfferRow.provider),
    )
    .join(
        OfferRow,
        (col(OfferRow.tenant_id) == col(FindingOfferRow.tenant_id))
        & (col(OfferRow.id) == col(FindingOfferRow.offer_id)),
    )
    .where(
        col(FindingOfferRow.tenant_id) == col(FindingRow.tenant_id),
        col(FindingOfferRow.finding_id) == col(FindingRow.id),
    )
    .order_by(col(FindingOfferRow.recorded_at), col(FindingOfferRow.id))
    .correlate(FindingRow)
)
_WHOLE = select(
    *FINDING,
    _STEPS.label("steps"),
    _EXTRACTS.label("extracts"),
    _OFFERS.label("offers"),
)
FINDING_VIEW = View(
    _WHOLE.where(col(FindingRow.id) == bindparam("finding_id")),
    log=ReadLog("structural-finding"),
)
FINDING_LIST = ListView(
    _WHOLE,
    filters={
        "id": Filter(col(FindingRow.id), UUID, ("in",)),
        "state": Filter(col(FindingRow.state), str, ("eq", "in")),
        "fieldOfAction": Filter(col(FindingRow.field_of_action), str, ("eq", "in")),
        "fundingReference": Filter(col(FindingRow.funding_reference), str),
        "fundingLineId": Filter(col(FindingRow.funding_line_id), UUID, ("eq", "in")),
    },
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("structural-finding"),
)
FINDING_FOR_UPDATE = Statement(
    select(*FINDING).where(col(FindingRow.id) == bindparam("finding_id")).with_for_update()
)
STEPS_OF_FINDING = Statement(
    select(col(FindingStepRow.step), col(FindingStepRow.position))
    .where(col(FindingStepRow.finding_id) == bindparam("finding_id"))
    .order_by(col(FindingStepRow.position))
)
EXTRACTS_OF_FINDING = Statement(
    "select count(*) from finding_extract where finding_id = :finding_id"
)
ORIGIN_OF_CASE = Statement(
    select(col(ExtractOriginRow.id)).where(
        col(ExtractOriginRow.finding_id) == bindparam("finding_id"),
        col(ExtractOriginRow.case_id) == bindparam("case_id"),
    )
)
ORIGIN = (
    col(ExtractOriginRow.id),
    col(ExtractOriginRow.finding_id),
    col(ExtractOriginRow.extract_id),
    col(ExtractOriginRow.recorded_at),
)
ORIGINS_OF_CASE = ListView(
    select(*ORIGIN).where(col(ExtractOriginRow.case_id) == bindparam("case_id")),
    filters={},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("extract-origin"),
)
CASE_TRAITS = (
    col(CaseRow.id),
    col(CaseRow.language),
    col(CaseRow.pseudonym),
    col(CaseRow.municipality_ags),
    col(PersonRow.residence_group),
    col(PersonRow.birth_date),
)
TRAITS_OF_CASE = Statement(
    select(*CASE_TRAITS, IS_HOUSEHOLD_RESTRICTED.label("is_household_restricted"))
    .outerjoin(PersonRow, col(PersonRow.id) == col(CaseRow.person_id))
    .where(col(CaseRow.id) == bindparam("case_id"))
)
TRAITS_IN_MUNICIPALITY = Statement(
    select(*CASE_TRAITS)
    .outerjoin(PersonRow, col(PersonRow.id) == col(CaseRow.person_id))
    .where(col(CaseRow.municipality_ags) == bindparam("ags"), col(CaseRow.state) != "ERASED")
)
_IN_CASE = (
    select(col(PersonRow.family_name), col(PersonRow.given_names), col(PersonRow.original_name))
    .join(CaseRow, col(CaseRow.tenant_id) == col(PersonRow.tenant_id))
    .where(col(CaseRow.id) == bindparam("case_id"))
)
NAMES_IN_CASE = Statement(
    _IN_CASE.where(
        (col(PersonRow.id) == col(CaseRow.person_id))
        | col(PersonRow.id).in_(
            select(col(FamilyMemberRow.person_id))
            .where(
                col(FamilyMemberRow.tenant_id) == col(CaseRow.tenant_id),
                col(FamilyMemberRow.family_id) == col(CaseRow.family_id),
            )
            .correlate(CaseRow)
        )
    )
)
