"""Case types, and the custom fields they describe."""

import strawberry

from gateway.schema.case_type import CaseType
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.case_type import (
    ChangeCaseTypeInput,
    DraftCaseTypeInput,
    PerformCaseTypeActionInput,
    SetCustomFieldsInput,
)
from gateway.schema.mutations.cases import CaseResult, case_made
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The case type after the change.", "Der Falltyp nach der Änderung.")
)
class CaseTypeSuccess(Success):
    case_type: CaseType = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_case_type = made(CaseTypeSuccess, "case_type", CaseType)
CaseTypeOutcome = outcome(
    "CaseTypeOutcome",
    CaseTypeSuccess,
    en="The case type, or why not.",
    de="Der Falltyp, oder warum nicht.",
)


@strawberry.type
class CaseTypeMutations:
    draft_case_type = command(
        "POST cases /v1/case-types",
        DraftCaseTypeInput,
        _case_type,
        CaseTypeOutcome,
        en="Draft the next version of a case type.",
        de="Die nächste Fassung eines Falltyps entwerfen.",
    )
    change_case_type = command(
        "PUT cases /v1/case-types/{case_type_id}",
        ChangeCaseTypeInput,
        _case_type,
        CaseTypeOutcome,
        en="Change a draft.",
        de="Einen Entwurf ändern.",
    )
    perform_case_type_action = command(
        "POST cases /v1/case-types/{case_type_id}/actions/{action}",
        PerformCaseTypeActionInput,
        _case_type,
        CaseTypeOutcome,
        en="Publish or retire a case type.",
        de="Einen Falltyp veröffentlichen oder zurückziehen.",
    )
    set_custom_fields = command(
        "PUT cases /v1/cases/{case_id}/custom-fields",
        SetCustomFieldsInput,
        case_made,
        CaseResult,
        en="Store the custom fields of a case.",
        de="Die Zusatzfelder eines Falls speichern.",
    )
