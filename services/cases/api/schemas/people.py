"""Persons, families and staff."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.fields import (
    Actor,
    BirthDateText,
    FieldName,
    Language,
    Name,
    Nationality,
    Paged,
)
from services.cases.api.schemas.person_parts import (
    Address,
    ContactPoint,
    DeliverySummary,
    Dispute,
    LanguageSkill,
    LegalRepresentative,
)
from services.cases.domain.choices import FamilyRole, Gender
from services.cases.domain.families import Split
from services.cases.domain.people import BirthDatePrecision
from services.cases.domain.person_parts import Interpreting, Literacy, PersonAction
from services.cases.operations.part_families import Join
from services.cases.operations.record_person import NOT_RECORDED, PersonParticulars
from shared.web.external_ids import ExternalNumber
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel


class PersonBody(RequestModel):
    """A person as told. No register number has a place here."""

    family_name: Name = Field(examples=["Şahin"])
    given_names: Name = Field(examples=["Yıldız"])
    original_name: Name | None = Field(None, examples=["محمد"])
    birth_date: BirthDateText | None = Field(
        None, description="As exact as it is known: YYYY-MM-DD, YYYY-MM or YYYY."
    )
    gender: Gender = Gender.NOT_RECORDED
    nationalities: list[Nationality] = Field(
        default_factory=list,
        max_length=10,
        description="None to several, each as key of the code list nationality or by its ISO 3166-1"
        " alpha-3 code; kept as key.",
        examples=[["163", "SYR"]],
    )
    languages: list[Language] = Field(default_factory=list, max_length=10)
    residence_group: Code = Field(
        NOT_RECORDED, description="Code list residence-groups; optional by intent."
    )
    disputed_fields: list[FieldName] = Field(
        default_factory=list,
        max_length=20,
        description="Fields whose correctness is disputed (§ 84 (2) SGB X).",
    )

    def particulars(self) -> PersonParticulars:
        return PersonParticulars(
            family_name=self.family_name,
            given_names=self.given_names,
            original_name=self.original_name,
            birth_date=self.birth_date,
            gender=self.gender,
            nationalities=tuple(self.nationalities),
            languages=tuple(self.languages),
            residence_group=self.residence_group,
            disputed_fields=tuple(self.disputed_fields),
        )


class NationalityView(ResponseModel):
    """`iso` is ISO 3166-1 alpha-3, where there is one; `validTo` is the end of a former state."""

    key: str
    iso: str | None
    label_de: str | None
    label_en: str | None
    valid_to: date | None


class PersonView(ResponseModel):
    id: UUID
    version: int
    family_name: str
    given_names: str
    original_name: str | None
    birth_date: str | None
    birth_date_precision: BirthDatePrecision
    gender: Gender
    nationalities: list[str]
    nationality_details: list[NationalityView]
    languages: list[str]
    residence_group: str
    disputed_fields: list[str]
    unit_id: str
    updated_at: datetime
    is_restricted: bool
    literacy: Literacy
    interpreting: Interpreting | None
    disputes: list[Dispute]
    merged_into_id: UUID | None
    merged_record_ids: list[UUID]
    family_ids: list[UUID]
    masked_fields: list[str]
    allowed_actions: list[PersonAction]
    contact_points: list[ContactPoint]
    addresses: list[Address]
    language_skills: list[LanguageSkill]
    legal_representatives: list[LegalRepresentative]
    external_ids: list[ExternalNumber]
    provenance: list[DeliverySummary]


class PersonPage(Paged):
    items: list[PersonView]


class LegacyReplacement(ResponseModel):
    position: int
    original: str
    written: str


class LegacyName(ResponseModel):
    text: str
    is_exact: bool
    replacements: list[LegacyReplacement]


class LegacyNameView(ResponseModel):
    """The name for a Windows-1252 system; no letter is lost without a word, and a disputed name
    says so (§ 84 (2) SGB X).
    """

    id: UUID
    family_name: LegacyName
    given_names: LegacyName
    disputed_fields: list[str]
    disputes: list[Dispute]


class MemberBody(RequestModel):
    person_id: UUID
    role: FamilyRole
    from_on: LegalDate


class FamilyBody(RequestModel):
    arrival_cohort: Code | None = Field(None, description="Code list arrival-cohorts.")
    members: list[MemberBody] = Field(default_factory=list, max_length=30)


class CohortBody(RequestModel):
    arrival_cohort: Code | None


class MembershipEnd(RequestModel):
    to_on: LegalDate


class FamilySplitBody(RequestModel):
    """Each open case of the family is named once: it goes along, or it stays."""

    effective_on: LegalDate = Field(description="The first day in the new family.")
    member_ids: list[UUID] = Field(min_length=1, max_length=30)
    moving_case_ids: list[UUID] = Field(default_factory=list, max_length=100)
    staying_case_ids: list[UUID] = Field(default_factory=list, max_length=100)

    def split(self) -> Split:
        return Split(
            effective_on=self.effective_on,
            member_ids=frozenset(self.member_ids),
            moving_case_ids=frozenset(self.moving_case_ids),
            staying_case_ids=frozenset(self.staying_case_ids),
        )


class FamilyJoinBody(RequestModel):
    """The other family ends in this one; `otherVersion` is the version of it that was seen."""

    other_family_id: UUID
    other_version: int = Field(ge=1, le=2_147_483_647, strict=True)
    effective_on: LegalDate = Field(description="The first day in this family.")
    arrival_cohort: Code | None = Field(
        None, description="Which one holds; to be told where the two families differ."
    )

    def join(self) -> Join:
        return Join(
            other_id=self.other_family_id,
            other_version=self.other_version,
            effective_on=self.effective_on,
            arrival_cohort=self.arrival_cohort,
            is_cohort_told="arrival_cohort" in self.model_fields_set,
        )


class CaseMoveView(ResponseModel):
    case_id: UUID
    from_family_id: UUID
    to_family_id: UUID
    effective_on: date


class MemberView(ResponseModel):
    """`currentPersonId` is the record that goes on where records were merged."""

    id: UUID
    person_id: UUID
    current_person_id: UUID
    role: FamilyRole
    from_on: date
    to_on: date | None


class FamilyView(ResponseModel):
    id: UUID
    version: int
    arrival_cohort: str | None
    split_from_id: UUID | None
    joined_into_id: UUID | None
    joined_on: date | None
    unit_id: str
    created_at: datetime
    updated_at: datetime
    members: list[MemberView]
    case_moves: list[CaseMoveView]


class FamilyPage(Paged):
    items: list[FamilyView]


class StaffBody(RequestModel):
    actor: Actor | None = Field(
        None, description="Issuer and subject of the person's token, joined by |; empty: yourself."
    )
    is_active: StrictBool = True
    bound_to_secrecy_on: LegalDate | None = None
    is_state_recognised: StrictBool = False


class StaffView(ResponseModel):
    id: UUID
    version: int
    actor: str
    is_active: bool
    bound_to_secrecy_on: date | None
    is_state_recognised: bool
    updated_at: datetime


class StaffPage(Paged):
    items: list[StaffView]
