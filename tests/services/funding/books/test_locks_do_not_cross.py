"""Commands about money take their locks in one order: however they cross, none waits for ever."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

import pytest

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.ledger.proposals import ProposalAction
from services.funding.domain.payment_lifecycle import PaymentAction
from services.funding.domain.reservations import ReservationAction
from services.funding.operations.act_on_expenditure import adjust_eligibility
from services.funding.operations.ledger.propose import act_on_proposal
from services.funding.operations.pass_on import PassedOn, pass_on
from services.funding.operations.pay import act_on_payment
from services.funding.operations.record_expenditure import NewExpenditure, record_expenditure
from services.funding.operations.reserve import (
    NewReservation,
    ReservationUse,
    act_on_reservation,
    expire_reservations,
    reserve,
)
from services.funding.operations.send_payments import send_payments
from services.funding.storage.ledger_records import balances_of_line
from shared.database.transaction import Transaction
from shared.kernel.errors import Refusal
from shared.kernel.money import Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books, person
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import arrived, payment, ready, sent
from tests.services.funding.papers import award, line
from tests.services.funding.spending.costs import record_voucher
from tests.services.funding.steps import active, released, share

Command: TypeAlias = Callable[[Transaction], Awaitable[object]]
DAY = date(2022, 6, 15)
PAIRS = 60
EVENTS, TRAINING, POSTS = 0, 1, 2


@pytest.fixture
async def given(officer: Desk, approver: Desk) -> Record:
    paper = award(
        2022,
        "1000000.00",
        [
            line("events", "B1_COORDINATION", "400000.00", purpose="EVENTS"),
            line("training", "B1_COORDINATION", "400000.00", purpose="TRAINING"),
            line("posts", "B2", "200000.00", "4.00"),
        ],
        awardedOn="2022-01-02",
    )
    return await active(officer, approver, paper)


class Crossing:
    """One award with money under way on three lines, and every command about it, ready to run."""

    def __init__(self, officer: Desk, approver: Desk, given: Record) -> None:
        self.officer, self.approver, self.given = officer, approver, given
        self.lines = [UUID(one["id"]) for one in given["lines"]]

    async def prepare(self) -> None:
        whole = share(self.given["lines"][POSTS], "2.00", "100000.00")
        self.above = await released(self.officer, self.approver, whole, "waf-bergkamen")
        below = {
            "parentAllocationId": self.above["id"],
            "fte": "1.00",
            "amount": "50000.00",
            "validFrom": "2022-01-01",
            "validTo": "2022-12-31",
        }
        self.below = await released(self.officer, self.approver, below, "waf-kamen")
        one = await ready(self.officer, self.approver, self.above, "40000.00")
        run = await sent(self.officer, one, on="2022-05-10")
        path = f"/v1/payment-runs/{run['id']}/confirmations"
        said = {"items": [arrived(one, valueDate="2022-05-14")]}
        assert (await self.officer.send("POST", path, said, key="bank")).status_code == 200
        self.voucher = await record_voucher(self.officer, "900000.00")

    async def commands(self, number: int) -> Sequence[Command]:
        """Of every kind one that could succeed."""
        line_id, kind = [
            (self.lines[EVENTS], CostKind.EVENTS),
            (self.lines[TRAINING], CostKind.TRAINING),
        ][number % 2]
        held = await self.officer.create(
            "/v1/reservations",
            {
                "awardLineId": str(line_id),
                "amount": "10.00",
                "costKind": kind.value,
                "reservedOn": "2022-03-01",
                "expiresOn": "2022-06-30" if number % 3 else "2099-06-30",
            },
        )
        draft = await self.officer.create("/v1/payments", payment(self.above, "10.00"))
        leaving = await ready(self.officer, self.approver, self.above, "10.00")
        proposal = await self._proposed(self.lines[number % 3])
        held_id, draft_id, leaving_id = (UUID(one["id"]) for one in (held, draft, leaving))
        void, nothing = ReservationAction.VOID, ReservationUse()
        new = NewReservation(line_id, Money(1000), kind, date(2099, 1, 1), DAY)
        cost = NewExpenditure(line_id, kind, DAY, DAY, DAY, Money(1000), UUID(self.voucher["id"]))
        above, below = UUID(self.above["id"]), UUID(self.below["id"])
        passed = PassedOn(below, Money(10), date(2022, 6, 1))
        return [
            lambda tx: reserve(tx, new),
            lambda tx: act_on_reservation(tx, held_id, held["version"], void, nothing),
            expire_reservations,
            lambda tx: record_expenditure(tx, cost),
            lambda tx: adjust_eligibility(tx, UUID(self.given["id"]), DAY),
            lambda tx: act_on_proposal(tx, proposal, 1, ProposalAction.POST),
            lambda tx: act_on_payment(tx, draft_id, 1, PaymentAction.RELEASE),
            lambda tx: send_payments(tx, [leaving_id], date(2022, 6, 1)),
            lambda tx: _passed(tx, above, passed),
        ]

    async def _proposed(self, line_id: UUID) -> UUID:
        body = {
            "awardLineId": str(line_id),
            "valueDate": "2022-06-15",
            "reference": "BANK-1",
            "postings": [
                {"code": "OWN_SHARE", "costKind": "EVENTS", "amount": "1.00"},
                {"code": "CASH", "amount": "-1.00"},
            ],
        }
        return UUID((await self.officer.create("/v1/journal-proposals", body))["id"])


async def _passed(tx: Transaction, above: UUID, command: PassedOn) -> object:
    version = await tx.connection.fetchval("select version from allocation where id = $1", above)
    return await pass_on(tx, above, version, command)


async def run_both(books: Books, *commands: Command) -> list[object]:
    return await asyncio.gather(
        *(books.within(command) for command in commands), return_exceptions=True
    )


async def test_crossing_commands_never_deadlock(
    officer: Desk, approver: Desk, given: Record, funding_database: ServiceDatabase
) -> None:
    """Without the retry of the service: a deadlock would come out here as 40P01."""
    crossing = Crossing(officer, approver, given)
    chosen = random.Random(7)  # noqa: S311 - shuffles, hides nothing
    await crossing.prepare()
    done = 0
    async with open_books(funding_database, person("second")) as books:
        for number in range(PAIRS):
            commands = list(await crossing.commands(number))
            chosen.shuffle(commands)
            for outcome in await run_both(books, *commands[:6]):
                if isinstance(outcome, BaseException):
                    assert isinstance(outcome, Refusal), repr(outcome)
                else:
                    done += 1
        for line_id in crossing.lines:
            found = await books.within(lambda tx, key=line_id: balances_of_line(tx, key))  # type: ignore[misc] # bound at once
            assert found[Account(AccountCode.FREE, line_id)].cents > 0
    verified = await officer.read("/v1/ledger/verify", book="LIVE")
    assert verified["isIntact"] is True
    assert done > PAIRS * 4
