"""Who gets in: every operation of the service, asked by every role."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.apis import TokenFor, bearer, contract
from tests.services.funding.desk import Desk
from tests.services.funding.doors import APPROVER, OFFICER, PEOPLE, RELEASES
from tests.services.funding.papers import WARENDORF_AWARD

READERS = {"waf-coordinator", "waf-unit-head", "waf-auditor"}
STRANGERS = {
    "waf-case-manager",
    "waf-team-lead",
    "waf-b3-officer",
    "waf-dpo",
    "waf-admin",
    "waf-integrator",
    "waf-jobcenter-system",
}
OPERATIONS = [
    (method.upper(), path)
    for path, methods in contract("funding")["paths"].items()
    for method in methods
    if path not in {"/v1/problems", "/v1/meta"}
]


# What stands in a path besides ids.
VALUES = {"number": "1", "name": "award-states", "year": "2022", "month": "11"}


def permitted(persona: str, method: str, path: str) -> bool:
    if path.endswith("/search"):  # reads what the list reads
        method, path = "GET", path.removesuffix("/search")
    if (method, path) in PEOPLE:
        return persona in PEOPLE[method, path]
    if path == "/v1/permissions":
        return True
    if method == "GET":
        return persona in {*READERS, OFFICER, APPROVER}
    return persona == (APPROVER if path in RELEASES else OFFICER)


@pytest.mark.parametrize("persona", sorted({*READERS, OFFICER, APPROVER, *STRANGERS}))
async def test_every_operation_lets_in_whom_it_should(
    client: httpx.AsyncClient, token_for: TokenFor, persona: str
) -> None:
    headers = bearer(token_for(persona))
    said = (await client.get("/v1/permissions", headers=headers)).json()["operations"]
    for method, path in OPERATIONS:
        some = re.sub(r"\{[a-z_]+_id\}", lambda _: str(uuid4()), path)
        for name, value in VALUES.items():
            some = some.replace(f"{{{name}}}", value)
        key = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        content = {} if method == "GET" else {"json": {}}
        answer = await client.request(method, some, headers=headers | key, **content)

        is_refused = answer.status_code == 403
        assert is_refused is not permitted(persona, method, path), (method, path, answer.text)
        assert is_refused is not (f"{method} {path}" in said), (method, path)


async def test_another_county_sees_nothing_and_cannot_tell_hidden_from_missing(
    officer: Desk, desk_of: Callable[[str], Desk]
) -> None:
    award = await officer.create("/v1/awards", WARENDORF_AWARD)
    neighbour = desk_of("st-funding-officer")
    hidden, missing = f"/v1/awards/{award['id']}", f"/v1/awards/{uuid4()}"

    answers = [await neighbour.get(path) for path in (hidden, missing)]
    changes = [
        await neighbour.send("PATCH", path, {"reference": "x"}) for path in (hidden, missing)
    ]

    assert [answer.status_code for answer in (*answers, *changes)] == [404] * 4
    for one, other in (answers, changes):
        assert _without_request(one) == _without_request(other)
    assert (await neighbour.read("/v1/awards"))["items"] == []
    status = await neighbour.read("/v1/reports/funding-status", asOf="2022-11-21")
    assert (status["tenantId"], status["expectedTotal"]) == ("05566", "0.00")


async def test_references_to_another_county_are_unknown(
    officer: Desk, desk_of: Callable[[str], Desk]
) -> None:
    award = await officer.create("/v1/awards", WARENDORF_AWARD)
    line_id = award["lines"][1]["id"]
    neighbour = desk_of("st-funding-officer")
    share = {
        "awardLineId": line_id,
        "amount": "1.00",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
    }

    allocation = await neighbour.send("POST", "/v1/allocations", share)
    follow_up = await neighbour.send(
        "POST",
        "/v1/awards",
        WARENDORF_AWARD | {"kind": "ANSCHLUSS", "followsAwardId": award["id"]},
    )

    assert (allocation.status_code, allocation.json()["code"]) == (422, "parent-unknown")
    assert (follow_up.status_code, follow_up.json()["code"]) == (422, "predecessor-unknown")
    own = await officer.read(f"/v1/awards/{award['id']}")
    assert own["lines"][1]["allocatedAmount"] == "0.00"


def _without_request(answer: httpx.Response) -> dict[str, object]:
    return {k: v for k, v in answer.json().items() if k not in {"requestId", "instance"}}
