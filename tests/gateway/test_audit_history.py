"""The history of one record, readable: who, when, why, and what changed field by field."""

from typing import Any

from graphql import GraphQLEnumType

from gateway.schema import schema
from tests.gateway.conftest import As
from tests.gateway.test_people import SAMIRA, on_person, record
from tests.gateway.working import ANNA, bound, opened

HISTORY = """query($id: ID!) { auditEntries(service: CASES, filter: {recordId: $id}, first: 100) {
  edges { node { at actor purpose action recordKind recordIds
    differences { name displayName { de en } isValueKept old new
      oldLabel { de en } newLabel { de en } } } } } }"""


async def history(as_: As, record_id: str, persona: str = "waf-dpo") -> list[Any]:
    found = await as_(persona).data(HISTORY, id=record_id)
    return [edge["node"] for edge in found["auditEntries"]["edges"]]


async def test_a_step_of_a_case_reads_as_state_before_and_after(as_: As) -> None:
    await bound(as_(ANNA))
    case = await opened(as_(ANNA))
    entries = await history(as_, case["id"])
    assert all(case["id"] in one["recordIds"] for one in entries)
    steps = [
        (change["old"], change["new"], change["displayName"], change)
        for one in entries
        for change in one["differences"]
        if change["name"] == "state" and change["old"]
    ]
    ((old, new, name, change),) = steps
    assert (old, new) == ("REQUESTED", "INTAKE")
    assert name["de"] != name["en"]
    # What the codes mean stands beside them, in the words of the schema.
    state = schema._schema.type_map["CaseState"]
    assert isinstance(state, GraphQLEnumType)
    for label, code in ((change["oldLabel"], old), (change["newLabel"], new)):
        assert f"{label['en']} / {label['de']}" == state.values[code].description


async def test_what_people_wrote_is_said_to_be_changed_and_not_repeated(as_: As) -> None:
    person = await record(as_(SAMIRA), familyName="Abendroth")
    changed = await on_person(
        as_(SAMIRA),
        "changePerson",
        "ChangePersonInput",
        person,
        familyName="Morgenstern",
        givenNames="Rima",
    )
    assert changed["__typename"] == "PersonSuccess", changed
    entries = await history(as_, person["id"])
    assert "Abendroth" not in str(entries)
    assert "Morgenstern" not in str(entries)
    said = {one["name"]: one for entry in entries for one in entry["differences"]}
    assert said["familyName"] == {
        "name": "familyName",
        "displayName": {"de": "Familienname", "en": "Family name"},
        "isValueKept": False,
        "old": None,
        "new": None,
        "oldLabel": None,
        "newLabel": None,
    }


async def test_nobody_else_reads_a_history(as_: As) -> None:
    answer = await as_(ANNA).ask(HISTORY, id="00000000-0000-7000-8000-000000000000")
    assert answer["data"] == {"auditEntries": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
