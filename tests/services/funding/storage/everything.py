"""At least one row in every table that tells of Warendorf: one filling for each noun.

A new table is filled here, so that the tests of the policies see it.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

import asyncpg

from services.funding.operations.each_tenant import each_tenant
from services.funding.operations.keep_alerts import keep_alerts
from services.funding.operations.keep_deadlines import keep_deadlines
from shared.database.connection import open_database
from shared.database.transaction import Transaction
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import grant, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import drafted, on_the_books, ready, sent
from tests.services.funding.papers import WARENDORF_AWARD, WARENDORF_POSITIONS
from tests.services.funding.spending.costs import cost, record_voucher
from tests.services.funding.steps import released, share

Filling = Callable[[Desk, Desk, ServiceDatabase, Record], Awaitable[None]]


async def fill_awards(
    officer: Desk, approver: Desk, _database: ServiceDatabase, award: Record
) -> None:
    await released(officer, approver, share(award["lines"][1], "1.00", "55000.00"))
    await officer.create("/v1/position-reports", WARENDORF_POSITIONS)
    post = (await officer.read("/v1/positions"))["items"][0]
    await officer.create(
        f"/v1/positions/{post['id']}/occupancies",
        {"share": "0.50", "since": "2022-01-01"},
        version=post["version"],
    )
    products = {"fiscalYear": 2022, "products": ["8101"]}
    path = f"/v1/positions/{post['id']}/products"
    await officer.send("PUT", path, products, version=post["version"] + 1)
    await officer.create("/v1/programmes", {"code": "KIM", "nameDe": "KIM", "nameEn": "KIM"})
    rate = {"fundingLine": "B2", "fiscalYear": 2022, "ceiling": "55000.00", "source": "S4"}
    await officer.create("/v1/rates", rate)
    entry = {"kind": "REVENUE", "amount": "1.00", "fiscalYear": 2022, "product": "946100"}
    await officer.create("/v1/budget-entries", entry)
    request = {
        "fiscalYear": 2022,
        "requestedBy": "AG",
        "personnelCost": "64000.00",
        "ceiling": "55000.00",
        "fte": "1.00",
        "requestedAmount": "9000.00",
    }
    await officer.send("POST", "/v1/own-share-requests", request, key="only-key")


PROPOSAL = """
insert into journal_proposal (id, tenant_id, version, created_at, updated_at, award_line_id, state,
  content, proposed_by) values (uuidv7(), '05570', 1, now(), now(), $1, 'PROPOSED', '{}', 'a')"""
PERIODS = """
insert into ledger_period (tenant_id, book, fiscal_year, month, state, requested_at, requested_by)
select '05570', 'LIVE', 2015, month, 'OPEN', now(), 'a' from generate_series(1, 12) month"""
CLOSE = """
update ledger_period set state = 'CLOSED', closed_at = now(), closed_by = 'b',
  (head_sequence, head_hash) = (
    select sequence, hash from ledger_entry order by sequence desc limit 1)"""
YEAR = """
insert into ledger_year_close (tenant_id, book, fiscal_year, closed_at, closed_by, trial_balance,
  head_sequence, head_hash)
select '05570', 'LIVE', 2015, now(), 'b', '[]', head_sequence, head_hash
  from ledger_period limit 1"""


async def fill_ledger(
    _officer: Desk, _approver: Desk, database: ServiceDatabase, award: Record
) -> None:
    line = UUID(award["lines"][3]["id"])
    async with open_books(database) as books:
        await books.post(grant(line, "100.00", on=date(2022, 1, 1)))
    connection = await asyncpg.connect(database.app_dsn)
    async with connection.transaction():
        await connection.execute(
            "select set_config('app.tenant', '05570', true),"
            " set_config('app.roles', ',funding_officer,', true)"
        )
        await connection.execute(PROPOSAL, line)
        for statement in (PERIODS, CLOSE, YEAR):
            await connection.execute(statement)
    await connection.close()


async def fill_spending(
    officer: Desk, _approver: Desk, _database: ServiceDatabase, award: Record
) -> None:
    events = next(line for line in award["lines"] if line["key"] == "b1-events")
    voucher = await record_voucher(officer, "100.00")
    await officer.create("/v1/expenditures", cost(events, voucher, subjectRef=str(uuid4())))


async def fill_payments(
    officer: Desk, approver: Desk, database: ServiceDatabase, award: Record
) -> None:
    async with open_books(database) as books:
        await on_the_books(books, award)
    await drafted(officer, award["lines"][4]["id"], "1.00")
    allocation = await released(officer, approver, share(award["lines"][2], "1.00", "50000.00"))
    plan = {"instalments": [{"number": 1, "dueOn": "2022-03-01", "amount": "1.00"}]}
    path = f"/v1/allocations/{allocation['id']}/instalments"
    await officer.send("PUT", path, plan, version=allocation["version"])
    await sent(officer, await ready(officer, approver, allocation, "1.00"))


async def fill_posts(
    _officer: Desk, _approver: Desk, database: ServiceDatabase, _award: Record
) -> None:
    """Deadlines of the award; all of them were missed long ago, which raises alerts."""

    async def look(tx: Transaction) -> None:
        await keep_deadlines(tx, date(2023, 6, 1), 28)
        await keep_alerts(tx, date(2023, 6, 1))

    opened = await open_database(database.app_dsn, application="tests", connections_max=2)
    try:
        await each_tenant(opened, "deadline-timer", look)
    finally:
        await opened.close()


async def fill_proofs(
    officer: Desk, _approver: Desk, _database: ServiceDatabase, award: Record
) -> None:
    proof = await officer.create("/v1/proofs", {"awardId": award["id"]})
    path = f"/v1/proofs/{proof['id']}/versions"
    await officer.create(path, {"narrative": []}, version=proof["version"])


async def fill_rules(
    officer: Desk, _approver: Desk, _database: ServiceDatabase, award: Record
) -> None:
    """Rules, a provision, a name of the ministry, a reservation, a call with an answer."""
    await officer.read("/v1/cost-rules")
    draft = await officer.create("/v1/awards", WARENDORF_AWARD)
    items = [{"code": "PURPOSE", "textDe": "Zweckbindung"}]
    path = f"/v1/awards/{draft['id']}/conditions"
    await officer.send("PUT", path, {"items": items}, version=draft["version"])
    programme = (await officer.read("/v1/programmes"))["items"][0]
    name = {"name": "MKFFI NRW", "usedFrom": "2017-06-30"}
    await officer.create(f"/v1/programmes/{programme['id']}/funder-names", name)
    reservation = {
        "awardLineId": award["lines"][4]["id"],
        "amount": "1.00",
        "costKind": "EVENTS",
        "reservedOn": "2022-03-01",
        "expiresOn": "2022-06-30",
    }
    await officer.create("/v1/reservations", reservation)
    planned = await officer.create("/v1/allocations", share(award["lines"][1], "1.00", "55000.00"))
    path = f"/v1/allocations/{planned['id']}/call-for-interest"
    call = {"opensOn": "2022-01-10", "closesOn": "2022-01-31", "criteria": "Ortskenntnis"}
    await officer.send("PUT", path, call)
    await officer.act("allocations", planned, "open-call")
    answer = {"respondentName": "Verein", "fte": "1.00", "requestedAmount": "1.00"}
    await officer.create(f"{path}/responses", answer, version=1)


async def fill_recoveries(
    officer: Desk, approver: Desk, _database: ServiceDatabase, award: Record
) -> None:
    """A base rate of a day that no other filling takes, and one euro paid back."""
    day = date(1950, 1, 1) + timedelta(days=uuid4().int % 20_000)
    rate = {"validFrom": day.isoformat(), "percent": "1.62", "source": "Bundesbank"}
    await officer.create("/v1/base-rates", rate)
    body = {"direction": "UPWARD", "awardLineId": award["lines"][0]["id"], "ground": "UNSPENT"}
    raised = await officer.create(
        "/v1/recoveries", body | {"amount": "1.00", "claimSince": "2023-01-31"}
    )
    demand = {"actReference": "BRA-1", "demandedOn": "2023-02-10", "dueOn": "2023-03-31"}
    demanded = await approver.act("recoveries", raised, "demand", demand)
    paid = {"paidOn": "2023-03-31", "amount": "1.00", "bankReference": "SPK-1"}
    await officer.act("recoveries", demanded, "record-payment", paid)


async def fill_exports(
    officer: Desk, _approver: Desk, _database: ServiceDatabase, _award: Record
) -> None:
    """What the others booked leaves in a file."""
    await officer.create("/v1/finance-exports", {"encoding": "utf-8"})


FILLINGS: Final[tuple[Filling, ...]] = (
    fill_awards,
    fill_payments,
    fill_ledger,
    fill_posts,
    fill_rules,
    fill_spending,
    fill_proofs,
    fill_recoveries,
    fill_exports,
)
