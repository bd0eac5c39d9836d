"""The audit log as its reader sees it; the policy shows it to the data protection officer."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from services.funding.storage.tables import AuditEntry
from shared.database.lists import Filter, ListView

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
