"""Who saw or received records of a person: units, never people (Art. 15 (1) c GDPR)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from shared.database.statements import Statement
from shared.database.transaction import Transaction

# Under this name a service lays it down beside what it holds.
ACCESS_LOG: Final = "ACCESS_LOG"
READ: Final = "read"
WEBHOOK: Final = "webhook"
SEEN: Final = Statement(
    "select day, unit_id, action, record_kind, purpose, times"
    " from audit.accesses(cast(:records as uuid[]))"
)
# Ids and codes that the unit's own software was told of; which record it read then is seen above.
TOLD: Final = Statement(
    "select (first_at at time zone 'Europe/Berlin')::date as day, unit_id, type as record_kind,"
    " count(*)::int as times from webhook_delivery"
    " where subject = any(cast(:records as uuid[])) and state = 'DELIVERED' and not is_test"
    " group by 1, 2, 3 order by 1, 2, 3"
)


async def accesses_to(tx: Transaction, records: Sequence[UUID]) -> list[dict[str, Any]]:
    """By day, what the caller's unit did with these records and told its software of them.

    Each with `day`, `unitId`, `action`, `recordKind`, `purpose` and `times`; a delivery has
    `webhook` for its action, the type of the event for its kind and no purpose.
    """
    seen = await tx.rows(SEEN, records=list(records))
    told = await tx.rows(TOLD, records=list(records))
    return [
        *(_access(row, row["action"], row["purpose"]) for row in seen),
        *(_access(row, WEBHOOK, "") for row in told),
    ]


def ids_in(parts: Iterable[Iterable[dict[str, Any]]]) -> list[UUID]:
    """The ids of the records that are told to the person."""
    return sorted({UUID(str(one["id"])) for records in parts for one in records if one.get("id")})


def _access(row: Any, action: str, purpose: str) -> dict[str, Any]:
    return {
        "day": row["day"].isoformat(),
        "unitId": row["unit_id"],
        "action": action,
        "recordKind": row["record_kind"],
        "purpose": purpose,
        "times": row["times"],
    }
