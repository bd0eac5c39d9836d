"""Persons and families over the interface."""

import unicodedata
from typing import Any

import pytest

from tests.services.cases.conftest import Person, client_named

YILDIZ = {"familyName": "Şahin", "givenNames": "Yıldız"}


async def test_f25_names_are_kept_as_they_are_written(anna: Person) -> None:
    person = await anna.post("/v1/persons", YILDIZ)
    assert (person["familyName"], person["givenNames"]) == ("Şahin", "Yıldız")
    arabic = {"familyName": "Muhammad", "givenNames": "Ali", "originalName": "محمد"}
    assert (await anna.post("/v1/persons", arabic))["originalName"] == "محمد"


async def test_f25_composed_and_decomposed_spelling_become_the_same_name(anna: Person) -> None:
    decomposed = {key: unicodedata.normalize("NFD", value) for key, value in YILDIZ.items()}
    assert decomposed != YILDIZ
    person = await anna.post("/v1/persons", decomposed)
    assert {key: person[key] for key in YILDIZ} == YILDIZ


async def test_f25_the_windows_1252_form_reports_what_it_replaced(anna: Person) -> None:
    person = await anna.post("/v1/persons", YILDIZ)
    legacy = await anna.get(f"/v1/persons/{person['id']}/legacy-name")
    assert legacy["familyName"] == {
        "text": "Sahin",
        "isExact": False,
        "replacements": [{"position": 0, "original": "Ş", "written": "S"}],
    }
    assert legacy["givenNames"]["text"] == "Yildiz"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"familyName": "R2D2"}, "name-unacceptable"),
        ({"givenNames": "Иван"}, "name-unacceptable"),
        ({"originalName": "محمد\u202e"}, "original-name-unacceptable"),
        ({"birthDate": "1990-02-30"}, "birth-date-unacceptable"),
        ({"birthDate": "2999"}, "birth-date-unacceptable"),
        ({"nationalities": ["163", "163"]}, "nationality-unacceptable"),
        ({"residenceGroup": "NO_TITLE"}, "code-unknown"),
        ({"familyName": "A\u0007B"}, "fields-refused"),
        ({"nationalities": [0]}, "fields-refused"),
        ({"birthDate": "17.05.1990"}, "fields-refused"),
        ({"azrNumber": "1234"}, "fields-refused"),
    ],
)
async def test_what_a_person_cannot_be_is_refused(
    anna: Person, change: dict[str, Any], code: str
) -> None:
    problem = await anna.post("/v1/persons", YILDIZ | change, status=422)
    assert problem["code"] == code


async def test_what_is_not_known_stays_unknown(anna: Person) -> None:
    person = await anna.post(
        "/v1/persons", YILDIZ | {"birthDate": "1990", "nationalities": ["000"]}
    )
    assert (person["birthDate"], person["birthDatePrecision"]) == ("1990", "YEAR")
    assert person["nationalities"] == ["000"]
    assert (person["gender"], person["residenceGroup"]) == ("NOT_RECORDED", "OTHER_UNKNOWN")
    unknown = await anna.post("/v1/persons", YILDIZ)
    assert (unknown["birthDate"], unknown["birthDatePrecision"]) == (None, "UNKNOWN")


async def test_a_change_needs_the_seen_version_and_names_the_changed_fields(
    anna: Person, signed_in: Any
) -> None:
    person = await anna.post("/v1/persons", YILDIZ)
    path = f"/v1/persons/{person['id']}"
    assert (await anna.put(path, YILDIZ, status=428))["code"] == "version-missing"
    await anna.put(path, YILDIZ, version=7, status=412)
    disputed = YILDIZ | {"nationalities": ["163"], "disputedFields": ["nationalities"]}
    changed = await anna.put(path, disputed, version=1)
    assert (changed["version"], changed["disputedFields"]) == (2, ["nationalities"])
    log = await signed_in("waf-dpo").get("/v1/audit-entries", action="change-person", first="3")
    entry = next(one for one in log["items"] if one["recordIds"] == [person["id"]])
    assert entry["changes"] == {"fields": ["disputedFields", "nationalities"]}


async def test_a_family_has_members_with_role_and_period(anna: Person) -> None:
    mother = await anna.post("/v1/persons", {"familyName": "Haddad", "givenNames": "Rima"})
    child = await anna.post("/v1/persons", {"familyName": "Haddad", "givenNames": "Noor"})
    body = {
        "members": [{"personId": mother["id"], "role": "CLIENT", "fromOn": "2022-01-10"}],
        "arrivalCohort": None,
    }
    family = await anna.post("/v1/families", body)
    path = f"/v1/families/{family['id']}"
    joined = await anna.post(
        f"{path}/members",
        {"personId": child["id"], "role": "CHILD", "fromOn": "2022-02-01"},
        version=family["version"],
    )
    member = joined["members"][1]
    assert (member["personId"], member["role"], member["toOn"]) == (child["id"], "CHILD", None)
    end = f"{path}/members/{member['id']}/actions/end"
    early = await anna.post(end, {"toOn": "2022-01-31"}, version=joined["version"], status=422)
    assert early["code"] == "ends-before-it-begins"
    left = await anna.post(end, {"toOn": "2022-08-31"}, version=joined["version"], status=200)
    assert left["members"][1]["toOn"] == "2022-08-31"
    again = await anna.post(end, {"toOn": "2022-09-30"}, version=left["version"], status=409)
    assert again["code"] == "membership-ended"


async def test_the_arrival_cohort_is_told_and_never_derived(anna: Person) -> None:
    """R-S4-5, H15: a nationality says nothing about it."""
    opened = await anna.post(
        "/v1/cases",
        {
            "origin": "SELF_CONTACT",
            "members": [client_named("Melnyk", nationalities=["166"])],
        },
    )
    path = f"/v1/families/{opened['familyId']}"
    family = await anna.get(path)
    assert family["arrivalCohort"] is None
    told = await anna.put(
        f"{path}/arrival-cohort",
        {"arrivalCohort": "UKRAINE_TEMP_PROTECTION"},
        version=family["version"],
    )
    assert told["arrivalCohort"] == "UKRAINE_TEMP_PROTECTION"
    problem = await anna.put(
        f"{path}/arrival-cohort", {"arrivalCohort": "UKRAINE"}, version=told["version"], status=422
    )
    assert problem["code"] == "code-unknown"


async def test_somebody_alone_is_a_family_of_one_and_stays_the_same_family(anna: Person) -> None:
    """Families are what counselling counts (R-S4-5)."""
    person = await anna.post("/v1/persons", YILDIZ)
    opening = {"origin": "OUTREACH", "personId": person["id"]}
    first = await anna.post("/v1/cases", opening)
    family = await anna.get(f"/v1/families/{first['familyId']}")
    assert [(m["personId"], m["role"]) for m in family["members"]] == [(person["id"], "CLIENT")]
    assert (await anna.post("/v1/cases", opening))["familyId"] == first["familyId"]
    nobody = await anna.post("/v1/cases", {"origin": "OUTREACH"}, status=422)
    assert nobody["code"] == "nobody-named"


async def test_f24_a_municipality_key_stays_a_text_with_its_leading_zero(
    anna: Person, case: dict[str, Any]
) -> None:
    assert case["municipalityAgs"] == "05570044"
    opening = {"origin": "OUTREACH", "pseudonym": "P", "municipalityAgs": 5570044}
    assert (await anna.post("/v1/cases", opening, status=422))["code"] == "fields-refused"
