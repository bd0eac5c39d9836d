"""The agency directory, routing rules, and the answer to "who is responsible here?"."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.referrals.api.fields import (
    AreaKey,
    Latitude,
    Longitude,
    RuleName,
    Street,
    StreetNumber,
    UnitName,
)
from services.referrals.api.referral_views import TitleView
from services.referrals.domain.agencies import (
    EndpointStatus,
    OrgUnitType,
    PublicBody87,
    SupervisoryAuthority,
)
from services.referrals.domain.areas import Parity
from services.referrals.domain.routing import PRIORITY_MAX, PRIORITY_MIN, ManualReason
from services.referrals.operations.directory import UnitEntry
from shared.web.fields import (
    Ags,
    Code,
    LegalDate,
    RequestModel,
    ResponseModel,
    UnitKey,
)

Point = tuple[Longitude, Latitude]


class OrgUnitBody(RequestModel):
    """What the law needs to know of a unit before anything is sent to it."""

    type: OrgUnitType
    name_de: UnitName
    name_en: UnitName
    controller_id: UnitKey = Field(description="The unit that answers for it, often itself.")
    public_body_87: PublicBody87 = Field(description="Bound by § 87 AufenthG; schools are exempt.")
    body_35_sgb1: bool = Field(strict=True, description="A body named in § 35 SGB I.")
    supervisory_dp_authority: SupervisoryAuthority
    areas: Annotated[list[AreaKey], Field(max_length=400)]
    services: Annotated[list[Code], Field(max_length=50)]
    endpoint_status: EndpointStatus
    commitment_78_signed_on: LegalDate | None = Field(
        default=None, description="Commitment under § 78 SGB X; needed outside § 35 SGB I."
    )

    def entry(self) -> UnitEntry:
        return UnitEntry(
            type=self.type,
            name_de=self.name_de,
            name_en=self.name_en,
            controller_id=self.controller_id,
            public_body_87=self.public_body_87,
            body_35_sgb1=self.body_35_sgb1,
            supervisory_dp_authority=self.supervisory_dp_authority,
            areas=tuple(self.areas),
            services=tuple(self.services),
            endpoint_status=self.endpoint_status,
            commitment_78_signed_on=self.commitment_78_signed_on,
        )


class NewOrgUnit(OrgUnitBody):
    unit_id: UnitKey


class OrgUnitView(ResponseModel):
    id: UUID
    version: int
    unit_id: str
    type: OrgUnitType
    name_de: str
    name_en: str
    controller_id: str
    public_body_87: PublicBody87
    body_35_sgb1: bool
    supervisory_dp_authority: SupervisoryAuthority
    areas: list[str]
    services: list[str]
    endpoint_status: EndpointStatus
    commitment_78_signed_on: date | None
    updated_at: datetime


class OrgUnitPage(ResponseModel):
    items: list[OrgUnitView]
    next_cursor: str | None


class MunicipalitiesBody(RequestModel):
    """Whole municipalities (8 digits) or districts (5 digits)."""

    kind: Literal["MUNICIPALITIES"]
    keys: Annotated[list[AreaKey], Field(min_length=1, max_length=400)]


class DistrictsBody(RequestModel):
    """Named parts of one municipality."""

    kind: Literal["DISTRICTS"]
    ags: Ags
    names: Annotated[list[Street], Field(min_length=1, max_length=200)]


class StreetSectionBody(RequestModel):
    street: Street
    from_number: StreetNumber | None = None
    to_number: StreetNumber | None = None
    parity: Parity = Parity.ALL


class StreetsBody(RequestModel):
    """A street list inside one municipality."""

    kind: Literal["STREETS"]
    ags: Ags
    sections: Annotated[list[StreetSectionBody], Field(min_length=1, max_length=5000)]


class ShapeBody(RequestModel):
    """A closed ring of [longitude, latitude] inside one municipality."""

    kind: Literal["SHAPE"]
    ags: Ags
    ring: Annotated[list[Point], Field(min_length=4, max_length=5000)]


AreaBody = Annotated[
    MunicipalitiesBody | DistrictsBody | StreetsBody | ShapeBody, Field(discriminator="kind")
]


class ReasonBody(RequestModel):
    de: UnitName
    en: UnitName


class RuleBody(RequestModel):
    """Priority 1 comes first. The reason is shown to whoever chooses."""

    rule_id: RuleName
    service_code: Code
    unit_id: UnitKey
    priority: Annotated[int, Field(ge=PRIORITY_MIN, le=PRIORITY_MAX, strict=True)] = 10
    reason: ReasonBody
    area: AreaBody


class RuleSetBody(RequestModel):
    """All rules of the tenant; the next version, in force from that day on."""

    valid_from: LegalDate
    rules: Annotated[list[RuleBody], Field(max_length=2000)]

    def forms(self) -> list[dict[str, Any]]:
        return [rule.model_dump(mode="json", by_alias=True) for rule in self.rules]


class RuleSetView(ResponseModel):
    id: UUID
    version: int
    valid_from: date
    rules: list[dict[str, Any]]
    created_at: datetime


class RuleSetPage(ResponseModel):
    items: list[RuleSetView]
    next_cursor: str | None


class TargetView(ResponseModel):
    unit_id: str
    priority: int
    reason: TitleView
    rule_id: str


class RoutingView(ResponseModel):
    """Who is responsible; `manualReason` says why a person has to decide instead."""

    service_code: str
    municipality_ags: str
    ars: str
    ars_is_derived: bool
    rules_version: int
    targets: list[TargetView]
    unit_id: str | None
    manual_reason: ManualReason | None


class CodeView(ResponseModel):
    code: str
    label: TitleView


class CodeListView(ResponseModel):
    name: str
    urn: str
    version: str
    codes: list[CodeView]


class CodeListNames(ResponseModel):
    items: list[str]


class ServiceView(ResponseModel):
    code: str
    title: TitleView
    categories: list[str]
    is_authority_matter: bool


class ServiceCatalogue(ResponseModel):
    version: str
    items: list[ServiceView]
