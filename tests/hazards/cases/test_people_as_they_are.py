"""The hazards of a data model that knows people by the habits of forms."""

from typing import Any

from tests.services.cases.conftest import Person, SignedIn, client_named

AUTHORITIES = ("waf-b3-officer", "waf-abh-system", "rheine-b3-officer")
OTHERS = ("waf-coordinator", "waf-jobcenter-system", "waf-jugendamt-system", "waf-admin")


async def test_hazard_15_a_person_is_kept_as_it_is_known_and_not_as_a_form_wants_it(
    anna: Person,
) -> None:
    """Year of birth, names in their own letters, several nationalities or none, keys with their
    zeros, no residence status by force: written, read, searched.
    """
    names = {"familyName": "Şahin-Öztürk", "givenNames": "Yıldız", "originalName": "محمد"}
    as_known: dict[str, Any] = {"birthDate": "1990", "nationalities": ["000", "997", "475"]}
    person = await anna.post("/v1/persons", names | as_known)
    read = await anna.get(f"/v1/persons/{person['id']}")
    assert {one: read[one] for one in names} == names
    assert read["birthDate"] == "1990", "a year is no first of January"
    assert read["nationalities"] == ["000", "997", "475"]
    assert read["residenceGroup"] == "OTHER_UNKNOWN"
    bare = await anna.post("/v1/persons", {"familyName": "Ohne", "givenNames": "Angaben"})
    assert (bare["birthDate"], bare["nationalities"]) == (None, [])

    for numbers in ({"municipalityAgs": 5570044}, {"municipalityAgs": "5570044"}):
        opening = {"origin": "OUTREACH", "pseudonym": "P"} | numbers
        assert (await anna.post("/v1/cases", opening, status=422))["code"] == "fields-refused"
    kept = await anna.post(
        "/v1/cases", {"origin": "OUTREACH", "pseudonym": "P", "municipalityAgs": "05570044"}
    )
    assert kept["municipalityAgs"] == "05570044"
    found = await anna.post("/v1/persons/search", {"name": "Sahin Yildiz"}, status=200)
    assert person["id"] in {one["id"] for one in found["items"]}


async def test_hazard_15_codes_are_dated_and_old_rows_keep_theirs(anna: Person) -> None:
    """Law changes: what is history stays readable by its code and says when it ended."""
    person = await anna.post(
        "/v1/persons", {"familyName": "Alt", "givenNames": "Staat", "nationalities": ["159"]}
    )
    [detail] = person["nationalityDetails"]
    assert (detail["key"], detail["validTo"]) == ("159", "1991-12-25")
    names = (await anna.get("/v1/code-lists"))["items"]
    assert "residence-groups" in names
    for name in names:
        codes = (await anna.get(f"/v1/code-lists/{name}"))["codes"]
        assert all({"validFrom", "validTo"} <= code.keys() for code in codes), name


async def test_hazard_01_one_file_for_all_of_kim_is_a_file_of_one_controller(
    anna: Person, signed_in: SignedIn
) -> None:
    """A case, its client and its note are there for the unit that keeps them: to authorities for
    foreigners nothing exists here, to everybody else of the county not this.
    """
    member = client_named("Hazardenko", birthDate="1990-05-17")
    case = await anna.post("/v1/cases", {"origin": "SELF_CONTACT", "members": [member]})
    note = await anna.post(
        f"/v1/cases/{case['id']}/notes",
        {"kind": "FILE", "text": "Sucht Wohnung.", "heldOn": "2022-03-01"},
    )
    paths = (
        f"/v1/cases/{case['id']}",
        f"/v1/persons/{case['personId']}",
        f"/v1/notes/{note['id']}",
        f"/v1/cases/{case['id']}/timeline",
        f"/v1/cases/{case['id']}/file.zip",
    )
    for persona in AUTHORITIES:
        stranger = signed_in(persona)
        for path in (*paths, "/v1/cases", "/v1/persons", "/v1/notes", "/v1/reports/case-outcomes"):
            problem = await stranger.get(path, status=404)
            assert problem["code"] == "not-found"
        await stranger.post("/v1/persons/search", {"name": "Hazardenko"}, status=404)
    for persona in OTHERS:
        other = signed_in(persona)
        for path in paths:
            answer = await other.client.get(
                path, headers={"Authorization": f"Bearer {other.token}"}
            )
            assert answer.status_code in {403, 404}, (persona, path)
            assert "Hazardenko" not in answer.text
            assert "Wohnung" not in answer.text
