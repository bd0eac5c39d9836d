"""After a merge everything that belongs to one person shows under the record that goes on, and
unmerging leaves each record as it was.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from services.cases.api.schemas.people import FamilyView, PersonView
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.api.test_persons_in_full import find, invented, keep, record
from tests.services.cases.conftest import Person, SignedIn, client_named, consent_for, today
from tests.services.cases.counting import families_on


async def merge(who: Person, one: dict[str, Any], other: dict[str, Any], **how: Any) -> Any:
    return await _act(who, one, other, "merge", **how)


async def unmerge(who: Person, one: dict[str, Any], other: dict[str, Any], **how: Any) -> Any:
    return await _act(who, one, other, "unmerge", **how)


async def _act(
    who: Person, one: dict[str, Any], other: dict[str, Any], action: str, status: int = 200
) -> Any:
    path = f"/v1/persons/{one['id']}"
    version = (await who.get(path))["version"]
    body = {"mergedPersonId": other["id"]}
    return await who.post(f"{path}/actions/{action}", body, version=version, status=status)


async def timeline(who: Person, person: dict[str, Any]) -> list[dict[str, Any]]:
    path = f"/v1/persons/{person['id']}/timeline"
    items: list[dict[str, Any]] = (await who.get(path, first="50"))["items"]
    return items


def status(code: str, from_on: str, **more: Any) -> dict[str, Any]:
    return {"kind": "LEGAL_CIRCLE", "code": code, "fromOn": from_on, **more}


async def test_the_timelines_show_together_and_part_again_exactly(anna: Person) -> None:
    one, other = await record(anna), await record(anna)
    await anna.post(f"/v1/persons/{one['id']}/timeline", status("SGB_II", "2022-06-01"))
    asylum = status("ASYLBLG", "2021-02-01")
    entry = await anna.post(f"/v1/persons/{other['id']}/timeline", asylum)
    before = await timeline(anna, other)
    await merge(anna, one, other)
    assert [(e["personId"], e["code"]) for e in await timeline(anna, one)] == [
        (one["id"], "SGB_II"),
        (other["id"], "ASYLBLG"),
    ]
    # The record that goes on ends what ran on in the merged one.
    change = {
        "fromCircle": "ASYLBLG",
        "toCircle": "SGB_XII",
        "effectiveOn": "2022-06-01",
        "reason": "RESIDENCE_STATUS",
    }
    await anna.post(f"/v1/persons/{one['id']}/legal-circle-changes", change)
    seen = {e["id"]: e for e in await timeline(anna, one)}
    assert seen[entry["id"]]["isReplaced"] is True
    ended = next(e for e in seen.values() if e["replacesId"] == entry["id"])
    assert (ended["personId"], ended["toOn"]) == (one["id"], "2022-05-31")
    await unmerge(anna, one, other)
    assert await timeline(anna, other) == before
    correction = status("SGB_II", "2021-02-01", reason="WRONG_AT_ENTRY")
    del correction["kind"]
    corrected = await anna.post(f"/v1/timeline-entries/{entry['id']}/actions/correct", correction)
    assert (corrected["personId"], corrected["replacesId"]) == (other["id"], entry["id"])
    assert len(await timeline(anna, one)) == 3


async def test_an_entry_of_a_merged_record_is_corrected_in_the_one_that_goes_on(
    anna: Person,
) -> None:
    one, other = await record(anna), await record(anna)
    path = f"/v1/persons/{other['id']}/timeline"
    entry = await anna.post(path, status("ASYLBLG", "2021-02-01"))
    await merge(anna, one, other)
    correction = {"code": "SGB_II", "fromOn": "2021-02-01", "reason": "WRONG_AT_ENTRY"}
    act = f"/v1/timeline-entries/{entry['id']}/actions/correct"
    assert (await anna.post(act, correction))["personId"] == one["id"]
    assert (await anna.post(act, correction, status=409))["code"] == "entry-already-corrected"
    await unmerge(anna, one, other)
    assert [(e["id"], e["isReplaced"]) for e in await timeline(anna, other)] == [
        (entry["id"], False)
    ]


async def test_a_change_of_the_body_of_law_reaches_the_cases_of_both_records(
    anna: Person,
) -> None:
    one, other = await record(anna), await record(anna)
    opening = {"origin": "OUTREACH", "personId": other["id"]}
    case = await anna.post("/v1/cases", opening)
    await merge(anna, one, other)
    change = {
        "fromCircle": "ASYLBLG",
        "toCircle": "SGB_II",
        "effectiveOn": today(),
        "reason": "RESIDENCE_STATUS",
    }
    await anna.post(f"/v1/persons/{one['id']}/legal-circle-changes", change)
    proposals = (await anna.get(f"/v1/cases/{case['id']}/referral-proposals"))["items"]
    assert proposals
    changes = f"/v1/persons/{one['id']}/legal-circle-changes"
    assert len((await anna.get(changes))["items"]) == 1


async def test_a_merged_record_names_the_one_that_goes_on_and_takes_no_change(
    anna: Person,
) -> None:
    one, other = await record(anna), await record(anna)
    case = await anna.post("/v1/cases", {"origin": "OUTREACH", "personId": one["id"]})
    survivor = await merge(anna, one, other)
    PersonView.model_validate(survivor)
    assert survivor["mergedRecordIds"] == [other["id"]]
    path = f"/v1/persons/{other['id']}"
    merged = await anna.get(path)
    assert merged["mergedIntoId"] == one["id"]
    names = {"familyName": "Anders", "givenNames": "Ada"}
    member = {"personId": other["id"], "role": "CHILD", "fromOn": "2022-01-10"}
    parent = {"kind": "PARENT", "representativeId": other["id"], "validFrom": "2015-01-01"}
    family = await anna.get(f"/v1/families/{case['familyId']}")
    change = status("SGB_II", "2022-06-01")
    for refused in (
        await anna.put(path, names, version=merged["version"], status=409),
        await keep(anna, other, "contact-points", {"contactPoints": []}, status=409),
        await keep(anna, other, "restriction", {"isRestricted": True}, status=409),
        await anna.post(f"{path}/timeline", change, status=409),
        await anna.post("/v1/cases", {"origin": "OUTREACH", "personId": other["id"]}, status=409),
        await anna.post("/v1/families", {"members": [member]}, status=409),
        await anna.post(
            f"/v1/families/{family['id']}/members", member, version=family["version"], status=409
        ),
        await keep(
            anna, one, "legal-representatives", {"legalRepresentatives": [parent]}, status=409
        ),
        await anna.post(f"/v1/cases/{case['id']}/consents", consent_for(other["id"]), status=409),
    ):
        assert (refused["code"], refused["survivorId"]) == ("person-is-merged", one["id"])
    assert await anna.get(path) == merged


async def test_the_families_of_both_records_are_named_and_a_person_joins_them(
    anna: Person,
) -> None:
    """A merge alone never changes what is counted: families are joined by a person."""
    one, other = await record(anna), await record(anna)
    families = []
    for person in (one, other):
        member = {"personId": person["id"], "role": "CLIENT", "fromOn": "2022-01-10"}
        families.append(await anna.post("/v1/families", {"members": [member]}))
    survivor = await merge(anna, one, other)
    assert survivor["familyIds"] == [family["id"] for family in families]
    theirs = await anna.get(f"/v1/families/{families[1]['id']}")
    FamilyView.model_validate(theirs)
    assert [(m["personId"], m["currentPersonId"]) for m in theirs["members"]] == [
        (other["id"], one["id"])
    ]
    body = {
        "otherFamilyId": families[1]["id"],
        "otherVersion": families[1]["version"],
        "effectiveOn": "2022-02-01",
    }
    act = f"/v1/families/{families[0]['id']}/actions/join"
    joined = await anna.post(act, body, version=families[0]["version"], status=200)
    assert [m["personId"] for m in joined["members"]] == [one["id"]]
    assert (await anna.get(f"/v1/persons/{one['id']}"))["familyIds"] == [families[0]["id"]]
    case = await anna.post("/v1/cases", {"origin": "OUTREACH", "personId": one["id"]})
    assert case["familyId"] == families[0]["id"]


async def test_a_consent_of_either_record_opens_the_case(anna: Person) -> None:
    one, other = await record(anna), await record(anna)
    opening = {"origin": "OUTREACH", "personId": other["id"], "isAreaResolved": True}
    case = await anna.post("/v1/cases", opening)
    await merge(anna, one, other)
    consent = await anna.post(f"/v1/cases/{case['id']}/consents", consent_for(one["id"]))

    async def is_blocked_by_consent() -> bool:
        read = await anna.get(f"/v1/cases/{case['id']}")
        steps = {step["action"]: step for step in read["availableTransitions"]}
        return "'legal-basis'" in str(steps["open"])

    await anna.act(case["id"], "assign")
    assert await is_blocked_by_consent()
    await anna.give(consent)
    assert not await is_blocked_by_consent()
    await unmerge(anna, one, other)
    assert await is_blocked_by_consent()


@pytest.mark.parametrize("birth", ["1990-05-17", None])
async def test_duplicates_of_the_person_are_never_the_merged_record(
    anna: Person, birth: str | None
) -> None:
    family = invented("Lysenko")
    one, other, third = [await record(anna, familyName=family, birthDate=birth) for _ in range(3)]
    path = f"/v1/persons/{one['id']}/duplicate-candidates"
    both = {hit["id"] for hit in (await anna.get(path))["items"]}
    assert both == {other["id"], third["id"]}
    await merge(anna, one, other)
    assert [hit["id"] for hit in (await anna.get(path))["items"]] == [third["id"]]
    assert set(await find(anna, family)) == {one["id"], third["id"]}
    assert (await merge(anna, third, other, status=409))["code"] == "merge-impossible"
    await unmerge(anna, one, other)
    assert {hit["id"] for hit in (await anna.get(path))["items"]} == both
    unknown = {"id": str(uuid4())}
    assert (await unmerge(anna, one, unknown, status=409))["code"] == "person-unknown"


async def test_hazard_11_the_blind_check_knows_a_merged_person_by_either_name(
    signed_in: SignedIn,
) -> None:
    """The case hangs on one record, the name that is asked for on the other."""
    caritas = signed_in("rheine-caritas-case-manager")
    lernen = signed_in("rheine-lernen-foerdern-case-manager")
    maiden, married = (invented("Schmitz") for _ in range(2))
    born = {"givenNames": "Olena", "birthDate": "1990-05-17"}
    one = await record(caritas, familyName=married, **born)
    other = await record(caritas, familyName=maiden, **born)
    await caritas.post("/v1/cases", {"origin": "OUTREACH", "personId": one["id"]})
    checks = []
    for name in (married, maiden):
        members = [client_named(name, "Olena", birthDate="1990-05-17")]
        case = await lernen.post("/v1/cases", {"origin": "OUTREACH", "members": members})
        checks.append(f"/v1/cases/{case['id']}/double-care-checks")

    async def units() -> list[list[str]]:
        return [(await lernen.post(path))["contactUnits"] for path in checks]

    assert await units() == [["rheine-caritas"], []]
    await merge(caritas, one, other)
    assert await units() == [["rheine-caritas"], ["rheine-caritas"]]
    await unmerge(caritas, one, other)
    assert await units() == [["rheine-caritas"], []]


async def test_statistics_count_families_whatever_is_merged(
    signed_in: SignedIn, database: Callable[[str], ServiceDatabase]
) -> None:
    """Joining the families of a merged person is what changes the figure, and a person does it."""
    lena = signed_in("rheine-caritas-case-manager")
    key, day = uuid4().hex, "2025-12-31"
    rows = [
        row(f"{key}-{n}", openedOn="2025-02-01", members=[client_named(invented("Doppel"))])
        for n in range(8)
    ]
    report = (await send(lena, rows)).json()["report"]
    cases = [await lena.get(f"/v1/cases/{line['caseId']}") for line in report]

    before = await families_on(database, day)
    one, other = ({"id": case["personId"]} for case in cases[:2])
    await merge(lena, one, other)
    assert await families_on(database, day) == before
    await unmerge(lena, one, other)
    assert await families_on(database, day) == before
