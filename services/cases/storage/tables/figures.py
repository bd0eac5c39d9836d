"""Figures as they were first asked for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.storage.tables.base import Table
from shared.database.tables import UTC_INSTANT


class FigureEditionRow(Table, table=True):
    """Counts of all quarters up to `edition_on`, the last reporting day, each quarter as it was
    first told: whatever is recorded later counts in the quarter in which it is known (R-ST3).
    """

    __tablename__ = "figure_edition"

    tenant_id: str = Field(max_length=5, primary_key=True)
    edition_on: date = Field(primary_key=True)
    taken_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    counts: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)


class FamilyEditionRow(Table, table=True):
    """Families in counselling on a reporting day, as whoever asked first saw them (R-ST3)."""

    __tablename__ = "family_edition"

    tenant_id: str = Field(max_length=5, primary_key=True)
    counted_on: date = Field(primary_key=True)
    taken_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    counts: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
