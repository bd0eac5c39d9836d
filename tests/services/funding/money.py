"""Money in tests: awards whose lines stand in the books, drawdowns and payments on their way."""

from typing import Any
from uuid import UUID

from deploy.local.postgres import PostgresServer
from services.funding.domain.ledger.accounts import AccountCode
from services.funding.storage.ledger_records import balances_of_line
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, grant
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import award, line
from tests.services.funding.steps import active

DAY = "2023-02-15"


def coordination(total: str, fiscal_year: int = 2023) -> Record:
    """An award of money that has to be called: line 1, a Zuwendung."""
    lines = [line("b1", "B1_COORDINATION", total, purpose="EVENTS")]
    return award(fiscal_year, total, lines, awardedOn=f"{fiscal_year}-01-02")


async def on_the_books(books: Books, given: Record) -> Record:
    """The award with its lines granted in the books, where its grant did not do so already."""
    for one in given["lines"]:
        line_id = UUID(one["id"])
        found = await books.within(lambda tx, key=line_id: balances_of_line(tx, key))  # type: ignore[misc] # bound at once
        if AccountCode.CLAIM not in {account.code for account in found}:
            await books.post(grant(line_id, one["amount"]))
    return given


async def called_for(books: Books, officer: Desk, approver: Desk, total: str) -> Record:
    """An active award of a Zuwendung, in the books."""
    return await on_the_books(books, await active(officer, approver, coordination(total)))


def need(amount: str, due_on: str = "2023-04-10", kind: str = "EVENTS") -> Record:
    return {"dueOn": due_on, "amount": amount, "costKind": kind}


def call(line_id: str, amount: str, *needs: Record) -> Record:
    return {"awardLineId": line_id, "amount": amount, "needs": list(needs) or [need(amount)]}


async def drafted(officer: Desk, line_id: str, amount: str, *needs: Record) -> Record:
    return await officer.create("/v1/drawdowns", call(line_id, amount, *needs))


async def submitted(officer: Desk, approver: Desk, line_id: str, amount: str) -> Record:
    drawdown = await drafted(officer, line_id, amount)
    return await approver.act("drawdowns", drawdown, "submit", {"requestedOn": DAY})


async def received(
    officer: Desk, approver: Desk, line_id: str, amount: str, value_date: str = "2023-03-01"
) -> Record:
    """Money of a drawdown on the account."""
    drawdown = await submitted(officer, approver, line_id, amount)
    drawdown = await approver.act("drawdowns", drawdown, "approve")
    paid = {"valueDate": value_date, "bankReference": "BRA-2023-17"}
    return await officer.act("drawdowns", drawdown, "pay", paid)


def payment(allocation: Record, amount: str, **more: Any) -> Record:
    return {"allocationId": allocation["id"], "amount": amount, "payeeNumber": "70001", **more}


async def ready(
    officer: Desk, approver: Desk, allocation: Record, amount: str, **more: Any
) -> Record:
    """A payment that may be sent."""
    drafted_payment = await officer.create("/v1/payments", payment(allocation, amount, **more))
    return await approver.act("payments", drafted_payment, "release")


async def sent(officer: Desk, *payments: Record, on: str = "2023-03-10") -> Record:
    body = {"paymentIds": [one["id"] for one in payments], "sentOn": on}
    return await officer.create("/v1/payment-runs", body)


def arrived(one: Record, **more: Any) -> Record:
    """The bank's word that a payment arrived."""
    said = {"paymentId": one["id"], "isPaid": True, "valueDate": "2023-03-14"}
    return said | {"bankReference": "SPK-1"} | more


def refused(one: Record, code: str = "AC04") -> Record:
    return arrived(one, isPaid=False, failureCode=code)


def left_behind(postgres: PostgresServer, database: ServiceDatabase) -> list[str]:
    """How many rows stand in every table that a change of money adds to, whoever may read them."""
    tables = ("ledger_entry", "audit_entry", "outbox_message", "drawdown", "drawdown_need")
    counts = [f"select count(*) from {table}" for table in (*tables, "payment", "payment_run")]
    found = postgres.psql(database.name, statement=" union all ".join(counts))
    return found.splitlines()
