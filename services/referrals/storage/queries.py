"""Referrals as published JSON: what each side may see, built where the policies hold."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import col

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.codes import (
    ACCEPTED_OR_LATER,
    ExternalKind,
    ReferralState,
    Side,
)
from services.referrals.storage.buttons import allowed_beside, allowed_by_state
from services.referrals.storage.disclosures import CONTENT_PARTS
from services.referrals.storage.masking import masked_fields
from services.referrals.storage.numbers import NUMBERS
from services.referrals.storage.tables import (
    PlaceRow,
    RecipientRecordRow,
    ReferralRow,
    SenderRecordRow,
)
from shared.database.filter_values import yes_or_no
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_object
from shared.database.views import View
from shared.kernel.caller import Caller

R = ReferralRow
_UNIT = bindparam("unit", type_=String)
_MAY_SEND = bindparam("may_send", type_=Boolean)
_MAY_RECEIVE = bindparam("may_receive", type_=Boolean)
_I_SEND = and_(col(R.sender_unit) == _UNIT, _MAY_SEND)
_WAS_SENT = col(R.submitted_at).is_not(None)
_I_RECEIVE = and_(col(R.recipient_unit) == _UNIT, _WAS_SENT, _MAY_RECEIVE)
_WAS_ASSIGNED = col(RecipientRecordRow.assigned_at).is_not(None)
_IS_HELD = col(R.held_since).is_not(None)
SIDES = ((Side.SENDER, _I_SEND), (Side.RECIPIENT, _I_RECEIVE))
_I_FORWARDED = and_(col(R.forwarded_from) == _UNIT, _MAY_RECEIVE)


def sight(caller: Caller) -> dict[str, Any]:
    """What of the caller decides which side of a referral it stands on."""
    held = permissions(caller.roles, caller.unit_type)
    return {
        "unit": caller.unit_id,
        "may_send": Permission.SEND in held,
        "may_receive": Permission.RECEIVE in held,
    }


def _side() -> ColumnElement[Any]:
    return case((_I_SEND, Side.SENDER.value), (_I_RECEIVE, Side.RECIPIENT.value))


def _own_case() -> ColumnElement[Any]:
    """The case of the asking side: each sees only its own record, so only one can be there."""
    return func.coalesce(col(RecipientRecordRow.case_id), col(SenderRecordRow.case_id))


_PREVIEW = (
    col(R.id),
    col(R.version),
    col(R.state),
    col(R.mode),
    col(R.service_code),
    col(R.topic),
    col(R.purpose),
    col(R.urgency),
    col(R.language),
    col(R.interpreter_needed),
    col(R.municipality_ags),
    col(R.age_band),
    col(R.sender_unit),
    col(R.recipient_unit),
    col(R.manual_reason),
    col(R.created_at),
    col(R.updated_at),
)
_PROCESS = (
    _side().label("side"),
    allowed_by_state(SIDES).label("allowed_actions"),
    allowed_beside(SIDES).label("overlay_actions"),
    col(R.rules_version),
    col(R.ground_kind),
    col(R.ground_code),
    col(R.ground_valid_to),
    col(R.covers_feedback),
    col(R.payload_digest),
    col(R.content_version),
    col(R.is_sealed),
    col(R.submitted_at),
    col(R.expires_at),
    col(R.reminded_at),
    col(R.delivered_at),
    col(R.answered_at),
    col(R.remind_at),
    col(R.answer_remind_at),
    col(R.escalate_at),
    col(R.escalated_at),
    col(R.held_since),
    col(R.hold_reason),
    # The recipient's own: no row of it is there for the sender.
    col(RecipientRecordRow.assignee),
    col(RecipientRecordRow.assigned_at),
    col(RecipientRecordRow.escalated_to),
    col(R.problems),
    func.coalesce(col(RecipientRecordRow.outcome), col(R.outcome)).label("outcome"),
    col(R.withdraw_reason),
    col(R.signposting_id),
    col(R.follows_id),
    col(R.transfers_ownership),
    col(R.owner_unit),
    col(R.open_proposal_id),
    _own_case().label("case_id"),
    masked_fields(_side()),
    NUMBERS.shown(R, ExternalKind.REFERRAL),
)


_CONTENT = (
    *CONTENT_PARTS,
    json_object(
        select(
            col(SenderRecordRow.subject_reference),
            col(SenderRecordRow.legal_ground),
            col(SenderRecordRow.disclosure_decision),
            col(SenderRecordRow.protection_steps),
        )
        .where(col(SenderRecordRow.id) == col(R.id))
        .correlate(R)
    ).label("sending"),
)


def _of(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(R)
        .outerjoin(SenderRecordRow, col(SenderRecordRow.id) == col(R.id))
        .outerjoin(RecipientRecordRow, col(RecipientRecordRow.id) == col(R.id))
    )


# The case is joined by an event and a person of the recipient assigned, both without a new version
# of the referral: there the version does not say whether the document is still the same.
_MAY_BE_JOINED = case(
    (
        or_(_WAS_ASSIGNED, *(col(R.state) == state.value for state in sorted(ACCEPTED_OR_LATER))),
        literal_column("'\"may-be-joined\"'::json"),
    )
).label("facts")

LOG = ReadLog("referral")
_ID = col(R.id) == bindparam("referral_id")
MINE = or_(_I_SEND, _I_RECEIVE, _I_FORWARDED)

REFERRAL_VIEW = View(_of(*_PREVIEW, *_PROCESS).where(_ID, MINE), log=LOG)
_WHOLE = _of(*_PREVIEW, *_PROCESS, *_CONTENT, _MAY_BE_JOINED)
REFERRAL_DETAIL = View(_WHOLE.where(_ID, MINE), log=LOG)
_NUMBERED = col(R.id) == NUMBERS.record_of(ExternalKind.REFERRAL)
REFERRAL_BY_NUMBER = View(_WHOLE.where(_NUMBERED, MINE), log=LOG)


FILTERS = {
    "id": Filter(col(R.id), UUID, ("eq", "in")),
    "externalId": NUMBERS.filter(R, ExternalKind.REFERRAL),
    "caseId": Filter(_own_case(), UUID, ("eq", "in")),
    "state": Filter(col(R.state), ReferralState, ("eq", "in")),
    "mode": Filter(col(R.mode), str, ("eq", "in")),
    "serviceCode": Filter(col(R.service_code), str, ("eq", "in")),
    "urgency": Filter(col(R.urgency), str, ("eq", "in")),
    "senderUnit": Filter(col(R.sender_unit), str, ("eq", "in")),
    "recipientUnit": Filter(col(R.recipient_unit), str, ("eq", "in")),
    "municipalityAgs": Filter(col(R.municipality_ags), str, ("eq", "in")),
    "assignee": Filter(col(RecipientRecordRow.assignee), str, ("eq", "in")),
    "escalatedTo": Filter(col(RecipientRecordRow.escalated_to), str, ("eq", "in")),
    "ownerUnit": Filter(col(R.owner_unit), str, ("eq", "in")),
    "isHeld": Filter(_IS_HELD, yes_or_no),
    "isEscalated": Filter(col(R.escalated_at).is_not(None), yes_or_no),
    "createdAt": Filter(col(R.created_at), datetime.fromisoformat, ("gte", "lt")),
    "updatedAt": Filter(col(R.updated_at), datetime.fromisoformat, ("gte", "lt")),
}
_SORTS = {"createdAt": "created_at", "updatedAt": "updated_at", "id": "id"}

REFERRAL_LIST = ListView(
    _of(*_PREVIEW, *_PROCESS).where(MINE),
    filters=FILTERS,
    sorts=_SORTS,
    default_sort="-createdAt",
    log=LOG,
)
OUTBOX_LIST = ListView(
    _of(*_PREVIEW, *_PROCESS).where(_I_SEND),
    filters=FILTERS,
    sorts=_SORTS,
    default_sort="-createdAt",
    log=LOG,
)
INBOX_LIST = ListView(
    _of(*_PREVIEW, *_PROCESS).where(_I_RECEIVE),
    filters=FILTERS,
    sorts=_SORTS | {"submittedAt": "submitted_at"},
    default_sort="-submittedAt",
    log=LOG,
)

# The coordination sees what it needs to find the unit, and the place only while it has to.
_PLACE = json_object(
    select(
        col(PlaceRow.ags),
        col(PlaceRow.street),
        col(PlaceRow.house_number),
        col(PlaceRow.district),
    )
    .where(col(PlaceRow.id) == col(R.id))
    .correlate(R)
).label("place")
_WAITS = and_(col(R.state) == ReferralState.READY.value, col(R.manual_reason).is_not(None))

MANUAL_VIEW = View(select(*_PREVIEW, _PLACE).where(_ID, _WAITS), log=LOG)
MANUAL_LIST = ListView(
    select(*_PREVIEW, _PLACE).where(_WAITS, col(R.recipient_unit).is_(None)),
    filters={name: FILTERS[name] for name in ("serviceCode", "municipalityAgs", "urgency")},
    sorts={"createdAt": "created_at"},
    default_sort="createdAt",
    log=LOG,
)
