"""One entry for each change: who, for which unit, what, why. Ids and codes, never a name."""

from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.text import camel
from shared.observability.request import current_request


async def record_change(
    tx: Transaction,
    row_class: type[SQLModel],
    *,
    action: str,
    kind: str,
    record_id: UUID,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write the entry in the transaction of the change: one cannot exist without the other.

    `changes` holds codes, numbers and ids; a name or free text in it is a defect.
    """
    await record_changes(
        tx, row_class, action=action, kind=kind, record_ids=[record_id], changes=changes
    )


async def record_changes(
    tx: Transaction,
    row_class: type[SQLModel],
    *,
    action: str,
    kind: str,
    record_ids: list[UUID],
    changes: dict[str, Any] | None = None,
) -> None:
    """The same for many records changed by one act, an import for example: one entry for all."""
    told = with_differences(changes, tx.differences.take(record_ids))
    row = audit_row(tx.caller, action=action, kind=kind, record_ids=record_ids, changes=told)
    await tx.insert(row_class, **row)


def with_differences(
    changes: dict[str, Any] | None, found: dict[str, Any]
) -> dict[str, Any] | None:
    """What the operation says, and what the database saw: the operation's word comes first."""
    told = dict(changes or {})
    values = found.get("values", {})
    if "to" in told:
        values.pop("state", None)
    if values:
        told["values"] = values
    named = {camel(one) for one in told.pop("fields", ())} | {*found.get("fields", ())}
    if fields := sorted(named - values.keys()):
        told["fields"] = fields
    return told or None


def audit_row(
    caller: Caller,
    *,
    action: str,
    kind: str,
    record_ids: list[UUID],
    changes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The columns of an entry, for who writes it together with the change in one statement."""
    request = current_request()
    return {
        "id": new_id(),
        "actor": caller.actor,
        "unit_id": caller.unit_id,
        "client_id": caller.client_id,
        "action": action,
        "record_kind": kind,
        "record_ids": record_ids,
        "purpose": request.purpose,
        "request_id": request.id,
        "reason": request.reason,
        "end_user": request.end_user,
        "changes": changes,
    }
