"""What is refused about costs, by whom they are decided, and that a refusal leaves nothing."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.spending.costs import (
    balances,
    cost,
    parts,
    posts_of_line_2,
    record_voucher,
    spend,
)
from tests.services.funding.steps import granted

DECISION = {"isEligible": True, "reason": "Auskunft der Bezirksregierung vom 4. Juli"}


@pytest.fixture
async def lines(officer: Desk, approver: Desk) -> dict[str, Record]:
    award = await granted(officer, approver, WARENDORF_AWARD)
    return {line["key"]: line for line in award["lines"]}


async def traces(database: ServiceDatabase) -> tuple[int, ...]:
    """Costs, entries and audit entries of the tenant, and every event that waits."""
    app, relay = await asyncpg.connect(database.app_dsn), await asyncpg.connect(database.relay_dsn)
    try:
        await app.execute(
            "select set_config('app.tenant', '05570', false),"
            " set_config('app.roles', ',funding_officer,', false)"
        )
        await app.execute("select set_config('app.roles', ',dpo,', false)")
        tables = ("expenditure", "ledger_entry", "audit_entry")
        counts = [await app.fetchval(f"select count(*) from {table}") for table in tables]
        return (*counts, await relay.fetchval("select count(*) from outbox_message"))
    finally:
        await app.close()
        await relay.close()


NOBODY = "0190a5a0-0000-7000-8000-000000000000"
BAD_INPUT: tuple[tuple[Record, str], ...] = (
    ({"amount": "0.00"}, "amount-missing"),
    ({"amount": "0.005"}, "fields-refused"),
    ({"amount": "NaN"}, "fields-refused"),
    ({"amount": "1e400"}, "fields-refused"),
    ({"amount": "-0"}, "fields-refused"),
    ({"amount": 10**18}, "fields-refused"),
    ({"amount": "1.222.800"}, "fields-refused"),
    ({"amount": "7,62"}, "fields-refused"),
    ({"currency": "USD"}, "currency-not-supported"),
    ({"periodFrom": "2022-07-01"}, "period-ends-before-it-starts"),
    ({"valueDate": "2023-01-01"}, "booking-outside-period"),
    ({"costKind": "EXTERNAL_ADVICE"}, "booking-outside-purpose"),
    ({"voucherId": NOBODY}, "voucher-unknown"),
    ({"awardLineId": NOBODY}, "award-line-unknown"),
    ({"allocationId": NOBODY}, "allocation-of-another-line"),
    ({"positionId": NOBODY}, "position-of-another-line"),
)


async def test_bad_input_is_refused_with_its_reason_and_leaves_nothing(
    officer: Desk, lines: dict[str, Record], funding_database: ServiceDatabase
) -> None:
    voucher = await record_voucher(officer, "100.00")
    before = await traces(funding_database)
    for change, code in BAD_INPUT:
        body = cost(lines["b1-events"], voucher) | change
        answer = await officer.send("POST", "/v1/expenditures", body)
        assert (answer.status_code, answer.json()["code"]) == (422, code), change
        assert await traces(funding_database) == before, change


async def test_what_a_kind_of_cost_needs_is_asked_for(
    officer: Desk, lines: dict[str, Record]
) -> None:
    voucher = await record_voucher(officer, "100.00")
    for kind, code in (("PERSONNEL", "position-missing"), ("RENT", "payer-missing")):
        body = cost(lines["b2-posts"], voucher, costKind=kind)
        answer = await officer.send("POST", "/v1/expenditures", body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_interface_money_needs_a_structural_finding(
    officer: Desk, lines: dict[str, Record]
) -> None:
    voucher = await record_voucher(officer, "100.00")
    body = cost(lines["b1-measures"], voucher, costKind="INTERFACE_MEASURES")
    refused = await officer.send("POST", "/v1/expenditures", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "structural-finding-missing")
    finding = str(uuid4())
    booked = await officer.create("/v1/expenditures", body | {"structuralFindingId": finding})
    assert (booked["structuralFindingId"], booked["eligible"]) == (finding, "100.00")


async def test_a_decision_needs_a_second_person_and_a_reason(
    officer: Desk, approver: Desk, desk_of: Any, funding_database: ServiceDatabase
) -> None:
    line = (await posts_of_line_2(officer, approver, "1.00", "55000.00"))["lines"][0]
    course = await spend(officer, line, "800.00", costKind="TRAINING")
    assert parts(course) == ("0.00", "0.00", "0.00", "800.00")
    assert course["findings"] == ["COST_KIND_UNDECIDED"]
    before = await traces(funding_database)

    assert (await officer.try_act("expenditures", course, "decide", DECISION)).status_code == 403
    silent = await approver.try_act("expenditures", course, "decide", DECISION | {"reason": " "})
    assert silent.status_code == 422
    assert await traces(funding_database) == before
    decided = await approver.act("expenditures", course, "decide", DECISION)
    assert (decided["decided"], parts(decided)) == (
        "ELIGIBLE",
        ("800.00", "0.00", "0.00", "0.00"),
    )
    stood = await balances(officer, line)
    assert (stood["FREE"], stood["GRANT_USED"]) == ("54200.00", "800.00")
    assert "UNDECIDED" not in stood
    twice = await approver.try_act("expenditures", decided, "decide", DECISION)
    assert (twice.status_code, twice.json()["guards"]) == (422, ["nothing-ruled"])


async def test_who_records_and_decides_alike_is_refused_by_rule_and_database(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    line = (await posts_of_line_2(officer, approver, "1.00", "55000.00"))["lines"][0]
    course = await spend(officer, line, "800.00", costKind="TRAINING")
    connection = await asyncpg.connect(funding_database.app_dsn)
    try:
        await connection.execute(
            "select set_config('app.tenant', '05570', false),"
            " set_config('app.roles', ',funding_officer,', false)"
        )
        with pytest.raises(asyncpg.CheckViolationError, match="four_eyes"):
            await connection.execute(
                "update expenditure set decided = 'ELIGIBLE', decided_by = recorded_by,"
                " decided_at = now(), decision_reason = 'x' where id = $1",
                course["id"],
            )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("update expenditure set amount_cents = 1")
    finally:
        await connection.close()


async def test_a_voucher_carries_no_more_than_it_is_about(
    officer: Desk, lines: dict[str, Record]
) -> None:
    voucher = await record_voucher(officer, "100.00", "R-2022/17")
    line = lines["b1-events"]
    await officer.create("/v1/expenditures", cost(line, voucher, amount="60.00"))
    answer = await officer.send("POST", "/v1/expenditures", cost(line, voucher, amount="40.01"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["free"]) == (
        409,
        "voucher-exhausted",
        "40.00",
    )
    same = {"number": "R-2022/17", "voucherDate": "2022-05-31", "amount": "5.00"}
    assert (await officer.send("POST", "/v1/vouchers", same)).status_code == 409


async def test_a_closed_month_takes_no_cost(
    officer: Desk,
    approver: Desk,
    lines: dict[str, Record],
    funding_database: ServiceDatabase,
) -> None:
    voucher = await record_voucher(officer, "100.00")
    path = "/v1/ledger/periods/2022-06/actions"
    asked = await officer.send("POST", f"{path}/request-close", {})
    assert asked.status_code in {200, 201}, asked.text
    closed = await approver.send("POST", f"{path}/close", {})
    assert closed.status_code == 200, closed.text
    before = await traces(funding_database)
    body = cost(lines["b1-events"], voucher)
    answer = await officer.send("POST", "/v1/expenditures", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "period-closed")
    assert await traces(funding_database) == before
