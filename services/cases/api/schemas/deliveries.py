"""What other systems deliver: rows of imports, single records, and where values came from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.cases import NewMemberBody
from services.cases.api.schemas.fields import (
    Actor,
    Contact,
    Language,
    Pseudonym,
    ShortReason,
)
from services.cases.domain.choices import OtherBasis
from services.cases.domain.codes import ClosingReason, DeclineReason
from services.cases.domain.facts import CaseState
from services.cases.operations.import_rows import ImportRow
from services.cases.operations.open_case import NewMember
from shared.web.external_ids import ExternalValue, PutReceipt
from shared.web.fields import Ags, Code, LegalDate, RequestModel, ResponseModel


class DeliveredMember(NewMemberBody):
    external_id: ExternalValue | None = Field(
        None,
        description="What the delivering system knows the person by; never a register's number.",
    )


class CaseDelivery(RequestModel):
    """A running or ended case as another system knows it."""

    state: CaseState
    opened_on: LegalDate
    state_since: LegalDate | None = None
    closed_on: LegalDate | None = None
    closing_reason: ClosingReason | None = None
    decline_reason: DeclineReason | None = None
    pseudonym: Pseudonym | None = None
    contact: Contact | None = None
    language: Language | None = None
    municipality_ags: Ags | None = None
    arrival_cohort: Code | None = None
    other_basis: OtherBasis | None = None
    other_basis_reason: ShortReason | None = None
    case_manager: Actor | None = None
    is_new_case: bool = Field(
        default=False,
        description="A case that was erased under this number is not meant: this is another one.",
    )
    members: list[DeliveredMember] = Field(default_factory=list, max_length=30)

    def as_row(self, line: int, key: str) -> ImportRow:
        names = self.model_fields_set - {"members", "key"}
        plain: dict[str, Any] = {name: getattr(self, name) for name in names}
        members = tuple(
            NewMember(
                role=member.role,
                person=member.person.particulars(),
                external_id=member.external_id,
            )
            for member in self.members
        )
        return ImportRow(line=line, key=key, members=members, **plain)


class CaseImportLine(CaseDelivery):
    """One line of an NDJSON file."""

    key: ExternalValue = Field(description="The delivering system's own number of the case.")

    def row(self, line: int) -> ImportRow:
        return self.as_row(line, self.key)


class DeliveryReceipt(PutReceipt):
    """Outcome and ids; the record itself is read by who may read records."""

    person_ids: list[UUID]


class ValueOrigin(ResponseModel):
    """One time that a value came: from a system, or by hand where `sourceSystem` is null."""

    record_id: UUID
    source_system: str | None
    import_id: UUID | None
    sender_unit: str | None = Field(description="Who sent the referral that the value came with.")
    by: str
    at: datetime
    value: Any
    is_latest: bool


class FieldProvenance(ResponseModel):
    field: str
    origins: list[ValueOrigin]


class Provenance(ResponseModel):
    id: UUID
    fields: list[FieldProvenance]
