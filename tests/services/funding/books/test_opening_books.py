"""Awards of the time before the books are put on them: the same balances on every day."""

import os
import subprocess
import sys
from typing import Any

import pytest

from deploy.local.postgres import PostgresServer
from services.funding.operations.ledger.open_books import open_books
from shared.database.connection import Database, open_database
from tests.engines import ServiceDatabase
from tests.rehearsing import as_admin, everything
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD, award, line
from tests.services.funding.steps import active, granted, released, share

LEDGER = "ledger_entry, ledger_posting, ledger_balance, ledger_account"
DAYS = ("2022-12-31", "2023-02-14", "2023-02-15", "2023-06-30", "2023-12-31")


async def opened(database: ServiceDatabase, **how: Any) -> list[tuple[int, str]]:
    pool: Database = await open_database(database.app_dsn, application="tests")
    try:
        return [(one.entries, one.refusal) for one in await open_books(pool, **how)]
    finally:
        await pool.close()


async def forget_books(postgres: PostgresServer, database: ServiceDatabase) -> None:
    """As it was before there were books."""
    async with as_admin(postgres, database) as admin:
        await admin.execute(f"truncate {LEDGER} cascade")


async def standing(desk: Desk, *awards: Record) -> list[Any]:
    return [
        (await desk.read(f"/v1/awards/{one['id']}/budget-lines", **moment))["items"]
        for one in awards
        for moment in ({}, *({"asOf": day} for day in DAYS))
    ]


@pytest.fixture
async def unna(officer: Desk, approver: Desk) -> Record:
    """Two levels of recipients, an amendment in between, one contract ended early."""
    paper = award(
        2023, "1026000.00", [line("b2", "B2", "1026000.00", "18.00")], awardedOn="2023-02-15"
    )
    given = await active(officer, approver, paper)
    year = {"validFrom": "2023-01-01", "validTo": "2023-12-31"}
    whole = share(given["lines"][0], "3.00", "171000.00", ownMoney="5000.00") | year
    above = await released(officer, approver, whole, "waf-bergkamen")
    below = {"parentAllocationId": above["id"], "fte": "1.50", "amount": "85500.00", **year}
    kamen = await released(officer, approver, below | {"targetGroup": "KAMEN"}, "waf-kamen")
    await officer.act("allocations", kamen, "terminate", {"reason": "Träger gibt auf"})
    return given


async def test_awards_without_entries_get_those_that_they_would_have(
    officer: Desk,
    approver: Desk,
    unna: Record,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    warendorf = await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/awards", award(2024, "1.00", [line("b2", "B2", "1.00", "0.01")]))
    before = await standing(officer, unna, warendorf)
    await forget_books(postgres, funding_database)
    assert (await standing(officer, unna))[0][0]["granted"] == "0.00"

    found = await opened(funding_database)

    assert sorted(found) == [(4, ""), (6, "")]
    assert await standing(officer, unna, warendorf) == before
    verified = await officer.read("/v1/ledger/verify", book="LIVE")
    assert (verified["isIntact"], verified["entries"]) == (True, 10)
    assert await opened(funding_database) == []


async def test_a_dry_run_of_the_opening_counts_and_stores_nothing(
    unna: Record, funding_database: ServiceDatabase, postgres: PostgresServer
) -> None:
    await forget_books(postgres, funding_database)
    async with as_admin(postgres, funding_database) as admin:
        before = await everything(admin)
        assert await opened(funding_database, is_dry_run=True) == [(4, "")]
        assert await everything(admin) == before
    assert await opened(funding_database, tenants=["05566"]) == []
    assert await opened(funding_database, tenants=["05570"]) == [(4, "")]


async def test_an_award_that_cannot_be_opened_is_named_and_the_others_are(
    officer: Desk,
    approver: Desk,
    unna: Record,
    funding_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    """Its month is closed: a person decides on which day its entries stand."""
    warendorf = await granted(officer, approver, WARENDORF_AWARD)
    await forget_books(postgres, funding_database)
    for who, action in ((officer, "request-close"), (approver, "close")):
        path = f"/v1/ledger/periods/2021-12/actions/{action}"
        answer = await who.send("POST", path, {"book": "LIVE"})
        assert answer.status_code in {200, 201}, answer.text

    assert sorted(await opened(funding_database)) == [(0, "period-closed"), (4, "")]

    assert (await standing(officer, warendorf))[0][0]["granted"] == "0.00"
    assert (await standing(officer, unna))[0][0]["granted"] == "1026000.00"


async def test_the_command_tells_its_progress_and_may_run_again(
    unna: Record, funding_database: ServiceDatabase, postgres: PostgresServer
) -> None:
    await forget_books(postgres, funding_database)
    said = [
        subprocess.run(  # noqa: ASYNC221 - nothing else runs meanwhile
            [sys.executable, "-m", "services.funding.operations.ledger.open_books", *options],
            env={**os.environ, "FUNDING_DATABASE_DSN": funding_database.app_dsn},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for options in (["--dry-run"], ["--tenant", "05570"], [])
    ]
    progress = f"05570 award {unna['id']}: 4 entries"
    assert said == [
        [progress, "1 awards would get 4 entries, 0 refused"],
        [progress, "1 awards got 4 entries, 0 refused"],
        ["0 awards got 0 entries, 0 refused"],
    ]
