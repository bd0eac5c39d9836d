"""A person with everything around them, found without a name in any URL."""

from typing import Any
from uuid import uuid4

import pytest

from services.cases.api.schemas import person_parts
from services.cases.api.schemas.people import PersonView
from tests.names import invented
from tests.services.cases.conftest import Person, SignedIn, client_named


async def record(anna: Person, **more: Any) -> dict[str, Any]:
    body = {"familyName": invented("Haddad"), "givenNames": "Rima"} | more
    person: dict[str, Any] = await anna.post("/v1/persons", body)
    return person


async def keep(anna: Person, person: dict[str, Any], part: str, body: Any, **how: Any) -> Any:
    version = (await anna.get(f"/v1/persons/{person['id']}"))["version"]
    return await anna.put(f"/v1/persons/{person['id']}/{part}", body, version=version, **how)


async def find(who: Person, name: str, **more: Any) -> list[str]:
    body = {"name": name, **more}
    page = await who.post("/v1/persons/search", body, status=200)
    person_parts.PersonHitPage.model_validate(page)
    return [hit["id"] for hit in page["items"]]


PHONE = {"kind": "MOBILE", "value": "0170 000000", "isPreferred": True, "note": "vormittags"}
HOME = {
    "street": "Emsstraße",
    "houseNumber": "12a",
    "postcode": "48291",
    "town": "Telgte",
    "ags": "05570044",
    "district": "Westbevern",
    "validFrom": "2022-03-15",
}


async def test_a_person_has_contacts_addresses_languages_and_representatives(
    anna: Person,
) -> None:
    mother = await record(anna)
    child = await record(anna)
    await keep(anna, child, "contact-points", {"contactPoints": [PHONE]})
    moved = {**HOME, "validFrom": "2021-01-01", "validTo": "2022-03-14", "district": None}
    await keep(anna, child, "addresses", {"addresses": [moved, HOME]})
    skills = [{"language": "kmr", "level": "C2"}, {"language": "deu", "level": "NONE"}]
    languages = {"languages": skills, "literacy": "NOT_LITERATE", "interpreting": "VIDEO"}
    await keep(anna, child, "languages", languages)
    representatives = [
        {"kind": "PARENT", "representativeId": mother["id"], "validFrom": "2015-01-01"},
        {"kind": "OFFICIAL_GUARDIAN", "name": "Amt", "validFrom": "2015-01-01"},
    ]
    whole = await keep(
        anna, child, "legal-representatives", {"legalRepresentatives": representatives}
    )
    PersonView.model_validate(whole)
    assert whole["contactPoints"] == [PHONE | {"id": whole["contactPoints"][0]["id"]}]
    assert [one["ags"] for one in whole["addresses"]] == ["05570044", "05570044"]
    assert [one["validTo"] for one in whole["addresses"]] == ["2022-03-14", None]
    assert (whole["languageSkills"], whole["languages"]) == (skills, ["kmr", "deu"])
    assert (whole["literacy"], whole["interpreting"]) == ("NOT_LITERATE", "VIDEO")
    assert [one["name"] for one in whole["legalRepresentatives"]] == [None, "Amt"]
    assert (whole["version"], whole["maskedFields"]) == (5, [])


@pytest.mark.parametrize(
    ("part", "body", "code"),
    [
        ("contact-points", {"contactPoints": [PHONE, PHONE]}, "several-preferred-contacts"),
        ("addresses", {"addresses": [HOME | {"validTo": "2022-03-14"}]}, "period-reversed"),
        ("addresses", {"addresses": [HOME | {"ags": 5570044}]}, "fields-refused"),
        ("languages", {"languages": [{"language": "deu", "level": "A1"}] * 2}, "language-twice"),
        ("disputes", {"disputes": [{"field": "gender", "note": "x"}] * 2}, "dispute-twice"),
    ],
)
async def test_what_a_part_cannot_be_is_refused_and_changes_nothing(
    anna: Person, part: str, body: dict[str, Any], code: str
) -> None:
    person = await record(anna)
    problem = await keep(anna, person, part, body, status=422)
    assert problem["code"] == code
    assert await anna.get(f"/v1/persons/{person['id']}") == person


async def test_nobody_represents_themselves_and_the_representative_is_known(anna: Person) -> None:
    person = await record(anna)
    one = {"kind": "GUARDIAN", "validFrom": "2020-01-01"}
    for who, status, code in (
        (person["id"], 422, "represents-themselves"),
        (str(uuid4()), 409, "person-unknown"),
    ):
        body = {"legalRepresentatives": [one | {"representativeId": who}]}
        problem = await keep(anna, person, "legal-representatives", body, status=status)
        assert problem["code"] == code


async def test_f29_a_disputed_field_carries_its_note_into_every_output(anna: Person) -> None:
    person = await record(anna, nationalities=["163"])
    note = {"field": "nationalities", "note": "Nach eigener Angabe staatenlos."}
    disputed = await keep(anna, person, "disputes", {"disputes": [note]})
    path = f"/v1/persons/{person['id']}"
    changed = {key: person[key] for key in ("familyName", "givenNames", "nationalities")}
    kept = await anna.put(path, changed, version=disputed["version"])
    hits = await anna.post("/v1/persons/search", {"name": person["familyName"]}, status=200)
    batch = await anna.get("/v1/persons", ids=person["id"])
    outputs = [kept, hits["items"][0], batch["items"][0], await anna.get(f"{path}/legacy-name")]
    for output in outputs:
        assert output["disputedFields"] == ["nationalities"]
        assert [(one["field"], one["note"]) for one in output["disputes"]] == [
            ("nationalities", "Nach eigener Angabe staatenlos.")
        ]


async def test_f25_a_person_is_found_in_any_script_and_spelling(anna: Person) -> None:
    family = invented("Şahin")
    person = await record(anna, familyName=family, givenNames="Yıldız", originalName="محمد")
    for asked in (family, family.upper(), family.replace("Ş", "S"), f"Yildiz {family}"):
        assert person["id"] in await find(anna, asked)
    slip = family[:-1] + ("b" if family[-1] != "b" else "c")
    assert person["id"] in await find(anna, slip)
    assert person["id"] in await find(anna, "محمد", first=50)


async def test_names_that_sound_alike_and_cyrillic_names_are_found(anna: Person) -> None:
    meier = await record(anna, familyName="Meierhoff", givenNames="Tetjana")
    assert meier["id"] in await find(anna, "Maierhof Tetyana", first=50)
    kowalenko = await record(anna, familyName="Kowaljukenko", givenNames="Olena")
    assert kowalenko["id"] in await find(anna, "Ковалюкенко")


async def test_a_birth_date_excludes_only_what_it_contradicts(anna: Person) -> None:
    family = invented("Ozturk")
    born = {
        text: (await record(anna, familyName=family, birthDate=text))["id"]
        for text in ("1990-05-17", "1990", "1990-01-01", "1991-05-17", None)
    }
    found = set(await find(anna, family, birthDate="1990-05-17"))
    assert found == set(born.values()) - {born["1991-05-17"]}


async def test_no_url_takes_a_name_or_a_birth_date(anna: Person) -> None:
    for query in ({"name": "Haddad"}, {"nameKey[gte]": "h"}, {"birthDate": "1990"}):
        assert (await anna.get("/v1/persons", status=400, **query))["code"] == "filter-unknown"
    assert (await anna.get("/v1/persons", status=400, sort="name"))["code"] == "filter-unknown"


async def test_search_stays_in_the_unit_and_leaves_an_entry_without_names(
    anna: Person, signed_in: SignedIn
) -> None:
    person = await record(anna)
    assert await find(anna, person["familyName"]) == [person["id"]]
    assert await find(signed_in("rheine-caritas-case-manager"), person["familyName"]) == []
    log = await signed_in("waf-dpo").get("/v1/audit-entries", first="20")
    entry = next(one for one in log["items"] if one["recordIds"] == [person["id"]])
    assert (entry["action"], entry["recordKind"]) == ("read", "person")
    assert person["familyName"] not in str(log)


async def test_a_restricted_person_shows_to_the_case_manager_in_charge_only(
    anna: Person, bernd: Person
) -> None:
    opening = {
        "origin": "OUTREACH",
        "contact": "0170 000000",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [client_named(invented("Melnyk"))],
    }
    case = await anna.post("/v1/cases", opening)
    await anna.act(case["id"], "assign")
    person = await anna.get(f"/v1/persons/{case['personId']}")
    await keep(anna, person, "contact-points", {"contactPoints": [PHONE]})
    await keep(anna, person, "addresses", {"addresses": [HOME]})
    mine = await keep(bernd, person, "restriction", {"isRestricted": True})
    assert mine["maskedFields"] == ["addresses", "contactPoints", "legalRepresentatives"]
    assert (mine["contactPoints"], mine["addresses"]) == ([], [])
    file = await bernd.get(f"/v1/cases/{case['id']}")
    assert (file["contact"], file["municipalityAgs"]) == (None, None)
    assert file["maskedFields"] == ["contact", "municipalityAgs"]
    file = await anna.get(f"/v1/cases/{case['id']}")
    assert (file["contact"], file["maskedFields"]) == ("0170 000000", [])
    assert await find(bernd, person["familyName"]) == []
    assert person["id"] not in str(await bernd.get("/v1/persons", first="100"))
    masked = (await bernd.get("/v1/persons", ids=person["id"]))["items"]
    assert masked == [mine]
    for part, body in (
        ("contact-points", {"contactPoints": []}),
        ("addresses", {"addresses": []}),
        ("restriction", {"isRestricted": False}),
    ):
        problem = await keep(bernd, person, part, body, status=403)
        assert problem["code"] == "person-is-restricted"
    assert await find(anna, person["familyName"]) == [person["id"]]
    whole = await anna.get(f"/v1/persons/{person['id']}")
    assert (whole["maskedFields"], len(whole["addresses"])) == ([], 1)
    assert (await keep(anna, person, "restriction", {"isRestricted": False}))["isRestricted"] is (
        False
    )
    assert await find(bernd, person["familyName"]) == [person["id"]]


async def test_duplicates_are_named_with_reasons_and_never_merged_by_themselves(
    anna: Person,
) -> None:
    family = invented("Bondar")
    one = await record(anna, familyName=family, birthDate="1990-05-17")
    same = await record(anna, familyName=family, birthDate="1990-05-17")
    await record(anna, familyName=family, birthDate="1961-02-03")
    path = f"/v1/persons/{one['id']}/duplicate-candidates"
    found = await anna.get(path)
    person_parts.DuplicateCandidates.model_validate(found)
    assert [(hit["id"], hit["score"]) for hit in found["items"]] == [(same["id"], 100)]
    reasons = found["items"][0]["reasons"]
    assert {"SAME_NAME", "SAME_BIRTH_DATE", "SOUNDS_ALIKE"} <= set(reasons)
    assert (await anna.get(f"/v1/persons/{same['id']}"))["mergedIntoId"] is None


async def test_a_merge_hides_one_record_and_unmerging_restores_it_exactly(
    anna: Person, signed_in: SignedIn
) -> None:
    family = invented("Shevch")
    one = await record(anna, familyName=family)
    other = await record(anna, familyName=family, birthDate="1990")
    await keep(anna, other, "addresses", {"addresses": [HOME]})
    before = await anna.get(f"/v1/persons/{other['id']}")
    body = {"mergedPersonId": other["id"]}
    merge, unmerge = (f"/v1/persons/{one['id']}/actions/{act}" for act in ("merge", "unmerge"))
    survivor = await anna.post(merge, body, version=1, status=200)
    assert (await anna.get(f"/v1/persons/{other['id']}"))["mergedIntoId"] == one["id"]
    assert await find(anna, family) == [one["id"]]
    refused = await keep(anna, other, "addresses", {"addresses": []}, status=409)
    assert refused["code"] == "person-is-merged"
    again = await anna.post(merge, body, version=survivor["version"], status=409)
    assert again["code"] == "merge-impossible"
    parted = await anna.post(unmerge, body, version=survivor["version"], status=200)
    after = await anna.get(f"/v1/persons/{other['id']}")
    moved = {"version", "updatedAt"}
    assert {k: v for k, v in after.items() if k not in moved} == {
        k: v for k, v in before.items() if k not in moved
    }
    assert (await anna.post(unmerge, body, version=parted["version"], status=409))["code"] == (
        "not-merged"
    )
    history = await anna.get(f"/v1/persons/{one['id']}/merges")
    person_parts.MergePage.model_validate(history)
    assert [entry["unmergedAt"] is None for entry in history["items"]] == [False]
    log = await signed_in("waf-dpo").get("/v1/audit-entries", action="merge-persons", first="50")
    entry = next(entry for entry in log["items"] if entry["recordIds"][0] == one["id"])
    assert (entry["recordIds"][1], family in str(entry)) == (other["id"], False)
