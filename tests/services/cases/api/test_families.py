"""Families part and are put together again: whole or not at all, and counted as they were."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.cases.api.schemas.people import FamilyView
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.conftest import Person, SignedIn, client_named
from tests.services.cases.counting import families_on

SPLIT_ON, BEFORE = "2023-07-01", "2023-06-30"
SINCE = "2021-05-03"
TOMORROW = (berlin_date(now()) + timedelta(days=1)).isoformat()


async def state_of(database: Callable[[str], ServiceDatabase], *family_ids: str) -> list[Any]:
    """All rows that a split or a join can touch, with the audit log and the outbox."""
    owner = await asyncpg.connect(database("cases").owner_dsn)
    seen: list[Any] = []
    tables = ("family", "family_member", "family_move", "case_record", "audit_entry")
    async with owner.transaction():
        for table in (*tables, "outbox_message"):
            await owner.execute(f"alter table {table} no force row level security")
        seen.append(await owner.fetch("select * from family where id = any($1)", family_ids))
        for table in ("family_member", "case_record"):
            found = f"select * from {table} where family_id = any($1) order by id"
            seen.append(await owner.fetch(found, family_ids))
        counts = [f"select count(*) from {table}" for table in ("family_move", "outbox_message")]
        seen += [await owner.fetchval(count) for count in counts]
        written = "select count(*) from audit_entry where action <> 'read'"
        seen.append(await owner.fetchval(written))
        for table in (*tables, "outbox_message"):
            await owner.execute(f"alter table {table} force row level security")
    await owner.close()
    return seen


async def imported(who: Person, count: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Cases of mother and son, in counselling since 2021."""
    members = [
        client_named("Bondarenko", "Iryna"),
        {"role": "CHILD", "person": {"familyName": "Bondarenko", "givenNames": "Danylo"}},
    ]
    key = uuid4().hex
    told = {"openedOn": SINCE, "members": members} | more
    rows = [row(f"{key}-{n}", **told) for n in range(count)]
    report = (await send(who, rows)).json()
    assert report["created"] == count, report
    return [await who.get(f"/v1/cases/{line['caseId']}") for line in report["report"]]


async def family_of(who: Person, case: dict[str, Any]) -> dict[str, Any]:
    family: dict[str, Any] = await who.get(f"/v1/families/{case['familyId']}")
    FamilyView.model_validate(family)
    return family


def leaving(family: dict[str, Any], role: str, **more: Any) -> dict[str, Any]:
    ids = [one["id"] for one in family["members"] if one["role"] == role and not one["toOn"]]
    return {"effectiveOn": SPLIT_ON, "memberIds": ids, **more}


async def part(who: Person, family: dict[str, Any], body: dict[str, Any], **how: Any) -> Any:
    path = f"/v1/families/{family['id']}/actions/split"
    return await who.post(path, body, **{"version": family["version"]} | how)


async def join(who: Person, one: dict[str, Any], other: dict[str, Any], **more: Any) -> Any:
    status = more.pop("status", 200)
    body = {
        "otherFamilyId": other["id"],
        "otherVersion": other["version"],
        "effectiveOn": SPLIT_ON,
    }
    path = f"/v1/families/{one['id']}/actions/join"
    return await who.post(path, body | more, version=one["version"], status=status)


async def test_a_split_makes_a_second_family_from_a_day_on(
    anna: Person, signed_in: SignedIn
) -> None:
    case = (await imported(anna, arrivalCohort="UKRAINE_TEMP_PROTECTION", openedOn="2022-05-03"))[0]
    family = await family_of(anna, case)
    made = await part(anna, family, leaving(family, "CHILD", stayingCaseIds=[case["id"]]))
    FamilyView.model_validate(made)
    assert (made["splitFromId"], made["version"]) == (family["id"], 1)
    assert made["arrivalCohort"] == "UKRAINE_TEMP_PROTECTION"
    son = family["members"][1]
    assert [(m["personId"], m["role"], m["fromOn"], m["toOn"]) for m in made["members"]] == [
        (son["personId"], "CHILD", SPLIT_ON, None)
    ]
    left = await family_of(anna, case)
    assert [m["toOn"] for m in left["members"]] == [None, BEFORE]
    assert left["version"] == family["version"] + 1
    assert (await anna.get(f"/v1/cases/{case['id']}"))["version"] == case["version"]
    log = await signed_in("waf-dpo").get("/v1/audit-entries", action="split-family", first="1")
    assert log["items"][0]["recordIds"] == [family["id"], made["id"]]
    assert log["items"][0]["changes"] == {"caseIds": []}


async def test_families_are_counted_as_they_were_on_the_day(
    signed_in: SignedIn, database: Callable[[str], ServiceDatabase]
) -> None:
    """The counting unit stays right: before the day one family, from the day on two."""
    lena = signed_in("rheine-caritas-case-manager")
    cases = await imported(lena, 5)
    before, after = await families_on(database, BEFORE), await families_on(database, SPLIT_ON)
    case = cases[0]
    family = await family_of(lena, case)
    son = family["members"][1]["personId"]
    opening = {"origin": "OUTREACH", "personId": son, "familyId": family["id"]}
    his = await lena.post("/v1/cases", opening)
    family = await family_of(lena, case)
    decided = {"movingCaseIds": [his["id"]], "stayingCaseIds": [case["id"]]}
    made = await part(lena, family, leaving(family, "CHILD", **decided))
    moved = await lena.get(f"/v1/cases/{his['id']}")
    assert (moved["familyId"], moved["version"]) == (made["id"], his["version"] + 1)
    assert made["caseMoves"] == [
        {
            "caseId": his["id"],
            "fromFamilyId": family["id"],
            "toFamilyId": made["id"],
            "effectiveOn": SPLIT_ON,
        }
    ]
    # His case was requested only, which is not counselling yet.
    assert (await families_on(database, BEFORE), await families_on(database, SPLIT_ON)) == (
        before,
        after,
    )
    other = cases[1]
    joined = await join(lena, await family_of(lena, case), await family_of(lena, other))
    assert (await families_on(database, BEFORE), await families_on(database, SPLIT_ON)) == (
        before,
        after - 1,
    )
    back = leaving(joined, "CLIENT", movingCaseIds=[other["id"]], stayingCaseIds=[case["id"]])
    theirs = {m["personId"] for m in joined["members"] if m["personId"] == other["personId"]}
    back["memberIds"] = [m["id"] for m in joined["members"] if m["personId"] in theirs]
    back["effectiveOn"] = "2023-08-01"
    await part(lena, joined, back)
    days = (BEFORE, SPLIT_ON, "2023-07-31", "2023-08-01")
    assert [await families_on(database, day) for day in days] == [
        before,
        after - 1,
        after - 1,
        after,
    ]


async def test_a_join_brings_members_and_cases_over_and_leaves_history(
    anna: Person, signed_in: SignedIn, database: Callable[[str], ServiceDatabase]
) -> None:
    one, other = await imported(anna, 2)
    here, there = await family_of(anna, one), await family_of(anna, other)
    joined = await join(anna, here, there)
    FamilyView.model_validate(joined)
    assert [(m["role"], m["fromOn"]) for m in joined["members"]] == [
        ("CLIENT", SINCE),
        ("CHILD", SINCE),
        ("CLIENT", SPLIT_ON),
        ("CHILD", SPLIT_ON),
    ]
    assert (await anna.get(f"/v1/cases/{other['id']}"))["familyId"] == here["id"]
    past = await anna.get(f"/v1/families/{there['id']}")
    assert (past["joinedIntoId"], past["joinedOn"]) == (here["id"], SPLIT_ON)
    assert [m["toOn"] for m in past["members"]] == [BEFORE, BEFORE]
    refused = await anna.put(
        f"/v1/families/{there['id']}/arrival-cohort",
        {"arrivalCohort": None},
        version=past["version"],
        status=409,
    )
    assert (refused["code"], refused["joinedIntoId"]) == ("family-is-joined", here["id"])
    opening = {"origin": "OUTREACH", "personId": other["personId"], "familyId": there["id"]}
    assert (await anna.post("/v1/cases", opening, status=409))["code"] == "family-is-joined"
    log = await signed_in("waf-dpo").get("/v1/audit-entries", action="join-families", first="1")
    assert log["items"][0]["changes"]["caseIds"] == [other["id"]]
    owner = await asyncpg.connect(database("cases").owner_dsn)
    async with owner.transaction():
        await owner.execute("alter table outbox_message no force row level security")
        told = await owner.fetchval(
            "select payload::text from outbox_message where aggregate_id = $1"
            " order by position desc",
            here["id"],
        )
        await owner.execute("alter table outbox_message force row level security")
    await owner.close()
    assert "kim.cases.families-joined.v1" in told
    assert "Bondarenko" not in told


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"stayingCaseIds": []}, 422, "family-cases-undecided"),
        ({"stayingCaseIds": [], "movingCaseIds": ["case"]}, 422, "case-parted-from-client"),
        ({"memberIds": [str(uuid4())]}, 409, "family-member-unknown"),
        ({"memberIds": ["all"]}, 422, "split-leaves-nobody"),
        ({"movingCaseIds": [str(uuid4())]}, 409, "family-case-unknown"),
        ({"effectiveOn": TOMORROW}, 422, "date-in-future"),
        ({"effectiveOn": SINCE}, 422, "ends-before-it-begins"),
    ],
)
async def test_a_refused_split_changes_nothing(
    anna: Person,
    database: Callable[[str], ServiceDatabase],
    change: dict[str, Any],
    status: int,
    code: str,
) -> None:
    case = (await imported(anna))[0]
    family = await family_of(anna, case)
    body = leaving(family, "CHILD", stayingCaseIds=[case["id"]]) | change
    if body["memberIds"] == ["all"]:
        body["memberIds"] = [one["id"] for one in family["members"]]
    if body.get("movingCaseIds") == ["case"]:
        body["movingCaseIds"] = [case["id"]]
    before = await state_of(database, family["id"])
    assert (await part(anna, family, body, status=status))["code"] == code
    assert await state_of(database, family["id"]) == before


async def test_versions_of_both_families_are_checked(
    anna: Person, signed_in: SignedIn, database: Callable[[str], ServiceDatabase]
) -> None:
    one, other = [await family_of(anna, case) for case in await imported(anna, 2)]
    before = await state_of(database, one["id"], other["id"])
    stale = other | {"version": other["version"] + 1}
    assert (await join(anna, one, stale, status=412))["code"] == "stale-version"
    assert (await join(anna, one | {"version": None}, other, status=428))["code"] == (
        "version-missing"
    )
    assert (await join(anna, one, one, status=409))["code"] == "join-impossible"
    unknown = other | {"id": str(uuid4())}
    assert (await join(anna, one, unknown, status=409))["code"] == "family-unknown"
    await join(signed_in("rheine-caritas-case-manager"), one, other, status=404)
    assert await state_of(database, one["id"], other["id"]) == before


async def test_differing_arrival_cohorts_are_decided_by_a_person(anna: Person) -> None:
    fled = (await imported(anna, arrivalCohort="UKRAINE_TEMP_PROTECTION", openedOn="2022-05-03"))[0]
    one = await family_of(anna, (await imported(anna))[0])
    other = await family_of(anna, fled)
    assert (await join(anna, one, other, status=422))["code"] == "arrival-cohorts-differ"
    joined = await join(anna, one, other, arrivalCohort="UKRAINE_TEMP_PROTECTION")
    assert joined["arrivalCohort"] == "UKRAINE_TEMP_PROTECTION"


async def test_of_two_who_part_a_family_and_end_a_membership_at_once_one_wins(
    anna: Person, bernd: Person
) -> None:
    case = (await imported(anna))[0]
    family = await family_of(anna, case)
    body = leaving(family, "CHILD", stayingCaseIds=[case["id"]])
    path = f"/v1/families/{family['id']}"
    end = f"{path}/members/{body['memberIds'][0]}/actions/end"
    headers = {"If-Match": f'"{family["version"]}"'}

    async def send_as(who: Person, target: str, content: dict[str, Any]) -> int:
        keyed = headers | {
            "Authorization": f"Bearer {who.token}",
            "Idempotency-Key": uuid4().hex,
        }
        return (await who.client.post(target, json=content, headers=keyed)).status_code

    answers = await asyncio.gather(
        send_as(anna, f"{path}/actions/split", body),
        send_as(bernd, end, {"toOn": "2023-01-31"}),
        send_as(bernd, f"{path}/actions/split", body),
    )
    assert sorted(answers)[1:] == [412, 412]
    after = await family_of(anna, case)
    assert after["version"] == family["version"] + 1
    assert [m["toOn"] is None for m in after["members"]] == [True, False]


async def test_nobody_is_a_member_of_a_family_twice(anna: Person) -> None:
    family = await family_of(anna, (await imported(anna))[0])
    again = {
        "personId": family["members"][0]["personId"],
        "role": "PARENT",
        "fromOn": "2024-01-01",
    }
    path = f"/v1/families/{family['id']}/members"
    refused = await anna.post(path, again, version=family["version"], status=409)
    assert refused["code"] == "already-family-member"
