"""The agency directory, routing rules, and the answer to "who is responsible here?"."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.referrals.api.area_schemas import AreaBody, PartBody
from services.referrals.api.fields import (
    AreaKey,
    DvdvKey,
    Email,
    Phone,
    RuleName,
    UnitName,
    WebAddress,
)
from services.referrals.api.referral_views import TitleView
from services.referrals.domain.agencies import (
    EndpointStatus,
    OrgUnitType,
    PublicBody87,
    SupervisoryAuthority,
)
from services.referrals.domain.codes import Mode
from services.referrals.domain.routing import PRIORITY_MAX, PRIORITY_MIN, ManualReason
from services.referrals.operations.directory import UnitEntry
from services.referrals.operations.warnings import WarningCode
from shared.service.rehearsals import DryRunView
from shared.service.warnings import WarningShown
from shared.web.fields import (
    Code,
    LegalDate,
    RequestModel,
    ResponseModel,
    UnitKey,
)


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
    email: Email | None = Field(default=None, description="Of the unit, never of one person.")
    phone: Phone | None = None
    url: WebAddress | None = None
    dvdv_key: DvdvKey | None = Field(
        default=None, description="Its entry in the Deutsches Verwaltungsdiensteverzeichnis."
    )
    has_software: bool = Field(
        default=True, strict=True, description="False: it works without a system of its own."
    )
    accepted_modes: Annotated[list[Mode], Field(max_length=20)] = Field(
        default=[], description="Kinds of referral it accepts; none named means all of them."
    )
    deputy_unit: UnitKey | None = Field(
        default=None, description="The unit that is told when this one does not answer."
    )
    area_parts: Annotated[list[PartBody], Field(max_length=50)] = Field(
        default=[], description="Parts of municipalities it serves, beside whole ones (`areas`)."
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
            email=self.email,
            phone=self.phone,
            url=self.url,
            dvdv_key=self.dvdv_key,
            has_software=self.has_software,
            accepted_modes=tuple(self.accepted_modes),
            deputy_unit=self.deputy_unit,
            area_parts=tuple(
                part.model_dump(mode="json", by_alias=True) for part in self.area_parts
            ),
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
    email: str | None
    phone: str | None
    url: str | None
    dvdv_key: str | None
    has_software: bool
    accepted_modes: list[Mode]
    deputy_unit: str | None
    area_parts: list[dict[str, Any]]
    updated_at: datetime


class OrgUnitPage(ResponseModel):
    items: list[OrgUnitView]
    next_cursor: str | None


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
    """`accepts` is false where a referral is not worth sending: closed, full or out of term."""

    unit_id: str
    priority: int
    reason: TitleView
    rule_id: str
    accepts: bool
    seats_free: int | None
    waiting_days: int | None


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


class WarningView(WarningShown):
    """A reason to think again before sending; nothing is refused for it."""

    code: WarningCode
    unit_id: str
    service_code: str
    waiting_days: int | None


class SendingDryRunView(DryRunView):
    """`warnings`: what to know before sending, such as a full service."""

    warnings: list[WarningView]
