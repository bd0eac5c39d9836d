"""The books: accounts, entries, postings, periods. Facts are inserted and never changed.

The triggers that keep the books stand in the migration: every entry balances and continues the
chain, balances are counted by a role nobody logs in as, a closed month takes no entry.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import CHART, AccountCode, Book, Scope, Side
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.periods import PeriodState
from services.funding.domain.ledger.proposals import ProposalState
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import UTC_INSTANT, one_of

REFERENCE = r"reference ~ '^([A-Z0-9][A-Z0-9./_-]{0,39})?$'"
REASON = r"reason_code ~ '^([A-Z][A-Z_]{0,29})?$'"
SOURCE_KIND = r"source_kind ~ '^[a-z][a-z-]{0,29}$'"
HASH_BYTES = 32


def _codes(*, side: Side | None = None, scope: Scope | None = None) -> str:
    chosen = [
        code
        for code, row in CHART.items()
        if side in {None, row.side} and scope in {None, row.scope}
    ]
    return ", ".join(f"'{code.value}'" for code in chosen)


class LedgerAccountRow(Table, table=True):
    """An account that was used at least once. Its floor follows from its code, always."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_ledger_account_tenant_id"),
        UniqueConstraint(
            "tenant_id",
            "award_line_id",
            "code",
            "allocation_id",
            "cost_kind",
            name="uq_ledger_account_key",
            postgresql_nulls_not_distinct=True,
        ),
        UniqueConstraint("tenant_id", "path", name="uq_ledger_account_path"),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint(one_of("book", Book), name="book"),
        CheckConstraint(one_of("code", AccountCode), name="code"),
        CheckConstraint(f"cost_kind = '' or {one_of('cost_kind', CostKind)}", name="cost_kind"),
        CheckConstraint(
            f"side = case when code in ({_codes(side=Side.DEBIT)}) then 'D' else 'C' end",
            name="side_of_code",
        ),
        CheckConstraint("is_floored = (code <> 'CASH')", name="floor_of_code"),
        CheckConstraint(
            f"(allocation_id is not null) = (code in ({_codes(scope=Scope.ALLOCATION)}))",
            name="allocation_of_code",
        ),
        CheckConstraint(
            f"(cost_kind <> '') = (code in ({_codes(scope=Scope.COST_KIND)}))",
            name="cost_kind_of_code",
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    book: str = Field(max_length=10)
    code: str = Field(max_length=30)
    award_line_id: UUID
    allocation_id: UUID | None = None
    cost_kind: str = Field(default="", max_length=30)
    side: str = Field(max_length=1)
    is_floored: bool
    path: str = Field(max_length=120)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class LedgerBalanceRow(Table, table=True):
    """What an account stands at: kept by a trigger, read by the application."""

    __tablename__ = "ledger_balance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["ledger_account.tenant_id", "ledger_account.id"],
            name="fk_account",
        ),
        CheckConstraint(
            "not is_floored or"
            " (case side when 'D' then balance_cents >= 0 else balance_cents <= 0 end)",
            name="not_overdrawn",
        ),
    )

    tenant_id: str = Field(primary_key=True, max_length=5)
    account_id: UUID = Field(primary_key=True)
    balance_cents: int = Field(sa_type=CENTS, nullable=False)
    side: str = Field(max_length=1)
    is_floored: bool


class LedgerEntryRow(Table, table=True):
    """One entry and its link in the chain."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_ledger_entry_tenant_id"),
        UniqueConstraint("tenant_id", "book", "sequence", name="uq_ledger_entry_sequence"),
        UniqueConstraint("tenant_id", "reverses_id", name="uq_ledger_entry_reversed_once"),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "reverses_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_reverses",
        ),
        CheckConstraint(one_of("book", Book), name="book"),
        CheckConstraint(one_of("event", LedgerEvent), name="event"),
        CheckConstraint(REFERENCE, name="reference"),
        CheckConstraint(REASON, name="reason_code"),
        CheckConstraint(SOURCE_KIND, name="source_kind"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        CheckConstraint("(event = 'REVERSED') = (reverses_id is not null)", name="reversal"),
        CheckConstraint("event <> 'REVERSED' or reason_code <> ''", name="reversal_has_reason"),
        CheckConstraint("sequence > 0 and posting_count >= 2", name="counts"),
        CheckConstraint(
            f"octet_length(hash) = {HASH_BYTES} and octet_length(previous_hash) = {HASH_BYTES}",
            name="hashes",
        ),
        Index("ix_ledger_entry_line", "tenant_id", "award_line_id", "value_date", "sequence"),
        Index("ix_ledger_entry_source", "tenant_id", "source_kind", "source_id"),
        Index("ix_ledger_entry_date", "tenant_id", "book", "value_date", "sequence"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    book: str = Field(max_length=10)
    sequence: int = Field(sa_type=CENTS, nullable=False)
    event: str = Field(max_length=40)
    award_line_id: UUID
    fiscal_year: int
    value_date: date
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    source_kind: str = Field(max_length=30)
    source_id: UUID
    reference: str = Field(default="", max_length=40)
    reverses_id: UUID | None = None
    reason_code: str = Field(default="", max_length=30)
    posting_count: int = Field(sa_type=SmallInteger, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    previous_hash: bytes
    hash: bytes


class LedgerPostingRow(Table, table=True):
    """One account's share of an entry: debit positive, credit negative, in cents."""

    __tablename__ = "ledger_posting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_entry",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["ledger_account.tenant_id", "ledger_account.id"],
            name="fk_account",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "position_id"],
            ["position.tenant_id", "position.id"],
            name="fk_position",
        ),
        CheckConstraint("amount_cents <> 0", name="amount_not_zero"),
        CheckConstraint("ordinal > 0", name="ordinal"),
        Index("ix_ledger_posting_account", "tenant_id", "account_id", "value_date"),
    )

    tenant_id: str = Field(primary_key=True, max_length=5)
    entry_id: UUID = Field(primary_key=True)
    ordinal: int = Field(primary_key=True, sa_type=SmallInteger)
    account_id: UUID
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    value_date: date
    position_id: UUID | None = None


class LedgerPeriodRow(Table, table=True):
    """One month of one book. It is written when somebody asks for its closing."""

    __tablename__ = "ledger_period"
    __table_args__ = (
        CheckConstraint(one_of("book", Book), name="book"),
        CheckConstraint(one_of("state", PeriodState), name="state"),
        CheckConstraint("month between 1 and 12", name="month"),
        CheckConstraint("closed_by <> requested_by", name="four_eyes"),
        CheckConstraint(
            "(state = 'CLOSED') = (closed_at is not null and closed_by is not null"
            " and head_sequence is not null and head_hash is not null)",
            name="closed_whole",
        ),
    )

    tenant_id: str = Field(primary_key=True, max_length=5)
    book: str = Field(primary_key=True, max_length=10)
    fiscal_year: int = Field(primary_key=True)
    month: int = Field(primary_key=True, sa_type=SmallInteger)
    state: str = Field(max_length=10)
    requested_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    requested_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    closed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    closed_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    head_sequence: int | None = Field(default=None, sa_type=CENTS)
    head_hash: bytes | None = None
    seal: bytes | None = None


class LedgerYearCloseRow(Table, table=True):
    """All accounts of a book as they stood when its year was closed."""

    __tablename__ = "ledger_year_close"
    __table_args__ = (CheckConstraint(one_of("book", Book), name="book"),)

    tenant_id: str = Field(primary_key=True, max_length=5)
    book: str = Field(primary_key=True, max_length=10)
    fiscal_year: int = Field(primary_key=True)
    closed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    closed_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    trial_balance: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    head_sequence: int = Field(sa_type=CENTS, nullable=False)
    head_hash: bytes
    seal: bytes | None = None


class JournalProposalRow(RecordColumns, Table, table=True):
    """A manual entry that waits for the second person."""

    __tablename__ = "journal_proposal"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_journal_proposal_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_entry",
        ),
        CheckConstraint(one_of("state", ProposalState), name="state"),
        CheckConstraint("state <> 'POSTED' or decided_by <> proposed_by", name="four_eyes"),
        CheckConstraint("(state = 'PROPOSED') = (decided_by is null)", name="decided"),
        CheckConstraint("(state = 'POSTED') = (entry_id is not null)", name="posted_has_entry"),
        Index("ix_journal_proposal_state", "tenant_id", "state", "id"),
    )

    award_line_id: UUID
    state: str = Field(max_length=20)
    content: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    proposed_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    decided_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    entry_id: UUID | None = None
