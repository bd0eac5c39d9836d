"""Rules for parts of a case file, the precedence of rules, and rules followed in batches."""

import asyncio
from typing import Any

import asyncpg
import pytest

from services.cases.domain.practice import Practice
from services.cases.operations.keep_retention import keep_retention
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_case_types import case_of_type, published
from tests.services.cases.api.test_documents import PDF, announced, upload
from tests.services.cases.api.test_retention import ended_cases
from tests.services.cases.conftest import Person, SignedIn, consent_for, today
from tests.services.cases.erasing import answer_archive, as_owner, locked, long_ended
from tests.waiting import until


@pytest.fixture
def lead(signed_in: SignedIn) -> Person:
    return signed_in("waf-team-lead")


def rule(data_kind: str, result: str, **changes: Any) -> dict[str, Any]:
    return {
        "dataKind": data_kind,
        "result": result,
        "startEvent": "PROCESS_ENDED",
        "periodYears": 0,
        "periodDays": 30,
        "legalReasonDe": "Löschkonzept der Stelle",
        "legalReasonEn": "The unit's deletion concept",
        "validFrom": today(),
        **changes,
    }


async def records(database: ServiceDatabase, case_id: str, *tables: str) -> list[int]:
    return [
        await as_owner(database, table, f"select count(*) from {table} where case_id = $1", case_id)
        for table in tables
    ]


async def kinds(person: Person, case_id: str) -> dict[str, Any]:
    kept = await person.get(f"/v1/cases/{case_id}/retention")
    return {kind["dataKind"]: kind for kind in kept["kinds"]}


@pytest.fixture
async def declined(
    anna: Person, bernd: Person, case: dict[str, Any], cases_database: ServiceDatabase
) -> dict[str, Any]:
    """A request that was declined long ago, with something of every kind in its file."""
    path = f"/v1/cases/{case['id']}"
    entrusted = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    await bernd.post(f"{path}/notes", entrusted)
    attempt = {"channel": "PHONE", "attemptedOn": today(), "wasReached": False}
    await anna.post(f"{path}/contact-attempts", attempt)
    proof, other = await announced(anna, case["id"]), await announced(anna, case["id"])
    for document in (proof, other):
        await upload(anna, document["id"], PDF)
    consent = consent_for(case["personId"], evidenceDocumentId=proof["id"])
    await anna.post(f"{path}/consents", consent)
    await anna.act(case["id"], "decline", declineReason="WITHDRAWN")
    await long_ended(cases_database, case["id"])
    return case


PARTS = ("note", "contact_attempt", "document", "consent")


async def test_each_kind_of_data_ends_by_its_own_rule_before_its_file(
    anna: Person,
    lead: Person,
    declined: dict[str, Any],
    pool: Database,
    cases_database: ServiceDatabase,
) -> None:
    """Also the entrusted note, which nobody but its owner may see."""
    case_id = declined["id"]
    for kind in ("NOTE", "DOCUMENT"):
        await lead.post("/v1/deletion-rules", rule(kind, "DECLINED"))
    await keep_retention(pool, Practice())
    assert await records(cases_database, case_id, *PARTS) == [1, 1, 2, 1]
    before = await kinds(anna, case_id)
    assert (before["NOTE"]["keptUntil"], before["NOTE"]["isDue"]) == ("2012-07-30", True)
    assert before["NOTE"]["rule"]["source"] == "UNIT"
    assert "archive-answered" in [one["code"] for one in before["NOTE"]["wouldChangeIf"]]
    assert before["CONTACT"]["keptUntil"] == "2012-12-27"

    await answer_archive(anna, case_id)
    await anna.act(case_id, "place-legal-hold")
    await keep_retention(pool, Practice())
    assert await records(cases_database, case_id, *PARTS) == [1, 1, 2, 1]

    await anna.act(case_id, "lift-legal-hold")
    await keep_retention(pool, Practice())
    assert await records(cases_database, case_id, *PARTS) == [0, 1, 1, 1]
    after = await kinds(anna, case_id)
    assert (after["NOTE"]["isErased"], after["CONTACT"]["isErased"]) == (True, False)
    assert after["NOTE"]["because"]["en"].startswith("This kind of data has been erased")
    sql = "select records from kind_erasure where case_id = $1 and data_kind = 'NOTE'"
    assert await as_owner(cases_database, "kind_erasure", sql, case_id) == 1
    assert (await anna.get(f"/v1/cases/{case_id}"))["personId"] == declined["personId"]

    for kind in ("CONSENT", "PERSON"):
        await lead.post("/v1/deletion-rules", rule(kind, "DECLINED"))
    await keep_retention(pool, Practice())
    assert await records(cases_database, case_id, *PARTS) == [0, 1, 0, 0]
    left = await anna.get(f"/v1/cases/{case_id}")
    assert (left["personId"], left["state"]) == (None, "DECLINED")
    await anna.get(f"/v1/persons/{declined['personId']}", status=404)
    again = left["version"]
    await keep_retention(pool, Practice())
    assert (await anna.get(f"/v1/cases/{case_id}"))["version"] == again


async def test_the_database_erases_nothing_that_is_not_due(
    declined: dict[str, Any], pool: Database, cases_database: ServiceDatabase
) -> None:
    caller = system_caller(tenant_id="05570", unit_id="waf-cm", part="tests")
    sql = "select erase_records_due('NOTE', $1)"
    async with pool.transaction(caller) as tx:
        await tx.connection.execute("delete from kind_deadline where true")
        with pytest.raises(asyncpg.CheckViolationError):
            await tx.connection.fetchval(sql, declined["id"])
    assert await records(cases_database, declined["id"], "note") == [1]


async def test_the_unit_comes_before_the_case_type_and_this_before_the_default(
    anna: Person, lead: Person, signed_in: SignedIn, pool: Database
) -> None:
    results = [{"closingReason": "DECEASED", "retentionYears": 7}]
    kept_seven = await published(signed_in("waf-coordinator"), results=results)
    case = await case_of_type(anna, kept_seven["code"])
    plain = await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "Herr V."})
    year = int(today()[:4])
    for opened in (case, plain):
        await anna.act(opened["id"], "record-death")
    path = f"/v1/cases/{case['id']}/retention"
    of_type = await anna.get(path)
    assert (of_type["keptUntil"], of_type["rule"]["source"]) == (f"{year + 7}-12-31", "CASE_TYPE")
    assert "Regel des Falltyps" in of_type["because"]["de"]
    assert (await anna.get(f"/v1/cases/{case['id']}"))["deletionDueOn"] == f"{year + 7}-12-31"
    default = await anna.get(f"/v1/cases/{plain['id']}/retention")
    assert (default["keptUntil"], default["rule"]["source"]) == (f"{year + 3}-12-31", "DEFAULT")

    own = rule("CASE_FILE", "DECEASED", startEvent="YEAR_OF_PROCESS_END", periodYears=9)
    await lead.post("/v1/deletion-rules", own | {"periodDays": 0})
    await keep_retention(pool, Practice())
    of_unit = await anna.get(path)
    assert (of_unit["keptUntil"], of_unit["rule"]["source"]) == (f"{year + 9}-12-31", "UNIT")
    assert (await anna.get(f"/v1/cases/{case['id']}"))["deletionDueOn"] == f"{year + 9}-12-31"


async def test_a_rule_is_set_for_kinds_of_cases_only_and_once_for_each_day(lead: Person) -> None:
    technical = await lead.post("/v1/deletion-rules", rule("ACCESS_LOG", "ANY"), status=422)
    assert technical["code"] == "retention-kind-not-settable"
    later = rule("EXTRACT", "CAPACITY", validFrom="2090-01-01")
    made = await lead.post("/v1/deletion-rules", later)
    assert made["recomputation"]["state"] == "WAITING"
    assert (await lead.post("/v1/deletion-rules", later, status=409))["code"] == "already-exists"
    listed = await lead.get("/v1/deletion-rules", dataKind="EXTRACT")
    assert [one["id"] for one in listed["items"]] == [made["id"]]


async def test_a_killed_worker_goes_on_where_it_was_and_shows_how_far_it_is(
    anna: Person, lead: Person, pool: Database, cases_database: ServiceDatabase
) -> None:
    cases = await ended_cases(anna, "2014-05-31", 3, closingReason="CAPACITY")
    await keep_retention(pool, Practice())
    made = await lead.post("/v1/deletion-rules", rule("CASE_FILE", "CAPACITY", periodYears=25))

    async def progress() -> dict[str, Any]:
        listed = await lead.get("/v1/deletion-rules", result="CAPACITY", dataKind="CASE_FILE")
        (found,) = [one for one in listed["items"] if one["id"] == made["id"]]
        shown: dict[str, Any] = found["recomputation"]
        return shown

    async def is_before_the_last() -> bool:
        shown = await progress()
        return shown["state"] == "RUNNING" and shown["casesDone"] == shown["casesTotal"] - 1

    async with locked(cases_database, max(cases)):
        worker = asyncio.create_task(keep_retention(pool, Practice(), batch=1))
        await until(is_before_the_last)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    await keep_retention(pool, Practice(), batch=2)
    done = await progress()
    assert (done["state"], done["casesDone"]) == ("DONE", done["casesTotal"])
    assert done["casesChanged"] >= 3
    days = {(await anna.get(f"/v1/cases/{one}"))["deletionDueOn"] for one in cases}
    assert days == {"2039-06-30"}
