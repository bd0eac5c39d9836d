"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.cases.api.access import may_follow, may_read_audit
from services.cases.storage.tables import (
    AuditEntry,
    CaseRow,
    ConsentRow,
    DocumentRow,
    FamilyRow,
    FeedEntry,
    FeedHorizon,
    PersonRow,
    PlanVersionRow,
    RecordChange,
    TaskRow,
)
from shared.database.feed import ChangeKind
from shared.service.integration import Integration

INTEGRATION: Final = Integration(
    audit=AuditEntry,
    audit_reader=may_read_audit,
    feed=FeedEntry,
    changes=RecordChange,
    horizons=FeedHorizon,
    kinds=(
        ChangeKind("case", CaseRow),
        ChangeKind("person", PersonRow),
        ChangeKind("family", FamilyRow),
        ChangeKind("consent", ConsentRow),
        ChangeKind("document", DocumentRow),
        ChangeKind("task", TaskRow),
        ChangeKind("plan-version", PlanVersionRow),
    ),
    feed_reader=may_follow,
)
