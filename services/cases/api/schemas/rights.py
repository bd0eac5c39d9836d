"""Requests of data subjects, the answer to them, and the preview of an erasure."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.cases import Blocker
from services.cases.api.schemas.fields import BothLanguages, FieldName, Paged
from services.cases.domain.facts import CaseState
from services.cases.domain.rights_codes import (
    AskedBy,
    AskedOn,
    ChangeToTell,
    DataRight,
    ExtensionReason,
    HandedOver,
    IdentityCheck,
    ReceivedVia,
    RightsAction,
    RightsState,
    Settlement,
)
from services.cases.domain.rights_grounds import RefusalGround
from services.cases.operations.keep_rights import DecidePart, NewRequest
from shared.web.fields import LegalDate, RequestModel, ResponseModel, coded

ServiceName = coded(r"^[a-z]{1,20}$", 20)
PartKind = coded(r"^[A-Z][A-Z_]{1,39}$", 40)


class RightsRequestBody(RequestModel):
    """What the person wrote is a document of the file (`letterId`); no text stands here."""

    data_right: DataRight
    person_id: UUID
    asked_by: AskedBy
    received_on: LegalDate
    received_via: ReceivedVia
    asked_on: AskedOn | None = Field(
        None, description="The ground that the person names: Art. 17 (1), 18 (1), 21 (1)."
    )
    fields: list[FieldName] = Field(
        [], max_length=50, description="Rectification: the fields that are said to be wrong."
    )
    letter_id: UUID | None = None

    def request(self) -> NewRequest:
        return NewRequest(**self.model_dump(exclude={"fields"}), fields=tuple(self.fields))


class RightsStep(RequestModel):
    """What a step brings along; what was said before stays."""

    identity_check: IdentityCheck | None = None
    extension_reason: ExtensionReason | None = None
    person_told_on: LegalDate | None = Field(
        None, description="Day on which the person was informed of the step."
    )
    refusal_ground: RefusalGround | None = None
    are_remedies_told: bool | None = Field(None, strict=True)
    settlement: Settlement | None = None
    handed_over_via: HandedOver | None = None


class RightsDecisionBody(RequestModel):
    """Without `recordId` for the whole kind; a ground withholds, without one it goes out."""

    service: ServiceName  # type: ignore[valid-type] # made by a function
    kind: PartKind  # type: ignore[valid-type] # made by a function
    record_id: UUID | None = None
    ground: RefusalGround | None = None

    def decision(self, request_id: UUID, version: int | None) -> DecidePart:
        return DecidePart(request_id=request_id, expected_version=version, **self.model_dump())


class RightsPart(ResponseModel):
    service: str
    kind: str
    records: int
    may_concern_others: bool
    answered_at: datetime


class RightsDecision(ResponseModel):
    service: str
    kind: str
    record_id: UUID | None
    is_withheld: bool
    ground: RefusalGround | None
    decided_by: str
    decided_at: datetime


class RightsNotice(ResponseModel):
    """A recipient that was told (Art. 19); without `answer` it has not confirmed yet."""

    id: UUID
    referral_id: UUID
    recipient_unit: str
    change: ChangeToTell
    told_at: datetime
    answer: str | None
    answered_at: datetime | None
    overdue_at: datetime | None


class RightsTransition(ResponseModel):
    action: RightsAction
    label: BothLanguages
    to: RightsState
    rule: str
    is_open: bool
    blocked_by: list[Blocker]


class RightsRequestSummary(ResponseModel):
    id: UUID
    version: int
    data_right: DataRight
    state: RightsState
    person_id: UUID
    case_ids: list[UUID]
    asked_by: AskedBy
    asked_on: AskedOn | None
    fields: list[str]
    letter_id: UUID | None
    received_on: date
    received_via: ReceivedVia
    due_on: date
    extension_reason: ExtensionReason | None
    identity_check: IdentityCheck | None
    identity_checked_by: str | None
    services: list[str]
    settlement: Settlement | None
    refusal_ground: RefusalGround | None
    are_remedies_told: bool
    person_told_on: date | None
    handed_over_via: HandedOver | None
    decided_by: str | None
    decided_at: datetime | None
    exported_at: datetime | None
    export_removed_at: datetime | None
    warned_on: date | None
    overdue_told_on: date | None
    ended_at: datetime | None
    recorded_by: str
    recorded_at: datetime
    updated_at: datetime
    unit_id: str
    is_overdue: bool


class RightsRequestView(RightsRequestSummary):
    """`services` were asked; `parts` are what they and this service hold, counted by kind."""

    parts: list[RightsPart]
    decisions: list[RightsDecision]
    notices: list[RightsNotice]


class RightsRequestDetail(RightsRequestView):
    available_transitions: list[RightsTransition]


class RightsRequestPage(Paged):
    items: list[RightsRequestSummary]


class ReasonAgainst(ResponseModel):
    ground: RefusalGround
    label: BothLanguages
    norms: list[str]


class PreviewedCase(ResponseModel):
    case_id: UUID
    reference: str
    state: CaseState
    reasons_against: list[ReasonAgainst]


class PreviewedPart(ResponseModel):
    service: str
    service_title: BothLanguages
    kind: str
    title: BothLanguages
    records: int


class ErasurePreview(ResponseModel):
    """A dry run: nothing was changed. `servicesWaitedFor` have not told their number yet."""

    request_id: UUID
    is_possible: bool
    cases: list[PreviewedCase]
    is_person_erased: bool
    would_go: list[PreviewedPart]
    services_waited_for: list[str]


class OwnNote(ResponseModel):
    """A note that only certain people read; it is handed over by who reads it."""

    id: UUID
    case_id: UUID
    confidentiality: str
    held_on: date
    text: str
    kind: str


class OwnNotes(ResponseModel):
    items: list[OwnNote]
