"""Mittelabruf: money is called when it is needed, by two people, and never twice."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import (
    DAY,
    call,
    called_for,
    coordination,
    drafted,
    left_behind,
    need,
    on_the_books,
    received,
    submitted,
)
from tests.services.funding.papers import case_management
from tests.services.funding.steps import active


@pytest.fixture
async def books(funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def test_the_two_month_rule_holds_only_where_it_applies(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "50000.00")
    line_id = award["lines"][0]["id"]
    late = await drafted(officer, line_id, "900.00", need("900.00", "2023-05-16"))
    soon = await drafted(officer, line_id, "900.00", need("900.00", "2023-04-15"))

    refused = await approver.try_act("drawdowns", late, "submit", {"requestedOn": DAY})
    taken = await approver.act("drawdowns", soon, "submit", {"requestedOn": DAY})

    assert (refused.status_code, refused.json()["guards"]) == (422, ["need-within-two-months"])
    assert (taken["state"], taken["regime"]) == ("SUBMITTED", "ZUWENDUNG")

    lump = await on_the_books(
        books, await active(officer, approver, case_management("14.00", "770000.00"))
    )
    lump_line = lump["lines"][0]["id"]
    asked = await officer.send("POST", "/v1/drawdowns", call(lump_line, "770000.00"))
    assert (asked.status_code, asked.json()["code"]) == (422, "lump-sum-is-scheduled")
    dated = await officer.create(
        f"/v1/awards/{lump['id']}/actions/schedule-lump-sum",
        {"dueOn": "2022-06-01"},
        version=lump["version"],
    )
    [scheduled] = dated["items"]
    paid = await officer.act(
        "drawdowns",
        scheduled,
        "pay",
        {"valueDate": "2022-06-01", "bankReference": "LK-770", "amount": "770000.00"},
    )
    assert (scheduled["state"], scheduled["needs"], scheduled["amount"]) == (
        "SCHEDULED",
        [],
        "770000.00",
    )
    assert (paid["state"], paid["useBy"], paid["paidAmount"]) == ("PAID", None, "770000.00")
    assert await books.balances(UUID(lump_line)) == {"FREE": "770000.00", "CASH": "770000.00"}


async def test_sixty_requests_for_the_last_euro(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "50000.00")
    line_id = award["lines"][0]["id"]
    drafts = [await drafted(officer, line_id, "1000.00") for _ in range(60)]

    answers = await asyncio.gather(
        *(approver.try_act("drawdowns", one, "submit", {"requestedOn": DAY}) for one in drafts)
    )

    statuses = [answer.status_code for answer in answers]
    refusals = [answer.json() for answer in answers if answer.status_code == 409]
    assert (statuses.count(200), statuses.count(409)) == (50, 10)
    assert {(one["code"], one["free"]) for one in refusals} == {("insufficient-funds", "0.00")}
    assert await books.balances(UUID(line_id)) == {"FREE": "50000.00", "REQUESTED": "50000.00"}
    listed = await officer.read("/v1/drawdowns", state="DRAFT", awardLineId=line_id)
    assert len(listed["items"]) == 10


async def test_what_is_not_free_is_not_called_and_leaves_nothing(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    await submitted(officer, approver, line_id, "600.00")
    draft = await drafted(officer, line_id, "400.01")
    before = left_behind(postgres, funding_database)

    refused = await approver.try_act("drawdowns", draft, "submit", {"requestedOn": DAY})

    assert (refused.status_code, refused.json()["free"]) == (409, "400.00")
    assert left_behind(postgres, funding_database) == before
    assert await officer.read(f"/v1/drawdowns/{draft['id']}") == draft


async def test_a_returned_drawdown_gives_its_claim_back_and_is_revised(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    drawdown = await submitted(officer, approver, line_id, "600.00")

    back = await officer.act("drawdowns", drawdown, "return", {"reason": "Bedarf unklar"})
    assert await books.balances(UUID(line_id)) == {"CLAIM": "1000.00", "FREE": "1000.00"}
    parts = [need("200.00"), need("300.00", "2023-04-01", "EXTERNAL_ADVICE")]
    draft = await officer.act("drawdowns", back, "revise", {"amount": "500.00", "needs": parts})
    again = await approver.act("drawdowns", draft, "submit", {"requestedOn": DAY})

    assert (back["state"], back["returnReason"]) == ("RETURNED", "Bedarf unklar")
    assert (again["amount"], again["revision"]) == ("500.00", 2)
    assert [one["amount"] for one in again["needs"]] == ["200.00", "300.00"]
    assert await books.balances(UUID(line_id)) == {
        "CLAIM": "500.00",
        "FREE": "1000.00",
        "REQUESTED": "500.00",
    }


async def test_an_approval_of_less_frees_the_rest(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    drawdown = await submitted(officer, approver, line_id, "600.00")

    more = await approver.try_act("drawdowns", drawdown, "approve", {"amount": "600.01"})
    drawdown = await approver.act("drawdowns", drawdown, "approve", {"amount": "450.00"})
    paid = {"valueDate": "2023-03-01", "bankReference": "BRA-1"}
    other = await officer.try_act("drawdowns", drawdown, "pay", paid | {"amount": "450.01"})
    drawdown = await officer.act("drawdowns", drawdown, "pay", paid | {"amount": "450.00"})

    assert (more.status_code, more.json()["code"]) == (422, "approved-more-than-requested")
    assert (other.status_code, other.json()["guards"]) == (422, ["paid-as-approved"])
    assert (drawdown["state"], drawdown["useBy"]) == ("PARTLY_UNUSED", "2023-05-01")
    assert await books.balances(UUID(line_id)) == {
        "CLAIM": "550.00",
        "FREE": "1000.00",
        "CASH": "450.00",
    }


async def test_whoever_recorded_a_drawdown_does_not_submit_it(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    drawdown = await drafted(officer, award["lines"][0]["id"], "10.00")

    own = await officer.try_act("drawdowns", drawdown, "submit", {"requestedOn": DAY})

    assert own.status_code == 403
    connection = await asyncpg.connect(funding_database.app_dsn)
    await connection.execute(
        "select set_config('app.tenant', '05570', false),"
        " set_config('app.roles', ',funding_officer,', false)"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="four_eyes"):
        await connection.execute(
            "update drawdown set state = 'SUBMITTED', submitted_by = recorded_by"
        )
    await connection.close()


async def test_money_unused_after_two_months_blocks_the_next_call(
    books: Books, officer: Desk, approver: Desk
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    first = await received(officer, approver, line_id, "300.00")
    draft = await drafted(officer, line_id, "100.00", need("100.00", "2023-07-01"))

    late = await approver.try_act("drawdowns", draft, "submit", {"requestedOn": "2023-05-02"})
    in_time = await approver.try_act("drawdowns", draft, "submit", {"requestedOn": "2023-05-01"})

    assert (first["state"], first["useBy"]) == ("PARTLY_UNUSED", "2023-05-01")
    assert (late.status_code, late.json()["guards"]) == (422, ["earlier-drawdowns-used"])
    assert in_time.status_code == 200


async def test_an_overdue_proof_blocks_new_drawdowns(
    books: Books, officer: Desk, approver: Desk
) -> None:
    old = await active(officer, approver, coordination("1000.00", 2022))
    old = await officer.act("awards", old, "expire")
    award = await called_for(books, officer, approver, "1000.00")
    draft = await drafted(officer, award["lines"][0]["id"], "10.00", need("10.00", "2023-04-02"))

    due = await approver.try_act("drawdowns", draft, "submit", {"requestedOn": "2023-04-01"})
    before_due = await approver.try_act("drawdowns", draft, "submit", {"requestedOn": DAY})

    assert old["proofDueOn"] == "2023-03-31"
    assert (due.status_code, due.json()["guards"]) == (422, ["no-proof-overdue"])
    assert before_due.status_code == 200


async def test_a_dry_run_of_a_submission_shows_the_postings_and_stores_nothing(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    drawdown = await drafted(officer, award["lines"][0]["id"], "10.00")
    before = left_behind(postgres, funding_database)

    shown = await approver.send(
        "POST",
        f"/v1/drawdowns/{drawdown['id']}/actions/submit?dryRun=true",
        {"requestedOn": DAY},
        version=drawdown["version"],
    )

    body = shown.json()
    assert (shown.status_code, body["isDryRun"]) == (200, True)
    assert [(one["code"], one["amount"]) for one in body["postings"]] == [
        ("REQUESTED", "10.00"),
        ("CLAIM", "-10.00"),
    ]
    assert left_behind(postgres, funding_database) == before


@pytest.mark.parametrize(
    "amount",
    ["0.005", "NaN", "1e400", "-0", "-1.00", "0.00", "1.222.800", "7,62", "1" + "0" * 18, 10**18],
)
async def test_an_amount_that_is_none_is_refused_and_nothing_written(
    books: Books,
    officer: Desk,
    approver: Desk,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
    amount: object,
) -> None:
    award = await called_for(books, officer, approver, "1000.00")
    line_id = award["lines"][0]["id"]
    before = left_behind(postgres, funding_database)
    good: Record = call(line_id, "1.00")

    answers = [
        await officer.send("POST", "/v1/drawdowns", good | {"amount": amount}),
        await officer.send(
            "POST", "/v1/drawdowns", good | {"needs": [need("1") | {"amount": amount}]}
        ),
        await officer.send("POST", "/v1/drawdowns", good | {"currency": "USD"}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert left_behind(postgres, funding_database) == before
