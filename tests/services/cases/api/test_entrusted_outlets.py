"""F18, H6: what was entrusted leaves through no outlet: not over any operation that reads, and
not at the database for any role.
"""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from services.cases.domain.access import Role
from services.cases.storage.tables import Table
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn, actor_of, consent_for, today

SECRET = "Anvertraut-7f3a91c2"
OTHERS = (
    "waf-case-manager-2",
    "waf-team-lead",
    "waf-coordinator",
    "waf-funding-officer",
    "waf-funding-approver",
    "waf-unit-head",
    "waf-dpo",
    "waf-auditor",
    "waf-admin",
    "waf-integrator",
    "waf-jobcenter-system",
    "waf-b3-officer",
    "waf-abh-system",
    "rheine-caritas-case-manager",
)


@pytest.fixture
async def ids(anna: Person, bernd: Person, case: dict[str, Any]) -> AsyncIterator[dict[str, str]]:
    """A case that the colleague took over, whose note stayed with its writer: in two versions,
    and told to a court. The values of path parameters by name.
    """
    case_id = case["id"]
    await anna.act(case_id, "assign")
    body = {
        "kind": "CONVERSATION",
        "text": f"{SECRET} erste Fassung.",
        "heldOn": today(),
        "classReason": SECRET,
    }
    note = await anna.post(f"/v1/cases/{case_id}/notes", body)
    correction = {"text": f"{SECRET} zweite Fassung.", "heldOn": today(), "reason": SECRET}
    await anna.post(f"/v1/notes/{note['id']}/versions", correction)
    court = {
        "reason": "FAMILY_COURT_8A",
        "outsideReceiver": "Amtsgericht (Beispiel)",
        "justification": SECRET,
        "dangerSigns": SECRET,
        "courtReference": SECRET,
        "isDecisionImpossibleOtherwise": True,
    }
    await anna.post(f"/v1/notes/{note['id']}/actions/hand-on", court, status=200)
    consent = await anna.post(f"/v1/cases/{case_id}/consents", consent_for(case["personId"]))
    standing_in = {"deputy": await actor_of(anna, "manager-2"), "fromOn": today()}
    deputyship = await anna.post("/v1/deputyships", standing_in | {"toOn": today()})
    await anna.act(case_id, "hand-over", caseManager=standing_in["deputy"])
    yield {
        "case_id": case_id,
        "person_id": case["personId"],
        "family_id": case["familyId"],
        "note_id": note["id"],
        "consent_id": consent["id"],
        "document_id": consent["evidenceDocumentId"],
        "deputyship_id": deputyship["id"],
    }
    await anna.post(f"/v1/deputyships/{deputyship['id']}/actions/end", status=200)


def readings(app: FastAPI, ids: dict[str, str]) -> list[str]:
    """Every operation that reads, once with what it may be narrowed to; names for lists."""
    names = ("mine", "team", "unassigned", "overdue", "changed", "case", "consent")
    found = []
    for path, methods in app.openapi()["paths"].items():
        if "get" not in methods:
            continue
        for name in names if "{name}" in path else ("",):
            known = ids | {"name": name}
            filled = re.sub(r"\{(\w+)\}", lambda m, k=known: k.get(m[1], str(uuid4())), path)
            found += [filled, f"{filled}?caseId[in]={ids['case_id']}"]
    return found


@pytest.mark.parametrize("persona", OTHERS)
async def test_hazard_06_no_operation_shows_anybody_else_what_was_entrusted(
    app: FastAPI, signed_in: SignedIn, ids: dict[str, str], persona: str
) -> None:
    person = signed_in(persona)
    headers = {"Authorization": f"Bearer {person.token}"}
    for url in readings(app, ids):
        answer = await person.client.get(url, headers=headers)
        assert answer.status_code < 500, url
        assert SECRET not in answer.text + str(answer.headers), url
    search = await person.client.post("/v1/persons/search", json={"name": SECRET}, headers=headers)
    if search.status_code == 200:
        assert search.json()["items"] == []


async def found_by_searching(app: FastAPI, person: Person, ids: dict[str, str]) -> set[str]:
    """The searches of lists that show the person what was entrusted; it is no criterion of any."""
    headers = {"Authorization": f"Bearer {person.token}"}
    offered = {path for path, methods in app.openapi()["paths"].items() if "post" in methods}
    showing = set()
    for template in sorted(path for path in offered if path.endswith("/search")):
        known = ids | {"name": "mine"}
        path = re.sub(r"\{(\w+)\}", lambda m, k=known: k.get(m[1], str(uuid4())), template)
        for body in ({}, {"filters": {"caseId[in]": [ids["case_id"]]}}, {"name": SECRET}):
            answer = await person.client.post(path, json=body, headers=headers)
            assert answer.status_code < 500, path
            if SECRET in answer.text.replace(f'"name":"{SECRET}"', ""):
                showing.add(template)
    return showing


@pytest.mark.parametrize("persona", ["waf-case-manager-2", "waf-team-lead", "waf-dpo", "waf-admin"])
async def test_f18_no_search_finds_the_text_of_an_entrusted_note(
    app: FastAPI, signed_in: SignedIn, ids: dict[str, str], persona: str
) -> None:
    """§ 203 StGB: whose case it is now, who leads, who supervises: nobody finds its words."""
    assert await found_by_searching(app, signed_in(persona), ids) == set()


async def test_f18_the_writer_finds_it_by_the_same_searches(
    app: FastAPI, anna: Person, ids: dict[str, str]
) -> None:
    assert await found_by_searching(app, anna, ids) == {
        "/v1/notes/search",
        "/v1/cases/{case_id}/notes/search",
        "/v1/notes/{note_id}/versions/search",
        "/v1/notes/{note_id}/releases/search",
    }


async def test_the_writer_finds_it_by_the_same_walk(
    app: FastAPI, anna: Person, ids: dict[str, str]
) -> None:
    """Otherwise the walk above would prove nothing."""
    headers = {"Authorization": f"Bearer {anna.token}"}
    showing = {
        url
        for url in readings(app, ids)
        if SECRET in (await anna.client.get(url, headers=headers)).text
    }
    assert {url.partition("?")[0] for url in showing} == {
        "/v1/notes",
        f"/v1/cases/{ids['case_id']}/notes",
        f"/v1/notes/{ids['note_id']}",
        f"/v1/notes/{ids['note_id']}/versions",
        f"/v1/notes/{ids['note_id']}/releases",
    }


@pytest.mark.parametrize("role", [*Role, "system"])
async def test_hazard_06_the_database_shows_it_to_no_role(
    ids: dict[str, str], database: Callable[[str], ServiceDatabase], role: str
) -> None:
    """Every column of every table, with the settings of each role in the unit of the case."""
    assert ids
    connection = await asyncpg.connect(database("cases").app_dsn)
    identity = {
        "app.actor": "urn:test|colleague",
        "app.unit": "waf-cm",
        "app.tenant": "05570",
        "app.roles": f",{role},",
        "app.unit_type": "CM_TEAM",
    }
    async with connection.transaction():
        for name, value in identity.items():
            await connection.execute("select set_config($1, $2, true)", name, value)
        for table in sorted(Table.metadata.tables):
            if not await connection.fetchval("select has_table_privilege($1, 'select')", table):
                continue
            query = f"select count(*) from {table} t where t::text like $1"
            assert await connection.fetchval(query, f"%{SECRET}%") == 0, table
    await connection.close()


async def test_hazard_06_nothing_of_it_waits_to_be_sent(
    ids: dict[str, str], database: Callable[[str], ServiceDatabase]
) -> None:
    assert ids
    connection = await asyncpg.connect(database("cases").relay_dsn)
    query = "select count(*) from outbox_message t where t::text like $1"
    assert await connection.fetchval("select count(*) from outbox_message") > 0
    assert await connection.fetchval(query, f"%{SECRET}%") == 0
    await connection.close()
