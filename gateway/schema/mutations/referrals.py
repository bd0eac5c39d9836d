"""Steps of a referral."""

from typing import Annotated

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.codes.referrals import ReferralAction
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.inputs.referral import (
    AcceptReferralInput,
    AssignReferralInput,
    EndReferralInput,
    ForwardReferralInput,
    NewReferralInput,
    ReferralStepInput,
    RejectReferralInput,
    SendReferralInput,
    StartReferralServiceInput,
    WithdrawReferralInput,
)
from gateway.schema.published import both, field
from gateway.schema.referral import ManualReferral, Referral
from gateway.schema.refusals import answered
from gateway.schema.user_errors import Refused


@strawberry.type(
    description=both("The referral after the change.", "Die Überleitung nach der Änderung.")
)
class ReferralSuccess:
    referral: Referral = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> ReferralSuccess:
    return ReferralSuccess(
        referral=Referral.from_record(written.record), is_replayed=written.is_replayed
    )


@strawberry.type(
    description=both("The referral with its unit.", "Die Überleitung mit ihrer Stelle.")
)
class AssignReferralSuccess:
    referral: ManualReferral = field(
        "The referral as it now stands.", "Die Überleitung, wie sie jetzt ist."
    )
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


async def _create(info: Info, command: NewReferralInput, *, submit: bool) -> ReferralSuccess:
    body = body_of(command) | {"submit": submit}
    return _success(await info.context.services.referrals.create(body, key=command.key))


async def _step(
    info: Info,
    command: ReferralStepInput
    | AcceptReferralInput
    | RejectReferralInput
    | ForwardReferralInput
    | WithdrawReferralInput
    | SendReferralInput
    | StartReferralServiceInput
    | EndReferralInput,
    action: ReferralAction,
) -> ReferralSuccess:
    written = await info.context.services.referrals.act(
        in_path(command.referral_id),
        str(action.value),
        body_of(command, "referral_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _assign(info: Info, command: AssignReferralInput) -> AssignReferralSuccess:
    written = await info.context.services.referrals.assign(
        in_path(command.referral_id),
        body_of(command, "referral_id"),
        key=command.key,
        version=command.expected_version,
    )
    return AssignReferralSuccess(
        referral=ManualReferral.from_record(written.record), is_replayed=written.is_replayed
    )


ReferralResult = Annotated[
    ReferralSuccess | Refused,
    strawberry.union(
        "ReferralResult",
        description=both("The referral, or why not.", "Die Überleitung, oder warum nicht."),
    ),
]

AssignReferralResult = Annotated[
    AssignReferralSuccess | Refused,
    strawberry.union(
        "AssignReferralResult",
        description=both(
            "The entry of the manual queue, or why not.",
            "Der Eintrag der Klärungsliste, oder warum nicht.",
        ),
    ),
]


@strawberry.type
class ReferralMutations:
    @strawberry.mutation(
        description=both(
            "Write a referral down and send it at once.",
            "Eine Überleitung anlegen und sofort senden.",
        )
    )
    async def submit_referral(
        self, info: Info, input_: Annotated[NewReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_create(info, input_, submit=True))

    @strawberry.mutation(
        description=both(
            "Write a referral down without sending it.",
            "Eine Überleitung anlegen, ohne sie zu senden.",
        )
    )
    async def draft_referral(
        self, info: Info, input_: Annotated[NewReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_create(info, input_, submit=False))

    @strawberry.mutation(
        description=both(
            "Collect a referral: the recipient has it now.",
            "Eine Überleitung abholen: die empfangende Stelle hat sie jetzt.",
        )
    )
    async def pull_referral(
        self, info: Info, input_: Annotated[ReferralStepInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.PULL))

    @strawberry.mutation(description=both("Start the review.", "Die Prüfung beginnen."))
    async def start_referral_review(
        self, info: Info, input_: Annotated[ReferralStepInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.START_REVIEW))

    @strawberry.mutation(
        description=both(
            "Accept: the content becomes readable, a case follows.",
            "Annehmen: der Inhalt wird lesbar, ein Fall folgt.",
        )
    )
    async def accept_referral(
        self, info: Info, input_: Annotated[AcceptReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.ACCEPT))

    @strawberry.mutation(
        description=both("Reject, with coded reasons.", "Ablehnen, mit Gründen als Codes.")
    )
    async def reject_referral(
        self, info: Info, input_: Annotated[RejectReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.REJECT))

    @strawberry.mutation(
        description=both(
            "Pass on to another unit of the same controller.",
            "An eine andere Stelle derselben verantwortlichen Stelle weitergeben.",
        )
    )
    async def forward_referral(
        self, info: Info, input_: Annotated[ForwardReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.FORWARD))

    @strawberry.mutation(
        description=both(
            "Take back, as long as it is not accepted.",
            "Zurückziehen, solange sie nicht angenommen ist.",
        )
    )
    async def withdraw_referral(
        self, info: Info, input_: Annotated[WithdrawReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.WITHDRAW))

    @strawberry.mutation(
        description=both("Make a draft ready to send.", "Einen Entwurf sendebereit machen.")
    )
    async def prepare_referral(
        self, info: Info, input_: Annotated[ReferralStepInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.PREPARE))

    @strawberry.mutation(
        description=both("Send a referral that is ready.", "Eine sendebereite Überleitung senden.")
    )
    async def send_referral(
        self, info: Info, input_: Annotated[SendReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.SUBMIT))

    @strawberry.mutation(
        description=both("Record the first contact.", "Den ersten Kontakt festhalten.")
    )
    async def start_referral_service(
        self, info: Info, input_: Annotated[StartReferralServiceInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.START_SERVICE))

    @strawberry.mutation(
        description=both("Complete, with the outcome.", "Abschließen, mit dem Ergebnis.")
    )
    async def complete_referral(
        self, info: Info, input_: Annotated[EndReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.COMPLETE))

    @strawberry.mutation(
        description=both("Give back, with the outcome.", "Zurückgeben, mit dem Ergebnis.")
    )
    async def return_referral(
        self, info: Info, input_: Annotated[EndReferralInput, INPUT]
    ) -> ReferralResult:
        return await answered(_step(info, input_, ReferralAction.RETURN))

    @strawberry.mutation(
        description=both(
            "Name the unit where no rule could.", "Die Stelle festlegen, wo keine Regel es konnte."
        )
    )
    async def assign_referral(
        self, info: Info, input_: Annotated[AssignReferralInput, INPUT]
    ) -> AssignReferralResult:
        return await answered(_assign(info, input_))
