"""What can be done with a record, as an expression of the statement that reads it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, and_, case, func, literal_column, not_, or_
from sqlalchemy.dialects.postgresql import array

from shared.kernel.access_acts import Act
from shared.kernel.access_relations import Relation

ME: ColumnElement[str] = literal_column("current_setting('app.actor', true)", String)


def allowed_where(*rows: tuple[StrEnum, ColumnElement[bool]]) -> ColumnElement[Any]:
    """The actions whose condition holds, in the order given."""
    names = [case((so, literal_column(f"'{action.value}'", String))) for action, so in rows]
    listed: ColumnElement[Any] = array(names, type_=String)
    return func.array_remove(listed, None, type_=ARRAY(String))


def permitted(
    act: Act, role: str, stands: Mapping[Relation, ColumnElement[bool]]
) -> ColumnElement[bool]:
    """The same table of acts in SQL: `stands` says of each relation whether the caller has it."""
    reaching = [stands[relation] for relation in Relation if relation in act.doers[role]]
    return and_(or_(*reaching), *(not_(stands[one]) for one in Relation if one in act.barred))
