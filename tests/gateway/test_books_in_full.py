"""Many entries at once, closes, claims that lapse, idle money and files, through the one door."""

from datetime import timedelta
from typing import Any

from shared.kernel.clock import berlin_date, now
from tests.gateway.conftest import As
from tests.gateway.test_ledger import first_line, manual
from tests.gateway.test_recoveries import paid_out
from tests.gateway.working import done, tried

OFFICER, APPROVER, READER = "waf-funding-officer", "waf-funding-approver", "waf-coordinator"
ELSEWHERE = "st-funding-officer"
PROPOSALS = "... on JournalProposalsSuccess { proposals { id version state } }"
CLOSE = """query($book: Book!) { yearClose(year: 2016, book: $book) { isSealed closedAt }
  ledgerVerification(book: $book) { exportPath } }"""
EXPOSURE = """query($line: ID!, $day: Date) { drawdowns(filter: {awardLineId: $line}) {
  edges { node { id exposure(asOf: $day) { receivedAmount usedAmount unusedAmount pieces { days }
    assumptions { code textDe } } } } } }"""
REPORT = """query($id: ID!) { positionReport(id: $id) { reportedOn source csvPath rows {
  label approvedFte filledFte reportedVacantFte unoccupiedComputed residual } } }"""
FILE = """query($number: Int!) { financeExport(number: $number) { number csvPath }
  financeExportReplacements(number: $number) { number items { character count } } }"""
ALERT = """{ alerts(first: 1) { edges { node { id code } } }
  fundingFindings(asOf: "2022-11-21") { asOf items { code messageDe facts { name value } } } }"""


async def test_many_entries_are_proposed_together_or_not_at_all(as_: As) -> None:
    officer = as_(OFFICER)
    good = manual(await first_line(officer))
    bad = good | {"postings": [{"code": "CASH", "amount": "1.00"}]}

    mixed = await tried(officer, "proposeJournalEntries", PROPOSALS, items=[good, bad])
    made = await tried(officer, "proposeJournalEntries", PROPOSALS, items=[good, good])
    query = "query($id: ID!) { journalProposal(id: $id) { state postings { amount } } }"
    read = (await officer.data(query, id=made["proposals"][0]["id"]))["journalProposal"]
    hidden = await as_(ELSEWHERE).data(query, id=made["proposals"][0]["id"])

    assert mixed["__typename"] == "ValidationError"
    assert [one["state"] for one in made["proposals"]] == ["PROPOSED", "PROPOSED"]
    assert read["postings"] == [{"amount": "7.00"}, {"amount": "-7.00"}]
    assert hidden == {"journalProposal": None}


async def test_a_year_with_an_open_month_is_not_closed(as_: As) -> None:
    """In the book for practice, in a year where nothing else in these tests posts."""
    year = {"year": 2016, "book": "PRACTICE"}

    forbidden = await tried(as_(OFFICER), "closeYear", "", **year)
    early = await tried(as_(APPROVER), "closeYear", "", **year)
    lapsed = await tried(
        as_(APPROVER),
        "lapseClaims",
        "... on LapsedClaimsSuccess { claims { lapsed entryIds fiscalYear } }",
        **year,
        valueDate="2016-12-31",
    )
    answer = await as_(READER).ask(CLOSE, book="PRACTICE")

    assert forbidden["__typename"] == "ForbiddenError"
    assert early["__typename"] in {"ConflictError", "ValidationError"}
    assert lapsed["claims"] == {"lapsed": "0.00", "entryIds": [], "fiscalYear": 2016}
    assert answer["data"] == {
        "yearClose": None,
        "ledgerVerification": {"exportPath": "/v1/ledger/export?format=ndjson&book=PRACTICE"},
    }
    assert answer["extensions"]["upstreamCalls"] == 2


async def test_idle_money_says_what_it_rests_on(as_: As) -> None:
    line = await paid_out(as_)

    answer = await as_(READER).ask(EXPOSURE, line=line, day="2015-07-01")
    late = await as_(READER).ask(EXPOSURE, line=line, day="2015-12-31")

    [edge] = answer["data"]["drawdowns"]["edges"]
    told = edge["node"]["exposure"]
    amounts = [told[f"{which}Amount"] for which in ("received", "used", "unused")]
    assert amounts == ["20000.00", "0.00", "20000.00"]
    assert "DAYS_OF_365" in {one["code"] for one in told["assumptions"]}
    assert answer["extensions"]["upstreamCalls"] == 2
    [error] = late["errors"]
    assert (error["path"][-1], error["extensions"]["problem"]) == ("exposure", "base-rate-missing")
    hidden = await as_(ELSEWHERE).data(EXPOSURE, line=line)
    assert hidden == {"drawdowns": {"edges": []}}


async def test_a_table_of_posts_is_sent_as_rows_and_read_as_printed(as_: As) -> None:
    officer = as_(OFFICER)
    row = {"label": "Stadt", "postType": "CASE_MANAGEMENT", "approved": "6,00", "filled": "4,50"}
    table = {"reportedOn": "2015-03-31", "source": "Vorlage", "locale": "DE"}

    made = await tried(
        officer, "recordPositionReport", "... on PositionReportSuccess { id }", **table, rows=[row]
    )
    read = (await as_(READER).data(REPORT, id=made["id"]))["positionReport"]

    assert read["csvPath"] == f"/v1/position-reports/{made['id']}/table.csv"
    assert read["rows"] == [
        {
            "label": "Stadt",
            "approvedFte": "6.00",
            "filledFte": "4.50",
            "reportedVacantFte": None,
            "unoccupiedComputed": "1.50",
            "residual": None,
        }
    ]
    listed = await as_(READER).data(
        '{ positionReports(filter: {reportedOnLte: "2015-12-31"}) { edges { node { id } } } }'
    )
    assert {"node": {"id": made["id"]}} in listed["positionReports"]["edges"]
    assert await as_(ELSEWHERE).data(REPORT, id=made["id"]) == {"positionReport": None}


async def test_what_is_reported_of_a_post_is_stored_beside_what_is_approved(as_: As) -> None:
    officer = as_(OFFICER)
    fields = "PositionSuccess position { id version approvedFte reportedFilledFte"
    fields += " reportedVacantFte reportedSource }"
    post = await done(
        officer,
        "recordPosition",
        fields,
        postType="CASE_MANAGEMENT",
        approvedFte="2.00",
        effectiveFrom="2021-01-01",
    )
    told: dict[str, Any] = {"positionId": post["id"], "expectedVersion": post["version"]}
    told |= {"reportedOn": "2022-03-31", "source": "Vorlage"}

    reported = await done(officer, "reportPosition", fields, **told, filledFte="1.50")
    stale = await tried(officer, "reportPosition", "", **told, filledFte="1.00")
    query = "query($id: ID!, $day: Date) { position(id: $id, asOf: $day) { approvedFte } }"
    before = await officer.data(query, id=post["id"], day="2021-01-01")

    assert (reported["reportedFilledFte"], reported["reportedVacantFte"]) == ("1.50", None)
    assert stale["__typename"] == "StaleVersionError"
    assert before["position"] == {"approvedFte": "2.00"}


async def test_a_file_for_the_finance_system_is_found_by_its_number(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    proposal = "JournalProposalSuccess proposal { id version }"
    made = await done(officer, "proposeJournalEntry", proposal, **manual(await first_line(officer)))
    step = {"proposalId": made["id"], "expectedVersion": made["version"]}
    decide = "mutation($input: DecideJournalProposalInput!) { postJournalProposal(input: $input)"
    await approver.data(f"{decide} {{ __typename }} }}", input=step)
    exported = await done(officer, "exportFinance", "FinanceExportSuccess financeExport { number }")
    number = exported["number"]

    found = await officer.data(FILE, number=number)
    later = await officer.data(FILE, number=number + 1000)

    assert found["financeExport"] == {
        "number": number,
        "csvPath": f"/v1/finance-exports/{number}.csv",
    }
    assert found["financeExportReplacements"]["number"] == number
    assert later == {"financeExport": None, "financeExportReplacements": None}
    assert await as_(ELSEWHERE).data(FILE, number=number + 999) == later


async def test_alerts_and_findings_of_a_day_are_one_call_each(as_: As) -> None:
    answer = await as_(READER).ask(ALERT)

    found = answer["data"]["fundingFindings"]
    assert found["asOf"] == "2022-11-21"
    assert all(one["messageDe"] for one in found["items"])
    assert answer["extensions"]["upstreamCalls"] == 2
    tomorrow = (berlin_date(now()) + timedelta(days=1)).isoformat()
    query = "query($id: ID!, $day: Date!) { alert(id: $id) { id } forecasts(fiscalYear: 2022,"
    query += " asOf: $day) { fiscalYear } }"
    nobody = await as_(READER).ask(query, id="019ab000-0000-7000-8000-000000000000", day=tomorrow)
    assert nobody["data"]["alert"] is None
