"""Parts of a person's record, the keys that find it, and the history of merges."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, SmallInteger, String
from sqlmodel import Field

from services.cases.domain.person_parts import (
    CefrLevel,
    ContactPointKind,
    ReleaseBasis,
    RepresentativeKind,
)
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, Table, UnitColumns, sealed
from shared.database.tables import UTC_INSTANT, one_of

KEYS = ARRAY(String(64))
OF_PERSON = sealed(DataKind.PERSON, holder="person_id")
PERIOD = "valid_to is null or valid_from <= valid_to"


class PersonPartColumns(UnitColumns):
    """Goes with the person it belongs to."""

    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")


class ContactPointRow(PersonPartColumns, Table, table=True):
    __tablename__ = "contact_point"
    __table_args__ = (
        CheckConstraint(one_of("kind", ContactPointKind), name="kind"),
        Index("ix_contact_point_person", "tenant_id", "person_id"),
    )

    kind: str = Field(max_length=20)
    value: str = Field(sa_type=OF_PERSON, nullable=False)
    is_preferred: bool
    note: str | None = Field(default=None, sa_type=OF_PERSON)


class AddressRow(PersonPartColumns, Table, table=True):
    """`ags` is a text of eight digits with its leading zero (H15). With the postcode it says what
    statistics need; where exactly, only who has the key.
    """

    __tablename__ = "address"
    __table_args__ = (
        CheckConstraint(PERIOD, name="period"),
        Index("ix_address_person", "tenant_id", "person_id"),
    )

    street: str = Field(sa_type=OF_PERSON, nullable=False)
    house_number: str = Field(sa_type=OF_PERSON, nullable=False)
    postcode: str = Field(max_length=10)
    town: str = Field(sa_type=OF_PERSON, nullable=False)
    ags: str | None = Field(default=None, max_length=8)
    district: str | None = Field(default=None, sa_type=OF_PERSON)
    valid_from: date
    valid_to: date | None = None


class LanguageSkillRow(PersonPartColumns, Table, table=True):
    __tablename__ = "language_skill"
    __table_args__ = (
        CheckConstraint(one_of("level", CefrLevel), name="level"),
        Index("uq_language_skill", "tenant_id", "person_id", "language", unique=True),
    )

    language: str = Field(max_length=3)
    level: str = Field(max_length=10)


class LegalRepresentativeRow(PersonPartColumns, Table, table=True):
    """A known person, or the name of somebody (an office, for example) who has no record here."""

    __tablename__ = "legal_representative"
    __table_args__ = (
        CheckConstraint(one_of("kind", RepresentativeKind), name="kind"),
        CheckConstraint(PERIOD, name="period"),
        CheckConstraint("(representative_id is null) <> (name is null)", name="who"),
        Index("ix_legal_representative_person", "tenant_id", "person_id"),
        Index("ix_legal_representative_other", "tenant_id", "representative_id"),
    )

    kind: str = Field(max_length=20)
    representative_id: UUID | None = Field(
        default=None, foreign_key="person.id", ondelete="CASCADE"
    )
    name: str | None = Field(default=None, sa_type=OF_PERSON)
    valid_from: date
    valid_to: date | None = None


class PersonSearchRow(PersonPartColumns, Table, table=True):
    """Folded keys beside the name they are made of, under the same protection.

    `find_persons` and the blind check read them, and nothing else of a person. `keys_version` says
    by which rules they were made.
    """

    __tablename__ = "person_search"
    __table_args__ = (
        Index("uq_person_search_person", "tenant_id", "person_id", unique=True),
        Index(
            "ix_person_search_latin",
            "tenant_id",
            "unit_id",
            "latin_key",
            postgresql_using="gin",
            postgresql_ops={"latin_key": "gin_trgm_ops"},
        ),
        Index(
            "ix_person_search_original",
            "tenant_id",
            "unit_id",
            "original_key",
            postgresql_using="gin",
            postgresql_ops={"original_key": "gin_trgm_ops"},
        ),
        Index("ix_person_search_sounds", "tenant_id", "unit_id", "sounds", postgresql_using="gin"),
        Index(
            "ix_person_search_prefix",
            "tenant_id",
            "unit_id",
            "latin_key",
            postgresql_ops={"latin_key": "varchar_pattern_ops"},
        ),
        Index(
            "ix_person_search_spelled",
            "tenant_id",
            "unit_id",
            "spelled_key",
            postgresql_using="gin",
            postgresql_ops={"spelled_key": "gin_trgm_ops"},
        ),
        Index(
            "ix_person_search_skeletons",
            "tenant_id",
            "unit_id",
            "skeletons",
            postgresql_using="gin",
        ),
        Index("ix_person_search_match", "tenant_id", "match_keys", postgresql_using="gin"),
    )

    latin_key: str = Field(max_length=500)
    original_key: str | None = Field(default=None, max_length=500)
    spelled_key: str | None = Field(default=None, max_length=500)
    sounds: list[str] = Field(sa_type=CODES, nullable=False)
    skeletons: list[str] = Field(
        sa_type=KEYS, nullable=False, sa_column_kwargs={"server_default": "{}"}
    )
    match_keys: list[str] = Field(
        sa_type=KEYS, nullable=False, sa_column_kwargs={"server_default": "{}"}
    )
    keys_version: int = Field(
        sa_type=SmallInteger, nullable=False, sa_column_kwargs={"server_default": "0"}
    )


class ReleaseRow(PersonPartColumns, Table, table=True):
    """Who may see the whereabouts of a restricted person, and why. Ids and a reason, no name."""

    __tablename__ = "restriction_release"
    __table_args__ = (
        CheckConstraint(one_of("basis", ReleaseBasis), name="basis"),
        CheckConstraint(
            "basis = 'IN_CHARGE' or (reason is not null and actor <> released_by)",
            name="four_eyes",
        ),
        Index("ix_restriction_release_person", "tenant_id", "person_id", "actor"),
    )

    actor: str = Field(max_length=ACTOR_LENGTH_MAX)
    basis: str = Field(max_length=20)
    reason: str | None = Field(default=None, sa_type=OF_PERSON)
    released_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)


class PersonMergeRow(UnitColumns, Table, table=True):
    """One merge, and its end if it was taken back. Ids only."""

    __tablename__ = "person_merge"
    __table_args__ = (
        Index("ix_person_merge_survivor", "tenant_id", "survivor_id"),
        Index("ix_person_merge_merged", "tenant_id", "merged_id"),
    )

    survivor_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    merged_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    merged_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    merged_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    unmerged_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    unmerged_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
