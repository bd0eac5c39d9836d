"""The body of a delivery: the CloudEvents envelope of one entry of the feed, the same each time."""

from typing import Any, Final
from uuid import UUID

import orjson

from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.clock import iso_instant

TEST_FACT: Final = "webhook-test"
FEED_ENTRIES: Final = Statement("""
select id, type, subject, at, data from feed_entry
 where tenant_id = cast(:tenant_id as varchar) and id = any(cast(:ids as uuid[]))""")


def test_type(service: str) -> str:
    return f"kim.{service}.{TEST_FACT}.v1"


async def bodies_of(tx: Transaction, deliveries: list[Any]) -> dict[UUID, bytes]:
    """Event id → body, for those that still stand in the feed of the caller's unit."""
    told = [d["event_id"] for d in deliveries if not d["is_test"]]
    rows = await tx.rows(FEED_ENTRIES, tenant_id=tx.caller.tenant_id, ids=told) if told else []
    found = {row["id"]: _envelope(tx.caller.tenant_id, row) for row in rows}
    return found | {
        d["event_id"]: _envelope(tx.caller.tenant_id, _test_entry(d))
        for d in deliveries
        if d["is_test"]
    }


def _test_entry(delivery: Any) -> dict[str, Any]:
    return {
        "id": delivery["event_id"],
        "type": delivery["type"],
        "subject": delivery["subject"],
        "at": delivery["created_at"],
        "data": {"endpointId": str(delivery["subject"])},
    }


def _envelope(tenant_id: str, entry: Any) -> bytes:
    service = entry["type"].split(".")[1]
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": str(entry["id"]),
            "source": f"urn:kim:{service}",
            "type": entry["type"],
            "time": iso_instant(entry["at"]),
            "subject": str(entry["subject"]),
            "tenantid": tenant_id,
            "datacontenttype": "application/json",
            "data": entry["data"],
        }
    )
