"""The parts of a person, the search, and what two records have in common."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, StrictBool, model_validator

from services.cases.api.schemas.fields import (
    Actor,
    BirthDateText,
    Cursor,
    FieldName,
    HouseNumber,
    Language,
    Name,
    Paged,
    Postcode,
    Reference,
    ShortReason,
)
from services.cases.domain.duplicates import Reason
from services.cases.domain.people import BirthDatePrecision
from services.cases.domain.person_parts import (
    CefrLevel,
    ContactPointKind,
    Interpreting,
    Literacy,
    ReleaseBasis,
    RepresentativeKind,
)
from shared.web.fields import Ags, LegalDate, RequestModel, ResponseModel


class ContactPointBody(RequestModel):
    kind: ContactPointKind
    value: Reference
    is_preferred: StrictBool = False
    note: ShortReason | None = Field(None, examples=["nur vormittags"])


class ContactPoint(ResponseModel):
    id: UUID
    kind: ContactPointKind
    value: str
    is_preferred: bool
    note: str | None


class ContactPointsBody(RequestModel):
    contact_points: list[ContactPointBody] = Field(max_length=20)


class AddressBody(RequestModel):
    """Both days of the validity belong to it; without `validTo` it is the present one."""

    street: Name
    house_number: HouseNumber
    postcode: Postcode
    town: Name
    ags: Ags | None = None
    district: Name | None = None
    valid_from: LegalDate
    valid_to: LegalDate | None = None


class Address(ResponseModel):
    id: UUID
    street: str
    house_number: str
    postcode: str
    town: str
    ags: str | None
    district: str | None
    valid_from: date
    valid_to: date | None


class AddressesBody(RequestModel):
    addresses: list[AddressBody] = Field(max_length=20)


class LanguageSkillBody(RequestModel):
    language: Language
    level: CefrLevel


class LanguageSkill(ResponseModel):
    language: str
    level: CefrLevel


class LanguagesBody(RequestModel):
    """In the person's order of preference."""

    languages: list[LanguageSkillBody] = Field(max_length=10)
    literacy: Literacy = Literacy.NOT_RECORDED
    interpreting: Interpreting | None = None


class RepresentativeBody(RequestModel):
    """A person recorded here, or the name of somebody who is not."""

    kind: RepresentativeKind
    representative_id: UUID | None = None
    name: Name | None = None
    valid_from: LegalDate
    valid_to: LegalDate | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.representative_id is None) == (self.name is None):
            raise ValueError("Give representativeId or name, one of them.")
        return self


class LegalRepresentative(ResponseModel):
    id: UUID
    kind: RepresentativeKind
    representative_id: UUID | None
    name: str | None
    masked_fields: list[str]
    valid_from: date
    valid_to: date | None


class RepresentativesBody(RequestModel):
    legal_representatives: list[RepresentativeBody] = Field(max_length=10)


class DisputeBody(RequestModel):
    field: FieldName = Field(examples=["nationalities"])
    note: ShortReason


class Dispute(ResponseModel):
    """Goes with the field into every answer (§ 84 (2) SGB X)."""

    field: str
    note: str
    recorded_on: date


class DisputesBody(RequestModel):
    disputes: list[DisputeBody] = Field(max_length=20)


class RestrictionBody(RequestModel):
    is_restricted: StrictBool


class ReleaseBody(RequestModel):
    """Who shall see where the person lives, while holding a case of theirs."""

    actor: Actor
    reason: ShortReason


class ReleaseEnd(RequestModel):
    actor: Actor


class ReleaseView(ResponseModel):
    id: UUID
    person_id: UUID
    actor: str
    basis: ReleaseBasis
    reason: str | None
    released_by: str
    released_at: datetime
    ended_at: datetime | None


class ReleasePage(Paged):
    items: list[ReleaseView]


class MergeBody(RequestModel):
    merged_person_id: UUID


class MergeView(ResponseModel):
    id: UUID
    survivor_id: UUID
    merged_id: UUID
    merged_by: str
    merged_at: datetime
    unmerged_by: str | None
    unmerged_at: datetime | None


class MergePage(Paged):
    items: list[MergeView]


class PersonSearch(RequestModel):
    """In the body, since a URL ends up in logs."""

    name: Name = Field(examples=["Kovalenko", "محمد"])
    birth_date: BirthDateText | None = Field(
        None, description="As exact as it is known; what does not contradict it is found."
    )
    first: int = Field(20, ge=1, le=100, strict=True)
    after: Cursor | None = None
    cursors: Literal["each"] | None = Field(None, description="A cursor of every hit too.")


class PersonHit(ResponseModel):
    """`score` from 0 to 100, `reasons` say what matched."""

    id: UUID
    family_name: str
    given_names: str
    original_name: str | None
    birth_date: str | None
    birth_date_precision: BirthDatePrecision
    disputed_fields: list[str]
    disputes: list[Dispute]
    is_restricted: bool
    score: int
    reasons: list[Reason]


class PersonHitPage(Paged):
    items: list[PersonHit]


class DuplicateCandidates(ResponseModel):
    """Best first; a person decides, nothing is merged by itself."""

    items: list[PersonHit]


class DeliverySummary(ResponseModel):
    """Which fields came from where; by hand where `sourceSystem` is null. The values themselves
    stand in the provenance of the record.
    """

    source_system: str | None
    import_id: UUID | None
    sender_unit: str | None
    delivered_at: datetime
    fields: list[str]
