"""Nobody sees on one path what another path hides: lists, searches, GraphQL and reads by id agree.

The measure is the read by id, which the database itself answers or refuses. Two tenants and
several roles look at the same records, made before by all of them.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from deploy.local.demo.narrator import Narrator
from deploy.local.demo.story_case import work_on_case
from deploy.local.demo.story_referral import receive_referral, refer_people
from tests.journeys.visibility import Eyes, Kind, kinds
from tests.local_system import LocalSystem

WARENDORF = (
    "waf-case-manager", "waf-cm-head", "waf-coordinator", "waf-funding-officer",
    "waf-b3-officer", "waf-integrator",
)  # fmt: skip
STEINFURT = ("rheine-caritas-case-manager", "st-jobcenter-system")
EVERYBODY = (*WARENDORF, *STEINFURT)
# The type of case that the product brings along: every tenant has it under the same id.
SHARED = {"019ab000-0000-7000-8000-000000000001"}
OF_EACH = 3  # records of a kind that each persona knows and all are asked for
AT_ONCE = 6
# A search of its own: nobody lists persons without a name.
ASKED_BY_WORDS = frozenset({"cases/v1/persons"})
EXPORTING = ("waf-case-manager", "waf-funding-officer", "st-jobcenter-system")
OF_NODES = frozenset({"case", "referral", "allocation", "award", "position", "person", "family"})
KINDS_WITH_RECORDS = 19


@pytest.fixture(scope="module")
async def people(demo_system: LocalSystem) -> AsyncIterator[Client]:
    async with Client(demo_system.settings) as client:
        yield client


@pytest.fixture(scope="module")
async def records(people: Client) -> dict[Kind, dict[str, set[str]]]:
    """Of each kind, what each persona has in its list."""
    narrator = Narrator(people, run=f"paths-{uuid4().hex[:8]}")
    await work_on_case(narrator, await receive_referral(narrator, await refer_people(narrator)))
    opening = {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": {"familyName": "Moor", "givenNames": "Ada"}}],
    }
    made = await people.create("waf-case-manager", "cases", "/v1/cases", opening, key=uuid4().hex)
    below = f"/v1/cases/{made['id']}"
    task = {"title": "Anrufen", "dueOn": "2026-12-01"}
    note = {"kind": "FILE", "text": "Sucht einen Kurs.", "heldOn": "2026-01-15"}
    for name, body in (("tasks", task), ("notes", note)):
        path = f"{below}/{name}"
        await people.create("waf-case-manager", "cases", path, body, key=uuid4().hex)
    every = list(kinds())
    seen: dict[Kind, dict[str, set[str]]] = {kind: {} for kind in every}
    for persona in EVERYBODY:
        for kind in every:
            seen[kind][persona] = set(await Eyes(people, persona).listed(kind) or ())
    return seen


async def test_lists_searches_graphql_and_reads_by_id_show_the_same(
    people: Client, records: dict[Kind, dict[str, set[str]]]
) -> None:
    places = asyncio.Semaphore(AT_ONCE)
    differences: list[tuple[str, str, str, Any]] = []

    async def compare(persona: str, kind: Kind, sample: list[str]) -> None:
        async with places:
            differences.extend(await _differences(Eyes(people, persona), kind, sample))

    await asyncio.gather(
        *(
            compare(persona, kind, _sample(seen))
            for kind, seen in records.items()
            for persona in EVERYBODY
        )
    )
    assert differences == []
    assert len([kind for kind, seen in records.items() if _sample(seen)]) >= KINDS_WITH_RECORDS


async def test_a_search_for_persons_finds_who_can_be_read(people: Client, records: Any) -> None:
    persons = next(kind for kind in records if kind.name == "cases/v1/persons")
    for persona in EVERYBODY:
        eyes, body = Eyes(people, persona), {"name": "Moor", "first": 100}
        answer = await people.post(persona, "cases", "/v1/persons/search", body, key=uuid4().hex)
        hits = [] if answer.is_refused else [one["id"] for one in answer.document["items"]]
        assert bool(hits) is (persona == "waf-case-manager"), persona
        assert all([await eyes.read(persons, one) for one in hits])


def _sample(seen: dict[str, set[str]]) -> list[str]:
    return sorted({one for ids in seen.values() for one in sorted(ids)[-OF_EACH:]})


async def _differences(eyes: Eyes, kind: Kind, sample: list[str]) -> list[tuple[Any, ...]]:
    """(persona, kind, path, what it shows beside or without the read by id)."""
    readable = {one for one in sample if await eyes.read(kind, one)}
    wholes = {"list": await eyes.listed(kind)}
    if kind.name not in ASKED_BY_WORDS:
        wholes["search"] = await eyes.searched(kind)
    if kind.list_field is not None:
        wholes["connection"] = await eyes.connected(kind)
    if eyes.persona in EXPORTING:
        exported = await eyes.exported(kind)
        wholes |= {} if exported is None else {"export": exported}
    paths = {path: set(whole or ()) & set(sample) for path, whole in wholes.items()}
    if kind.record_field is not None:
        paths["record"] = await eyes.looked_up(kind, sample)
    if kind.record_field in OF_NODES:
        paths["nodes"] = await eyes.nodes(sample)
    found: list[tuple[Any, ...]] = [
        (eyes.persona, kind.name, path, sorted(shown ^ readable))
        for path, shown in paths.items()
        if shown != readable
    ]
    found += [
        (eyes.persona, kind.name, path, "another number of rows than the list")
        for path, whole in wholes.items()
        if sorted(whole or ()) != sorted(wholes["list"] or ())
    ]
    return found


async def test_a_record_of_the_other_tenant_is_nowhere(
    people: Client, records: dict[Kind, dict[str, set[str]]]
) -> None:
    for here, there in ((WARENDORF, STEINFURT), (STEINFURT, WARENDORF)):
        for kind, seen in records.items():
            foreign = set().union(*(seen[one] for one in there)) - SHARED
            for persona in here:
                assert foreign.isdisjoint(seen[persona]), (persona, kind.name)
