"""The agency directory, the catalogue of services and the code lists."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import unit


def name() -> str:
    return f"unit-{uuid4().hex[:10]}"


async def test_a_unit_is_added_changed_and_read_by_all(coordinator: Desk, jobcenter: Desk) -> None:
    unit_id = name()
    body = unit(unit_id, type="MBE", services=["MIGRATION_COUNSELLING"])
    added = await coordinator.post("/v1/org-units", body)
    assert added.status_code == 201
    assert added.headers["location"] == f"/v1/org-units/{unit_id}"
    changed = dict(body, endpointStatus="SUSPENDED")
    changed.pop("unitId")
    path = f"/v1/org-units/{unit_id}"
    assert (await coordinator.put(path, changed)).status_code == 428
    put = await coordinator.put(path, changed, version=1)
    assert (put.status_code, put.json()["version"]) == (200, 2)
    assert (await coordinator.put(path, changed, version=1)).status_code == 412
    read = await jobcenter.get(path)
    assert read.json()["endpointStatus"] == "SUSPENDED"
    listed = (await jobcenter.get(f"/v1/org-units?unitId={unit_id}&type=MBE")).json()["items"]
    assert [item["unitId"] for item in listed] == [unit_id]


async def test_a_unit_exists_once(coordinator: Desk) -> None:
    body = unit(name())
    assert (await coordinator.post("/v1/org-units", body)).status_code == 201
    again = await coordinator.post("/v1/org-units", body)
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"services": ["PALM_READING"]}, "service-unknown"),
        ({"areas": ["5570"]}, "fields-refused"),
        ({"type": "POLICE"}, "fields-refused"),
        ({"body35Sgb1": "yes"}, "fields-refused"),
        ({"unitId": "Großes Amt"}, "fields-refused"),
    ],
)
async def test_an_entry_that_cannot_be_right_is_refused(
    coordinator: Desk, changes: dict[str, Any], code: str
) -> None:
    answer = await coordinator.post("/v1/org-units", unit(name(), **changes))
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_only_coordination_and_administration_write_the_directory(
    directory: None, desk_of: Callable[[str], Desk]
) -> None:
    for persona in ("waf-case-manager", "waf-jobcenter-system", "waf-dpo", "waf-integrator"):
        answer = await desk_of(persona).post("/v1/org-units", unit(name()))
        assert answer.status_code == 403
    assert (await desk_of("waf-admin").post("/v1/org-units", unit(name()))).status_code == 201


async def test_another_tenants_directory_is_not_there(
    coordinator: Desk, desk_of: Callable[[str], Desk]
) -> None:
    unit_id = name()
    await coordinator.post("/v1/org-units", unit(unit_id))
    stranger = desk_of("rheine-coordinator")
    assert (await stranger.get(f"/v1/org-units/{unit_id}")).status_code == 404
    body = unit(unit_id)
    body.pop("unitId")
    assert (await stranger.put(f"/v1/org-units/{unit_id}", body, version=1)).status_code == 404
    assert (await stranger.post("/v1/org-units", unit(unit_id))).status_code == 201


async def test_the_catalogue_says_which_data_a_service_needs(case_manager: Desk) -> None:
    services = (await case_manager.get("/v1/services")).json()["items"]
    by_code = {service["code"]: service for service in services}
    assert by_code["CASE_MANAGEMENT"]["categories"] == [
        "address",
        "contact",
        "family",
        "identity",
        "languages",
        "need",
    ]
    assert by_code["NATURALISATION"]["isAuthorityMatter"] is True


async def test_code_lists_are_bilingual(case_manager: Desk) -> None:
    names = (await case_manager.get("/v1/code-lists")).json()["items"]
    assert "reject-reasons" in names
    reasons = (await case_manager.get("/v1/code-lists/reject-reasons")).json()
    assert reasons["urn"] == "urn:kim:code-list:referrals:reject-reasons"
    assert reasons["codes"][0] == {
        "code": "not-responsible-area",
        "label": {"de": "Örtlich nicht zuständig", "en": "Not responsible here"},
    }
    assert (await case_manager.get("/v1/code-lists/horoscopes")).status_code == 404
