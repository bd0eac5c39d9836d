"""Closed months and years: asked for by one, closed by another, sealed, never opened again."""

from collections.abc import AsyncIterator
from datetime import date
from uuid import UUID

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from deploy.local.postgres import PostgresServer
from services.funding.domain.ledger.periods import PeriodIsClosed
from services.funding.operations.ledger.post import reverse
from tests.apis import TokenFor, create_app, running
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, grant
from tests.services.funding.books.test_journal_api import manual
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import left_behind

MONTH = "/v1/ledger/periods/2022-11"
NOVEMBER = date(2022, 11, 21)


async def close(officer: Desk, approver: Desk, month: str = MONTH) -> Record:
    asked = await officer.send("POST", f"{month}/actions/request-close", {})
    assert asked.status_code == 200, asked.text
    closed = await approver.send("POST", f"{month}/actions/close", {})
    assert closed.status_code == 200, closed.text
    record: Record = closed.json()
    return record


async def test_a_closed_period_takes_no_entry_and_leaves_nothing(
    officer: Desk, approver: Desk, books: Books, line: UUID
) -> None:
    [posted] = await books.post(grant(line, "100.00", on=NOVEMBER))
    closed = await close(officer, approver)
    assert (closed["state"], closed["headSequence"]) == ("CLOSED", 1)

    with pytest.raises(PeriodIsClosed) as refused:
        await books.post(grant(line, "1.00", on=NOVEMBER))
    with pytest.raises(PeriodIsClosed):
        await books.within(lambda tx: reverse(tx, posted.id, NOVEMBER, "WRONG_AMOUNT"))

    assert refused.value.facts == {"period": "2022-11"}
    assert (await officer.read("/v1/ledger/verify"))["entries"] == 1
    assert await books.balances(line) == {"CLAIM": "100.00", "FREE": "100.00"}
    turned = await books.within(
        lambda tx: reverse(tx, posted.id, date(2022, 12, 1), "WRONG_AMOUNT")
    )
    assert turned.sequence == 2
    assert (await officer.read("/v1/ledger/verify"))["isIntact"] is True


async def test_a_manual_entry_for_a_closed_month_is_neither_proposed_nor_posted(
    officer: Desk,
    approver: Desk,
    line: UUID,
    postgres: PostgresServer,
    funding_database: ServiceDatabase,
) -> None:
    path, dated = "/v1/journal-proposals", {"valueDate": "2022-11-21"}
    early = await officer.create(path, manual(line, **dated))
    await close(officer, approver)
    before = left_behind(postgres, funding_database)

    late = await officer.send("POST", path, manual(line, **dated))
    posted = await approver.try_act("journal-proposals", early, "post")

    for answer in (late, posted):
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["period"]) == (
            422,
            "period-closed",
            "2022-11",
        )
    assert left_behind(postgres, funding_database) == before
    assert (await officer.read(path))["items"] == [early]
    assert (await officer.create(path, manual(line, valueDate="2022-12-01")))["state"] == "PROPOSED"


async def test_the_database_itself_refuses_an_entry_in_a_closed_month(
    officer: Desk, approver: Desk, books: Books, line: UUID, funding_database: ServiceDatabase
) -> None:
    await books.post(grant(line, "100.00", on=NOVEMBER))
    await close(officer, approver)
    connection = await asyncpg.connect(funding_database.app_dsn)
    try:
        await connection.execute(
            "select set_config('app.tenant', '05570', false),"
            " set_config('app.roles', ',funding_officer,', false)"
        )
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await connection.execute(
                "insert into ledger_entry select uuidv7(), tenant_id, book, sequence + 1, event,"
                " award_line_id, fiscal_year, value_date, clock_timestamp(), source_kind,"
                " source_id, reference, reverses_id, reason_code, posting_count, recorded_by,"
                " released_by, hash, hash from ledger_entry"
            )
        with pytest.raises(asyncpg.CheckViolationError) as reopened:
            await connection.execute("update ledger_period set state = 'OPEN'")
    finally:
        await connection.close()

    assert refused.value.constraint_name == "ledger_period_open"
    assert reopened.value.constraint_name == "ledger_period_stays_closed"


async def test_closing_needs_a_request_a_second_person_and_a_month_that_is_over(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    unasked = await approver.send("POST", f"{MONTH}/actions/close", {})
    early = await officer.send("POST", "/v1/ledger/periods/2199-01/actions/request-close", {})
    months = (await officer.read("/v1/ledger/periods", fiscalYear="2022"))["items"]

    assert (unasked.status_code, unasked.json()["code"]) == (409, "closing-not-requested")
    assert (early.status_code, early.json()["code"]) == (422, "period-not-over")
    assert [one["state"] for one in months] == ["OPEN"] * 12
    await close(officer, approver)
    again = await approver.send("POST", f"{MONTH}/actions/close", {})
    assert (again.status_code, again.json()["code"]) == (409, "period-already-closed")
    connection = await asyncpg.connect(funding_database.app_dsn)
    try:
        await connection.execute(
            "select set_config('app.tenant', '05570', false),"
            " set_config('app.roles', ',funding_officer,', false)"
        )
        await connection.execute(
            "insert into ledger_period (tenant_id, book, fiscal_year, month, state, requested_at,"
            " requested_by) values ('05570', 'LIVE', 2022, 1, 'OPEN', now(), 'a')"
        )
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await connection.execute(
                "update ledger_period set state = 'CLOSED', closed_by = 'a', closed_at = now(),"
                " head_sequence = 0, head_hash = decode(repeat('00', 32), 'hex') where month = 1"
            )
    finally:
        await connection.close()
    assert refused.value.constraint_name == "ck_ledger_period_four_eyes"


async def test_a_year_is_closed_after_its_months_and_keeps_what_every_account_stood_at(
    officer: Desk, approver: Desk, books: Books, line: UUID
) -> None:
    await books.post(grant(line, "100.00", on=NOVEMBER), grant(line, "900.00", on=date(2023, 1, 1)))
    early = await approver.send("POST", "/v1/fiscal-years/2022/actions/close", {})
    for month in range(1, 13):
        await close(officer, approver, f"/v1/ledger/periods/2022-{month:02d}")

    closed = await approver.create("/v1/fiscal-years/2022/actions/close", {})

    assert (early.status_code, early.json()["code"]) == (409, "months-still-open")
    assert len(early.json()["months"]) == 12
    assert [(one["code"], one["balance"]) for one in closed["trialBalance"]] == [
        ("CLAIM", "100.00"),
        ("FREE", "-100.00"),
    ]
    assert await officer.read("/v1/fiscal-years/2022/close") == closed
    again = await approver.send("POST", "/v1/fiscal-years/2022/actions/close", {})
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    assert (await officer.read("/v1/ledger/verify"))["isIntact"] is True


async def test_what_was_never_called_lapses_line_by_line_with_a_rehearsal_before(
    approver: Desk, books: Books, line: UUID, other_line: UUID
) -> None:
    await books.post(grant(line, "100.00"), grant(other_line, "7.00"))
    path, body = "/v1/fiscal-years/2022/actions/lapse-claims", {"valueDate": "2022-12-31"}

    rehearsed = await approver.send("POST", f"{path}?dryRun=true", body)
    assert rehearsed.json()["result"]["lapsed"] == "107.00"
    assert await books.balances(line) == {"CLAIM": "100.00", "FREE": "100.00"}

    lapsed = await approver.send("POST", path, body)
    assert lapsed.json()["lapsed"] == "107.00"
    assert await books.balances(line) == {}
    assert await books.balances(other_line) == {}
    assert (await approver.send("POST", path, body)).json()["entryIds"] == []


@pytest.fixture
async def sealing(
    funding_database: ServiceDatabase, issuer: str, client: httpx.AsyncClient
) -> AsyncIterator[httpx.AsyncClient]:
    """The same service with a key for its seals."""
    app = create_app("funding", funding_database, issuer)
    app.state.ledger_seal_key = SecretStr("a-key-in-a-safe").get_secret_value().encode()
    async with running(app) as opened:
        yield opened


async def test_a_seal_shows_that_the_past_was_rewritten_with_its_hashes(
    sealing: httpx.AsyncClient, token_for: TokenFor, officer: Desk, books: Books, line: UUID
) -> None:
    await books.post(grant(line, "100.00", on=NOVEMBER))
    keeper = Desk(sealing, token_for("waf-funding-approver"))
    reader = Desk(sealing, token_for("waf-auditor"))
    closed = await close(officer, keeper)
    assert closed["isSealed"] is True

    [period] = (await reader.read("/v1/ledger/verify"))["periods"]
    assert (period["isSealed"], period["isIntact"]) == (True, True)
    # Another key is what somebody has who knows the hashes and not the key.
    sealing._transport.app.state.ledger_seal_key = b"guessed"  # type: ignore[attr-defined]
    check = await reader.read("/v1/ledger/verify")
    assert (check["isIntact"], check["periods"][0]["isSealed"]) == (False, False)
    # Without any key nothing can be said about seals; the chain itself still holds.
    unsealed = await officer.read("/v1/ledger/verify")
    assert (unsealed["isIntact"], unsealed["periods"][0]["isSealed"]) == (True, False)
