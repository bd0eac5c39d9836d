"""Steps of an allocation, and reports of posts."""

import strawberry

from gateway.clients.conversation import Written
from gateway.schema.allocation import Allocation
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.allocation import (
    AmendAllocationInput,
    ApproveAllocationVersionInput,
    ContractAllocationInput,
    CreateAllocationInput,
    PerformAllocationActionInput,
    RecordPositionReportInput,
    SettleAllocationInput,
)
from gateway.schema.inputs.award_change import ChangeAllocationInput
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError


@strawberry.type(
    description=both("The allocation after the change.", "Die Weiterleitung nach der Änderung.")
)
class AllocationSuccess(Success):
    allocation: Allocation = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The stored table of posts.", "Die gespeicherte Stellentabelle."))
class PositionReportSuccess(Success):
    id: strawberry.ID = field("UUID of the report.", "UUID der Meldung.")


def _report(written: Written) -> PositionReportSuccess:
    return PositionReportSuccess(
        id=strawberry.ID(written.record["id"]), is_replayed=written.is_replayed
    )


_allocation = made(AllocationSuccess, "allocation", Allocation)
AllocationResult = outcome(
    "AllocationResult",
    AllocationSuccess | InsufficientFundsError,
    en="The allocation, or why not.",
    de="Die Weiterleitung, oder warum nicht.",
)
PositionReportResult = outcome(
    "PositionReportResult",
    PositionReportSuccess,
    en="The report, or why not.",
    de="Die Meldung, oder warum nicht.",
)


@strawberry.type
class AllocationMutations:
    create_allocation = command(
        "POST funding /v1/allocations",
        CreateAllocationInput,
        _allocation,
        AllocationResult,
        en="Plan an allocation: hold a share for a recipient.",
        de="Eine Weiterleitung planen: einen Anteil für einen Träger vorsehen.",
        answering=answered_with_money,
    )
    perform_allocation_action = command(
        "POST funding /v1/allocations/{allocation_id}/actions/{action}",
        PerformAllocationActionInput,
        _allocation,
        AllocationResult,
        en="Take an allocation a step further; contract, proof and settlement stand apart.",
        de="Eine Weiterleitung weiterführen; Vertrag, Nachweis und Abrechnung stehen für sich.",
        answering=answered_with_money,
    )
    contract_allocation = command(
        "POST funding /v1/allocations/{allocation_id}/actions/contract",
        ContractAllocationInput,
        _allocation,
        AllocationResult,
        en="Record the notice or contract.",
        de="Bescheid oder Vertrag erfassen.",
        answering=answered_with_money,
    )
    settle_allocation = command(
        "POST funding /v1/allocations/{allocation_id}/actions/settle",
        SettleAllocationInput,
        _allocation,
        AllocationResult,
        en="Settle an allocation.",
        de="Eine Weiterleitung abrechnen.",
        answering=answered_with_money,
    )
    amend_allocation = command(
        "POST funding /v1/allocations/{allocation_id}/versions",
        AmendAllocationInput,
        _allocation,
        AllocationResult,
        en="Record an amended contract.",
        de="Eine Vertragsänderung erfassen.",
        answering=answered_with_money,
    )
    approve_allocation_version = command(
        "POST funding /v1/allocations/{allocation_id}/versions/{number}/actions/approve",
        ApproveAllocationVersionInput,
        _allocation,
        AllocationResult,
        en="Release an amended contract, by a second person.",
        de="Eine Vertragsänderung freigeben, durch eine zweite Person.",
        answering=answered_with_money,
    )
    record_position_report = command(
        "POST funding /v1/position-reports",
        RecordPositionReportInput,
        _report,
        PositionReportResult,
        en="Store a table of posts as somebody printed it.",
        de="Eine Stellentabelle speichern, wie sie gedruckt wurde.",
    )
    change_allocation = command(
        "PATCH funding /v1/allocations/{allocation_id}",
        ChangeAllocationInput,
        _allocation,
        AllocationResult,
        en="Change what is no matter of money.",
        de="Angaben ändern, die kein Geld betreffen.",
        answering=answered_with_money,
    )
