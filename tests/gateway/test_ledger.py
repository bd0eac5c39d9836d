"""The books over GraphQL: propose, post, reverse, close, verify, and balances of any day."""

from decimal import Decimal
from typing import Any

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import change, mutation

OFFICER, APPROVER = "waf-funding-officer", "waf-funding-approver"
PROPOSAL = "... on JournalProposalSuccess { proposal { id version state allowedActions entryId } }"
PROPOSE = mutation("proposeJournalEntry", "ProposeJournalEntryInput", PROPOSAL)
POST = mutation("postJournalProposal", "DecideJournalProposalInput", PROPOSAL)
REVERSE = mutation(
    "reverseJournalEntry",
    "ReverseJournalEntryInput",
    "... on JournalEntrySuccess { entry { id event reversesId postings { code amount } } }",
)
PERIOD = "... on LedgerPeriodSuccess { period { period state isClosingRequested } }"
ASK_TO_CLOSE = mutation("requestPeriodClosing", "ClosePeriodInput", PERIOD)
CLOSE = mutation("closePeriod", "ClosePeriodInput", PERIOD)
ACCOUNTS = """
query($filter: LedgerAccountFilter) {
  ledgerAccounts(filter: $filter) { edges { node { code balance side currency } } }
}"""


async def first_line(asker: Asker) -> str:
    query = "{ awards(first: 1, filter: {book: LIVE}) { edges { node { lines { id } } } } }"
    [edge] = (await asker.data(query))["awards"]["edges"]
    line: str = edge["node"]["lines"][0]["id"]
    return line


def manual(line: str, **more: Any) -> dict[str, Any]:
    return {
        "awardLineId": line,
        "valueDate": "2022-06-01",
        "book": "LIVE",
        "postings": [
            {"code": "OWN_SHARE", "costKind": "RENT", "amount": "7.00"},
            {"code": "CASH", "amount": "-7.00"},
        ],
        **more,
    }


async def test_a_manual_entry_is_proposed_posted_seen_and_reversed(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    line = await first_line(officer)
    rent = {"awardLineId": line, "code": ["OWN_SHARE"]}
    found = (await officer.data(ACCOUNTS, filter=rent))["ledgerAccounts"]["edges"]
    known = Decimal(found[0]["node"]["balance"] if found else 0)
    proposal = (await change(officer, PROPOSE, **manual(line)))["proposal"]
    decide = {"proposalId": proposal["id"], "expectedVersion": proposal["version"]}

    own = await change(officer, POST, **decide)
    stale = await change(approver, POST, **decide | {"expectedVersion": 9})
    posted = (await change(approver, POST, **decide))["proposal"]

    assert (own["__typename"], stale["__typename"]) == ("ForbiddenError", "StaleVersionError")
    assert (posted["state"], posted["entryId"]) == ("POSTED", proposal["id"])
    [edge] = (await officer.data(ACCOUNTS, filter=rent))["ledgerAccounts"]["edges"]
    assert edge["node"] == {
        "code": "OWN_SHARE",
        "balance": f"{known + 7:.2f}",
        "side": "DEBIT",
        "currency": "EUR",
    }
    before = await officer.data(ACCOUNTS, filter=rent | {"asOf": "2022-05-31"})
    assert before["ledgerAccounts"]["edges"][0]["node"]["balance"] == "0.00"

    undo = {"entryId": proposal["id"], "valueDate": "2022-07-01", "reasonCode": "WRONG_AMOUNT"}
    turned = (await change(approver, REVERSE, **undo))["entry"]
    again = await change(approver, REVERSE, **undo)
    assert (turned["event"], turned["reversesId"]) == ("REVERSED", proposal["id"])
    assert [one["amount"] for one in turned["postings"]] == ["-7.00", "7.00"]
    assert (again["__typename"], again["code"]) == ("ConflictError", "already-reversed")


async def test_an_entry_that_does_not_balance_is_a_named_refusal(as_: As) -> None:
    officer = as_(OFFICER)
    postings = [
        {"code": "CASH", "amount": "1.00"},
        {"code": "INTEREST_RECEIVED", "amount": "-2.00"},
    ]

    refused = await change(officer, PROPOSE, **manual(await first_line(officer), postings=postings))

    assert (refused["__typename"], refused["code"]) == ("ValidationError", "entry-unbalanced")


async def test_a_month_is_closed_by_two_people(as_: As) -> None:
    """In the book for practice, long ago, where nothing else in these tests posts."""
    month = {"year": 2015, "month": 3, "book": "PRACTICE"}

    unasked = await change(as_(APPROVER), CLOSE, **month)
    asked = (await change(as_(OFFICER), ASK_TO_CLOSE, **month))["period"]
    closed = (await change(as_(APPROVER), CLOSE, **month))["period"]

    assert (unasked["__typename"], unasked["code"]) == ("ConflictError", "closing-not-requested")
    assert asked == {"period": "2015-03", "state": "OPEN", "isClosingRequested": True}
    assert closed["state"] == "CLOSED"
    found = await as_("waf-unit-head").data(
        "{ ledgerPeriods(fiscalYear: 2015, book: PRACTICE) { period state }"
        "  ledgerVerification(book: PRACTICE) { isIntact periods { month isIntact } } }"
    )
    assert [one["state"] for one in found["ledgerPeriods"]].count("CLOSED") == 1
    assert found["ledgerVerification"]["isIntact"] is True
    assert found["ledgerVerification"]["periods"] == [{"month": 3, "isIntact": True}]


async def test_the_journal_of_a_county_is_asked_in_one_call(as_: As) -> None:
    document = await as_(OFFICER).ask(
        "{ journalEntries(first: 5) { edges { node { sequence event hash"
        " postings { code side amount } } } } }"
    )

    assert document["extensions"]["upstreamCalls"] == 1
    assert "errors" not in document
