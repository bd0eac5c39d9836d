"""A change is logged with values before and after, as far as they name nobody."""

from typing import Any

from tests.services.cases.conftest import Person, SignedIn, today


async def changes_of(officer: Person, action: str, record_id: str) -> Any:
    log = await officer.get("/v1/audit-entries", recordId=record_id, action=action)
    return log["items"][0]["changes"]


async def test_codes_are_told_before_and_after_and_names_only_as_changed(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    path = f"/v1/persons/{case['personId']}"
    person = await anna.get(path)
    told = {
        name: person[name]
        for name in ("familyName", "givenNames", "birthDate", "nationalities", "languages")
    }
    changed = told | {"familyName": "Neuername", "gender": "FEMALE"}
    await anna.put(path, changed, version=person["version"])
    changes = await changes_of(signed_in("waf-dpo"), "change-person", case["personId"])
    assert changes["values"]["gender"] == [person["gender"], "FEMALE"]
    assert "familyName" in changes["fields"]
    assert "Neuername" not in str(changes)


async def test_a_step_says_what_else_it_changed(
    anna: Person, signed_in: SignedIn, case_in_monitoring: dict[str, Any]
) -> None:
    case_id = case_in_monitoring["id"]
    await anna.act(case_id, "place-legal-hold")
    changes = await changes_of(signed_in("waf-dpo"), "place-legal-hold", case_id)
    assert changes["values"] == {"isUnderLegalHold": [False, True]}
    assert today() not in str(changes)
