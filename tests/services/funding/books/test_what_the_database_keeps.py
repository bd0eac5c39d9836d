"""What the database itself refuses, asked directly as the application's role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, entry, grant

Connection = asyncpg.Connection


LATER = """
insert into ledger_posting
select tenant_id, $1, 2 + row_number() over (order by code), id,
       case code when 'CLAIM' then 5 else -5 end, '2022-06-01' from ledger_account"""


@pytest.fixture
async def app_role(funding_database: ServiceDatabase) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(funding_database.app_dsn)
    yield connection
    await connection.close()


@asynccontextmanager
async def acting(connection: Connection) -> AsyncIterator[None]:
    async with connection.transaction():
        await connection.execute(
            "select set_config('app.tenant', '05570', true),"
            " set_config('app.roles', ',funding_officer,', true)"
        )
        yield


async def state(books: Books, line: UUID) -> tuple[object, int]:
    async with books.database.transaction(books.caller) as tx:
        postings = await tx.connection.fetchval("select count(*) from ledger_posting")
    return await books.balances(line), postings


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_posting set amount_cents = 1",
        "delete from ledger_posting",
        "truncate ledger_posting",
        "update ledger_entry set value_date = '2022-01-01'",
        "delete from ledger_entry",
        "update ledger_account set is_floored = false",
        "update ledger_balance set balance_cents = 0",
        "insert into ledger_balance values ('05570', uuidv7(), 1, 'D', true)",
        "delete from ledger_period",
        "alter table ledger_posting disable trigger all",
        "select count_posting()",
    ],
)
async def test_a_posting_cannot_be_changed_by_the_application_role(
    books: Books, line: UUID, app_role: Connection, statement: str
) -> None:
    await books.post(grant(line, "100.00"))
    before = await state(books, line)

    with pytest.raises(asyncpg.InsufficientPrivilegeError) as refused:
        async with acting(app_role):
            await app_role.execute(statement)

    assert refused.value.sqlstate == "42501"
    assert await state(books, line) == before


async def test_a_posting_cannot_be_added_later(
    books: Books, line: UUID, app_role: Connection
) -> None:
    [posted] = await books.post(grant(line, "100.00"))
    before = await state(books, line)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await app_role.execute(LATER, posted.id)

    assert refused.value.constraint_name == "ledger_entry_balanced"
    assert await state(books, line) == before


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"hash": "\\x" + "ab" * 32}, "ledger_entry_chained"),
        ({"previous_hash": "\\x" + "00" * 32}, "ledger_entry_chained"),
        ({"sequence": 7}, "ledger_entry_chained"),
        ({"recorded_at": "2022-11-21T08:00:00Z"}, "ledger_entry_recorded_now"),
        ({"recorded_at": "2199-01-01T00:00:00Z"}, "ledger_entry_recorded_now"),
        ({"released_by": "kreis|books"}, "ck_ledger_entry_four_eyes"),
        ({"reference": "=1+1"}, "ck_ledger_entry_reference"),
        ({"event": "GIFT"}, "ck_ledger_entry_event"),
        ({"posting_count": 1}, "ck_ledger_entry_counts"),
        ({"event": "REVERSED"}, "ck_ledger_entry_reversal"),
    ],
)
async def test_a_forged_entry_is_refused(
    books: Books, line: UUID, app_role: Connection, change: dict[str, object], constraint: str
) -> None:
    await books.post(grant(line, "100.00"))
    before = await state(books, line)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await _copy_of_last(app_role, change)

    assert refused.value.constraint_name == constraint
    assert await state(books, line) == before


async def _copy_of_last(connection: Connection, change: dict[str, object]) -> None:
    """Another entry like the last one, whole and balanced, but for `change`."""
    identity = new_id()
    last = await connection.fetchrow("select * from ledger_entry order by sequence desc limit 1")
    assert last is not None
    values = dict(last) | {
        "id": identity,
        "sequence": last["sequence"] + 1,
        "previous_hash": last["hash"],
        "recorded_at": await connection.fetchval("select clock_timestamp()"),
    }
    for name, value in change.items():
        if isinstance(value, str) and name.endswith("hash"):
            values[name] = bytes.fromhex(value.removeprefix("\\x"))
        elif name == "recorded_at":
            values[name] = await connection.fetchval("select $1::text::timestamptz", value)
        else:
            values[name] = value
    places = ", ".join(f"${n}" for n in range(1, len(values) + 1))
    await connection.execute(
        f"insert into ledger_entry ({', '.join(values)}) values ({places})", *values.values()
    )
    await connection.execute(
        "insert into ledger_posting select tenant_id, $1, ordinal, account_id, amount_cents,"
        " value_date, position_id from ledger_posting where entry_id = $2",
        identity,
        last["id"],
    )


async def test_an_entry_that_does_not_balance_is_refused(
    books: Books, line: UUID, app_role: Connection
) -> None:
    await books.post(grant(line, "100.00"))
    before = await state(books, line)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await _copy_of_last(app_role, {"posting_count": 3})

    assert refused.value.constraint_name == "ledger_entry_balanced"
    assert await state(books, line) == before


async def test_an_overdrawn_account_is_refused_by_the_database(
    books: Books, line: UUID, app_role: Connection
) -> None:
    """The rule is asked before; the CHECK stands behind it."""
    [_, reserved] = await books.post(
        grant(line, "100.00"),
        entry(line, LedgerEvent.RESERVED, rules.reserved(line, Money.parse("60.00"))),
    )
    before = await state(books, line)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await _copy_of_last(app_role, {})

    assert refused.value.constraint_name == "ck_ledger_balance_not_overdrawn"
    assert reserved.sequence == 2
    assert await state(books, line) == before


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("is_floored = false", "ck_ledger_account_floor_of_code"),
        ("side = 'D'", "ck_ledger_account_side_of_code"),
        ("code = 'GIFT'", "ck_ledger_account_code"),
        ("cost_kind = 'RENT'", "ck_ledger_account_cost_kind_of_code"),
        ("code = 'SENT'", "ck_ledger_account_allocation_of_code"),
    ],
)
async def test_an_unknown_account_floor_is_refused_by_the_database(
    books: Books, line: UUID, app_role: Connection, change: str, constraint: str
) -> None:
    """The application cannot make an account that may be overdrawn, nor one on the wrong side."""
    await books.post(grant(line, "100.00"))
    name, value = change.split(" = ")
    columns = {
        "id": "uuidv7()",
        "tenant_id": "tenant_id",
        "book": "book",
        "code": "'RESERVED'",
        "award_line_id": "award_line_id",
        "cost_kind": "''",
        "side": "'C'",
        "is_floored": "true",
        "path": "path || 'X'",
        "created_at": "now()",
    } | {name: value}

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await app_role.execute(
                f"insert into ledger_account ({', '.join(columns)})"
                f" select {', '.join(columns.values())} from ledger_account where code = 'FREE'"
            )

    assert refused.value.constraint_name == constraint


async def test_postings_of_two_lines_are_refused_unless_money_is_carried_over(
    books: Books, line: UUID, other_line: UUID, app_role: Connection
) -> None:
    await books.post(grant(line, "100.00"), grant(other_line, "1.00"))
    carried = rules.carried(line, other_line, Money.parse("40.00"))
    await books.post(
        entry(line, LedgerEvent.CARRIED_OVER, carried, on=date(2023, 1, 1)),
    )
    assert await books.balances(other_line) == {"CLAIM": "41.00", "FREE": "41.00"}

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with acting(app_role):
            await _copy_of_last(app_role, {"event": "AWARD_GRANTED"})

    assert refused.value.constraint_name == "ledger_entry_balanced"
