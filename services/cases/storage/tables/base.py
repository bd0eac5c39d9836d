"""What all tables of this service share."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, String
from sqlmodel import Field, SQLModel

from services.cases.domain.retention import DataKind
from shared.database.tables import UTC_INSTANT, registry_for
from shared.secrecy.columns import Readers, SealedText, everybody

CODES = ARRAY(String(60))
ACTOR_LENGTH_MAX = 520


def sealed(kind: DataKind, *, holder: str = "case_id", readers: Readers = everybody) -> SealedText:
    """Free text about people: encrypted under a key of its case and its kind of data, so that both
    can be forgotten, each by its own rule. The length is the door's business.
    """
    return SealedText(kind.value, holder=holder, readers=readers)


class Table(SQLModel, registry=registry_for("cases")):
    """Base of this service's tables."""


class UnitColumns(SQLModel):
    """A record of one controller: tenant and unit stand in the policy of its table."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)


class FileColumns(UnitColumns):
    """Content of a case: goes with the case file, in one stroke, when the case is erased."""

    case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
