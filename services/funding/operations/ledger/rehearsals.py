"""What a dry run shows beside its answer: what would be posted, and the balances afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from services.funding.domain.ledger.accounts import Account
from services.funding.domain.ledger.entries import PostedEntry
from services.funding.operations.ledger.post import REHEARSED
from services.funding.storage.ledger_records import balances_of_line
from shared.database.transaction import Transaction
from shared.service.rehearsals import Traces


@contextmanager
def watch_postings() -> Iterator[Traces]:
    """Collect what is posted meanwhile; the traces are to be read in the same transaction."""
    collected: list[PostedEntry] = []
    token = REHEARSED.set(collected)

    async def seen(tx: Transaction) -> Mapping[str, Any]:
        return {
            "postings": [line for posted in collected for line in _postings(posted)],
            "balances": await _balances(tx, collected),
        }

    try:
        yield seen
    finally:
        REHEARSED.reset(token)


def _postings(posted: PostedEntry) -> Iterator[dict[str, Any]]:
    for one in posted.entry.postings:
        yield {
            "event": posted.entry.event.value,
            "valueDate": posted.entry.value_date,
            "account": one.account.path,
            "code": one.account.code.value,
            "amount": str(one.amount),
        }


async def _balances(tx: Transaction, posted: Sequence[PostedEntry]) -> list[dict[str, str]]:
    """What the accounts of all postings would stand at, each on its own side."""
    touched = {one.account for each in posted for one in each.entry.postings}
    found: dict[Account, str] = {}
    for line in {account.award_line_id for account in touched}:
        every = await balances_of_line(tx, line)
        found |= {account: str(every[account]) for account in touched & every.keys()}
    return [
        {"account": account.path, "code": account.code.value, "balance": balance}
        for account, balance in sorted(found.items(), key=lambda item: item[0].path)
    ]
