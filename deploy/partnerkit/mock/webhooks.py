"""What the statements of webhooks find in the book, and the worker that sends."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from deploy.partnerkit.mock.book import MemoryDatabase, MemoryTransaction, Row, answers
from services.referrals.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.kernel.caller import system_caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.webhooks import deliveries, endpoints, planning, sending, settling
from shared.webhooks.bodies import FEED_ENTRIES
from shared.webhooks.keeping import PART
from shared.webhooks.outgoing import Attempt, OutgoingHttp, TryOutcome
from shared.webhooks.targets import is_public

OPEN = ("WAITING", "SENDING")
LOOK_EVERY_S = 0.05
Values = Mapping[str, Any]


def _is_wanted(entry: Row, values: Values) -> bool:
    return (
        (not values["types"] or entry["type"] in values["types"])
        and (values["includes_own"] or entry["actor_unit"] != values["unit_id"])
        and entry["subject"] != values["endpoint_id"]
    )


def _planned(tx: MemoryTransaction, entries: list[Row], values: Values) -> list[Row]:
    made = []
    for entry in entries:
        row = {
            "id": new_id(),
            "tenant_id": tx.caller.tenant_id,
            "unit_id": values["unit_id"],
            "endpoint_id": values["endpoint_id"],
            "event_id": entry["id"],
            "subject": entry["subject"],
            "feed_tx": entry["feed_tx"],
            "type": entry["type"],
            "state": "WAITING",
            "attempts": 0,
            "created_at": values["at"],
            "first_at": None,
            "next_attempt_at": values["at"],
            "leased_until": None,
            "replay_id": values.get("replay_id"),
            "is_test": False,
        }
        tx.book.table(WebhookDeliveryRow)[row["id"]] = row
        made.append(row)
    return made


@answers(endpoints.LOCK, endpoints.CATCH_UP)
def _nothing(_: MemoryTransaction, __: Values) -> list[Row]:
    """Here one follows the other, and the feed forgets nothing."""
    return []


@answers(endpoints.COUNT)
def _count(tx: MemoryTransaction, _: Values) -> list[Row]:
    return [{"count": len(tx.of_unit(WebhookEndpointRow))}]


@answers(endpoints.FOR_UPDATE, sending.ENDPOINT, deliveries.ENDPOINT)
def _endpoint(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [row for row in tx.of_unit(WebhookEndpointRow) if row["id"] == values["endpoint_id"]]


@answers(planning.ENDPOINT)
def _active(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [row for row in _endpoint(tx, values) if row["state"] == "ACTIVE"]


@answers(endpoints.FORGET_ATTEMPTS)
def _forget_attempts(_: MemoryTransaction, __: Values) -> list[Row]:
    return []


@answers(endpoints.FORGET_DELIVERIES)
def _forget_deliveries(tx: MemoryTransaction, values: Values) -> list[Row]:
    table = tx.book.table(WebhookDeliveryRow)
    gone = [row for row in table.values() if row["endpoint_id"] == values["endpoint_id"]]
    return [table.pop(row["id"]) for row in gone]


@answers(endpoints.FORGET)
def _forget(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [tx.book.table(WebhookEndpointRow).pop(values["endpoint_id"])]


@answers(planning.NEWEST)
def _newest(tx: MemoryTransaction, _: Values) -> list[Row]:
    return [{"newest": tx.book.position}]


@answers(planning.PLAN)
def _plan(tx: MemoryTransaction, values: Values) -> list[Row]:
    fresh = [entry for entry in tx.told() if entry["feed_tx"] > values["cursor_tx"]]
    made = _planned(tx, [entry for entry in fresh if _is_wanted(entry, values)], values)
    told = {"taken": 0, "planned": len(made), "settled": tx.book.position}
    return [told | {"last_tx": None, "last_id": None}]


@answers(planning.MOVE_CURSOR)
def _move_cursor(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(WebhookEndpointRow)[values["endpoint_id"]]
    row |= {"cursor_tx": values["cursor_tx"], "cursor_id": values["cursor_id"]}
    return [row]


@answers(deliveries.REPLAY)
def _replay(tx: MemoryTransaction, values: Values) -> list[Row]:
    first = (values["from_tx"], values["from_id"])
    last = (values["to_tx"], values["to_id"])
    wanted = [
        entry
        for entry in tx.told()
        if first <= (entry["feed_tx"], entry["id"]) <= last
        and values["since"] <= entry["at"] < values["until"]
        and _is_wanted(entry, values)
    ]
    made = _planned(tx, wanted[: values["rows_max"]], values)
    return [{"count": len(made)}]


@answers(deliveries.DELIVERY, deliveries.DELIVERY_FOR_UPDATE)
def _delivery(tx: MemoryTransaction, values: Values) -> list[Row]:
    rows = [row for row in tx.of_unit(WebhookDeliveryRow) if row["id"] == values["delivery_id"]]
    attempts = tx.book.table(WebhookAttemptRow).values()
    found = []
    for row in rows:
        endpoint = tx.book.table(WebhookEndpointRow)[row["endpoint_id"]]
        tries = [one["at"] for one in attempts if one["delivery_id"] == row["id"]]
        found.append(row | {"profile": endpoint["profile"], "last_at": max(tries, default=None)})
    return found


@answers(deliveries.AGAIN)
def _again(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(WebhookDeliveryRow)[values["delivery_id"]]
    row |= {"state": "WAITING", "attempts": 0, "first_at": None, "next_attempt_at": values["at"]}
    return [row]


@answers(FEED_ENTRIES)
def _entries(tx: MemoryTransaction, values: Values) -> list[Row]:
    return [entry for entry in tx.told() if entry["id"] in values["ids"]]


@answers(sending.CLAIM)
def _claim(tx: MemoryTransaction, values: Values) -> list[Row]:
    """The first open delivery of each subject. The time since its first try is told as it would be
    if nothing were shortened, so that the 72 hours end here, too.
    """
    waiting = [
        row
        for row in tx.of_unit(WebhookDeliveryRow)
        if row["endpoint_id"] == values["endpoint_id"]
        and row["state"] in OPEN
        and (values["is_active"] or row["is_test"])
    ]
    heads: dict[Any, Row] = {}
    for row in sorted(waiting, key=lambda row: (row["feed_tx"], row["event_id"])):
        heads.setdefault(row["subject"], row)
    at: datetime = values["at"]
    due = [r for r in heads.values() if r["state"] == "WAITING" and r["next_attempt_at"] <= at]
    for row in due:
        first_at = row["first_at"] or at
        row |= {"state": "SENDING", "attempts": row["attempts"] + 1, "first_at": first_at}
    speed = tx.book.speed
    return [row | {"first_at": at - (at - row["first_at"]) * speed} for row in due]


@answers(settling.END)
def _end(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(WebhookDeliveryRow).get(values["delivery_id"])
    if row is None or (row["state"], row["attempts"]) != ("SENDING", values["attempts"]):
        return []
    again_at: datetime = values["next_attempt_at"] or row["next_attempt_at"]
    at = now()
    wait = max(again_at - at, timedelta()) / tx.book.speed
    row |= {"state": values["state"], "next_attempt_at": at + wait}
    return [row]


@answers(settling.SUCCEEDED)
def _succeeded(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(WebhookEndpointRow)[values["endpoint_id"]]
    row |= {"last_success_at": values["at"], "is_silent": False}
    return [row]


@answers(settling.SWITCH_OFF)
def _switch_off(tx: MemoryTransaction, values: Values) -> list[Row]:
    row = tx.book.table(WebhookEndpointRow)[values["endpoint_id"]]
    if row["state"] != "ACTIVE":
        return []
    row |= {"state": "DISABLED", "disabled_reason": values["reason"]}
    row |= {"version": row["version"] + 1, "updated_at": values["at"]}
    return [row]


class Disturbance(StrEnum):
    """What a network, or a redelivery, does to a receiver."""

    DUPLICATES = "duplicates"
    OUT_OF_ORDER = "out-of-order"


class NearbyHttp(OutgoingHttp):
    """Delivers to this machine and the own network, too: there the partner's receiver runs."""

    def __init__(self, disturbances: frozenset[Disturbance] = frozenset()) -> None:
        super().__init__()
        self._disturbances = disturbances
        self._sent: dict[str, tuple[bytes, dict[str, str]]] = {}

    async def check(self, url: str) -> None:
        await OutgoingHttp(plain_hosts=_nearby(url)).check(url)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
        http = OutgoingHttp(plain_hosts=_nearby(url))
        attempt = await http.post(url, body, headers)
        if attempt.outcome is TryOutcome.OK:
            if Disturbance.DUPLICATES in self._disturbances:
                await http.post(url, body, headers)
            before = self._sent.get(url)
            if Disturbance.OUT_OF_ORDER in self._disturbances and before:
                await http.post(url, *before)
            self._sent[url] = (body, dict(headers))
        return attempt


def _nearby(url: str) -> tuple[str, ...]:
    """Its `host:port` where the host is this machine or an address that is not public."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ()
    is_number = host.replace(".", "").isdigit() or ":" in host
    is_near = host == "localhost" or "." not in host or (is_number and not is_public(host))
    return (f"{host}:{port}",) if is_near else ()


async def deliver(database: MemoryDatabase, sender: sending.Sender) -> None:
    """Plan and send for every endpoint until cancelled, as the worker does."""
    while True:
        served = list(database.book.table(WebhookEndpointRow).values())
        await asyncio.gather(*(_serve(database, sender, endpoint) for endpoint in served))
        await asyncio.sleep(LOOK_EVERY_S)


async def _serve(database: MemoryDatabase, sender: sending.Sender, endpoint: Row) -> None:
    caller = system_caller(tenant_id=endpoint["tenant_id"], unit_id=endpoint["unit_id"], part=PART)
    await planning.plan(database, caller, endpoint["id"], now())
    await sender.send_due(caller, endpoint["id"])
