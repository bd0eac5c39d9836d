"""Documents, related cases, approvals of plans, assessments over time."""

import strawberry

from gateway.schema.codes.case_files import NeedLevel
from gateway.schema.codes.documents import CaseRelation, DocumentKind, ScanState
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A document of a case; its content stays at the REST interface.",
        "Ein Dokument eines Falls; sein Inhalt bleibt an der REST-Schnittstelle.",
    )
)
class CaseDocument(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    title: str = field("Title.", "Titel.")
    kind: DocumentKind = field("Kind.", "Art.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    media_type: str | None = field(
        "What the bytes are, by their content.", "Was die Bytes sind, am Inhalt erkannt."
    )
    sha256: str | None = field("SHA-256 of the bytes.", "SHA-256 der Bytes.")
    size_bytes: int | None = field("Size in bytes.", "Größe in Byte.")
    scan_state: ScanState | None = field(
        "What the malware scanner said.", "Was der Virenscanner sagte."
    )

    @strawberry.field(
        description=both(
            "Path at the case service: GET reads the bytes, PUT stores them once.",
            "Pfad am Falldienst: GET liest die Bytes, PUT speichert sie einmal.",
        )
    )
    def content_path(self) -> str:
        return f"/v1/documents/{self.record['id']}/content"


@strawberry.type(
    description=both(
        "How one case has to do with another.", "Wie ein Fall mit einem anderen zu tun hat."
    )
)
class RelatedCase(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    related_case_id: strawberry.ID = field("UUID of the other case.", "UUID des anderen Falls.")
    relation: CaseRelation = field(
        "What the other case is to this one.", "Was der andere Fall für diesen ist."
    )
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    related_case = related(
        "cases /v1/cases",
        "gateway.schema.case:Case",
        "relatedCaseId",
        en="The other case.",
        de="Der andere Fall.",
    )


@strawberry.type(
    description=both(
        "The second person's approval of a plan.",
        "Die Freigabe eines Hilfeplans durch eine zweite Person.",
    )
)
class PlanApproval(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    plan_version_id: strawberry.ID = field(
        "UUID of the plan version.", "UUID der Fassung des Hilfeplans."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    author: str = field("Who wrote it.", "Wer sie schrieb.")
    approver: str = field("Who approved it.", "Wer sie freigab.")
    approved_on: Date = field("Day of the approval.", "Tag der Freigabe.")


@strawberry.type(
    description=both(
        "An assessment in the course of time; every entry stays.",
        "Eine Einschätzung im Verlauf; jeder Eintrag bleibt.",
    )
)
class Assessment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    field_of_action: str = field("Field of action.", "Handlungsfeld.")
    need: NeedLevel = field("Need.", "Bedarf.")
    situation: str = field("Situation.", "Lage.")
    resources: str = field("Resources.", "Ressourcen.")
    legal_circle: str | None = field("Body of law.", "Rechtskreis.")
    score: int | None = field(
        "0 (no need) to 100, where a scale is used.",
        "0 (kein Bedarf) bis 100, wo eine Skala benutzt wird.",
    )
    has_client_taken_part: bool = field("The person took part.", "Die Person hat mitgewirkt.")
    assessed_on: Date = field("Day of the assessment.", "Tag der Einschätzung.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    is_current: bool = field(
        "The latest of its field of action.", "Die neueste ihres Handlungsfelds."
    )
