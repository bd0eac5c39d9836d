"""Table classes: one registry per service, so that three services live in one process."""

from enum import StrEnum

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def registry_for(service: str) -> registry:
    """The registry of one service: `class Table(SQLModel, registry=registry_for("cases"))`."""
    return registry(metadata=MetaData(naming_convention=NAMING, info={"service": service}))


# Used as `Field(sa_type=UTC_INSTANT, nullable=False)`: a column object (`sa_column=`) in a mixin
# would fail on the second table.
UTC_INSTANT = DateTime(timezone=True)


def one_of(column: str, values: type[StrEnum]) -> str:
    """The text of a CHECK constraint: status columns are text, not SQL enums, whose equality is
    not leak-proof and would keep indexes from being used under a policy.
    """
    listed = ", ".join(f"'{value.value}'" for value in values)
    return f"{column} in ({listed})"
