"""Which members of a referral are hidden from who asks: what `domain.access_rules` says in
sentences, as an expression of the statement that reads. A test holds the two together.
"""

from typing import Any, Final

from sqlalchemy import ARRAY, ColumnElement, String, and_, case, func, literal_column, not_, or_
from sqlmodel import col

from services.referrals.domain.codes import Side
from services.referrals.storage.disclosures import IS_CONTENT_SHOWN
from services.referrals.storage.tables import RecipientRecordRow, ReferralRow

_NAMES: Final = ARRAY(String)


def _named(*members: str) -> ColumnElement[Any]:
    listed = ", ".join(f"'{member}'" for member in members)
    return literal_column(f"array[{listed}]::text[]", _NAMES)


_CONTENT = _named("content", "disputedFields", "disputes", "secretCategories")
_HAS_NO_OWN_RECORD = and_(
    col(RecipientRecordRow.assignee).is_(None),
    col(RecipientRecordRow.assigned_at).is_(None),
    col(RecipientRecordRow.escalated_to).is_(None),
)


def masked_fields(side: ColumnElement[Any]) -> ColumnElement[Any]:
    """`side` is the asking unit's, null for one that has passed the referral on."""
    is_not_sender = side.is_distinct_from(Side.SENDER.value)
    is_foreign = and_(side.is_distinct_from(Side.RECIPIENT.value), _HAS_NO_OWN_RECORD)
    is_content_hidden = or_(side.is_(None), not_(IS_CONTENT_SHOWN))
    is_untold = and_(is_foreign, not_(col(ReferralRow.covers_feedback)))
    parts = (
        case((is_foreign, _named("assignedAt", "assignee", "escalatedTo")), else_=_named()),
        case(
            (is_content_hidden, _CONTENT),
            (col(ReferralRow.is_sealed), _named("content")),
            else_=_named(),
        ),
        case((is_untold, _named("outcome")), else_=_named()),
        case((is_not_sender, _named("sending")), else_=_named()),
    )
    whole: ColumnElement[Any] = parts[0]
    for part in parts[1:]:
        whole = func.array_cat(whole, part, type_=_NAMES)
    return whole.label("masked_fields")
