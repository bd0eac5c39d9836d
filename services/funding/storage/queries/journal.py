"""Accounts, journal and proposals as published."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.funding.domain.ledger.accounts import Side
from services.funding.domain.ledger.proposals import PROPOSAL_LIFECYCLE
from services.funding.storage.queries.moments import (
    LAST_DAY,
    LAST_INSTANT,
    REST_OF_MILLISECOND,
    allowed_actions,
    year,
)
from services.funding.storage.tables import (
    AwardLineRow,
    JournalProposalRow,
    LedgerAccountRow,
    LedgerBalanceRow,
    LedgerEntryRow,
    LedgerPostingRow,
)
from shared.database.filter_values import written_moment
from shared.database.lists import Filter, ListView, Setting
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.tables import UTC_INSTANT
from shared.database.views import View

EUR: Final = literal_column("'EUR'", type_=String).label("currency")


def natural(cents: Any) -> Any:
    """Stored cents (debit positive) on the account's own side."""
    return case((col(LedgerAccountRow.side) == Side.DEBIT.value, cents), else_=-cents)


def _day(raw: str) -> date:
    if len(raw) != len("2022-11-21"):
        raise ValueError(raw)
    return date.fromisoformat(raw)


def _instant(raw: str) -> datetime:
    found = datetime.fromisoformat(raw)
    if found.tzinfo is None or "T" not in raw:
        raise ValueError(raw)
    return found + REST_OF_MILLISECOND


AS_OF = bindparam("as_of", type_=Date)
KNOWN_AT = bindparam("known_at", type_=UTC_INSTANT)
MOMENT = {
    "asOf": Setting("as_of", _day, LAST_DAY, {"type": "string", "format": "date"}),
    "knownAt": Setting(
        "known_at", _instant, LAST_INSTANT, {"type": "string", "format": "date-time"}
    ),
}

# As they stand when no day is asked about; else counted from the postings.
_present: Any = (
    select(col(LedgerBalanceRow.balance_cents))
    .where(
        col(LedgerBalanceRow.tenant_id) == col(LedgerAccountRow.tenant_id),
        col(LedgerBalanceRow.account_id) == col(LedgerAccountRow.id),
    )
    .correlate(LedgerAccountRow)
    .scalar_subquery()
)
_counted: Any = (
    select(func.sum(col(LedgerPostingRow.amount_cents)))
    .join(
        LedgerEntryRow,
        and_(
            col(LedgerEntryRow.tenant_id) == col(LedgerPostingRow.tenant_id),
            col(LedgerEntryRow.id) == col(LedgerPostingRow.entry_id),
        ),
    )
    .where(
        col(LedgerPostingRow.tenant_id) == col(LedgerAccountRow.tenant_id),
        col(LedgerPostingRow.account_id) == col(LedgerAccountRow.id),
        col(LedgerPostingRow.value_date) <= AS_OF,
        col(LedgerEntryRow.recorded_at) <= KNOWN_AT,
    )
    .correlate(LedgerAccountRow)
    .scalar_subquery()
)
_is_present = and_(AS_OF == LAST_DAY, KNOWN_AT == LAST_INSTANT)
BALANCE = cast(
    natural(func.coalesce(case((_is_present, _present), else_=_counted), 0)), BigInteger
).label("balance_cents")

ACCOUNT: tuple[Any, ...] = (
    col(LedgerAccountRow.id),
    col(LedgerAccountRow.code),
    col(LedgerAccountRow.path),
    col(LedgerAccountRow.book),
    col(LedgerAccountRow.award_line_id),
    col(LedgerAccountRow.allocation_id),
    func.nullif(col(LedgerAccountRow.cost_kind), "").label("cost_kind"),
    col(LedgerAccountRow.side),
    BALANCE,
    EUR,
)
ACCOUNT_LIST = ListView(
    select(*ACCOUNT),
    filters={
        "id": Filter(col(LedgerAccountRow.id), UUID, ("in",)),
        "awardLineId": Filter(col(LedgerAccountRow.award_line_id), UUID, ("eq", "in")),
        "allocationId": Filter(col(LedgerAccountRow.allocation_id), UUID, ("eq", "in")),
        "code": Filter(col(LedgerAccountRow.code), str, ("eq", "in")),
        "book": Filter(col(LedgerAccountRow.book), str, ("eq",)),
    },
    sorts={"path": "path", "id": "id"},
    default_sort="path",
    settings=MOMENT,
)

_reversal = aliased(LedgerEntryRow)
_postings: Any = (
    select(
        col(LedgerPostingRow.ordinal),
        col(LedgerAccountRow.path).label("account"),
        col(LedgerAccountRow.id).label("account_id"),
        col(LedgerAccountRow.code),
        col(LedgerAccountRow.side),
        col(LedgerPostingRow.amount_cents),
        col(LedgerPostingRow.position_id),
    )
    .join(
        LedgerAccountRow,
        and_(
            col(LedgerAccountRow.tenant_id) == col(LedgerPostingRow.tenant_id),
            col(LedgerAccountRow.id) == col(LedgerPostingRow.account_id),
        ),
    )
    .where(
        col(LedgerPostingRow.tenant_id) == col(LedgerEntryRow.tenant_id),
        col(LedgerPostingRow.entry_id) == col(LedgerEntryRow.id),
    )
    .order_by(col(LedgerPostingRow.ordinal))
    .correlate(LedgerEntryRow)
)
ENTRY: tuple[Any, ...] = (
    col(LedgerEntryRow.id),
    col(LedgerEntryRow.book),
    col(LedgerEntryRow.sequence),
    col(LedgerEntryRow.event),
    col(LedgerEntryRow.award_line_id),
    col(LedgerEntryRow.fiscal_year),
    col(LedgerEntryRow.value_date),
    col(LedgerEntryRow.recorded_at),
    col(LedgerEntryRow.source_kind),
    col(LedgerEntryRow.source_id),
    col(LedgerEntryRow.reference),
    col(LedgerEntryRow.reason_code),
    EUR,
    json_list(_postings).label("postings"),
    col(LedgerEntryRow.reverses_id),
    select(col(_reversal.id))
    .where(
        col(_reversal.tenant_id) == col(LedgerEntryRow.tenant_id),
        col(_reversal.reverses_id) == col(LedgerEntryRow.id),
    )
    .correlate(LedgerEntryRow)
    .scalar_subquery()
    .label("reversed_by_id"),
    func.encode(col(LedgerEntryRow.previous_hash), "hex").label("previous_hash"),
    func.encode(col(LedgerEntryRow.hash), "hex").label("hash"),
)
ENTRY_VIEW = View(select(*ENTRY).where(col(LedgerEntryRow.id) == bindparam("entry_id")))
ACCOUNTS_USED = func.array(
    select(col(LedgerPostingRow.account_id))
    .where(
        col(LedgerPostingRow.tenant_id) == col(LedgerEntryRow.tenant_id),
        col(LedgerPostingRow.entry_id) == col(LedgerEntryRow.id),
    )
    .correlate(LedgerEntryRow)
    .scalar_subquery(),
    type_=ARRAY(Uuid),
)


class _HasPosting(Filter):
    """Entries with a posting on one account."""

    def condition(self, operator: str, parameter: str) -> Any:  # noqa: ARG002 - "eq" alone
        return bindparam(parameter, type_=Uuid) == any_(self.column)


ENTRY_LIST = ListView(
    select(*ENTRY),
    filters={
        "id": Filter(col(LedgerEntryRow.id), UUID, ("in",)),
        "awardLineId": Filter(col(LedgerEntryRow.award_line_id), UUID, ("eq", "in")),
        "accountId": _HasPosting(ACCOUNTS_USED, UUID, ("eq",)),
        "sourceId": Filter(col(LedgerEntryRow.source_id), UUID, ("eq", "in")),
        "sourceKind": Filter(col(LedgerEntryRow.source_kind), str, ("eq",)),
        "event": Filter(col(LedgerEntryRow.event), str, ("eq", "in")),
        "book": Filter(col(LedgerEntryRow.book), str, ("eq",)),
        "fiscalYear": Filter(col(LedgerEntryRow.fiscal_year), year, ("eq",)),
        "valueDate": Filter(
            col(LedgerEntryRow.value_date), date.fromisoformat, ("eq", "gte", "lte")
        ),
        "recordedAt": Filter(
            col(LedgerEntryRow.recorded_at), written_moment(_instant), ("gte", "lt")
        ),
    },
    sorts={"sequence": "sequence", "valueDate": "value_date", "id": "id"},
    default_sort="-sequence",
)

PROPOSAL: tuple[Any, ...] = (
    col(JournalProposalRow.id),
    col(JournalProposalRow.version),
    col(JournalProposalRow.state),
    allowed_actions(col(JournalProposalRow.state), PROPOSAL_LIFECYCLE),
    col(JournalProposalRow.award_line_id),
    *(
        col(JournalProposalRow.content)[name].label(label)
        for name, label in (
            ("valueDate", "value_date"),
            ("reference", "reference"),
            ("reasonCode", "reason_code"),
            ("book", "book"),
            ("postings", "postings"),
        )
    ),
    EUR,
    col(JournalProposalRow.entry_id),
    col(JournalProposalRow.created_at),
    col(JournalProposalRow.updated_at),
)
PROPOSAL_VIEW = View(
    select(*PROPOSAL).where(col(JournalProposalRow.id) == bindparam("proposal_id"))
)
PROPOSAL_LIST = ListView(
    select(*PROPOSAL),
    filters={
        "id": Filter(col(JournalProposalRow.id), UUID, ("in",)),
        "state": Filter(col(JournalProposalRow.state), str, ("eq", "in")),
        "awardLineId": Filter(col(JournalProposalRow.award_line_id), UUID, ("eq", "in")),
    },
    sorts={"id": "id"},
    default_sort="-id",
)
PROPOSAL_FOR_UPDATE = Statement(
    select(table_of(JournalProposalRow))
    .where(col(JournalProposalRow.id) == bindparam("proposal_id"))
    .with_for_update(key_share=True)
)
LINES_KNOWN = Statement(
    select(func.count())
    .select_from(AwardLineRow)
    .where(col(AwardLineRow.id) == any_(bindparam("line_ids", type_=ARRAY(Uuid))))
)
PROPOSALS_BY_ID = Statement(
    """
    select json_build_object('items', json_agg(json_build_object(
             'id', p.id, 'version', p.version, 'state', p.state) order by w.place))::text
      from unnest(cast(:ids as uuid[])) with ordinality as w (id, place)
      join journal_proposal p on p.id = w.id
    """
)
