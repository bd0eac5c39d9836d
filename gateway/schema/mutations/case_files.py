"""Entries in the file of a case, and consents."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.case import Case
from gateway.schema.consent import Consent
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.inputs.case_file import (
    AssessFieldInput,
    CheckDoubleCareInput,
    DraftConsentInput,
    GiveInformationNoticeInput,
    PerformConsentActionInput,
    RecordContactAttemptInput,
    WriteNoteInput,
)
from gateway.schema.published import both, field
from gateway.schema.refusals import answered
from gateway.schema.user_errors import Refused


@strawberry.type(
    description=both("The entry that was made in the file.", "Der Eintrag in der Akte.")
)
class CaseFileSuccess:
    id: strawberry.ID = field("UUID of the entry.", "UUID des Eintrags.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )

    @strawberry.field(description=both("The case as it now stands.", "Der Fall, wie er jetzt ist."))
    async def case(self, info: Info) -> Case | None:
        found = await info.context.loaders.case_file.load(UUID(self.case_id))
        return Case.from_optional(found)


async def _record(
    info: Info,
    command: GiveInformationNoticeInput
    | CheckDoubleCareInput
    | AssessFieldInput
    | RecordContactAttemptInput
    | WriteNoteInput,
    part: str,
) -> CaseFileSuccess:
    case_id = in_path(command.case_id)
    written = await info.context.services.cases.add_part(
        case_id, part, body_of(command, "case_id"), key=command.key
    )
    return CaseFileSuccess(
        id=strawberry.ID(written.record["id"]),
        case_id=strawberry.ID(str(case_id)),
        is_replayed=written.is_replayed,
    )


@strawberry.type(
    description=both("The consent after the change.", "Die Einwilligung nach der Änderung.")
)
class ConsentSuccess:
    consent: Consent = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> ConsentSuccess:
    return ConsentSuccess(
        consent=Consent.from_record(written.record), is_replayed=written.is_replayed
    )


async def _draft(info: Info, command: DraftConsentInput) -> ConsentSuccess:
    written = await info.context.services.cases.add_part(
        in_path(command.case_id), "consents", body_of(command, "case_id"), key=command.key
    )
    return _success(written)


async def _act(info: Info, command: PerformConsentActionInput) -> ConsentSuccess:
    written = await info.context.services.cases.act_on_consent(
        in_path(command.consent_id),
        str(command.action.value),
        body_of(command, "consent_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


CaseFileResult = Annotated[
    CaseFileSuccess | Refused,
    strawberry.union(
        "CaseFileResult",
        description=both("The entry, or why not.", "Der Eintrag, oder warum nicht."),
    ),
]

ConsentResult = Annotated[
    ConsentSuccess | Refused,
    strawberry.union(
        "ConsentResult",
        description=both("The consent, or why not.", "Die Einwilligung, oder warum nicht."),
    ),
]


@strawberry.type
class CaseFileMutations:
    @strawberry.mutation(
        description=both(
            "Record information given to the person (Art. 13 GDPR).",
            "Eine Information an die Person festhalten (Art. 13 DSGVO).",
        )
    )
    async def give_information_notice(
        self, info: Info, input_: Annotated[GiveInformationNoticeInput, INPUT]
    ) -> CaseFileResult:
        return await answered(_record(info, input_, "information-notices"))

    @strawberry.mutation(
        description=both(
            "Check blindly whether another unit works with the family.",
            "Blind prüfen, ob eine andere Stelle die Familie begleitet.",
        )
    )
    async def check_double_care(
        self, info: Info, input_: Annotated[CheckDoubleCareInput, INPUT]
    ) -> CaseFileResult:
        return await answered(_record(info, input_, "double-care-checks"))

    @strawberry.mutation(
        description=both("Assess one field of action.", "Ein Handlungsfeld einschätzen.")
    )
    async def assess_field(
        self, info: Info, input_: Annotated[AssessFieldInput, INPUT]
    ) -> CaseFileResult:
        return await answered(_record(info, input_, "assessment-entries"))

    @strawberry.mutation(
        description=both(
            "Record an attempt to reach the person.", "Einen Kontaktversuch festhalten."
        )
    )
    async def record_contact_attempt(
        self, info: Info, input_: Annotated[RecordContactAttemptInput, INPUT]
    ) -> CaseFileResult:
        return await answered(_record(info, input_, "contact-attempts"))

    @strawberry.mutation(
        description=both(
            "Write a note; conversation notes are entrusted.",
            "Einen Vermerk schreiben; Gesprächsvermerke sind anvertraut.",
        )
    )
    async def write_note(
        self, info: Info, input_: Annotated[WriteNoteInput, INPUT]
    ) -> CaseFileResult:
        return await answered(_record(info, input_, "notes"))

    @strawberry.mutation(description=both("Prepare a consent.", "Eine Einwilligung vorbereiten."))
    async def draft_consent(
        self, info: Info, input_: Annotated[DraftConsentInput, INPUT]
    ) -> ConsentResult:
        return await answered(_draft(info, input_))

    @strawberry.mutation(
        description=both(
            "Give, refuse or revoke a consent; a revocation works at once.",
            "Eine Einwilligung erteilen, verweigern oder widerrufen; ein Widerruf wirkt sofort.",
        )
    )
    async def perform_consent_action(
        self, info: Info, input_: Annotated[PerformConsentActionInput, INPUT]
    ) -> ConsentResult:
        return await answered(_act(info, input_))
