"""As-of reads: a day on which something was in force, and an instant at which it was known."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    ScalarSelect,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import col

from shared.database.filter_values import Written
from shared.database.tables import UTC_INSTANT
from shared.kernel.lifecycle import Lifecycle

AS_OF: ColumnElement[date] = bindparam("as_of", type_=Date)
KNOWN_AT: ColumnElement[datetime] = bindparam("known_at", type_=UTC_INSTANT)
# The day whose occupancies are counted: the day asked about, or today.
ON_DAY: ColumnElement[date] = bindparam("on_day", type_=Date)

LAST_DAY = date(9999, 12, 31)
LAST_INSTANT = datetime(9999, 12, 31, tzinfo=UTC)

REST_OF_MILLISECOND = timedelta(microseconds=999)

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


def moment(as_of: date | None = None, known_at: datetime | None = None) -> dict[str, Any]:
    """The values of `AS_OF` and `KNOWN_AT`; left out, the newest version answers.

    Instants are published in milliseconds, so a known instant means its whole millisecond.
    """
    known = known_at + REST_OF_MILLISECOND if known_at else LAST_INSTANT
    return {"as_of": as_of or LAST_DAY, "known_at": known}


def position_moment(
    today: date, as_of: date | None = None, known_at: datetime | None = None
) -> dict[str, Any]:
    """The same for posts, whose occupancies are counted on the day asked about, or today."""
    return moment(as_of, known_at) | {"on_day": as_of or today}


def number_in_force(
    versions: Any, is_mine: ColumnElement[bool], is_draft: ColumnElement[bool]
) -> ScalarSelect[Any]:
    """The number of the version in force; of a record not yet released, of its newest draft.

    `versions` is an alias of a version table, so that the query around it may join the versions.
    """
    is_in_force = and_(
        col(versions.effective_from) <= AS_OF,
        col(versions.recorded_at) <= KNOWN_AT,
        or_(
            and_(col(versions.approved_at).is_not(None), col(versions.approved_at) <= KNOWN_AT),
            is_draft,
        ),
    )
    return select(func.max(col(versions.number))).where(is_mine, is_in_force).scalar_subquery()


# The value of a filter by fiscal year.
year: Final = Written(r"[0-9]{4}", int)


def allowed_actions(
    state: Any, lifecycle: Lifecycle[S, A, Any], hidden: Iterable[A] = ()
) -> ColumnElement[Any]:
    """The actions that the transition table has for a state, as a JSON array.

    The buttons of a frontend; what blocks an action now is told by `GET …/actions`.
    """
    left_out = set(hidden)
    arrays = {
        known.value: literal_column(
            "'["
            + ",".join(f'"{a.value}"' for a in lifecycle.allowed(known) if a not in left_out)
            + "]'::json",
            type_=JSON,
        )
        for known in lifecycle.states
    }
    return case(arrays, value=state, else_=literal_column("'[]'::json")).label("allowed_actions")
