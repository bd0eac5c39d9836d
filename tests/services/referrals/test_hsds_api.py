"""The directory in the words of HSDS 3.0, as another directory reads it."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from services.referrals.domain.hsds import term_id
from tests.services.referrals.desk import Desk
from tests.services.referrals.domain.people_and_places import RHEINE
from tests.services.referrals.papers import unit

# What the published schemas of HSDS 3.0 require, written down by hand.
PAGE = {
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "contents",
}
SERVICE = {"id", "name", "status"}
ORGANIZATION = {"id", "name", "description"}
STATUSES = {"active", "inactive", "defunct", "temporarily closed"}
CAPACITY = {
    "accepts": True,
    "seatsFree": 0,
    "languages": ["ukr"],
    "opening": [{"day": "MO", "opensAt": "08:00", "closesAt": "12:00"}],
    "validTo": "2099-12-31",
}
RING = [[7.3, 52.2], [7.4, 52.2], [7.4, 52.3], [7.3, 52.2]]


@pytest.fixture
async def course(coordinator: Desk) -> dict[str, Any]:
    """A school of languages that is full."""
    body = unit(
        f"school-{uuid4().hex[:10]}",
        type="LANGUAGE_COURSE_PROVIDER",
        nameDe="Sprachschule Kastanie",
        services=["LANGUAGE_COURSE", "RECOGNITION_COUNSELLING"],
        email="kurs@kastanie.example",
        phone="+49 2581 530",
        url="https://kastanie.example",
        areas=["05570", RHEINE],
        areaParts=[{"kind": "SHAPE", "ags": RHEINE, "ring": RING}],
    )
    added = await coordinator.post("/v1/org-units", body)
    assert added.status_code == 201, added.text
    path = f"/v1/org-units/{body['unitId']}/services/LANGUAGE_COURSE"
    told = await coordinator.put(path, CAPACITY)
    assert told.status_code == 201, told.text
    made: dict[str, Any] = added.json()
    return made


async def get(desk: Desk, path: str) -> dict[str, Any]:
    answer = await desk.get(path)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_hsds_page_and_service_have_the_required_members(
    jobcenter: Desk, course: dict[str, Any]
) -> None:
    about = await get(jobcenter, "/hsds/")
    assert about == {
        "version": "3.0",
        "profile": "https://docs.openreferral.org/en/3.0/",
        "openapi_url": "http://referrals/openapi.json",
    }
    page = await get(jobcenter, f"/hsds/services?organization_id={course['id']}")
    assert set(page) == PAGE
    assert {key: page[key] for key in PAGE - {"contents"}} == {
        "total_items": 2,
        "total_pages": 1,
        "page_number": 1,
        "size": 2,
        "first_page": True,
        "last_page": True,
        "empty": False,
    }
    for service in (await get(jobcenter, "/hsds/services?per_page=500"))["contents"]:
        assert set(service) >= SERVICE
        assert service["status"] in STATUSES
        assert set(service["organization"]) >= ORGANIZATION
        assert None not in service.values()
    [language, recognition] = page["contents"]
    assert language["id"] == str(uuid5(UUID(course["id"]), "LANGUAGE_COURSE"))
    assert (language["name"], language["alternate_name"]) == ("Sprachkurs", "Language course")
    assert language["alert"] == "Zurzeit keine Aufnahme. / Nobody can be taken on at present."
    assert "alert" not in recognition


async def test_a_service_is_read_with_all_that_belongs_to_it(
    jobcenter: Desk, course: dict[str, Any]
) -> None:
    service_id = uuid5(UUID(course["id"]), "LANGUAGE_COURSE")
    service = await get(jobcenter, f"/hsds/services/{service_id}")
    assert [phone["number"] for phone in service["phones"]] == ["+49 2581 530"]
    assert [language["code"] for language in service["languages"]] == ["ukr"]
    [hours] = service["schedules"]
    assert {key: value for key, value in hours.items() if key != "id"} == {
        "freq": "WEEKLY",
        "byday": "MO",
        "opens_at": "08:00",
        "closes_at": "12:00",
        "valid_to": "2099-12-31",
    }
    areas = [(one["extent_type"], one["extent"]) for one in service["service_areas"]]
    assert areas[:2] == [("text", "05566076"), ("text", "05570")]
    assert json.loads(areas[2][1]) == {"type": "Polygon", "coordinates": [RING]}
    term = service["attributes"][0]["taxonomy_term"]
    assert (term["id"], term["code"]) == (str(term_id("LANGUAGE_COURSE")), "LANGUAGE_COURSE")
    listed = await get(jobcenter, f"/hsds/services?organization_id={course['id']}&full=true")
    assert listed["contents"][0] == service
    one = await get(jobcenter, f"/hsds/organizations/{course['id']}")
    assert set(one) >= ORGANIZATION
    assert (one["website"], len(one["services"])) == ("https://kastanie.example", 2)
    for path in (f"/hsds/services/{uuid4()}", f"/hsds/organizations/{uuid4()}"):
        assert (await jobcenter.get(path)).status_code == 404


async def test_lists_are_narrowed_by_word_term_unit_and_moment(
    jobcenter: Desk, course: dict[str, Any]
) -> None:
    mine = f"/hsds/services?organization_id={course['id']}"
    for question, count in (
        ("&search=kastanie%20SPRACH", 2),
        ("&search=anerkennung", 1),
        ("&search=zahnarzt", 0),
        (f"&taxonomy_term_id={term_id('LANGUAGE_COURSE')}", 1),
        (f"&taxonomy_term_id={uuid4()}", 0),
        ("&modified_after=2020-01-01", 2),
        ("&modified_after=2099-01-01T00:00:00Z", 0),
    ):
        page = await get(jobcenter, mine + question)
        assert (page["total_items"], page["empty"]) == (count, count == 0), question
    [first] = (await get(jobcenter, f"{mine}&per_page=1"))["contents"]
    second = await get(jobcenter, f"{mine}&per_page=1&page=2")
    assert (second["total_pages"], second["first_page"], second["last_page"]) == (2, False, True)
    assert first["id"] != second["contents"][0]["id"]
    beyond = await get(jobcenter, f"{mine}&page=9")
    assert (beyond["empty"], beyond["size"], beyond["last_page"]) == (True, 0, True)
    bare = (await get(jobcenter, f"{mine}&minimal=true"))["contents"]
    assert [set(one) for one in bare] == [{"id", "last_modified"}] * 2
    lines = await jobcenter.get(f"{mine}&format=ndjson")
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line)["id"] for line in lines.text.splitlines()] == [
        one["id"] for one in bare
    ]
    found = await get(jobcenter, "/hsds/organizations?search=kastanie&per_page=500&full=true")
    assert course["id"] in [one["id"] for one in found["contents"]]


@pytest.mark.parametrize(
    "question", ["page=0", "per_page=501", "modified_after=soon", "format=xml", "minimal=perhaps"]
)
async def test_what_cannot_be_read_is_refused(jobcenter: Desk, question: str) -> None:
    assert (await jobcenter.get(f"/hsds/services?{question}")).status_code == 422
    assert (await jobcenter.get("/hsds/services?plz=48291")).status_code == 400


async def test_suspended_is_closed_draft_is_hidden_and_another_kreis_sees_nothing(
    coordinator: Desk, course: dict[str, Any], desk_of: Callable[[str], Desk]
) -> None:
    stranger = desk_of("rheine-coordinator")
    mine = f"/hsds/services?organization_id={course['id']}"
    assert (await get(stranger, mine))["total_items"] == 0
    assert (await stranger.get(f"/hsds/organizations/{course['id']}")).status_code == 404
    path, version = f"/v1/org-units/{course['unitId']}", 1
    body = {
        key: value for key, value in course.items() if key not in {"id", "version", "updatedAt"}
    }
    body.pop("unitId")
    for status, shown in (("SUSPENDED", ["temporarily closed"] * 2), ("DRAFT", [])):
        put = await coordinator.put(path, body | {"endpointStatus": status}, version=version)
        assert put.status_code == 200, put.text
        version += 1
        page = await get(coordinator, mine)
        assert [one["status"] for one in page["contents"]] == shown
