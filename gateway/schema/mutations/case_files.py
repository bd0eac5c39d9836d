"""Entries in the file of a case, and consents."""

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.ahead import id_text
from gateway.schema.case import Case
from gateway.schema.case_file import DoubleCareCheck
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.consent import Consent
from gateway.schema.inputs.case_file import (
    AssessFieldInput,
    CheckDoubleCareInput,
    DraftConsentInput,
    GiveInformationNoticeInput,
    PerformConsentActionInput,
    RecordContactAttemptInput,
)
from gateway.schema.published import REQUEST, both, field


@strawberry.type(
    description=both("The entry that was made in the file.", "Der Eintrag in der Akte.")
)
class CaseFileSuccess(Success):
    id: strawberry.ID = field("UUID of the entry.", "UUID des Eintrags.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")

    @strawberry.field(
        description=both("The case as it now stands.", "Der Fall, wie er jetzt ist."),
        metadata={REQUEST: "GET cases /v1/cases"},
    )
    async def case(self, info: Info) -> Case | None:
        found = await info.context.loaders.case_file.load(id_text(self.case_id))
        return Case.from_optional(found)


@strawberry.type(
    description=both(
        "The answer of the blind check: whom to call, never about what.",
        "Die Antwort der blinden Prüfung: wen anrufen, nie weswegen.",
    )
)
class DoubleCareSuccess(Success):
    check: DoubleCareCheck = field("The check.", "Die Prüfung.")


DoubleCareResult = outcome(
    "DoubleCareResult",
    DoubleCareSuccess,
    en="The check, or why not.",
    de="Die Prüfung, oder warum nicht.",
)


def _entry_made(written: Written) -> CaseFileSuccess:
    return CaseFileSuccess(
        id=written.record["id"], case_id=written.record["caseId"], is_replayed=written.is_replayed
    )


@strawberry.type(
    description=both("The consent after the change.", "Die Einwilligung nach der Änderung.")
)
class ConsentSuccess(Success):
    consent: Consent = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_consent_made = made(ConsentSuccess, "consent", Consent)
CaseFileResult = outcome(
    "CaseFileResult",
    CaseFileSuccess,
    en="The entry, or why not.",
    de="Der Eintrag, oder warum nicht.",
)
ConsentResult = outcome(
    "ConsentResult",
    ConsentSuccess,
    en="The consent, or why not.",
    de="Die Einwilligung, oder warum nicht.",
)


@strawberry.type
class CaseFileMutations:
    give_information_notice = command(
        "POST cases /v1/cases/{case_id}/information-notices",
        GiveInformationNoticeInput,
        _entry_made,
        CaseFileResult,
        en="Record information given to the person (Art. 13 GDPR).",
        de="Eine Information an die Person festhalten (Art. 13 DSGVO).",
    )
    check_double_care = command(
        "POST cases /v1/cases/{case_id}/double-care-checks",
        CheckDoubleCareInput,
        made(DoubleCareSuccess, "check", DoubleCareCheck),
        DoubleCareResult,
        en="Check blindly whether another unit works with the family.",
        de="Blind prüfen, ob eine andere Stelle die Familie begleitet.",
    )
    assess_field = command(
        "POST cases /v1/cases/{case_id}/assessment-entries",
        AssessFieldInput,
        _entry_made,
        CaseFileResult,
        en="Assess one field of action.",
        de="Ein Handlungsfeld einschätzen.",
    )
    record_contact_attempt = command(
        "POST cases /v1/cases/{case_id}/contact-attempts",
        RecordContactAttemptInput,
        _entry_made,
        CaseFileResult,
        en="Record an attempt to reach the person.",
        de="Einen Kontaktversuch festhalten.",
    )
    draft_consent = command(
        "POST cases /v1/cases/{case_id}/consents",
        DraftConsentInput,
        _consent_made,
        ConsentResult,
        en="Prepare a consent.",
        de="Eine Einwilligung vorbereiten.",
    )
    perform_consent_action = command(
        "POST cases /v1/consents/{consent_id}/actions/{action}",
        PerformConsentActionInput,
        _consent_made,
        ConsentResult,
        en="Give, refuse or revoke a consent; a revocation works at once.",
        de="Eine Einwilligung erteilen, verweigern oder widerrufen; ein Widerruf wirkt sofort.",
    )
