"""The gateway's types and the services' published contracts say the same."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_introspection_type,
    is_list_type,
    is_non_null_type,
    is_specified_scalar_type,
)

from gateway.schema import export_sdl, schema

CORE = schema._schema
SDL = Path(__file__).parents[2] / "gateway" / "schema.graphql"

# GraphQL type → (service, schema of its OpenAPI document)
ANSWERS = {
    "Case": ("cases", "CaseInBatch"),
    "CaseFile": ("cases", "CaseView"),
    "CaseTransition": ("cases", "Transition"),
    "Blocker": ("cases", "Blocker"),
    "CasePhase": ("cases", "PhaseView"),
    "CasePlan": ("cases", "PlanView"),
    "CaseGoal": ("cases", "GoalView"),
    "CaseMeasure": ("cases", "MeasureView"),
    "Indication": ("cases", "IndicationView"),
    "InformationNotice": ("cases", "NoticeView"),
    "DoubleCareCheck": ("cases", "DoubleCareView"),
    "AssessmentEntry": ("cases", "AssessmentView"),
    "ContactAttempt": ("cases", "ContactAttemptView"),
    "SentReferral": ("cases", "SentReferralView"),
    "Person": ("cases", "PersonView"),
    "Consent": ("cases", "ConsentView"),
    "CaseStatistics": ("cases", "CaseStatistics"),
    "FamilyFigures": ("cases", "Families"),
    "FamiliesByState": ("cases", "FiguresOfState"),
    "FamiliesByMunicipality": ("cases", "FiguresOfMunicipality"),
    "Referral": ("referrals", "ReferralView"),
    "ReferralProblem": ("referrals", "ProblemView"),
    "ManualReferral": ("referrals", "ManualView"),
    "Place": ("referrals", "PlaceView"),
    "Award": ("funding", "AwardView"),
    "AwardLine": ("funding", "AwardLineView"),
    "Applicant": ("funding", "ApplicantView"),
    "Territory": ("funding", "TerritoryView"),
    "Area": ("funding", "AreaView"),
    "Allocation": ("funding", "AllocationView"),
    "ContractTerms": ("funding", "TermsView"),
    "CheckedProof": ("funding", "CheckedProofView"),
    "RefusedItem": ("funding", "RefusedItemView"),
    "Position": ("funding", "PositionView"),
    "Occupancy": ("funding", "OccupancyView"),
    "FundingStatus": ("funding", "FundingStatusView"),
    "FundingStatusLine": ("funding", "StatusLineView"),
    "FundingLineTotal": ("funding", "LineTotalView"),
    "PostTable": ("funding", "PostStatusView"),
    "PostRow": ("funding", "PostRowView"),
    "PostFigures": ("funding", "PostFiguresView"),
    "Forecast": ("funding", "ForecastView"),
    "Finding": ("funding", "FindingView"),
    "AwardTransition": ("funding", "PossibleActionView"),
    "AllocationTransition": ("funding", "PossibleActionView"),
    "Obstacle": ("funding", "ObstacleView"),
}

# GraphQL input → (service, path, method)
REQUESTS = {
    "NewReferralInput": ("referrals", "/v1/referrals", "post"),
    "SendReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/submit", "post"),
    "AcceptReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/accept", "post"),
    "RejectReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/reject", "post"),
    "ForwardReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/forward", "post"),
    "WithdrawReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/withdraw", "post"),
    "StartReferralServiceInput": (
        "referrals", "/v1/referrals/{referral_id}/actions/start-service", "post"),
    "EndReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/complete", "post"),
    "AssignReferralInput": ("referrals", "/v1/manual-queue/{referral_id}/actions/assign", "post"),
    "RecordPersonInput": ("cases", "/v1/persons", "post"),
    "OpenCaseInput": ("cases", "/v1/cases", "post"),
    "PerformCaseActionInput": ("cases", "/v1/cases/{case_id}/actions/{action}", "post"),
    "DescribeCaseInput": ("cases", "/v1/cases/{case_id}/particulars", "put"),
    "DocumentIndicationInput": ("cases", "/v1/cases/{case_id}/indication-checklist", "put"),
    "RecordOtherBasisInput": ("cases", "/v1/cases/{case_id}/other-basis", "put"),
    "RecordSignpostingInput": ("cases", "/v1/cases/{case_id}/signposting", "put"),
    "AnswerStructuralQuestionInput": (
        "cases", "/v1/cases/{case_id}/structural-finding-answer", "put"),
    "LinkSentReferralInput": ("cases", "/v1/cases/{case_id}/sent-referrals", "post"),
    "GiveInformationNoticeInput": ("cases", "/v1/cases/{case_id}/information-notices", "post"),
    "AssessFieldInput": ("cases", "/v1/cases/{case_id}/assessment-entries", "post"),
    "RecordContactAttemptInput": ("cases", "/v1/cases/{case_id}/contact-attempts", "post"),
    "WriteNoteInput": ("cases", "/v1/cases/{case_id}/notes", "post"),
    "DraftConsentInput": ("cases", "/v1/cases/{case_id}/consents", "post"),
    "PerformConsentActionInput": ("cases", "/v1/consents/{consent_id}/actions/{action}", "post"),
    "DraftPlanInput": ("cases", "/v1/cases/{case_id}/plan-versions", "post"),
    "ChangePlanInput": ("cases", "/v1/plan-versions/{plan_id}", "put"),
    "AgreePlanInput": ("cases", "/v1/plan-versions/{plan_id}/actions/agree", "post"),
    "AddMeasureInput": ("cases", "/v1/goals/{goal_id}/measures", "post"),
    "RecordGoalResultInput": ("cases", "/v1/goals/{goal_id}/actions/record-result", "post"),
    "PerformMeasureActionInput": ("cases", "/v1/measures/{measure_id}/actions/{action}", "post"),
    "RecordAwardInput": ("funding", "/v1/awards", "post"),
    "AmendAwardInput": ("funding", "/v1/awards/{award_id}/versions", "post"),
    "CreateAllocationInput": ("funding", "/v1/allocations", "post"),
    "ContractAllocationInput": (
        "funding", "/v1/allocations/{allocation_id}/actions/contract", "post"),
    "CheckAllocationProofInput": (
        "funding", "/v1/allocations/{allocation_id}/actions/check-proof", "post"),
    "SettleAllocationInput": ("funding", "/v1/allocations/{allocation_id}/actions/settle", "post"),
    "AmendAllocationInput": ("funding", "/v1/allocations/{allocation_id}/versions", "post"),
    "RecordPositionReportInput": ("funding", "/v1/position-reports", "post"),
}  # fmt: skip
# What the gateway says elsewhere than in the body: `submit` is the choice between two mutations.
SAID_BY_THE_MUTATION = {"NewReferralInput": {"submit"}}

ENUMS = {
    "CaseState": "services.cases.domain.facts:CaseState",
    "CaseAction": "services.cases.domain.lifecycle:CaseAction",
    "ClosingReason": "services.cases.domain.codes:ClosingReason",
    "DeclineReason": "services.cases.domain.codes:DeclineReason",
    "CaseOrigin": "services.cases.domain.choices:Origin",
    "OpenUntil": "services.cases.operations.open_further:OpenUntil",
    "OtherBasis": "services.cases.domain.choices:OtherBasis",
    "StructuralFindingAnswer": "services.cases.domain.choices:StructuralFinding",
    "ContactChannel": "services.cases.domain.choices:ContactChannel",
    "NeedLevel": "services.cases.domain.choices:NeedLevel",
    "ArchiveAnswer": "services.cases.domain.choices:ArchiveAnswer",
    "SentReferralState": "services.cases.domain.choices:SentReferralState",
    "FamilyRole": "services.cases.domain.choices:FamilyRole",
    "Gender": "services.cases.domain.choices:Gender",
    "BirthDatePrecision": "services.cases.domain.people:BirthDatePrecision",
    "GoalResult": "services.cases.domain.plan:GoalResult",
    "ResponsibleKind": "services.cases.domain.plan:ResponsibleKind",
    "MeasureState": "services.cases.domain.plan:MeasureState",
    "MeasureAction": "services.cases.domain.plan:MeasureAction",
    "CountingUnit": "services.cases.domain.statistics:CountingUnit",
    "NoteKind": "services.cases.domain.notes:NoteKind",
    "Confidentiality": "services.cases.domain.notes:Confidentiality",
    "ConsentType": "services.cases.domain.consent:ConsentType",
    "ConsentPurpose": "services.cases.domain.consent:ConsentPurpose",
    "ConsentDataCategory": "services.cases.domain.consent:DataCategory",
    "ConsentDirection": "services.cases.domain.consent:Direction",
    "ConsentForm": "services.cases.domain.consent:Form",
    "ConsentGiver": "services.cases.domain.consent:Giver",
    "RepresentationBasis": "services.cases.domain.consent:RepresentationBasis",
    "ConsentState": "services.cases.domain.consent_lifecycle:ConsentState",
    "ConsentAction": "services.cases.domain.consent_lifecycle:ConsentAction",
    "ReferralState": "services.referrals.domain.codes:ReferralState",
    "ReferralAction": "services.referrals.domain.codes:ReferralAction",
    "ReferralMode": "services.referrals.domain.codes:Mode",
    "Urgency": "services.referrals.domain.codes:Urgency",
    "AgeBand": "services.referrals.domain.codes:AgeBand",
    "Topic": "services.referrals.domain.codes:Topic",
    "Purpose": "services.referrals.domain.codes:Purpose",
    "DataCategory": "services.referrals.domain.codes:DataCategory",
    "RejectReason": "services.referrals.domain.codes:RejectReason",
    "Outcome": "services.referrals.domain.codes:Outcome",
    "WithdrawReason": "services.referrals.domain.codes:WithdrawReason",
    "ManualReason": "services.referrals.domain.routing:ManualReason",
    "StatutoryGround": "services.referrals.domain.legal_ground:StatutoryGround",
    "DisclosureGround": "services.referrals.domain.legal_ground:DisclosureGround",
    "DeclarationForm": "services.referrals.domain.legal_ground:ConsentForm",
    "AwardState": "services.funding.domain.award_lifecycle:AwardState",
    "AwardAction": "services.funding.domain.award_lifecycle:AwardAction",
    "AllocationState": "services.funding.domain.allocation_lifecycle:AllocationState",
    "AllocationAction": "services.funding.domain.allocation_lifecycle:AllocationAction",
    "FundingLine": "services.funding.domain.programme:FundingLine",
    "LegalForm": "services.funding.domain.programme:LegalForm",
    "LinePurpose": "services.funding.domain.awards:LinePurpose",
    "PostType": "services.funding.domain.positions:PostType",
    "VersionKind": "services.funding.domain.versions:VersionKind",
    "RecipientKind": "services.funding.domain.allocation_facts:RecipientKind",
    "AllocationForm": "services.funding.domain.allocation_facts:AllocationForm",
    "ProofForm": "services.funding.domain.allocation_facts:ProofForm",
    "DataProtectionRole": "services.funding.domain.allocation_facts:DataProtectionRole",
    "CostKind": "services.funding.domain.costs:CostKind",
    "ApplicantKind": "services.funding.domain.applicants:ApplicantKind",
}


@cache
def openapi(service: str) -> dict[str, Any]:
    main = importlib.import_module(f"services.{service}.main")
    settings = importlib.import_module(f"services.{service}.settings")
    document: dict[str, Any] = main.create_app(settings.Settings()).openapi()
    return document


def component(service: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = openapi(service)["components"]["schemas"][name]
    return found


def is_plain(field: GraphQLField) -> bool:
    """Whether the field reads a member of the document, rather than being resolved."""
    definition = field.extensions["strawberry-definition"]
    return bool(definition.is_basic_field)


def may_be_null(member: dict[str, Any]) -> bool:
    return any(option.get("type") == "null" for option in member.get("anyOf", ()))


def is_array(member: dict[str, Any]) -> bool:
    return "array" in {option.get("type") for option in (member, *member.get("anyOf", ()))}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_plain_field_is_a_member_of_the_services_answer(name: str) -> None:
    members = component(*ANSWERS[name])["properties"]
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    for field_name, field in kind.fields.items():
        if not is_plain(field):
            continue
        assert field_name in members, f"{name}.{field_name} is published by nobody"
        member = members[field_name]
        assert is_non_null_type(field.type) is not may_be_null(member), f"{name}.{field_name}"
        bare = field.type.of_type if is_non_null_type(field.type) else field.type
        assert is_list_type(bare) is is_array(member), f"{name}.{field_name}"


@pytest.mark.parametrize("name", REQUESTS)
def test_every_input_has_the_members_of_the_services_request(name: str) -> None:
    service, path, method = REQUESTS[name]
    operation = openapi(service)["paths"][path][method]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    reference = body.get("$ref") or next(o["$ref"] for o in body["anyOf"] if "$ref" in o)
    wanted = component(service, reference.rsplit("/", 1)[1])
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLInputObjectType)
    in_path = {part[1:-1] for part in path.split("/") if part.startswith("{")}
    elsewhere = {"idempotencyKey", "expectedVersion", *map(camel, in_path)}
    members = {key: field for key, field in kind.fields.items() if key not in elsewhere}
    said = SAID_BY_THE_MUTATION.get(name, set())
    assert members.keys() == wanted["properties"].keys() - said
    required = {key for key, field in members.items() if is_non_null_type(field.type)}
    assert required <= set(wanted.get("required", ()))


@pytest.mark.parametrize("name", ENUMS)
def test_every_enum_has_exactly_the_services_codes(name: str) -> None:
    module, _, attribute = ENUMS[name].partition(":")
    codes = {member.value for member in getattr(importlib.import_module(module), attribute)}
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    assert {value.value for value in kind.values.values()} == codes


def test_no_enum_is_left_out_of_the_comparison() -> None:
    own = {"ReferralSide", "NumberLocale", "DatePrecision", "CefrLevel", "ResidenceGroup"}
    enums = {
        name
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLEnumType) and not is_introspection_type(kind)
    }
    assert enums == ENUMS.keys() | own


def test_the_committed_schema_is_the_one_in_code() -> None:
    assert SDL.read_text(encoding="utf-8") == export_sdl()


def test_everything_in_the_schema_is_described_in_both_languages() -> None:
    silent = []
    for name, kind in CORE.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        parts = {name: kind.description}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                parts[f"{name}.{field_name}"] = field.description
                for argument, definition in getattr(field, "args", {}).items():
                    parts[f"{name}.{field_name}({argument})"] = definition.description
        if isinstance(kind, GraphQLEnumType):
            parts |= {f"{name}.{key}": value.description for key, value in kind.values.items()}
        silent += [place for place, text in parts.items() if not text or " / " not in text]
    assert silent == []


def test_every_mutation_takes_one_input_and_answers_with_a_union() -> None:
    assert CORE.mutation_type is not None
    for name, field in CORE.mutation_type.fields.items():
        assert list(field.args) == ["input"], name
        members = {one.name for one in get_named_type(field.type).types}  # type: ignore[attr-defined]
        assert {"ValidationError", "ForbiddenError", "ServiceUnavailableError"} <= members, name


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
