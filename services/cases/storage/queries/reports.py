"""Answers of the functions that count across units, and the audit log."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from services.cases.storage.tables import AuditEntry
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement

FAMILIES_IN_COUNSELLING = Statement("select * from count_families(:as_of)")
UNITS_WITH_OPEN_CASE = Statement("select units_with_open_case(:fingerprint) as unit_id")
CASE_EXTRACTS = Statement("select * from case_extracts(:rows_max)")
CONSENTS_DUE = Statement("select * from consents_due(:today)")

AUDIT_LIST = ListView(
    select(
        col(AuditEntry.id),
        col(AuditEntry.at),
        col(AuditEntry.actor),
        col(AuditEntry.unit_id),
        col(AuditEntry.client_id),
        col(AuditEntry.action),
        col(AuditEntry.record_kind),
        col(AuditEntry.record_ids),
        col(AuditEntry.purpose),
        col(AuditEntry.request_id),
        col(AuditEntry.reason),
        col(AuditEntry.changes),
    ),
    filters={
        "at": Filter(col(AuditEntry.at), datetime.fromisoformat, ("gte", "lt")),
        "actor": Filter(col(AuditEntry.actor), str),
        "action": Filter(col(AuditEntry.action), str),
    },
    sorts={"at": "at"},
    default_sort="-at",
)
