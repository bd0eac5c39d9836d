"""Steps of an award."""

from typing import Annotated

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.award import Award
from gateway.schema.inputs.award import (
    AmendAwardInput,
    ApproveAwardVersionInput,
    PerformAwardActionInput,
    RecordAwardInput,
)
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError, Refused


@strawberry.type(description=both("The award after the change.", "Der Bescheid nach der Änderung."))
class AwardSuccess:
    award: Award = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> AwardSuccess:
    return AwardSuccess(award=Award.from_record(written.record), is_replayed=written.is_replayed)


async def _record(info: Info, command: RecordAwardInput) -> AwardSuccess:
    funding = info.context.services.funding
    return _success(await funding.record_award(body_of(command), key=command.key))


async def _act(info: Info, command: PerformAwardActionInput) -> AwardSuccess:
    written = await info.context.services.funding.act_on_award(
        in_path(command.award_id),
        str(command.action.value),
        body_of(command, "award_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _amend(info: Info, command: AmendAwardInput) -> AwardSuccess:
    written = await info.context.services.funding.amend_award(
        in_path(command.award_id),
        body_of(command, "award_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _approve(info: Info, command: ApproveAwardVersionInput) -> AwardSuccess:
    written = await info.context.services.funding.approve_award_version(
        in_path(command.award_id),
        command.number,
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


AwardResult = Annotated[
    AwardSuccess | Refused | InsufficientFundsError,
    strawberry.union(
        "AwardResult", description=both("The award, or why not.", "Der Bescheid, oder warum nicht.")
    ),
]


@strawberry.type
class AwardMutations:
    @strawberry.mutation(
        description=both(
            "Record an award; it counts as granted once a second person releases it.",
            "Einen Bescheid erfassen; bewilligt ist er, wenn eine zweite Person ihn freigibt.",
        )
    )
    async def record_award(
        self, info: Info, input_: Annotated[RecordAwardInput, INPUT]
    ) -> AwardResult:
        return await answered_with_money(_record(info, input_))

    @strawberry.mutation(
        description=both(
            "Take an award a step further; amendments have their own mutations.",
            "Einen Bescheid einen Schritt weiterführen; Änderungen haben eigene Mutationen.",
        )
    )
    async def perform_award_action(
        self, info: Info, input_: Annotated[PerformAwardActionInput, INPUT]
    ) -> AwardResult:
        return await answered_with_money(_act(info, input_))

    @strawberry.mutation(
        description=both("Record an amendment.", "Einen Änderungsbescheid erfassen.")
    )
    async def amend_award(
        self, info: Info, input_: Annotated[AmendAwardInput, INPUT]
    ) -> AwardResult:
        return await answered_with_money(_amend(info, input_))

    @strawberry.mutation(
        description=both(
            "Release an amendment, by a second person.",
            "Einen Änderungsbescheid freigeben, durch eine zweite Person.",
        )
    )
    async def approve_award_version(
        self, info: Info, input_: Annotated[ApproveAwardVersionInput, INPUT]
    ) -> AwardResult:
        return await answered_with_money(_approve(info, input_))
