"""Auskunftssperre: where a restricted person lives shows at no outlet to who is not released."""

from typing import Any
from uuid import uuid4

import pytest

from services.cases.api.schemas.person_parts import ReleasePage
from tests.services.cases.api.test_findings import FINDINGS, finding_of
from tests.services.cases.api.test_import_and_statistics import row, send
from tests.services.cases.api.test_persons_in_full import HOME, find, invented, keep, record
from tests.services.cases.conftest import Person, SignedIn, client_named

AGS = "05570044"


async def opened(who: Person, **more: Any) -> dict[str, Any]:
    opening = {
        "origin": "OUTREACH",
        "contact": "0170 000000",
        "municipalityAgs": AGS,
        "isAreaResolved": True,
    }
    case: dict[str, Any] = await who.post("/v1/cases", opening | more)
    return case


@pytest.fixture
async def restricted(anna: Person) -> dict[str, Any]:
    """A case held by Anna, who restricts the client."""
    case = await opened(anna, members=[client_named(invented("Sperr"))])
    case = await anna.act(case["id"], "assign")
    person = await anna.get(f"/v1/persons/{case['personId']}")
    await keep(anna, person, "addresses", {"addresses": [HOME]})
    await keep(anna, person, "restriction", {"isRestricted": True})
    return case


def releases(case: dict[str, Any]) -> str:
    return f"/v1/persons/{case['personId']}/restriction-releases"


async def sees(who: Person, case: dict[str, Any]) -> bool:
    person = await who.get(f"/v1/persons/{case['personId']}")
    assert bool(person["addresses"]) == (person["maskedFields"] == [])
    return bool(person["addresses"])


async def test_opening_or_taking_over_a_case_shows_nothing(
    anna: Person, bernd: Person, restricted: dict[str, Any]
) -> None:
    own = await opened(bernd, personId=restricted["personId"])
    await bernd.act(own["id"], "assign")
    assert (await sees(anna, restricted), await sees(bernd, restricted)) == (True, False)
    person = {"id": restricted["personId"]}
    # Setting the restriction again puts nobody in charge.
    await keep(bernd, person, "restriction", {"isRestricted": True})
    assert await sees(bernd, restricted) is False
    refused = await keep(bernd, person, "restriction", {"isRestricted": False}, status=403)
    assert refused["code"] == "person-is-restricted"


async def test_a_release_needs_another_person_a_reason_and_a_case(
    anna: Person, bernd: Person, restricted: dict[str, Any], signed_in: SignedIn
) -> None:
    own = await opened(bernd, personId=restricted["personId"])
    own = await bernd.act(own["id"], "assign")
    body = {"actor": own["caseManager"], "reason": "Vertretung im Urlaub."}
    path = releases(restricted)
    assert (await bernd.post(path, body, status=403))["code"] == "release-not-yours"
    lead = signed_in("waf-team-lead")
    assert (await lead.post(path, body | {"reason": None}, status=422))["code"] == "fields-refused"
    released = await lead.post(path, body)
    assert (released["basis"], released["endedAt"]) == ("RELEASED", None)
    assert await sees(bernd, restricted) is True
    listed = await lead.get(path)
    ReleasePage.model_validate(listed)
    assert {one["basis"] for one in listed["items"]} == {"RELEASED", "IN_CHARGE"}
    await lead.post(f"{path}/actions/end", {"actor": own["caseManager"]}, status=200)
    assert await sees(bernd, restricted) is False
    # Anna set the restriction: she may release others, herself never.
    assert (await anna.post(path, body))["basis"] == "RELEASED"
    assert await sees(bernd, restricted) is True
    mine = body | {"actor": restricted["caseManager"]}
    assert (await anna.post(path, mine, status=403))["code"] == "release-not-yours"
    log = await signed_in("waf-dpo").get(
        "/v1/audit-entries", action="release-restricted-person", first="1"
    )
    assert log["items"][0]["recordIds"] == [restricted["personId"]]
    assert "Urlaub" not in str(log)


async def test_strangers_learn_of_no_restriction(
    restricted: dict[str, Any], anna: Person, signed_in: SignedIn
) -> None:
    body = {"actor": "urn:test|somebody", "reason": "x"}
    await signed_in("rheine-caritas-case-manager").post(releases(restricted), body, status=404)
    await signed_in("waf-coordinator").post(releases(restricted), body, status=403)
    await anna.post(f"/v1/persons/{uuid4()}/restriction-releases", body, status=404)
    free = await record(anna)
    path = f"/v1/persons/{free['id']}/restriction-releases"
    assert (await anna.post(path, body, status=409))["code"] == "person-not-restricted"


async def test_no_list_names_the_place(
    anna: Person, bernd: Person, restricted: dict[str, Any]
) -> None:
    queries = {"id[in]": restricted["id"]}
    for who, place in ((anna, AGS), (bernd, None)):
        assert (await who.get(f"/v1/cases/{restricted['id']}"))["municipalityAgs"] == place
        assert (await who.get("/v1/cases", **queries))["items"][0]["municipalityAgs"] == place
        team = (await who.get("/v1/work-lists/team", first="100", sort="-openedOn"))["items"]
        assert {c["municipalityAgs"] for c in team if c["id"] == restricted["id"]} <= {place}
        assert (await find(who, "Sperr", first=50) != []) or who is bernd
    seen = await bernd.get(f"/v1/cases/{restricted['id']}")
    told = {
        key: seen[key]
        for key in ("pseudonym", "contact", "language", "personId", "familyId", "isAreaResolved")
    } | {"municipalityAgs": "05570008", "isStaffRelated": False, "isChildProtection": False}
    await bernd.put(f"/v1/cases/{seen['id']}/particulars", told, version=seen["version"])
    assert (await anna.get(f"/v1/cases/{restricted['id']}"))["municipalityAgs"] == AGS


async def test_the_household_of_a_restricted_child_is_masked_too(
    anna: Person, bernd: Person
) -> None:
    child = {"familyName": invented("Sperr"), "givenNames": "Noor"}
    members = [client_named(invented("Sperr")), {"role": "CHILD", "person": child}]
    case = await opened(anna, members=members)
    await anna.act(case["id"], "assign")
    family = await anna.get(f"/v1/families/{case['familyId']}")
    await keep(
        anna, {"id": family["members"][1]["personId"]}, "restriction", {"isRestricted": True}
    )
    assert (await bernd.get(f"/v1/cases/{case['id']}"))["municipalityAgs"] is None
    assert (await anna.get(f"/v1/cases/{case['id']}"))["municipalityAgs"] == AGS


async def test_statistics_count_the_family_without_its_place(signed_in: SignedIn) -> None:
    lena, figures = signed_in("rheine-caritas-case-manager"), signed_in("rheine-coordinator")
    key, day, place = uuid4().hex, "2018-12-31", "05566008"
    rows = [
        row(f"{key}-{n}", openedOn="2018-02-01", municipalityAgs=place, members=[client_named("R")])
        for n in range(11)
    ]
    report = (await send(lena, rows)).json()
    for line in report["report"][:5]:
        case = await lena.get(f"/v1/cases/{line['caseId']}")
        await keep(lena, {"id": case["personId"]}, "restriction", {"isRestricted": True})
    told = await figures.get("/v1/reports/case-statistics", asOf=day)
    by_place = {line["municipalityAgs"]: line["families"] for line in told["byMunicipality"]}
    assert by_place == {place: 6, None: 5}
    assert told["families"]["total"] == 11


async def test_hazard_11_the_blind_check_tells_nothing_of_a_restricted_person(
    signed_in: SignedIn,
) -> None:
    caritas = signed_in("rheine-caritas-case-manager")
    lernen = signed_in("rheine-lernen-foerdern-case-manager")
    client = client_named(invented("Sperr"), birthDate="1990-05-17")
    theirs = await caritas.post("/v1/cases", {"origin": "OUTREACH", "members": [client]})
    twice = {"origin": "OUTREACH", "personId": theirs["personId"]}
    ours = await lernen.post("/v1/cases", {"origin": "OUTREACH", "members": [client]})
    path = f"/v1/cases/{ours['id']}/double-care-checks"
    one_case = await lernen.post(path)
    await caritas.post("/v1/cases", twice)
    two_cases = await lernen.post(path)
    own = {"id", "recordedAt"}
    # How many cases there are does not show.
    assert {k: v for k, v in one_case.items() if k not in own} == {
        k: v for k, v in two_cases.items() if k not in own
    }
    assert one_case["contactUnits"] == ["rheine-caritas"]
    await keep(caritas, {"id": theirs["personId"]}, "restriction", {"isRestricted": True})
    hidden = await lernen.post(path)
    assert (hidden["contactUnits"], hidden["isExact"]) == ([], True)
    assert set(hidden) == set(one_case)
    back = await caritas.post(f"/v1/cases/{theirs['id']}/double-care-checks")
    assert (back["contactUnits"], back["isExact"]) == ([], False)


async def test_only_equally_restricted_records_are_merged(anna: Person) -> None:
    one, other = await record(anna), await record(anna)
    case = await opened(anna, personId=one["id"])
    await anna.act(case["id"], "assign")
    await keep(anna, one, "restriction", {"isRestricted": True})
    version = (await anna.get(f"/v1/persons/{one['id']}"))["version"]
    body = {"mergedPersonId": other["id"]}
    path = f"/v1/persons/{one['id']}/actions/merge"
    refused = await anna.post(path, body, version=version, status=409)
    assert refused["code"] == "restrictions-differ"
    assert (await anna.get(f"/v1/persons/{other['id']}"))["mergedIntoId"] is None


async def test_the_office_that_represents_a_restricted_person_is_masked(
    anna: Person, bernd: Person, restricted: dict[str, Any]
) -> None:
    """The name of an office or a home names the place."""
    person, mother = {"id": restricted["personId"]}, await record(anna)
    office = {
        "kind": "OFFICIAL_GUARDIAN",
        "name": "Jugendamt Ahlen",
        "validFrom": "2020-01-01",
    }
    parent = {"kind": "PARENT", "representativeId": mother["id"], "validFrom": "2020-01-01"}
    both = {"legalRepresentatives": [office, parent]}
    await keep(anna, person, "legal-representatives", both)
    for who, name in ((anna, "Jugendamt Ahlen"), (bernd, None)):
        read = await who.get(f"/v1/persons/{person['id']}")
        batch = (await who.get("/v1/persons", ids=person["id"]))["items"]
        assert batch == [read]
        assert ("legalRepresentatives" in read["maskedFields"]) is (name is None)
        seen = [(r["kind"], r["name"], r["representativeId"]) for r in read["legalRepresentatives"]]
        assert seen == [("OFFICIAL_GUARDIAN", name, None), ("PARENT", None, mother["id"])]
    refused = await keep(bernd, person, "legal-representatives", both, status=403)
    assert refused["code"] == "person-is-restricted"
    kept = await anna.get(f"/v1/persons/{person['id']}")
    assert kept["legalRepresentatives"][0]["name"] == "Jugendamt Ahlen"


async def test_no_finding_names_the_place_of_a_restricted_household(anna: Person) -> None:
    """However many cases look the same."""
    place = "05570016"
    alike = {"language": "tir", "municipalityAgs": place, "members": [client_named("Sperr")]}
    cases = [await opened(anna, **alike) for _ in range(4)]
    hidden = await anna.act(cases[3]["id"], "assign")
    await keep(anna, {"id": hidden["personId"]}, "restriction", {"isRestricted": True})
    shown = []
    for case in (cases[0], hidden):
        extract = finding_of(case, isMunicipalityNamed=True)
        finding = await anna.post(FINDINGS, extract)
        shown.append(finding["extracts"][0]["municipalityAgs"])
    assert shown == [place, None]
