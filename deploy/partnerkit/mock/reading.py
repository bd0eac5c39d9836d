"""Reads from the book: the questions are read by the very lists of the service, answered here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request
from starlette.responses import Response

from deploy.partnerkit.mock.book import STEPS, Book, MemoryTransaction, NotInTheKit, Row
from deploy.partnerkit.mock.documents import (
    FINDINGS,
    delivery,
    document,
    endpoint,
    published,
    referral,
    side_of,
)
from deploy.partnerkit.mock.statements import may_see
from services.referrals.domain.codes import Side
from services.referrals.storage.base import PartnerRequest
from services.referrals.storage.tables import OrgUnitRow, ReferralRow
from services.referrals.storage.tables.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from shared.database.cursors import read_cursor, write_cursor
from shared.database.lists import ListView, Question
from shared.database.views import Document, View
from shared.kernel.errors import NotFound
from shared.service.desk import JSON, Reading
from shared.web.searches import pointing_into

Values = dict[str, Any]


def _referrals(*sides: Side | None) -> Callable[[MemoryTransaction, Values], list[Row]]:
    def rows(tx: MemoryTransaction, _: Values) -> list[Row]:
        seen = [row for row in tx.book.table(ReferralRow).values() if may_see(tx, row)]
        return [referral(tx, row) for row in seen if side_of(row, tx.caller) in sides]

    return rows


def _events(tx: MemoryTransaction, _: Values) -> list[Row]:
    return tx.told()


def _changes(tx: MemoryTransaction, _: Values) -> list[Row]:
    return [
        {
            "id": row["id"],
            "cursor": write_cursor(str(row["_position"]), row["id"]),
            "kind": "referral",
            "version": row["version"],
            "changed_at": row["updated_at"],
            "is_deleted": False,
            "change_tx": row["_position"],
        }
        for row in tx.book.table(ReferralRow).values()
        if may_see(tx, row)
    ]


def _steps(tx: MemoryTransaction, values: Values) -> list[Row]:
    wanted = tx.book.table(ReferralRow)[values["referral_id"]]
    is_sender = wanted["sender_unit"] == tx.caller.unit_id
    return [
        row
        for row in tx.book.table(STEPS).values()
        if row["referral_id"] == values["referral_id"] and (is_sender or row["is_for_recipient"])
    ]


def _endpoints(tx: MemoryTransaction, _: Values) -> list[Row]:
    return [endpoint(tx, row) for row in tx.of_unit(WebhookEndpointRow)]


def _deliveries(tx: MemoryTransaction, values: Values) -> list[Row]:
    rows = tx.of_unit(WebhookDeliveryRow)
    return [delivery(tx, row) for row in rows if row["endpoint_id"] == values["endpoint_id"]]


def _units(tx: MemoryTransaction, _: Values) -> list[Row]:
    return tx.of_tenant(OrgUnitRow)


def _requests(tx: MemoryTransaction, _: Values) -> list[Row]:
    return tx.of_unit(PartnerRequest)


LISTS: dict[str, Callable[[MemoryTransaction, Values], list[Row]]] = {
    "/v1/referrals": _referrals(Side.SENDER, Side.RECIPIENT, None),
    "/v1/inbox": _referrals(Side.RECIPIENT),
    "/v1/outbox": _referrals(Side.SENDER),
    "/v1/events": _events,
    "/v1/changes": _changes,
    "/v1/referrals/{referral_id}/events": _steps,
    "/v1/webhook-endpoints": _endpoints,
    "/v1/webhook-endpoints/{endpoint_id}/deliveries": _deliveries,
    "/v1/org-units": _units,
    "/v1/request-log": _requests,
}


class MemoryReading(Reading):
    """Reads in the name of one caller, from the book."""

    @property
    def _tx(self) -> MemoryTransaction:
        book: Book = self.request.app.state.book
        return MemoryTransaction(book, self.caller)

    async def document(self, view: View, **values: Any) -> Document:
        find = FINDINGS.get(view)
        if find is None:
            raise NotInTheKit
        row = find(self._tx, **values)
        if row is None:
            raise NotFound
        return document(view, row)

    async def page(self, view: ListView, **values: Any) -> Response:
        rows = LISTS.get(self.request.scope["route"].path_format.removesuffix("/search"))
        if rows is None:
            raise NotInTheKit
        with pointing_into(self.request):
            asked = view.read(self.asked)
            page = _page(view, asked, rows(self._tx, values))
        return Response(orjson.dumps(page), media_type=JSON, headers={"Cache-Control": "no-store"})


def current_memory(request: Request) -> Reading:
    return MemoryReading(request.scope["caller"], request.app.state.database, request)


def _page(view: ListView, asked: Question, rows: list[Row]) -> Row:
    columns = {str(column.key): column for column in view.query.selected_columns}
    names = [name for name in columns if name not in {*view.hidden, "facts"}]
    sort, is_down = view.sorts[asked.sort.removeprefix("-")], asked.sort.startswith("-")
    found = [(row, published(names, row)) for row in rows]
    kept = [(row, shown) for row, shown in found if _matches(asked, shown)]
    kept.sort(key=lambda pair: (pair[0][sort], pair[0]["id"]), reverse=is_down)
    if asked.after is not None:
        edge = read_cursor(asked.after, columns[sort].type)
        kept = [
            pair
            for pair in kept
            if ((pair[0][sort], pair[0]["id"]) < edge) is is_down
            and (pair[0][sort], pair[0]["id"]) != edge
        ]
    shown = kept[: asked.first]
    cursors = [write_cursor(str(row[sort]), row["id"]) for row, _ in shown]
    wanted = {*asked.fields, "id"} if asked.fields else None
    return {
        "items": [
            {n: v for n, v in one.items() if wanted is None or n in wanted} for _, one in shown
        ],
        **({"cursors": cursors} if asked.with_cursors else {}),
        "nextCursor": cursors[-1] if len(kept) > len(shown) else None,
    }


# Filters whose name is not the member they ask.
_MEMBERS = {"updatedSince": "updatedAt", "isHeld": "heldSince", "isEscalated": "escalatedAt"}


def _matches(asked: Question, shown: Row) -> bool:
    """`isnull` has its value in the place of a parameter's name."""
    return all(
        _holds(name, operator, asked.values.get(parameter, parameter), shown)
        for name, operator, parameter in asked.shape
    )


def _holds(name: str, operator: str, wanted: Any, shown: Row) -> bool:
    if name == "since":
        name = "time" if "time" in shown else "changedAt"
        operator = "gte"
    actual = shown.get(_MEMBERS.get(name, name))
    if name in {"isHeld", "isEscalated"}:
        actual = actual is not None
    if operator == "isnull":
        return (actual is None) is (wanted == "true")
    if operator in {"in", "notin"}:
        return (actual in [_comparable(one) for one in wanted]) is (operator == "in")
    if operator in {"eq", "ne"} and name != "updatedSince":
        return (actual == _comparable(wanted)) is (operator == "eq")
    if actual is None:
        return False
    return _order(operator, _read(actual, wanted), wanted)


def _order(operator: str, actual: Any, wanted: Any) -> bool:
    if operator in {"gte", "eq"}:
        return bool(actual >= wanted)
    return bool({"gt": actual > wanted, "lte": actual <= wanted, "lt": actual < wanted}[operator])


def _read(actual: Any, wanted: Any) -> Any:
    return datetime.fromisoformat(actual) if isinstance(wanted, datetime) else actual


def _comparable(wanted: Any) -> Any:
    return str(wanted) if isinstance(wanted, UUID) else wanted
