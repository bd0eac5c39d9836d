"""The memory of the mock: rows by table, and transactions that happen whole or not at all.

The service above it is the real one. Each of its statements that a partner's requests reach has an
answer in `statements` or `webhooks`; any other is refused with 501, never guessed.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import structlog
from sqlmodel import SQLModel
from typing_extensions import override

from services.referrals.domain.codes import PENDING, ReferralState
from services.referrals.domain.subject import ReferralIsPending
from services.referrals.storage.base import AuditEntry, OutboxMessage
from services.referrals.storage.tables import ReferralRow
from shared.database.connection import Database
from shared.database.cursors import write_cursor
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.errors import Refusal
from shared.kernel.text import Text

log = structlog.get_logger(__name__)
Row = dict[str, Any]
FEED = "feed"
STEPS = "steps"


class NotInTheKit(Refusal):
    status = 501
    code = "not-in-the-kit"
    title = Text(
        de="Das kann nur der echte Dienst; das Partner-Paket ahmt es nicht nach.",
        en="Only the real service can do this; the partner kit does not imitate it.",
    )


class Book:
    """All rows by the name of their table. `speed` shortens what webhooks wait."""

    def __init__(self, *, speed: float = 1.0) -> None:
        self.speed = speed
        self._tables: dict[str, dict[Any, Row]] = {}
        self._position = 0

    def table(self, of: type[SQLModel] | str) -> dict[Any, Row]:
        name = of if isinstance(of, str) else str(table_of(of).name)
        return self._tables.setdefault(name, {})

    def next_position(self) -> int:
        self._position += 1
        return self._position

    @property
    def position(self) -> int:
        return self._position

    def copy(self) -> dict[str, dict[Any, Row]]:
        """Rows are replaced or given new values, never changed inside a value."""
        return {
            name: {key: dict(row) for key, row in rows.items()}
            for name, rows in self._tables.items()
        }

    def restore(self, tables: dict[str, dict[Any, Row]]) -> None:
        self._tables = tables


Answering = Callable[["MemoryTransaction", Mapping[str, Any]], list[Row]]
ANSWERS: dict[str, Answering] = {}


def answers(*statements: Statement) -> Callable[[Answering], Answering]:
    """Registers who answers these statements."""

    def register(answering: Answering) -> Answering:
        ANSWERS.update({statement.sql: answering for statement in statements})
        return answering

    return register


DOCUMENTS: dict[str, tuple[tuple[str, ...], Callable[..., Row | None]]] = {}
"""A view's statement → the names of its parameters, and who makes its row."""


class _Connection:
    """What the kit of dry runs says to the connection itself; there are no deferred constraints."""

    async def execute(self, _: str, *__: Any) -> str:
        return "SET"


class MemoryTransaction(Transaction):
    """The same methods over the book. The answers keep to what the caller's unit may see."""

    def __init__(self, book: Book, caller: Caller) -> None:
        connection: Any = _Connection()
        super().__init__(connection, caller)
        self.book = book

    def of_tenant(self, of: type[SQLModel] | str) -> list[Row]:
        rows = self.book.table(of).values()
        return [row for row in rows if row["tenant_id"] == self.caller.tenant_id]

    def of_unit(self, of: type[SQLModel]) -> list[Row]:
        """What the policies of most tables show."""
        return [row for row in self.of_tenant(of) if row["unit_id"] == self.caller.unit_id]

    def one_of_unit(self, of: type[SQLModel], key: UUID) -> Row | None:
        return next((row for row in self.of_unit(of) if row["id"] == key), None)

    def told(self) -> list[Row]:
        """The feed as the caller's unit may read it, in order."""
        unit = self.caller.unit_id
        return [e for e in self.of_tenant(FEED) if not e["audience"] or unit in e["audience"]]

    async def rows(self, statement: Statement, **values: Any) -> list[Any]:
        answering = ANSWERS.get(statement.sql)
        if answering is None:
            log.warning("partnerkit.not_imitated", statement=" ".join(statement.sql.split())[:120])
            raise NotInTheKit
        return answering(self, values)

    async def row(self, statement: Statement, **values: Any) -> Any:
        found = await self.rows(statement, **values)
        return found[0] if found else None

    async def value(self, statement: Statement, **values: Any) -> Any:
        found = await self.row(statement, **values)
        return next(iter(found.values())) if found else None

    async def execute(self, statement: Statement, **values: Any) -> int:
        return len(await self.rows(statement, **values))

    async def read(self, sql: str, arguments: list[Any]) -> Any:
        if sql not in DOCUMENTS:
            raise NotInTheKit
        names, make = DOCUMENTS[sql]
        return make(self, **dict(zip(names, arguments, strict=False)))

    async def insert(self, row_class: type[SQLModel], **values: Any) -> None:
        row = {"tenant_id": self.caller.tenant_id} | values
        if row_class is AuditEntry:
            return
        if row_class is OutboxMessage:
            self._tell(row)
            return
        self._check_pending(row_class, row)
        defaults = {
            name: found.get_default(call_default_factory=True)
            for name, found in row_class.model_fields.items()
            if not found.is_required()
        }
        self.book.table(row_class)[row["id"]] = {
            column.name: None for column in table_of(row_class).columns
        } | defaults | row | {"_position": self.book.next_position()}  # fmt: skip

    async def update(self, row_class: type[SQLModel], key: UUID, **values: Any) -> bool:
        row = self.book.table(row_class).get(key)
        if row is None:
            return False
        self._check_pending(row_class, row | values)
        row |= values | {"_position": self.book.next_position()}
        return True

    def _tell(self, row: Row) -> None:
        """An event of the outbox is an entry of the feed."""
        event, position = row["payload"], self.book.next_position()
        self.book.table(FEED)[row["id"]] = {
            "id": row["id"],
            "tenant_id": row["tenant_id"],
            "audience": row["audience"],
            "cursor": write_cursor(str(position), row["id"]),
            "feed_tx": position,
            "type": event["type"],
            "source": event["source"],
            "subject": UUID(event["subject"]),
            "at": row["created_at"],
            "time": row["created_at"],
            "actor_unit": self.caller.unit_id,
            "data": event["data"],
        }

    def _check_pending(self, row_class: type[SQLModel], row: Row) -> None:
        """The one unique index that a partner can meet. Raises ReferralIsPending."""
        if row_class is not ReferralRow or ReferralState(row["state"]) not in PENDING:
            return
        same = ("tenant_id", "sender_unit", "service_code", "subject_digest")
        for other in self.book.table(ReferralRow).values():
            is_same = all(other[name] == row[name] for name in same)
            if other["id"] != row["id"] and is_same and ReferralState(other["state"]) in PENDING:
                raise ReferralIsPending


class _Pool:
    """What health asks."""

    def __init__(self, revision: str) -> None:
        self._revision = revision

    async def fetchval(self, sql: str) -> object:
        return self._revision if "alembic_version" in sql else True


class MemoryDatabase(Database):
    """One transaction after the other; what fails leaves the book as it was."""

    def __init__(self, book: Book, revision: str) -> None:
        pool: Any = _Pool(revision)
        super().__init__(pool)
        self.book = book
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self, caller: Caller) -> AsyncIterator[Transaction]:
        async with self._turn:
            before = self.book.copy()
            try:
                yield MemoryTransaction(self.book, caller)
            except BaseException:
                self.book.restore(before)
                raise

    async def add(self, caller: Caller, row_class: type[SQLModel], **values: Any) -> None:
        async with self.transaction(caller) as tx:
            await tx.insert(row_class, **values)

    @asynccontextmanager
    async def rehearsal(self, caller: Caller) -> AsyncIterator[Transaction]:
        async with self._turn:
            before = self.book.copy()
            try:
                yield MemoryTransaction(self.book, caller)
            finally:
                self.book.restore(before)

    @override
    async def read(self, caller: Caller, sql: str, arguments: list[Any]) -> Any:
        """Reads go by `reading`; what comes here asks how far the feed reaches back."""
        return await MemoryTransaction(self.book, caller).read(sql, arguments)
