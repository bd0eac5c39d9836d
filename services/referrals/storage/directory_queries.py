"""Agencies, routing rules, signposting and revocations as published JSON."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, bindparam, case, literal_column, select
from sqlmodel import col

from services.referrals.domain.signposting import SIGNPOSTING_LIFECYCLE, SignpostingState
from services.referrals.storage.tables import (
    ConsentRevocationRow,
    OrgUnitRow,
    RoutingRuleSetRow,
    SignpostingRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.views import View

U, Q, S, C = OrgUnitRow, RoutingRuleSetRow, SignpostingRow, ConsentRevocationRow

_UNIT: tuple[Any, ...] = (
    col(U.id),
    col(U.version),
    col(U.unit_id),
    col(U.type),
    col(U.name_de),
    col(U.name_en),
    col(U.controller_id),
    col(U.public_body_87),
    col(U.body_35_sgb1),
    col(U.supervisory_dp_authority),
    col(U.areas),
    col(U.services),
    col(U.endpoint_status),
    col(U.commitment_78_signed_on),
    col(U.email),
    col(U.phone),
    col(U.url),
    col(U.dvdv_key),
    col(U.has_software),
    col(U.accepted_modes),
    col(U.deputy_unit),
    col(U.area_parts),
    col(U.updated_at),
)
ORG_UNIT_VIEW = View(select(*_UNIT).where(col(U.unit_id) == bindparam("unit_id")))
ORG_UNIT_LIST = ListView(
    select(*_UNIT),
    filters={
        "id": Filter(col(U.id), UUID, ("in",)),
        "unitId": Filter(col(U.unit_id), str, ("eq", "in")),
        "type": Filter(col(U.type), str, ("eq", "in")),
        "endpointStatus": Filter(col(U.endpoint_status), str, ("eq", "in")),
    },
    sorts={"unitId": "unit_id", "id": "id"},
    default_sort="unitId",
)

_RULES = (col(Q.id), col(Q.version), col(Q.valid_from), col(Q.rules), col(Q.created_at))
RULE_SET_VIEW = View(select(*_RULES).where(col(Q.version) == bindparam("rules_version")))
RULE_SET_LIST = ListView(
    select(*_RULES), filters={}, sorts={"version": "version"}, default_sort="-version"
)


def _allowed_actions() -> ColumnElement[Any]:
    rows = []
    for state in SignpostingState:
        actions = [
            action.value
            for action in SIGNPOSTING_LIFECYCLE.allowed(state)
            # The clock closes what brought no news; nobody has a button for it.
            if action.value != "close-unknown"
        ]
        listed: ColumnElement[Any] = literal_column(f"'{orjson.dumps(actions).decode()}'::json")
        rows.append((col(S.state) == state.value, listed))
    return case(*rows)


_SIGNPOSTING = (
    col(S.id),
    col(S.version),
    col(S.state),
    col(S.service_code),
    col(S.topic),
    col(S.target_name),
    col(S.target_unit),
    col(S.municipality_ags),
    col(S.case_id),
    col(S.informed_on),
    col(S.information_language),
    col(S.outcome),
    col(S.referral_id),
    _allowed_actions().label("allowed_actions"),
    col(S.created_at),
    col(S.updated_at),
)
_LOG = ReadLog("signposting")
SIGNPOSTING_VIEW = View(
    select(*_SIGNPOSTING).where(col(S.id) == bindparam("signposting_id")), log=_LOG
)
SIGNPOSTING_LIST = ListView(
    select(*_SIGNPOSTING),
    filters={
        "id": Filter(col(S.id), UUID, ("in",)),
        "caseId": Filter(col(S.case_id), UUID, ("eq", "in")),
        "state": Filter(col(S.state), SignpostingState, ("eq", "in")),
        "serviceCode": Filter(col(S.service_code), str, ("eq", "in")),
    },
    sorts={"createdAt": "created_at"},
    default_sort="-createdAt",
    log=_LOG,
)

REVOCATION_VIEW = View(
    select(col(C.id), col(C.consent_reference), col(C.revoked_at), col(C.withdrawn)).where(
        col(C.id) == bindparam("revocation_id")
    )
)
