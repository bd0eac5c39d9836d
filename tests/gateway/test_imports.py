"""Imports through the one door; their files stay at the REST interface."""

from uuid import uuid4

from deploy.local.demo.client import Client
from tests.gateway.conftest import As
from tests.gateway.test_people import ELSEWHERE, SAMIRA


async def test_an_import_is_followed_and_its_file_goes_to_the_case_service(
    as_: As, people: Client
) -> None:
    body = {"format": "NDJSON", "encoding": "utf-8", "locale": "ISO", "sourceSystem": "lissa"}
    announced = (await people.post(SAMIRA, "cases", "/v1/imports", body, key=uuid4().hex)).accepted
    query = """query($id: ID!) {
      import(id: $id) { state format rowsRead contentPath failureMessage { de } }
      imports(first: 1, filter: {state: [ANNOUNCED], sourceSystem: "lissa"}) {
        edges { node { id isDryRun } } } }"""
    seen = await as_(SAMIRA).data(query, id=announced["id"])
    assert seen["import"] == {
        "state": "ANNOUNCED",
        "format": "NDJSON",
        "rowsRead": 0,
        "contentPath": f"/v1/imports/{announced['id']}/content",
        "failureMessage": None,
    }
    assert seen["imports"]["edges"][0]["node"] == {"id": announced["id"], "isDryRun": False}
    assert (await as_(ELSEWHERE).data(query, id=announced["id"]))["import"] is None
