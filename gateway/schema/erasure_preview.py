"""The dry run of an erasure: what would go, and what stands against it."""

import strawberry

from gateway.schema.codes.cases import CaseState
from gateway.schema.codes.rights import RefusalGround
from gateway.schema.published import Published, both, field
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A reason against an erasure, with its law.",
        "Ein Grund gegen eine Löschung, mit seiner Norm.",
    )
)
class ErasureReason(Published):
    ground: RefusalGround = field("The ground.", "Der Grund.")
    label: BothLanguages = field("Name.", "Bezeichnung.")
    norms: list[str] = field("The law.", "Die Normen.")


@strawberry.type(description=both("A case in the dry run.", "Ein Fall im Probelauf."))
class PreviewedCase(Published):
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    reference: str = field("Reference for people.", "Aktenzeichen.")
    state: CaseState = field("State.", "Stand.")
    reasons_against: list[ErasureReason] = field(
        "What stands against it.", "Was der Löschung entgegensteht."
    )


@strawberry.type(description=both("What would be erased.", "Was gelöscht würde."))
class PreviewedPart(Published):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    service_title: BothLanguages = field("Name of the service.", "Name des Dienstes.")
    kind: str = field("Kind of data.", "Datenart.")
    title: BothLanguages = field("Name of the kind.", "Bezeichnung der Datenart.")
    records: int = field("Number of records.", "Anzahl der Datensätze.")


@strawberry.type(
    description=both(
        "Dry run of an erasure: nothing is changed.",
        "Probelauf einer Löschung: nichts wird geändert.",
    )
)
class ErasurePreview(Published):
    is_possible: bool = field("Nothing stands against it.", "Nichts steht entgegen.")
    cases: list[PreviewedCase] = field("The files of the person.", "Die Akten der Person.")
    is_person_erased: bool = field(
        "The person goes with the last file.", "Die Person geht mit der letzten Akte."
    )
    would_go: list[PreviewedPart] = field("What would go.", "Was gelöscht würde.")
    services_waited_for: list[str] = field(
        "Services that have not told their number.", "Dienste, deren Zahl noch fehlt."
    )
