"""What who follows the changes learns of an erasure: that it happened, and nothing else."""

from collections.abc import Callable
from typing import Any

from shared.messaging.consumer import Consumer
from tests.canaries import Canaries
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, today
from tests.services.cases.erasing import erase
from tests.waiting import until


async def changes_since(person: Person, cursor: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = await person.get("/v1/changes", first="100", **({"after": cursor} if cursor else {}))
        found += page["items"]
        if len(page["items"]) < 100:
            return found
        cursor = page["items"][-1]["cursor"]


async def test_an_erased_case_is_told_once_and_its_person_as_deleted(
    anna: Person, consumer: Consumer, database: Callable[[str], ServiceDatabase]
) -> None:
    canaries = Canaries()
    known = await changes_since(anna, "")
    before = known[-1]["cursor"] if known else ""
    named = {"familyName": canaries.word("name"), "givenNames": canaries.word("names")}
    opening = {"origin": "OUTREACH", "members": [{"role": "CLIENT", "person": named}]}
    case = await anna.post("/v1/cases", opening)
    note = {"kind": "FILE", "text": canaries.word("note"), "heldOn": today()}
    await anna.post(f"/v1/cases/{case['id']}/notes", note)
    await anna.act(case["id"], "decline", declineReason="CAPACITY")
    await erase(anna, consumer, database("cases"), case["id"])
    version = (await anna.get(f"/v1/cases/{case['id']}"))["version"]

    async def told() -> dict[str, list[dict[str, Any]]] | None:
        """What is told once everything older has been committed elsewhere."""
        found = await changes_since(anna, before)
        mine = {
            name: [one for one in found if one["id"] == case[name]] for name in ("id", "personId")
        }
        is_told = [one["isDeleted"] for one in mine["personId"]] == [True]
        return mine if is_told and [one["version"] for one in mine["id"]] == [version] else None

    mine = await until(told)
    assert mine is not None
    assert [one["isDeleted"] for one in mine["id"]] == [False]
    for (one,) in mine.values():
        assert set(one) == {"id", "cursor", "kind", "version", "changedAt", "isDeleted"}
    assert canaries.in_(str(await changes_since(anna, before)).encode()) == set()
