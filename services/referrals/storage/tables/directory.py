"""What does not belong to one referral: agencies, routing rules, signposting, revocations."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.referrals.domain.agencies import (
    EndpointStatus,
    OrgUnitType,
    PublicBody87,
    SupervisoryAuthority,
)
from services.referrals.domain.signposting import SignpostingState
from services.referrals.storage.base import Table
from shared.database.tables import UTC_INSTANT, one_of


class OrgUnitRow(Table, table=True):
    """One unit of the agency directory; `areas` are keys of municipalities or districts."""

    __tablename__ = "org_unit"
    __table_args__ = (
        CheckConstraint(one_of("type", OrgUnitType), name="type"),
        CheckConstraint(one_of("public_body_87", PublicBody87), name="public_body_87"),
        CheckConstraint(one_of("endpoint_status", EndpointStatus), name="endpoint_status"),
        CheckConstraint(one_of("supervisory_dp_authority", SupervisoryAuthority), name="authority"),
        Index("uq_org_unit_tenant_id_unit_id", "tenant_id", "unit_id", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    type: str = Field(max_length=40)
    name_de: str = Field(max_length=200)
    name_en: str = Field(max_length=200)
    controller_id: str = Field(max_length=63)
    public_body_87: str = Field(max_length=10)
    body_35_sgb1: bool
    supervisory_dp_authority: str = Field(max_length=20)
    areas: list[str] = Field(sa_type=ARRAY(String(8)), nullable=False)
    services: list[str] = Field(sa_type=ARRAY(String(60)), nullable=False)
    endpoint_status: str = Field(max_length=20)
    commitment_78_signed_on: date | None = None
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    url: str | None = Field(default=None, max_length=500)
    dvdv_key: str | None = Field(default=None, max_length=100)
    has_software: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    accepted_modes: list[str] = Field(
        sa_column=Column(ARRAY(String(20)), nullable=False, server_default=text("'{}'"))
    )
    deputy_unit: str | None = Field(default=None, max_length=63)
    area_parts: list[dict[str, Any]] = Field(
        sa_column=Column(JSONB, nullable=False, server_default=text("'[]'"))
    )
    version: int = 1
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class UnitServiceRow(Table, table=True):
    """What a unit says it can take on of one of its services; empty where it says nothing."""

    __tablename__ = "unit_service"
    __table_args__ = (
        CheckConstraint(
            "seats_total >= 0 and seats_free >= 0 and seats_free <= seats_total", name="seats"
        ),
        CheckConstraint("waiting_days >= 0", name="waiting"),
        CheckConstraint("valid_from <= valid_to", name="days"),
        Index("uq_unit_service", "tenant_id", "unit_id", "service_code", unique=True),
        Index("ix_unit_service_code", "tenant_id", "service_code", "unit_id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = 1
    service_code: str = Field(max_length=60)
    accepts: bool
    seats_total: int | None = None
    seats_free: int | None = None
    waiting_days: int | None = None
    languages: list[str] = Field(sa_type=ARRAY(String(3)), nullable=False)
    opening: list[dict[str, str]] = Field(sa_type=JSONB, nullable=False)
    valid_from: date | None = None
    valid_to: date | None = None
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RoutingRuleSetRow(Table, table=True):
    """All rules of a tenant in one version; never changed, only followed by another."""

    __tablename__ = "routing_rule_set"
    __table_args__ = (
        Index("uq_routing_rule_set_tenant_id_version", "tenant_id", "version", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    version: int
    valid_from: date
    rules: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RoutingSampleRow(Table, table=True):
    """So many referrals of a neighbourhood in a month: what new rules are tried on.

    No key of a referral or person, no house number; `square` is a point in whole thousandths of a
    degree, "lon,lat". '' and 0 stand for nothing, since all of it is the key.
    """

    __tablename__ = "routing_sample"

    tenant_id: str = Field(max_length=5, primary_key=True)
    month: date = Field(primary_key=True)
    service_code: str = Field(max_length=60, primary_key=True)
    ags: str = Field(max_length=8, primary_key=True)
    district: str = Field(max_length=120, primary_key=True)
    street: str = Field(max_length=120, primary_key=True)
    square: str = Field(max_length=15, primary_key=True)
    unit_id: str = Field(max_length=63, primary_key=True)
    manual_reason: str = Field(max_length=20, primary_key=True)
    rules_version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    times: int


class ConsentRevocationRow(Table, table=True):
    """A declaration that no longer holds, by the sender's own key of it."""

    __tablename__ = "consent_revocation"
    __table_args__ = (
        Index(
            "uq_consent_revocation_reference",
            "tenant_id",
            "unit_id",
            "consent_reference",
            unique=True,
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    consent_reference: str = Field(max_length=64)
    revoked_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    withdrawn: int


class SignpostingRow(Table, table=True):
    """A person was told where to go. Nothing in it says who the person is."""

    __tablename__ = "signposting"
    __table_args__ = (
        CheckConstraint(one_of("state", SignpostingState), name="state"),
        Index("ix_signposting_unit", "tenant_id", "unit_id", "created_at", "id"),
        Index(
            "ix_signposting_informed",
            "tenant_id",
            "informed_on",
            postgresql_where=text("state = 'INFORMED'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = 1
    state: str = Field(max_length=20)
    service_code: str = Field(max_length=60)
    topic: str = Field(max_length=60)
    target_name: str = Field(max_length=200)
    target_unit: str | None = Field(default=None, max_length=63)
    municipality_ags: str = Field(max_length=8)
    case_id: UUID | None = None
    informed_on: date | None = None
    information_language: str | None = Field(default=None, max_length=3)
    outcome: str | None = Field(default=None, max_length=30)
    referral_id: UUID | None = None
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
