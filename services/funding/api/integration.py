"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.funding.api.doors import may_follow, may_read_audit
from services.funding.storage.tables import (
    AllocationRow,
    AuditEntry,
    AwardRow,
    DrawdownRow,
    FeedEntry,
    FeedHorizon,
    PaymentRow,
    PositionRow,
    ProofRow,
    RecordChange,
    RecoveryRow,
    ReservationRow,
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
        ChangeKind("award", AwardRow),
        ChangeKind("allocation", AllocationRow),
        ChangeKind("position", PositionRow),
        ChangeKind("drawdown", DrawdownRow),
        ChangeKind("payment", PaymentRow),
        ChangeKind("proof", ProofRow),
        ChangeKind("recovery", RecoveryRow),
        ChangeKind("reservation", ReservationRow),
    ),
    feed_reader=may_follow,
)
