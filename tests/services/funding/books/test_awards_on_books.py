"""Awards and allocations put their money on the books when they move, on their legal days."""

from collections.abc import AsyncIterator, Mapping
from datetime import date
from uuid import UUID

import pytest

from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.storage.ledger_records import balances_of_line
from shared.kernel.money import ZERO
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import Books, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import (
    WARENDORF_AWARD,
    WARENDORF_AWARD_WITH_TRANSLATION,
    award,
    case_management,
    line,
)
from tests.services.funding.steps import active, granted, released, share


@pytest.fixture
async def books(client: object, funding_database: ServiceDatabase) -> AsyncIterator[Books]:
    async with open_books(funding_database) as opened:
        yield opened


async def stood(
    books: Books, line_id: str, code: AccountCode, on: date | None = None, of: str | None = None
) -> str:
    account = Account(code, UUID(line_id), UUID(of) if of else None)
    found = await books.within(lambda tx: balances_of_line(tx, UUID(line_id), as_of=on))
    return str(found.get(account, ZERO))


async def claims(books: Books, record: Record) -> Mapping[str, str]:
    return {one["key"]: await stood(books, one["id"], AccountCode.CLAIM) for one in record["lines"]}


async def amended(officer: Desk, approver: Desk, record: Record, body: Record) -> Record:
    changed = await officer.create(
        f"/v1/awards/{record['id']}/versions", body, version=record["version"]
    )
    number = (await officer.read(f"/v1/awards/{record['id']}/versions"))["items"][-1]["number"]
    path = f"/v1/awards/{record['id']}/versions/{number}/actions/approve"
    answer = await approver.send("POST", path, version=changed["version"])
    assert answer.status_code == 200, answer.text
    approved: Record = answer.json()
    return approved


async def test_f1_warendorf_grant_books_every_line(
    officer: Desk, approver: Desk, books: Books
) -> None:
    expected = {
        "b1-posts": "253800.00",
        "b2-posts": "770000.00",
        "b3-posts": "150000.00",
        "b1-measures": "30000.00",
        "b1-events": "10000.00",
        "b1-advice": "9000.00",
    }
    record = await granted(officer, approver, WARENDORF_AWARD)
    assert await claims(books, record) == expected
    b2 = record["lines"][1]["id"]
    assert await stood(books, b2, AccountCode.CLAIM, date(2021, 12, 14)) == "0.00"
    assert await stood(books, b2, AccountCode.FREE, date(2021, 12, 15)) == "770000.00"
    more = await granted(officer, approver, WARENDORF_AWARD_WITH_TRANSLATION)
    assert await claims(books, more) == expected | {"b1-translation": "30000.00"}


async def test_an_award_only_expected_or_applied_for_is_not_on_the_books(
    officer: Desk, books: Books
) -> None:
    record = await officer.create("/v1/awards", WARENDORF_AWARD)
    record = await officer.act("awards", record, "apply")
    assert set((await claims(books, record)).values()) == {"0.00"}


def rheine(b2: tuple[str, str], b3: tuple[str, str], total: str) -> Record:
    lines = [
        line("b2", "B2_CASE_MANAGEMENT", b2[1], b2[0]),
        line("b3", "Ziffer 3", b3[1], b3[0]),
    ]
    return award(2022, total, lines)


RHEINE = rheine(("1.90", "104500.00"), ("1.50", "75000.00"), "179500.00")


def as_version(body: Record, effective_from: str) -> Record:
    kept = {key: body[key] for key in ("validFrom", "validTo", "total", "lines")}
    return kept | {"effectiveFrom": effective_from, "reason": "Änderungsbescheid"}


async def test_f10_rheine_amendment_moves_the_claim_from_its_day_on(
    officer: Desk, approver: Desk, books: Books
) -> None:
    record = await active(officer, approver, RHEINE)
    more = rheine(("3.50", "192500.00"), ("2.00", "100000.00"), "292500.00")
    await amended(officer, approver, record, as_version(more, "2022-07-01"))
    b2, b3 = (one["id"] for one in record["lines"])
    assert await stood(books, b2, AccountCode.CLAIM, date(2022, 6, 30)) == "104500.00"
    assert await stood(books, b2, AccountCode.CLAIM, date(2022, 12, 31)) == "192500.00"
    assert await stood(books, b3, AccountCode.CLAIM, date(2022, 6, 30)) == "75000.00"
    assert await stood(books, b3, AccountCode.CLAIM) == "100000.00"


async def test_a_cut_below_what_is_passed_on_stands_as_shortfall(
    officer: Desk, approver: Desk, books: Books
) -> None:
    record = await active(officer, approver, case_management("3.50", "192500.00"))
    b2 = record["lines"][0]["id"]
    held = await released(
        officer, approver, share(record["lines"][0], "2.00", "150000.00"), "waf-caritas"
    )
    assert await stood(books, b2, AccountCode.FREE) == "42500.00"
    cut = as_version(case_management("1.90", "104500.00"), "2022-07-01")
    await amended(officer, approver, record, cut)
    assert await stood(books, b2, AccountCode.CLAIM) == "104500.00"
    assert await stood(books, b2, AccountCode.SHORTFALL) == "45500.00"
    assert await stood(books, b2, AccountCode.FREE) == "0.00"
    body = {
        "fte": "1.90",
        "amount": "100000.00",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "effectiveFrom": "2022-08-01",
    }
    path = f"/v1/allocations/{held['id']}/versions"
    held = await officer.create(path, body, version=held["version"])
    answer = await approver.send("POST", f"{path}/2/actions/approve", version=held["version"])
    assert answer.status_code == 200, answer.text
    assert await stood(books, b2, AccountCode.COMMITTED, of=held["id"]) == "100000.00"
    assert await stood(books, b2, AccountCode.SHORTFALL) == "0.00"
    assert await stood(books, b2, AccountCode.FREE) == "4500.00"


async def test_f13_unna_commits_on_every_level(officer: Desk, approver: Desk, books: Books) -> None:
    body = case_management("18.00", "1026000.00", 2023, awardedOn="2023-02-15")
    record = await active(officer, approver, body)
    (b2,) = record["lines"]
    claim = AccountCode.CLAIM
    assert await stood(books, b2["id"], claim, date(2023, 2, 14)) == "0.00"
    assert await stood(books, b2["id"], claim, date(2023, 2, 15)) == "1026000.00"
    whole = {"validFrom": "2023-01-01", "validTo": "2023-12-31", "proofMarginDays": 0}
    above = share(b2, "3.00", "171000.00", **whole)
    bergkamen = await released(officer, approver, above, "bergkamen")
    committed = AccountCode.COMMITTED
    assert await stood(books, b2["id"], AccountCode.FREE) == "855000.00"
    assert await stood(books, b2["id"], committed, of=bergkamen["id"]) == "171000.00"
    for recipient in ("kamen", "boenen"):
        below = above | {"parentAllocationId": bergkamen["id"], "targetGroup": recipient.upper()}
        below |= {"awardLineId": None, "fte": "1.50", "amount": "85500.00"}
        child = await released(officer, approver, below, recipient)
        assert await stood(books, b2["id"], committed, of=child["id"]) == "85500.00"
    assert await stood(books, b2["id"], committed, of=bergkamen["id"]) == "0.00"
    assert await stood(books, b2["id"], AccountCode.FREE) == "855000.00"


async def test_own_money_is_committed_apart(officer: Desk, approver: Desk, books: Books) -> None:
    record = await active(officer, approver, case_management("1.00", "55000.00"))
    (b2,) = record["lines"]
    held = await released(
        officer, approver, share(b2, "1.00", "55000.00", ownMoney="5000.00"), "heinsberg"
    )
    assert await stood(books, b2["id"], AccountCode.COMMITTED, of=held["id"]) == "55000.00"
    assert await stood(books, b2["id"], AccountCode.OWN_COMMITTED, of=held["id"]) == "5000.00"


async def test_a_terminated_contract_gives_back_what_was_not_paid(
    officer: Desk, approver: Desk, books: Books
) -> None:
    record = await active(officer, approver, case_management("2.00", "110000.00"))
    (b2,) = record["lines"]
    held = await released(officer, approver, share(b2, "1.00", "55000.00"), "waf-caritas")
    assert await stood(books, b2["id"], AccountCode.FREE) == "55000.00"
    reason = {"reason": "Leistung eingestellt"}
    await officer.act("allocations", held, "terminate", reason)
    assert await stood(books, b2["id"], AccountCode.FREE) == "110000.00"
    assert await stood(books, b2["id"], AccountCode.COMMITTED, of=held["id"]) == "0.00"
