"""Steps of a case."""

from typing import Annotated

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.case import Case
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.inputs.case import (
    AnswerStructuralQuestionInput,
    DescribeCaseInput,
    DocumentIndicationInput,
    LinkSentReferralInput,
    OpenCaseInput,
    PerformCaseActionInput,
    RecordOtherBasisInput,
    RecordSignpostingInput,
)
from gateway.schema.published import both, field
from gateway.schema.refusals import answered
from gateway.schema.user_errors import Refused


@strawberry.type(description=both("The case after the change.", "Der Fall nach der Änderung."))
class CaseSuccess:
    case: Case = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> CaseSuccess:
    return CaseSuccess(case=Case.from_record(written.record), is_replayed=written.is_replayed)


async def _open(info: Info, command: OpenCaseInput) -> CaseSuccess:
    return _success(await info.context.services.cases.open(body_of(command), key=command.key))


async def _act(info: Info, command: PerformCaseActionInput) -> CaseSuccess:
    written = await info.context.services.cases.act(
        in_path(command.case_id),
        str(command.action.value),
        body_of(command, "case_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _put(
    info: Info,
    command: DescribeCaseInput
    | DocumentIndicationInput
    | RecordOtherBasisInput
    | RecordSignpostingInput
    | AnswerStructuralQuestionInput,
    part: str,
) -> CaseSuccess:
    written = await info.context.services.cases.put_part(
        in_path(command.case_id),
        part,
        body_of(command, "case_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _link(info: Info, command: LinkSentReferralInput) -> CaseSuccess:
    written = await info.context.services.cases.add_part(
        in_path(command.case_id),
        "sent-referrals",
        body_of(command, "case_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


CaseResult = Annotated[
    CaseSuccess | Refused,
    strawberry.union(
        "CaseResult", description=both("The case, or why not.", "Der Fall, oder warum nicht.")
    ),
]


@strawberry.type
class CaseMutations:
    @strawberry.mutation(
        description=both(
            "Open a case after self-contact or outreach.",
            "Einen Fall nach Selbstmeldung oder aufsuchender Arbeit anlegen.",
        )
    )
    async def open_case(self, info: Info, input_: Annotated[OpenCaseInput, INPUT]) -> CaseResult:
        return await answered(_open(info, input_))

    @strawberry.mutation(
        description=both("Move a case along its phases.", "Einen Fall durch seine Phasen führen.")
    )
    async def perform_case_action(
        self, info: Info, input_: Annotated[PerformCaseActionInput, INPUT]
    ) -> CaseResult:
        return await answered(_act(info, input_))

    @strawberry.mutation(
        description=both("Change the particulars of a case.", "Die Angaben zu einem Fall ändern.")
    )
    async def describe_case(
        self, info: Info, input_: Annotated[DescribeCaseInput, INPUT]
    ) -> CaseResult:
        return await answered(_put(info, input_, "particulars"))

    @strawberry.mutation(
        description=both(
            "Document why the person needs case management.",
            "Dokumentieren, warum die Person Case Management braucht.",
        )
    )
    async def document_indication(
        self, info: Info, input_: Annotated[DocumentIndicationInput, INPUT]
    ) -> CaseResult:
        return await answered(_put(info, input_, "indication-checklist"))

    @strawberry.mutation(
        description=both(
            "Record a legal basis beside consent.",
            "Eine Rechtsgrundlage neben der Einwilligung festhalten.",
        )
    )
    async def record_other_basis(
        self, info: Info, input_: Annotated[RecordOtherBasisInput, INPUT]
    ) -> CaseResult:
        return await answered(_put(info, input_, "other-basis"))

    @strawberry.mutation(
        description=both(
            "Record where the person was pointed to.",
            "Festhalten, wohin die Person verwiesen wurde.",
        )
    )
    async def record_signposting(
        self, info: Info, input_: Annotated[RecordSignpostingInput, INPUT]
    ) -> CaseResult:
        return await answered(_put(info, input_, "signposting"))

    @strawberry.mutation(
        description=both(
            "Answer whether the case hints at deficient structures.",
            "Beantworten, ob der Fall auf strukturelle Mängel hinweist.",
        )
    )
    async def answer_structural_question(
        self, info: Info, input_: Annotated[AnswerStructuralQuestionInput, INPUT]
    ) -> CaseResult:
        return await answered(_put(info, input_, "structural-finding-answer"))

    @strawberry.mutation(
        description=both(
            "Link a referral sent from the case.", "Eine Überleitung aus dem Fall verbinden."
        )
    )
    async def link_sent_referral(
        self, info: Info, input_: Annotated[LinkSentReferralInput, INPUT]
    ) -> CaseResult:
        return await answered(_link(info, input_))
