"""What each side can do with a referral, as expressions of the statement that reads it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import product
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, case, literal, literal_column, not_
from sqlmodel import col

from services.referrals.domain.codes import ReferralState, Side
from services.referrals.domain.lifecycle import allowed_actions
from services.referrals.domain.overlays import Present, overlay_actions
from services.referrals.domain.sealing import NOT_SEALED
from services.referrals.storage.tables import ReferralRow

Sides = Sequence[tuple[Side, ColumnElement[bool]]]
"""Each side with whether the caller stands on it."""
_IS_HELD = col(ReferralRow.held_since).is_not(None)
_IS_PROPOSED = col(ReferralRow.open_proposal_id).is_not(None)
_IS_SEALED = col(ReferralRow.is_sealed)
_PRESENTS = [
    Present(is_held=is_held, is_proposed=is_proposed, is_sealed=is_sealed)
    for is_held, is_proposed, is_sealed in product((True, False), repeat=3)
]


def _listed(actions: Iterable[StrEnum]) -> ColumnElement[Any]:
    names = orjson.dumps([action.value for action in actions]).decode()
    return literal_column(f"'{names}'::json")


def allowed_beside(sides: Sides) -> ColumnElement[Any]:
    """The same of what changes no state; what lies on the referral changes the buttons too."""
    rows = []
    for side, stands_there in sides:
        for state in ReferralState:
            ways = [
                (_lies_on_it(present), _listed(actions))
                for present in _PRESENTS
                if (actions := overlay_actions(state, side, present))
            ]
            if ways:
                so = and_(stands_there, col(ReferralRow.state) == literal(state.value))
                rows.append((so, case(*ways, else_=_listed(()))))
    return case(*rows, else_=_listed(()))


def _lies_on_it(present: Present) -> ColumnElement[bool]:
    return and_(
        _IS_HELD if present.is_held else not_(_IS_HELD),
        _IS_PROPOSED if present.is_proposed else not_(_IS_PROPOSED),
        _IS_SEALED if present.is_sealed else not_(_IS_SEALED),
    )


def allowed_by_state(sides: Sides) -> ColumnElement[Any]:
    """The transition table as an expression: the buttons of this side in this state."""
    rows = []
    for side, stands_there in sides:
        for state in ReferralState:
            actions = allowed_actions(state, side)
            sealed = tuple(action for action in actions if action not in NOT_SEALED)
            for there, listed in ((_IS_SEALED, sealed), (not_(_IS_SEALED), actions)):
                so = and_(stands_there, there, col(ReferralRow.state) == literal(state.value))
                if listed:
                    rows.append((so, _listed(listed)))
    return case(*rows, else_=_listed(()))
