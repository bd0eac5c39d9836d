"""The offer directory of a tenant, and what findings say about its offers. About nobody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String
from sqlmodel import Field

from services.cases.domain.offers import OfferRelation, OfferState
from services.cases.storage.tables.base import Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of


class OfferRow(UnitColumns, Table, table=True):
    """`unit_id` recorded it; everybody of the tenant who reads findings reads it."""

    __tablename__ = "counselling_offer"
    __table_args__ = (
        CheckConstraint(one_of("state", OfferState), name="state"),
        CheckConstraint("(state = 'MISSING') = (provider is null)", name="provider"),
        CheckConstraint("places >= 0", name="places"),
        Index("ix_counselling_offer_topic", "tenant_id", "topic", "title", "id"),
    )

    state: str = Field(max_length=10)
    title: str = Field(max_length=200)
    topic: str = Field(max_length=60)
    area_ags: list[str] = Field(sa_type=ARRAY(String(8)), nullable=False)
    provider: str | None = Field(default=None, max_length=200)
    provider_unit: str | None = Field(default=None, max_length=63)
    places: int | None = None
    version: int
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class FindingOfferRow(Table, table=True):
    """One statement of a finding about an offer; added, never changed."""

    __tablename__ = "finding_offer"
    __table_args__ = (
        CheckConstraint(one_of("relation", OfferRelation), name="relation"),
        Index("uq_finding_offer", "tenant_id", "finding_id", "offer_id", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    finding_id: UUID = Field(foreign_key="structural_finding.id")
    offer_id: UUID = Field(foreign_key="counselling_offer.id")
    relation: str = Field(max_length=20)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
