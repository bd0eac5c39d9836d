"""Steps of an allocation, and reports of posts."""

from typing import Annotated

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.allocation import Allocation
from gateway.schema.codes.allocations import AllocationAction
from gateway.schema.inputs.allocation import (
    AmendAllocationInput,
    ApproveAllocationVersionInput,
    CheckAllocationProofInput,
    ContractAllocationInput,
    CreateAllocationInput,
    PerformAllocationActionInput,
    RecordPositionReportInput,
    SettleAllocationInput,
)
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.published import both, field
from gateway.schema.refusals import answered, answered_with_money
from gateway.schema.user_errors import InsufficientFundsError, Refused


@strawberry.type(
    description=both("The allocation after the change.", "Die Weiterleitung nach der Änderung.")
)
class AllocationSuccess:
    allocation: Allocation = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> AllocationSuccess:
    return AllocationSuccess(
        allocation=Allocation.from_record(written.record), is_replayed=written.is_replayed
    )


@strawberry.type(description=both("The stored table of posts.", "Die gespeicherte Stellentabelle."))
class PositionReportSuccess:
    id: strawberry.ID = field("UUID of the report.", "UUID der Meldung.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


async def _create(info: Info, command: CreateAllocationInput) -> AllocationSuccess:
    funding = info.context.services.funding
    return _success(await funding.create_allocation(body_of(command), key=command.key))


async def _act(info: Info, command: PerformAllocationActionInput) -> AllocationSuccess:
    return await _step(info, command, command.action)


async def _step(
    info: Info,
    command: PerformAllocationActionInput
    | ContractAllocationInput
    | CheckAllocationProofInput
    | SettleAllocationInput,
    action: AllocationAction,
) -> AllocationSuccess:
    written = await info.context.services.funding.act_on_allocation(
        in_path(command.allocation_id),
        str(action.value),
        body_of(command, "allocation_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _amend(info: Info, command: AmendAllocationInput) -> AllocationSuccess:
    written = await info.context.services.funding.amend_allocation(
        in_path(command.allocation_id),
        body_of(command, "allocation_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _approve(info: Info, command: ApproveAllocationVersionInput) -> AllocationSuccess:
    written = await info.context.services.funding.approve_allocation_version(
        in_path(command.allocation_id),
        command.number,
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _report(info: Info, command: RecordPositionReportInput) -> PositionReportSuccess:
    funding = info.context.services.funding
    written = await funding.record_position_report(body_of(command), key=command.key)
    return PositionReportSuccess(
        id=strawberry.ID(written.record["id"]), is_replayed=written.is_replayed
    )


AllocationResult = Annotated[
    AllocationSuccess | Refused | InsufficientFundsError,
    strawberry.union(
        "AllocationResult",
        description=both("The allocation, or why not.", "Die Weiterleitung, oder warum nicht."),
    ),
]

PositionReportResult = Annotated[
    PositionReportSuccess | Refused,
    strawberry.union(
        "PositionReportResult",
        description=both("The report, or why not.", "Die Meldung, oder warum nicht."),
    ),
]


@strawberry.type
class AllocationMutations:
    @strawberry.mutation(
        description=both(
            "Plan an allocation: hold a share for a recipient.",
            "Eine Weiterleitung planen: einen Anteil für einen Träger vorsehen.",
        )
    )
    async def create_allocation(
        self, info: Info, input_: Annotated[CreateAllocationInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_create(info, input_))

    @strawberry.mutation(
        description=both(
            "Take an allocation a step further; contract, proof and settlement stand apart.",
            "Eine Weiterleitung weiterführen; Vertrag, Nachweis und Abrechnung stehen für sich.",
        )
    )
    async def perform_allocation_action(
        self, info: Info, input_: Annotated[PerformAllocationActionInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_act(info, input_))

    @strawberry.mutation(
        description=both("Record the notice or contract.", "Bescheid oder Vertrag erfassen.")
    )
    async def contract_allocation(
        self, info: Info, input_: Annotated[ContractAllocationInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_step(info, input_, AllocationAction.CONTRACT))

    @strawberry.mutation(
        description=both("Record the check of the proof.", "Die Prüfung des Nachweises erfassen.")
    )
    async def check_allocation_proof(
        self, info: Info, input_: Annotated[CheckAllocationProofInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_step(info, input_, AllocationAction.CHECK_PROOF))

    @strawberry.mutation(description=both("Settle an allocation.", "Eine Weiterleitung abrechnen."))
    async def settle_allocation(
        self, info: Info, input_: Annotated[SettleAllocationInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_step(info, input_, AllocationAction.SETTLE))

    @strawberry.mutation(
        description=both("Record an amended contract.", "Eine Vertragsänderung erfassen.")
    )
    async def amend_allocation(
        self, info: Info, input_: Annotated[AmendAllocationInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_amend(info, input_))

    @strawberry.mutation(
        description=both(
            "Release an amended contract, by a second person.",
            "Eine Vertragsänderung freigeben, durch eine zweite Person.",
        )
    )
    async def approve_allocation_version(
        self, info: Info, input_: Annotated[ApproveAllocationVersionInput, INPUT]
    ) -> AllocationResult:
        return await answered_with_money(_approve(info, input_))

    @strawberry.mutation(
        description=both(
            "Store a table of posts as somebody printed it.",
            "Eine Stellentabelle speichern, wie sie gedruckt wurde.",
        )
    )
    async def record_position_report(
        self, info: Info, input_: Annotated[RecordPositionReportInput, INPUT]
    ) -> PositionReportResult:
        return await answered(_report(info, input_))
