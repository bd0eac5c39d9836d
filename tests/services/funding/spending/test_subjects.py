"""Which case a cost was for: kept apart, hidden from auditors, gone with the case."""

from collections.abc import Callable
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.funding.messaging.handlers import SUBSCRIPTIONS
from services.funding.storage.tables import Table
from shared.database.connection import open_database
from shared.kernel.caller import system_caller
from shared.messaging.envelope import Envelope
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.spending.costs import cost, parts, record_voucher
from tests.services.funding.steps import granted

ERASURE = "kim.cases.case-erasure-requested.v1"
SUBJECT_TABLE = "expenditure_subject"


@pytest.fixture
async def line(officer: Desk, approver: Desk) -> Record:
    award = await granted(officer, approver, WARENDORF_AWARD)
    return next(line for line in award["lines"] if line["key"] == "b1-events")


async def for_case(officer: Desk, line: Record, case_id: UUID) -> Record:
    voucher = await record_voucher(officer, "100.00")
    body = cost(line, voucher, subjectRef=str(case_id))
    return await officer.create("/v1/expenditures", body)


async def erase(database: ServiceDatabase, case_id: UUID, tenant: str = "05570") -> None:
    """What the worker does with the message, as the role of the service."""
    [subscription] = [one for one in SUBSCRIPTIONS if ERASURE in one.handlers]
    event = Envelope.model_validate(
        {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": "kim/cases",
            "type": ERASURE,
            "time": "2026-01-01T00:00:00Z",
            "subject": str(case_id),
            "tenantid": tenant,
            "data": {"caseId": str(case_id), "unitId": "waf-cm", "erasureId": str(uuid4())},
        }
    )
    opened = await open_database(database.app_dsn, application="tests")
    caller = system_caller(
        tenant_id=tenant, unit_id=subscription.unit_of(event), part=subscription.consumer
    )
    try:
        async with opened.transaction(caller) as tx:
            await subscription.handlers[ERASURE](tx, event)
    finally:
        await opened.close()


async def places_of(database: ServiceDatabase, sought: UUID) -> set[str]:
    """Every table in which a row mentions the reference, read past all policies."""
    found = set()
    owner = await asyncpg.connect(database.owner_dsn)
    try:
        for table in Table.metadata.tables:
            await owner.execute(f"alter table {table} no force row level security")
            try:
                is_there = await owner.fetchval(
                    f"select exists (select from {table} t where strpos(t::text, $1) > 0)",
                    str(sought),
                )
            finally:
                await owner.execute(f"alter table {table} force row level security")
            if is_there:
                found.add(table)
    finally:
        await owner.close()
    return found


async def test_no_subject_reference_outlives_its_case(
    officer: Desk, line: Record, funding_database: ServiceDatabase
) -> None:
    case_id, other = uuid4(), uuid4()
    first = await for_case(officer, line, case_id)
    await for_case(officer, line, case_id)
    third = await for_case(officer, line, other)
    assert first["subjectRef"] == str(case_id)

    await erase(funding_database, case_id, tenant="05566")
    assert await places_of(funding_database, case_id) == {SUBJECT_TABLE}
    await erase(funding_database, case_id)
    assert await places_of(funding_database, case_id) == set()
    left = await officer.read(f"/v1/expenditures/{first['id']}")
    assert (left["subjectRef"], parts(left)) == (None, parts(first))
    assert (await officer.read(f"/v1/expenditures/{third['id']}"))["subjectRef"] == str(other)
    await erase(funding_database, case_id)


async def test_no_person_makes_a_cost_forget_its_case(
    officer: Desk, line: Record, funding_database: ServiceDatabase
) -> None:
    case_id = uuid4()
    await for_case(officer, line, case_id)
    connection = await asyncpg.connect(funding_database.app_dsn)
    try:
        await connection.execute("select set_config('app.tenant', '05570', false)")
        await connection.execute("select set_config('app.roles', ',funding_officer,', false)")
        assert await connection.execute("delete from expenditure_subject") == "DELETE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("truncate expenditure_subject")
    finally:
        await connection.close()
    assert await places_of(funding_database, case_id) == {SUBJECT_TABLE}


async def test_the_ledger_holds_no_subject(
    officer: Desk, line: Record, funding_database: ServiceDatabase
) -> None:
    case_id = uuid4()
    recorded = await for_case(officer, line, case_id)
    await officer.act(
        "expenditures", recorded, "correct", {"reasonCode": "TWICE", "valueDate": "2022-06-30"}
    )

    assert await places_of(funding_database, case_id) == {SUBJECT_TABLE}
    exported = await officer.get("/v1/ledger/export", format="ndjson")
    assert exported.status_code == 200, exported.text
    assert recorded["id"] in exported.text
    assert str(case_id) not in exported.text


async def test_an_auditor_sees_the_cost_and_not_its_case(
    officer: Desk, line: Record, desk_of: Callable[[str], Desk]
) -> None:
    recorded = await for_case(officer, line, uuid4())
    auditor = desk_of("waf-auditor")
    seen = await auditor.read(f"/v1/expenditures/{recorded['id']}")
    assert (seen["maskedFields"], recorded["maskedFields"]) == (["subjectRef"], [])
    assert (seen["subjectRef"], seen["eligible"]) == (None, "100.00")


async def test_another_tenant_sees_no_cost_and_no_voucher(
    officer: Desk, line: Record, desk_of: Callable[[str], Desk]
) -> None:
    recorded = await for_case(officer, line, uuid4())
    foreign = desk_of("ac-funding-officer")
    for path in (f"expenditures/{recorded['id']}", f"vouchers/{recorded['voucherId']}"):
        assert (await foreign.get(f"/v1/{path}")).status_code == 404
    body = cost(line, {"id": recorded["voucherId"], "amount": "1.00"})
    answer = await foreign.send("POST", "/v1/expenditures", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "award-line-unknown")


async def test_costs_of_a_case_are_found_by_who_may_know_the_case_and_each_read_is_logged(
    officer: Desk, line: Record, desk_of: Callable[[str], Desk]
) -> None:
    case_id, other = uuid4(), uuid4()
    first, second = [await for_case(officer, line, case_id) for _ in range(2)]
    await for_case(officer, line, other)
    path = f"/v1/expenditures/by-subject/{case_id}"

    found = (await officer.read(path))["items"]

    assert [one["id"] for one in found] == [second["id"], first["id"]]
    assert (await officer.read(f"/v1/expenditures/by-subject/{uuid4()}"))["items"] == []
    for persona in ("waf-auditor", "ac-funding-officer"):
        assert (await desk_of(persona).read(path))["items"] == []
    log = await desk_of("waf-dpo").read("/v1/audit-entries", action="read", first="100")
    seen = [set(one["recordIds"]) for one in log["items"] if one["recordKind"] == "expenditure"]
    assert seen.count({first["id"], second["id"]}) == 1
