"""Handing the bookings to the finance system: once, in order, and the same bytes for ever."""

import asyncio
import csv
from collections.abc import Callable
from hashlib import sha256
from uuid import UUID

import asyncpg
import pytest

from services.funding.domain.finance_file import FileEncoding, NothingToExport
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.operations.export_finance import export_finance
from shared.kernel.money import Money
from tests.services.funding.bookkeeping import Books, entry, grant
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import case_management

PATH = "/v1/finance-exports"


async def lines_of(desk: Desk, number: int, codec: str = "cp1252") -> list[dict[str, str]]:
    content = (await desk.get(f"{PATH}/{number}.csv")).content
    return list(csv.DictReader(content.decode(codec).splitlines(), delimiter=";"))


async def test_a_batch_leaves_once_and_is_the_same_forever(
    officer: Desk, books: Books, line: UUID, other_line: UUID
) -> None:
    await books.post(grant(line, "10.00"), grant(other_line, "20.50"))

    first = await officer.create(PATH, {})
    content = (await officer.get(f"{PATH}/1.csv")).content
    nothing = await officer.send("POST", PATH, {})
    await books.post(grant(line, "5.00"))
    second = await officer.create(PATH, {})

    assert (first["number"], first["fromSequence"], first["toSequence"]) == (1, 1, 2)
    assert (first["lineCount"], first["total"], first["currency"]) == (4, "30.50", "EUR")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-export")
    assert (second["number"], second["fromSequence"], second["toSequence"]) == (2, 3, 3)
    answer = await officer.get(f"{PATH}/1.csv")
    assert (answer.content, sha256(content).hexdigest()) == (content, first["sha256"])
    assert answer.headers["content-type"] == "text/csv; charset=windows-1252"
    assert content.count(b"\r\n") == content.count(b"\n") == 5
    rows = [*await lines_of(officer, 1), *await lines_of(officer, 2)]
    assert [row["Belegnummer"] for row in rows] == ["1", "1", "2", "2", "3", "3"]
    assert [row["Betrag"] for row in rows[::2]] == ["10,00", "20,50", "5,00"]
    assert {row["Buchungsdatum"] for row in rows} == {"01.06.2022"}
    listed = (await officer.read(PATH))["items"]
    assert listed == [second, first]


async def test_a_reversal_leaves_as_a_line_of_its_own(
    officer: Desk, approver: Desk, line: UUID
) -> None:
    proposal = await officer.create(
        "/v1/journal-proposals",
        {
            "awardLineId": str(line),
            "valueDate": "2022-06-01",
            "reference": "KASSE-17",
            "postings": [
                {"code": "OWN_SHARE", "costKind": "OVERHEAD", "amount": "350900.00"},
                {"code": "CASH", "amount": "-350900.00"},
            ],
        },
    )
    await approver.act("journal-proposals", proposal, "post")
    undo = {"valueDate": "2022-07-01", "reasonCode": "WRONG_AMOUNT"}
    path = f"/v1/journal-entries/{proposal['id']}/actions/reverse"
    await approver.create(path, undo)

    made = await officer.create(PATH, {"encoding": "utf-8"})

    rows = await lines_of(officer, 1, "utf-8")
    assert [(row["Sachkonto"], row["Betrag"], row["Soll/Haben"]) for row in rows] == [
        ("OWN_SHARE/OVERHEAD", "350900,00", "S"),
        ("CASH", "350900,00", "H"),
        ("OWN_SHARE/OVERHEAD", "-350900,00", "S"),
        ("CASH", "-350900,00", "H"),
    ]
    assert rows[2]["Text"].endswith(", Storno zu Beleg 1, KASSE-17")
    assert (made["lineCount"], made["total"]) == (4, "0.00")


async def test_a_reference_outside_windows_1252_is_written_in_latin_letters_and_told(
    officer: Desk, books: Books
) -> None:
    body = case_management("1.00", "55000.00") | {"reference": "=Yıldız Şahin Müller"}
    award: Record = await officer.create("/v1/awards", body)
    await books.post(grant(UUID(award["lines"][0]["id"]), "1.00"))

    made = await officer.create(PATH, {})

    [row, _] = await lines_of(officer, 1)
    assert row["Förderkennzeichen"] == "'=Yildiz Sahin Müller"
    assert made["replacedCharacterCount"] == 2
    told = await officer.read(f"{PATH}/1/replacements")
    assert told["number"] == 1
    assert [(one["codePoint"], one["replacement"], one["count"]) for one in told["items"]] == [
        ("U+0131", "i", 4),
        ("U+015E", "S", 2),
    ]


async def test_exports_at_once_hand_every_entry_over_exactly_once(
    officer: Desk, books: Books, line: UUID
) -> None:
    await books.post(*(grant(line, "1.00") for _ in range(9)))

    async def export() -> bool:
        try:
            await books.within(lambda tx: export_finance(tx, FileEncoding.UTF_8, 2))
        except NothingToExport:
            return False
        return True

    async def post() -> None:
        await books.post(grant(line, "1.00"))

    done = await asyncio.gather(*(export() for _ in range(8)), *(post() for _ in range(3)))
    while await export():
        pass

    assert any(done)
    batches = (await officer.read(PATH, sort="number"))["items"]
    assert [one["number"] for one in batches] == list(range(1, len(batches) + 1))
    taken = [n for one in batches for n in range(one["fromSequence"], one["toSequence"] + 1)]
    assert taken == list(range(1, 13))


async def test_practice_is_in_no_file(officer: Desk, books: Books, line: UUID) -> None:
    await books.post(grant(line, "1.00", book=Book.PRACTICE))
    nothing = await officer.send("POST", PATH, {})
    assert nothing.json()["code"] == "nothing-to-export"
    assert (await officer.read(PATH))["items"] == []


async def test_another_county_reads_no_file(
    officer: Desk, desk_of: Callable[[str], Desk], books: Books, line: UUID
) -> None:
    await books.post(grant(line, "1.00"))
    await officer.create(PATH, {})
    neighbour = desk_of("st-funding-officer")
    paths = [f"{PATH}/1", f"{PATH}/1.csv", f"{PATH}/1/replacements"]
    assert [(await neighbour.get(path)).status_code for path in paths] == [404, 404, 404]
    assert (await neighbour.read(PATH))["items"] == []


async def test_the_database_lets_no_entry_leave_twice_and_no_file_change(
    officer: Desk, books: Books, line: UUID
) -> None:
    postings = rules.granted(line, Money.parse("1.00"))
    await books.post(entry(line, LedgerEvent.AWARD_GRANTED, postings))
    await officer.create(PATH, {})
    again = (
        "insert into finance_batch select gen_random_uuid(), tenant_id, number + 1, from_sequence,"
        " to_sequence, encoding, line_count, total_cents, sha256, content, replacements,"
        " created_at, created_by from finance_batch"
    )
    with pytest.raises(asyncpg.ExclusionViolationError):
        await books.within(lambda tx: tx.connection.execute(again))
    for change in ("update finance_batch set content = ''", "delete from finance_batch"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await books.within(lambda tx, sql=change: tx.connection.execute(sql))  # type: ignore[misc] # bound at once
