"""Whole rows as JSON, read by a statement that says no place for its sealed texts."""

from collections.abc import Mapping
from typing import Any

from shared.database.transaction import Transaction
from shared.secrecy.columns import MARK, place_of


async def opened_record(tx: Transaction, table: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `to_jsonb` with its texts opened for the caller; it must have its `id`."""
    return {
        name: await tx.text(f"{MARK}{place_of(table, name)} {record['id']} {value[1:]}")
        if isinstance(value, str) and value.startswith(MARK)
        else value
        for name, value in record.items()
    }
