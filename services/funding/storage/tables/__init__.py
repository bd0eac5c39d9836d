"""The tables of the funding service. Rules stand in `domain/`; the database repeats the sharpest.

Money is in cents, posts are decimals of full-time equivalents. Nothing here is about a person.
"""

from services.funding.storage.tables.allocations import AllocationRow, AllocationVersionRow
from services.funding.storage.tables.awards import (
    AwardLineRow,
    AwardRow,
    AwardVersionLineRow,
    AwardVersionRow,
)
from services.funding.storage.tables.base import (
    AuditAnchor,
    AuditBlock,
    AuditEntry,
    AuditExpiry,
    AuditSeal,
    ConsumedEvent,
    ExternalIdRow,
    FeedEntry,
    FeedHorizon,
    IdempotencyKey,
    JobRow,
    LostSight,
    OutboxMessage,
    PartnerRequest,
    RecordChange,
    Table,
)
from services.funding.storage.tables.deadlines import DeadlineRow, FundingAlertRow
from services.funding.storage.tables.drawdowns import DrawdownNeedRow, DrawdownRow
from services.funding.storage.tables.exports import FinanceBatchRow
from services.funding.storage.tables.ledger import (
    JournalProposalRow,
    LedgerAccountRow,
    LedgerBalanceRow,
    LedgerEntryRow,
    LedgerPeriodRow,
    LedgerPostingRow,
    LedgerYearCloseRow,
)
from services.funding.storage.tables.payments import InstalmentRow, PaymentRow, PaymentRunRow
from services.funding.storage.tables.plans import (
    BudgetEntryRow,
    OwnShareRequestRow,
    ProgrammeRow,
    RateRow,
)
from services.funding.storage.tables.positions import (
    OccupancyRow,
    PositionProductRow,
    PositionReportRow,
    PositionReportTableRow,
    PositionRow,
    PositionVersionRow,
)
from services.funding.storage.tables.proofs import ProofFigureRow, ProofRow, ProofVersionRow
from services.funding.storage.tables.recoveries import BaseRateRow, RecoveryPaymentRow, RecoveryRow
from services.funding.storage.tables.rules import (
    AwardConditionRow,
    CallForInterestRow,
    CostRuleRow,
    FunderNameRow,
    FundingLineRow,
    InterestResponseRow,
    ReservationRow,
)
from services.funding.storage.tables.spending import (
    ExpenditureRow,
    ExpenditureSubjectRow,
    VoucherRow,
)
from services.funding.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)

__all__ = [
    "AllocationRow",
    "AllocationVersionRow",
    "AuditAnchor",
    "AuditBlock",
    "AuditEntry",
    "AuditExpiry",
    "AuditSeal",
    "AwardConditionRow",
    "AwardLineRow",
    "AwardRow",
    "AwardVersionLineRow",
    "AwardVersionRow",
    "BaseRateRow",
    "BudgetEntryRow",
    "CallForInterestRow",
    "ConsumedEvent",
    "CostRuleRow",
    "DeadlineRow",
    "DrawdownNeedRow",
    "DrawdownRow",
    "ExpenditureRow",
    "ExpenditureSubjectRow",
    "ExternalIdRow",
    "FeedEntry",
    "FeedHorizon",
    "FinanceBatchRow",
    "FunderNameRow",
    "FundingAlertRow",
    "FundingLineRow",
    "IdempotencyKey",
    "InstalmentRow",
    "InterestResponseRow",
    "JobRow",
    "JournalProposalRow",
    "LedgerAccountRow",
    "LedgerBalanceRow",
    "LedgerEntryRow",
    "LedgerPeriodRow",
    "LedgerPostingRow",
    "LedgerYearCloseRow",
    "LostSight",
    "OccupancyRow",
    "OutboxMessage",
    "OwnShareRequestRow",
    "PartnerRequest",
    "PaymentRow",
    "PaymentRunRow",
    "PositionProductRow",
    "PositionReportRow",
    "PositionReportTableRow",
    "PositionRow",
    "PositionVersionRow",
    "ProgrammeRow",
    "ProofFigureRow",
    "ProofRow",
    "ProofVersionRow",
    "RateRow",
    "RecordChange",
    "RecoveryPaymentRow",
    "RecoveryRow",
    "ReservationRow",
    "Table",
    "VoucherRow",
    "WebhookAttemptRow",
    "WebhookDeliveryRow",
    "WebhookEndpointRow",
]
