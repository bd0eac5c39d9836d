"""Deletion rules, destruction lists, erasure."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.destruction import DestructionList
from gateway.schema.inputs.retention import (
    DraftDestructionListInput,
    ExcludeFromDestructionListInput,
    PerformDestructionListActionInput,
    PrepareErasureInput,
    RequestErasureInput,
    SetDeletionRuleInput,
)
from gateway.schema.mutations.cases import CaseResult, case_made
from gateway.schema.published import both, field
from gateway.schema.retention import DeletionRule, Erasure


@strawberry.type(description=both("The rule that was set.", "Die Regel, die festgelegt wurde."))
class DeletionRuleSuccess(Success):
    rule: DeletionRule = field("The rule.", "Die Regel.")


@strawberry.type(description=both("The list after the change.", "Die Liste nach der Änderung."))
class DestructionListSuccess(Success):
    destruction_list: DestructionList = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(
    description=both("The erasure that was requested.", "Die Löschung, die angefordert wurde.")
)
class ErasureSuccess(Success):
    erasure: Erasure = field("How far it is.", "Wie weit sie ist.")


_rule = made(DeletionRuleSuccess, "rule", DeletionRule)
DeletionRuleResult = outcome(
    "DeletionRuleResult",
    DeletionRuleSuccess,
    en="The rule, or why not.",
    de="Die Regel, oder warum nicht.",
)
_list = made(DestructionListSuccess, "destruction_list", DestructionList)
DestructionListResult = outcome(
    "DestructionListResult",
    DestructionListSuccess,
    en="The list, or why not.",
    de="Die Liste, oder warum nicht.",
)
_erasure = made(ErasureSuccess, "erasure", Erasure)
ErasureResult = outcome(
    "ErasureResult",
    ErasureSuccess,
    en="The erasure, or why not.",
    de="Die Löschung, oder warum nicht.",
)


@strawberry.type
class RetentionMutations:
    set_deletion_rule = command(
        "POST cases /v1/deletion-rules",
        SetDeletionRuleInput,
        _rule,
        DeletionRuleResult,
        en="Set a deletion rule; the days of the cases it is for are reckoned anew.",
        de="Eine Löschregel festlegen; die Tage der Fälle, für die sie gilt, werden neu berechnet.",
    )
    draft_destruction_list = command(
        "POST cases /v1/destruction-lists",
        DraftDestructionListInput,
        _list,
        DestructionListResult,
        en="Draft a list of the cases that are due for erasure.",
        de="Eine Liste der Fälle erstellen, deren Löschung fällig ist.",
    )
    exclude_from_destruction_list = command(
        "POST cases /v1/destruction-lists/{list_id}/exclusions",
        ExcludeFromDestructionListInput,
        _list,
        DestructionListResult,
        en="Take a case off a list.",
        de="Einen Fall von einer Liste nehmen.",
    )
    perform_destruction_list_action = command(
        "POST cases /v1/destruction-lists/{list_id}/actions/{action}",
        PerformDestructionListActionInput,
        _list,
        DestructionListResult,
        en="Submit, review, approve or execute a list: three people.",
        de="Eine Liste einreichen, prüfen, freigeben, ausführen: drei Personen.",
    )
    prepare_erasure = command(
        "PUT cases /v1/cases/{case_id}/erasure-preparation",
        PrepareErasureInput,
        case_made,
        CaseResult,
        en="Record what the municipal archive said.",
        de="Festhalten, was das Kommunalarchiv sagte.",
    )
    request_erasure = command(
        "POST cases /v1/cases/{case_id}/erasure",
        RequestErasureInput,
        _erasure,
        ErasureResult,
        en="Request the erasure of a case in every service.",
        de="Die Löschung eines Falls in allen Diensten anfordern.",
    )
