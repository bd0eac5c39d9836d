"""Rehearse: run an operation with every rule and constraint, show what it posts, keep nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from services.funding.domain.ledger.accounts import Account
from services.funding.domain.ledger.entries import PostedEntry
from services.funding.operations.ledger.post import REHEARSED
from services.funding.storage.ledger_records import balances_of_line
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.service.writes import Answer, Operation


async def rehearse(tx: Transaction, operation: Operation) -> Answer:
    """What `operation` would answer and post. Raises whatever it would raise, deferred
    constraints included; the transaction goes on as if nothing had been tried.
    """
    collected: list[PostedEntry] = []
    token = REHEARSED.set(collected)
    savepoint = tx.connection.transaction()
    await savepoint.start()
    try:
        answer = await operation(tx)
        await tx.connection.execute("set constraints all immediate")
        balances = await _balances(tx, collected)
    finally:
        REHEARSED.reset(token)
        await savepoint.rollback()
    body = {
        "isDryRun": True,
        "postings": [line for posted in collected for line in _postings(posted)],
        "balances": balances,
        "result": orjson.Fragment(answer.document.body),
    }
    return Answer(Document(orjson.dumps(body), version=None))


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
