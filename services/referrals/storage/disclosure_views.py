"""Decisions, manifests and receipts as published JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.codes import ACCEPTED_OR_LATER
from services.referrals.storage.tables import (
    DisclosureDecisionRow,
    DisclosureRow,
    ReferralRow,
    SenderRecordRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.views import View
from shared.kernel.caller import Caller

N, D, R = DisclosureDecisionRow, DisclosureRow, ReferralRow
_UNIT = bindparam("unit", type_=String)
_MAY_SEND = bindparam("may_send", type_=Boolean)
_MAY_RECEIVE = bindparam("may_receive", type_=Boolean)


def disclosure_sight(caller: Caller) -> dict[str, Any]:
    """As `queries.sight`, where the head of a unit sees what its people sent: paths, no values."""
    held = permissions(caller.roles, caller.unit_type)
    return {
        "unit": caller.unit_id,
        "may_send": bool(held & {Permission.SEND, Permission.DECIDE_DISCLOSURE}),
        "may_receive": Permission.RECEIVE in held,
    }


_DECISION = (
    col(N.id),
    col(N.referral_id),
    col(N.recipient_unit),
    col(N.outcome),
    col(N.ground),
    col(N.fields),
    col(N.client_informed),
    col(N.reason),
    col(N.request_reference),
    col(N.decided_by),
    col(N.decided_at),
    col(N.recorded_by),
    col(N.recorded_at),
)
_DECISION_LOG = ReadLog("disclosure-decision")
DECISION_VIEW = View(
    select(*_DECISION).where(col(N.id) == bindparam("decision_id")), log=_DECISION_LOG
)
DECISION_LIST = ListView(
    select(*_DECISION),
    filters={
        "referralId": Filter(col(N.referral_id), UUID, ("eq", "in")),
        "recipientUnit": Filter(col(N.recipient_unit), str, ("eq", "in")),
        "outcome": Filter(col(N.outcome), str, ("eq", "in")),
    },
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=_DECISION_LOG,
)
# Null where nothing waits. What waits is asked row by row, of drafts alone.
_AWAITED = func.awaited_disclosure(col(R.id), type_=ARRAY(String(120)))
AWAITED_LIST = ListView(
    select(
        col(R.id),
        col(R.version),
        col(R.state),
        col(R.mode),
        col(R.service_code),
        col(R.topic),
        col(R.purpose),
        col(R.urgency),
        col(R.recipient_unit),
        _AWAITED.label("fields"),
        col(R.created_at),
        col(R.updated_at),
    ).where(
        col(R.sender_unit) == _UNIT,
        col(R.submitted_at).is_(None),
        _AWAITED.is_not(None),
    ),
    filters={
        "id": Filter(col(R.id), UUID, ("eq", "in")),
        "recipientUnit": Filter(col(R.recipient_unit), str, ("eq", "in")),
        "urgency": Filter(col(R.urgency), str, ("eq", "in")),
    },
    sorts={"createdAt": "created_at"},
    default_sort="createdAt",
    log=ReadLog("referral"),
)

_MANIFEST = (
    col(D.id),
    col(D.referral_id),
    col(D.content_version),
    col(D.sender_unit),
    col(D.recipient_unit),
    col(D.ground_kind),
    col(D.ground_code),
    col(D.categories),
    col(D.fields),
    col(D.disputed_fields),
    col(D.attachments),
    col(D.decision_id),
    col(D.payload_digest),
    col(D.disclosed_at),
)
# Not of a receipt, whose digest both sides hold: that is of a version of the content.
_OF_A_MESSAGE = col(D.message_id)
_LOG = ReadLog("referral", column="referral_id")
# Which parts there are says something of the person: the recipient learns it with acceptance.
_ACCEPTED = or_(*(col(R.state) == state.value for state in sorted(ACCEPTED_OR_LATER)))
_I_SENT = and_(col(D.sender_unit) == _UNIT, _MAY_SEND)
_I_RECEIVED = and_(
    col(D.recipient_unit) == _UNIT, col(R.recipient_unit) == _UNIT, _ACCEPTED, _MAY_RECEIVE
)
_SIDES = and_(col(R.tenant_id) == col(D.tenant_id), col(R.id) == col(D.referral_id))
_SEEN = select(*_MANIFEST, _OF_A_MESSAGE).join(R, _SIDES).where(or_(_I_SENT, _I_RECEIVED))
_OF_REFERRAL = col(D.referral_id) == bindparam("referral_id")
_LATER = aliased(DisclosureRow)
_NEWEST = (
    select(func.max(col(_LATER.content_version)))
    .where(
        col(_LATER.tenant_id) == col(D.tenant_id),
        col(_LATER.referral_id) == col(D.referral_id),
        col(_LATER.recipient_unit) == col(D.recipient_unit),
    )
    .correlate(D)
    .scalar_subquery()
)

DISCLOSURES_OF_REFERRAL = ListView(
    _SEEN.where(_OF_REFERRAL),
    filters={},
    sorts={"disclosedAt": "disclosed_at"},
    default_sort="disclosedAt",
    log=_LOG,
)
DISCLOSURES = ListView(
    _SEEN,
    filters={
        "referralId": Filter(col(D.referral_id), UUID, ("eq", "in")),
        "recipientUnit": Filter(col(D.recipient_unit), str, ("eq", "in")),
    },
    sorts={"disclosedAt": "disclosed_at", "id": "id"},
    default_sort="-disclosedAt",
    log=_LOG,
)
RECEIPT_VIEW = View(
    select(*_MANIFEST)
    .join(R, _SIDES)
    .where(
        or_(_I_SENT, _I_RECEIVED),
        _OF_REFERRAL,
        col(D.recipient_unit) == col(R.recipient_unit),
        col(D.content_version) == _NEWEST,
        col(D.message_id).is_(None),
    ),
    log=_LOG,
)
# What of a person was told to whom, for its right to know (Art. 15, 19 GDPR).
DISCLOSURES_OF_UNIT = ListView(
    select(*_MANIFEST, _OF_A_MESSAGE)
    .join(
        SenderRecordRow,
        and_(
            col(SenderRecordRow.tenant_id) == col(D.tenant_id),
            col(SenderRecordRow.id) == col(D.referral_id),
        ),
    )
    .where(col(D.sender_unit) == _UNIT),
    filters={
        "caseId": Filter(col(SenderRecordRow.case_id), UUID, ("eq", "in")),
        "recipientUnit": Filter(col(D.recipient_unit), str, ("eq", "in")),
    },
    sorts={"disclosedAt": "disclosed_at"},
    default_sort="-disclosedAt",
    log=_LOG,
)
