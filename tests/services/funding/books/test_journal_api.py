"""The books over HTTP: accounts of any day, manual entries, reversals, dry runs."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent
from shared.kernel.clock import iso_instant, now
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from tests.services.funding.bookkeeping import Books, entry, grant
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import case_management

PATH = "/v1/journal-proposals"


def manual(line: UUID | str, amount: str = "12.50", **more: Any) -> Record:
    return {
        "awardLineId": str(line),
        "valueDate": "2022-06-01",
        "reference": "KASSE-17",
        "postings": [
            {"code": "OWN_SHARE", "costKind": "OVERHEAD", "amount": amount},
            {"code": "CASH", "amount": f"-{amount}"},
        ],
        **more,
    }


async def journal(officer: Desk) -> list[Record]:
    found: list[Record] = (await officer.read("/v1/journal-entries"))["items"]
    return found


async def test_a_manual_entry_is_proposed_by_one_person_and_posted_by_another(
    officer: Desk, approver: Desk, line: UUID
) -> None:
    proposal = await officer.create(PATH, manual(line))
    assert (proposal["state"], proposal["allowedActions"]) == ("PROPOSED", ["post", "discard"])
    assert await journal(officer) == []

    posted = await approver.act("journal-proposals", proposal, "post")

    assert (posted["state"], posted["entryId"]) == ("POSTED", proposal["id"])
    [found] = await journal(officer)
    assert (found["id"], found["sequence"], found["event"]) == (proposal["id"], 1, "MANUAL")
    assert found["reference"] == "KASSE-17"
    assert [(one["code"], one["amount"]) for one in found["postings"]] == [
        ("OWN_SHARE", "12.50"),
        ("CASH", "-12.50"),
    ]
    again = await approver.try_act("journal-proposals", posted, "post")
    assert (again.status_code, again.json()["code"]) == (409, "transition-not-allowed")


async def test_a_discarded_proposal_is_never_posted(
    officer: Desk, approver: Desk, line: UUID
) -> None:
    proposal = await officer.create(PATH, manual(line))
    discarded = await approver.act("journal-proposals", proposal, "discard")

    answer = await approver.try_act("journal-proposals", discarded, "post")

    assert answer.status_code == 409
    assert await journal(officer) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {
                "postings": [
                    {"code": "CASH", "amount": "1.00"},
                    {"code": "OWN_SHARE", "costKind": "RENT", "amount": "-0.99"},
                ]
            },
            "entry-unbalanced",
        ),
        (
            {
                "postings": [
                    {"code": "CASH", "amount": "1.00"},
                    {"code": "FREE", "amount": "-1.00"},
                ]
            },
            "account-not-manual",
        ),
        (
            {
                "postings": [
                    {"code": "CASH", "amount": "1.00"},
                    {"code": "OWN_SHARE", "amount": "-1.00"},
                ]
            },
            "account-malformed",
        ),
        (
            {
                "postings": [
                    {"code": "CASH", "amount": "0.00"},
                    {"code": "INTEREST_RECEIVED", "amount": "0.00"},
                ]
            },
            "amount-zero",
        ),
        ({"awardLineId": str(uuid4())}, "award-line-unknown"),
        ({"currency": "CHF"}, "currency-not-supported"),
        ({"reference": "=1+1"}, "fields-refused"),
    ],
)
async def test_what_is_no_manual_entry_is_refused_and_leaves_nothing(
    officer: Desk, line: UUID, change: Record, code: str
) -> None:
    answer = await officer.send("POST", PATH, manual(line) | change)

    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert (await officer.read(PATH))["items"] == []


async def test_a_client_may_choose_the_id_and_uses_it_once(officer: Desk, line: UUID) -> None:
    identity = str(new_id())
    created = await officer.create(PATH, manual(line, id=identity))

    again = await officer.send("POST", PATH, manual(line, id=identity))

    assert created["id"] == identity
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    assert len((await officer.read(PATH))["items"]) == 1


async def test_many_proposals_are_recorded_together_or_not_at_all(
    officer: Desk, line: UUID
) -> None:
    items = [manual(line, f"{n}.00") for n in range(1, 501)]
    wrong = [*items[:499], manual(uuid4(), "1.00")]

    refused = await officer.send("POST", f"{PATH}/bulk", {"items": wrong})
    assert (refused.status_code, refused.json()["code"]) == (422, "award-line-unknown")
    lame = [*items[:2], manual(line, "1.00") | {"postings": items[0]["postings"][:1] * 2}]
    unequal = (await officer.send("POST", f"{PATH}/bulk", {"items": lame})).json()
    assert (unequal["code"], unequal["item"]) == ("entry-unbalanced", 2)
    assert (await officer.read(PATH))["items"] == []

    answer = await officer.send("POST", f"{PATH}/bulk", {"items": items})
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["items"]) == 500


async def test_a_dry_run_shows_the_postings_and_stores_nothing(
    officer: Desk, approver: Desk, line: UUID
) -> None:
    proposal = await officer.create(PATH, manual(line))
    path = f"{PATH}/{proposal['id']}/actions/post?dryRun=true"

    answer = await approver.send("POST", path, version=1, key="rehearsed")

    assert answer.status_code == 200
    shown = answer.json()
    assert shown["isDryRun"] is True
    assert [(one["code"], one["amount"]) for one in shown["postings"]] == [
        ("OWN_SHARE", "12.50"),
        ("CASH", "-12.50"),
    ]
    assert [(one["code"], one["balance"]) for one in shown["balances"]] == [
        ("CASH", "-12.50"),
        ("OWN_SHARE", "12.50"),
    ]
    assert shown["result"]["state"] == "POSTED"
    assert await journal(officer) == []
    assert (await officer.read(f"{PATH}/{proposal['id']}"))["state"] == "PROPOSED"
    assert (await officer.read("/v1/ledger/accounts"))["items"] == []
    assert answer.headers["kim-dry-run"] == "true"
    # A rehearsal leaves its key unused.
    path = path.removesuffix("?dryRun=true")
    done = await approver.send("POST", path, version=1, key="rehearsed")
    assert (done.status_code, done.json()["state"]) == (200, "POSTED")
    assert "idempotency-replayed" not in done.headers


async def test_only_manual_entries_are_reversed_by_hand(
    officer: Desk, approver: Desk, books: Books, line: UUID, other_line: UUID
) -> None:
    [granted] = await books.post(grant(line, "100.00"))
    proposal = await officer.create(PATH, manual(other_line))
    await approver.act("journal-proposals", proposal, "post")
    body = {"valueDate": "2022-07-01", "reasonCode": "WRONG_AMOUNT"}
    of_grant = f"/v1/journal-entries/{granted.id}/actions/reverse"
    of_manual = f"/v1/journal-entries/{proposal['id']}/actions/reverse"

    refused = await approver.send("POST", of_grant, body)
    turned = await approver.send("POST", of_manual, body)
    again = await approver.send("POST", of_manual, body)
    of_turned = f"/v1/journal-entries/{turned.json()['id']}/actions/reverse"
    once_more = await approver.send("POST", of_turned, body)

    assert (refused.status_code, refused.json()["code"]) == (409, "reversed-by-its-command")
    assert refused.json()["command"] == "awards/{id}/actions/revoke"
    assert turned.status_code == 201
    assert turned.json()["reversesId"] == proposal["id"]
    assert (again.status_code, again.json()["code"]) == (409, "already-reversed")
    assert once_more.json()["code"] == "reversal-not-reversible"
    original = await officer.read(f"/v1/journal-entries/{proposal['id']}")
    assert original["reversedById"] == turned.json()["id"]


async def test_f13_unna_balance_of_any_day_and_of_any_knowledge(
    officer: Desk, books: Books
) -> None:
    """Granted on 15 February for a period from 1 January, and recorded later still."""
    award = await officer.create(
        "/v1/awards", case_management("18.00", "1026000.00", 2023, awardedOn="2023-02-15")
    )
    line = UUID(award["lines"][0]["id"])
    before = iso_instant(now())
    await asyncio.sleep(0.002)
    await books.post(grant(line, "1026000.00", on=date(2023, 2, 15)))

    async def claim(**moment: str) -> str:
        query = {"awardLineId": str(line), "code": "CLAIM", **moment}
        [account] = (await officer.read("/v1/ledger/accounts", **query))["items"]
        return str(account["balance"])

    assert await claim() == "1026000.00"
    assert await claim(asOf="2023-02-14") == "0.00"
    assert await claim(asOf="2023-02-15") == "1026000.00"
    assert await claim(asOf="2023-12-31", knownAt=before) == "0.00"
    assert await claim(knownAt=iso_instant(now())) == "1026000.00"


async def test_f10_rheine_claim_moves_from_the_day_of_the_amendment(
    officer: Desk, books: Books, line: UUID
) -> None:
    zero = Money(0)
    more = rules.amended(line, Money.parse("88000.00"), zero, zero, zero)
    await books.post(
        grant(line, "104500.00", on=date(2022, 1, 1)),
        entry(line, LedgerEvent.AWARD_AMENDED, more, on=date(2022, 7, 1)),
    )

    for day, claim in (("2022-06-30", "104500.00"), ("2022-12-31", "192500.00")):
        page = await officer.read("/v1/ledger/accounts", code="CLAIM", asOf=day)
        assert [one["balance"] for one in page["items"]] == [claim]


async def test_the_journal_is_searched_by_account_source_event_and_date(
    officer: Desk, books: Books, line: UUID
) -> None:
    first, second = await books.post(
        grant(line, "100.00", on=date(2022, 1, 1)),
        entry(
            line,
            LedgerEvent.RESERVED,
            rules.reserved(line, Money.parse("10.00")),
            on=date(2022, 5, 1),
        ),
    )
    accounts = (await officer.read("/v1/ledger/accounts", code="RESERVED"))["items"]

    async def ids(**query: str) -> list[str]:
        return [one["id"] for one in (await officer.read("/v1/journal-entries", **query))["items"]]

    assert await ids() == [str(second.id), str(first.id)]
    assert await ids(accountId=accounts[0]["id"]) == [str(second.id)]
    assert await ids(sourceId=str(first.entry.source.id)) == [str(first.id)]
    assert await ids(event="RESERVED") == [str(second.id)]
    assert await ids(**{"valueDate[lte]": "2022-04-30"}) == [str(first.id)]
    assert await ids(**{"recordedAt[gte]": iso_instant(now())}) == []
    refused = await officer.get("/v1/journal-entries", asof="2022-01-01")
    assert refused.status_code == 400


async def test_a_practice_book_is_in_no_report(
    officer: Desk, books: Books, line: UUID, other_line: UUID
) -> None:
    await books.post(grant(line, "100.00"))
    await books.post(grant(other_line, "7.00", book=Book.PRACTICE))

    live = await officer.get("/v1/ledger/export", format="csv")
    practice = await officer.get("/v1/ledger/export", format="csv", book="PRACTICE")
    check = await officer.read("/v1/ledger/verify")

    assert live.text.count("\r\n") == 3
    assert "100.00" in live.text
    assert "7.00" not in live.text
    assert "-7.00" in practice.text
    assert check["entries"] == 1


async def test_another_county_sees_no_entry_and_no_account(
    books: Books, line: UUID, desk_of: Callable[[str], Desk]
) -> None:
    [posted] = await books.post(grant(line, "100.00"))
    neighbour = desk_of("st-funding-officer")

    assert (await neighbour.read("/v1/journal-entries"))["items"] == []
    assert (await neighbour.read("/v1/ledger/accounts"))["items"] == []
    assert (await neighbour.get(f"/v1/journal-entries/{posted.id}")).status_code == 404
    assert (await neighbour.read("/v1/ledger/verify"))["entries"] == 0
    assert str(posted.id) not in (await neighbour.get("/v1/ledger/export")).text
