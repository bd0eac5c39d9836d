"""Documents, related cases, approvals of plans."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.document import CaseDocument, PlanApproval, RelatedCase
from gateway.schema.inputs.document import AnnounceDocumentInput, ApprovePlanInput, RelateCaseInput
from gateway.schema.published import both, field


@strawberry.type(
    description=both("The document after the change.", "Das Dokument nach der Änderung.")
)
class DocumentSuccess(Success):
    document: CaseDocument = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The relation that was made.", "Die Verbindung, die entstand."))
class RelatedCaseSuccess(Success):
    related_case: RelatedCase = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


@strawberry.type(description=both("The approval.", "Die Freigabe."))
class PlanApprovalSuccess(Success):
    approval: PlanApproval = field(
        "The record as it now stands.", "Der Datensatz, wie er jetzt ist."
    )


_document = made(DocumentSuccess, "document", CaseDocument)
DocumentResult = outcome(
    "DocumentResult",
    DocumentSuccess,
    en="The document, or why not.",
    de="Das Dokument, oder warum nicht.",
)
_related_case = made(RelatedCaseSuccess, "related_case", RelatedCase)
RelatedCaseResult = outcome(
    "RelatedCaseResult",
    RelatedCaseSuccess,
    en="The relation, or why not.",
    de="Die Verbindung, oder warum nicht.",
)
_approval = made(PlanApprovalSuccess, "approval", PlanApproval)
PlanApprovalResult = outcome(
    "PlanApprovalResult",
    PlanApprovalSuccess,
    en="The approval, or why not.",
    de="Die Freigabe, oder warum nicht.",
)


@strawberry.type
class DocumentMutations:
    announce_document = command(
        "POST cases /v1/cases/{case_id}/documents",
        AnnounceDocumentInput,
        _document,
        DocumentResult,
        en="Announce a document; its bytes follow at the REST interface.",
        de="Ein Dokument anlegen; seine Bytes folgen an der REST-Schnittstelle.",
    )
    relate_case = command(
        "POST cases /v1/cases/{case_id}/related-cases",
        RelateCaseInput,
        _related_case,
        RelatedCaseResult,
        en="Relate a case to another of the unit.",
        de="Einen Fall mit einem anderen der Stelle verbinden.",
    )
    approve_plan = command(
        "POST cases /v1/plan-versions/{plan_id}/actions/approve",
        ApprovePlanInput,
        _approval,
        PlanApprovalResult,
        en="Approve an agreed plan as the second person.",
        de="Einen vereinbarten Hilfeplan als zweite Person freigeben.",
    )
