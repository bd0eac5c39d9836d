"""Steps of a case."""

import strawberry

from gateway.schema.case import Case
from gateway.schema.commands import Success, command, made, outcome
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


@strawberry.type(description=both("The case after the change.", "Der Fall nach der Änderung."))
class CaseSuccess(Success):
    case: Case = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


case_made = made(CaseSuccess, "case", Case)
CaseResult = outcome(
    "CaseResult", CaseSuccess, en="The case, or why not.", de="Der Fall, oder warum nicht."
)


@strawberry.type
class CaseMutations:
    open_case = command(
        "POST cases /v1/cases",
        OpenCaseInput,
        case_made,
        CaseResult,
        en="Open a case after self-contact or outreach.",
        de="Einen Fall nach Selbstmeldung oder aufsuchender Arbeit anlegen.",
    )
    perform_case_action = command(
        "POST cases /v1/cases/{case_id}/actions/{action}",
        PerformCaseActionInput,
        case_made,
        CaseResult,
        en="Move a case along its phases.",
        de="Einen Fall durch seine Phasen führen.",
    )
    describe_case = command(
        "PUT cases /v1/cases/{case_id}/particulars",
        DescribeCaseInput,
        case_made,
        CaseResult,
        en="Change the particulars of a case.",
        de="Die Angaben zu einem Fall ändern.",
    )
    document_indication = command(
        "PUT cases /v1/cases/{case_id}/indication-checklist",
        DocumentIndicationInput,
        case_made,
        CaseResult,
        en="Document why the person needs case management.",
        de="Dokumentieren, warum die Person Case Management braucht.",
    )
    record_other_basis = command(
        "PUT cases /v1/cases/{case_id}/other-basis",
        RecordOtherBasisInput,
        case_made,
        CaseResult,
        en="Record a legal basis beside consent.",
        de="Eine Rechtsgrundlage neben der Einwilligung festhalten.",
    )
    record_signposting = command(
        "PUT cases /v1/cases/{case_id}/signposting",
        RecordSignpostingInput,
        case_made,
        CaseResult,
        en="Record where the person was pointed to.",
        de="Festhalten, wohin die Person verwiesen wurde.",
    )
    answer_structural_question = command(
        "PUT cases /v1/cases/{case_id}/structural-finding-answer",
        AnswerStructuralQuestionInput,
        case_made,
        CaseResult,
        en="Answer whether the case hints at deficient structures.",
        de="Beantworten, ob der Fall auf strukturelle Mängel hinweist.",
    )
    link_sent_referral = command(
        "POST cases /v1/cases/{case_id}/sent-referrals",
        LinkSentReferralInput,
        case_made,
        CaseResult,
        en="Link a referral sent from the case.",
        de="Eine Überleitung aus dem Fall verbinden.",
    )
