"""What documents, related cases and approvals take."""

import strawberry

from gateway.schema.codes.documents import CaseRelation, DocumentKind
from gateway.schema.inputs.base import Change, Command, needed
from gateway.schema.published import both


@strawberry.input(
    description=both(
        "Announce a document; its bytes follow at the REST interface.",
        "Ein Dokument anlegen; seine Bytes folgen an der REST-Schnittstelle.",
    )
)
class AnnounceDocumentInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    kind: DocumentKind = needed("Kind.", "Art.")


@strawberry.input(
    description=both(
        "Relate a case to another of the unit.",
        "Einen Fall mit einem anderen der Stelle verbinden.",
    )
)
class RelateCaseInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    related_case_id: strawberry.ID = needed("UUID of the other case.", "UUID des anderen Falls.")
    relation: CaseRelation = needed(
        "What the other case is to this one.", "Was der andere Fall für diesen ist."
    )


@strawberry.input(
    description=both(
        "Approve an agreed plan as the second person.",
        "Einen vereinbarten Hilfeplan als zweite Person freigeben.",
    )
)
class ApprovePlanInput(Change):
    plan_id: strawberry.ID = needed("UUID of the plan version.", "UUID der Fassung des Hilfeplans.")
