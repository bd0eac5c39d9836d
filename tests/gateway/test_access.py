"""`access` of a record: what a frontend may offer, as the service's own doors and table say it."""

from typing import Any

import pytest
from graphql import GraphQLObjectType

from gateway.schema import schema
from gateway.schema.access import DOOR
from tests.apis import contract
from tests.gateway.conftest import As
from tests.gateway.test_main_job import SUBMIT, change, new_referral
from tests.gateway.test_people import SAMIRA, on_person, record
from tests.gateway.working import ANNA, BERND, bound, done, opened

ACCESSES = {
    name: kind
    for name, kind in schema._schema.type_map.items()
    if name.endswith("Access") and isinstance(kind, GraphQLObjectType)
}
NOUNS = ["Case", "Referral", "Award", "Allocation", "Position", "ProofOfUse", "Person", "Note"]


PERSON_ACCESS = """query($id: ID!) { person(id: $id) { id version
  access { canEdit canEditWhereabouts canRestrict canMerge } } }"""
FREE = dict.fromkeys(("canEdit", "canEditWhereabouts", "canRestrict", "canMerge"), True)
NOTE_ACCESS = "access { owner readAs canCorrect canHandOn }"
MASKED_CASE = """query($id: ID!) { case(id: $id) {
  municipalityAgs maskedFields file { contact maskedFields } } }"""


def doors() -> dict[str, str]:
    return {
        f"{name}.{field_name}": field.extensions["strawberry-definition"].metadata[DOOR]
        for name, kind in ACCESSES.items()
        for field_name, field in kind.fields.items()
        if field_name.startswith("can")
    }


@pytest.mark.parametrize("noun", NOUNS)
def test_every_record_that_people_work_on_says_what_the_caller_may_do(noun: str) -> None:
    kind = schema._schema.type_map[noun]
    assert isinstance(kind, GraphQLObjectType)
    assert str(kind.fields["access"].type) in ACCESSES


def test_every_decision_asks_a_door_that_there_is() -> None:
    found = doors()
    assert len(found) > 30
    for place, line in found.items():
        method, service, path = line.split()
        offered = contract(service)["paths"]
        template = path.replace("{action}", "assign") if path not in offered else path
        assert method.lower() in offered[template], place


async def test_who_works_on_a_case_may_and_who_only_sees_it_may_not(as_: As) -> None:
    await bound(as_(ANNA))
    case = await opened(as_(ANNA))
    query = """query($id: ID!) { case(id: $id) { allowedActions
      access { canEdit canAssign canClose canWriteNote } } }"""
    answer = await as_(ANNA).ask(query, id=case["id"])
    found = answer["data"]["case"]
    assert found["access"] == {
        "canEdit": True,
        "canAssign": "ASSIGN" in found["allowedActions"],
        "canClose": not {"CLOSE", "CLOSE_AFTER_ADVICE"}.isdisjoint(found["allowedActions"]),
        "canWriteNote": True,
    }
    assert answer["extensions"]["upstreamCallsByService"] == {"cases": 2}


async def test_rights_are_asked_once_for_a_whole_list(as_: As) -> None:
    await bound(as_(ANNA))
    for _ in range(2):
        await opened(as_(ANNA))
    query = "{ cases(first: 2) { edges { node { access { canEdit canSetTask } } } } }"
    answer = await as_(ANNA).ask(query)
    assert [one["node"]["access"] for one in answer["data"]["cases"]["edges"]] == [
        {"canEdit": True, "canSetTask": True}
    ] * 2
    # The list, what can be done with its rows, the rights.
    assert answer["extensions"]["upstreamCallsByService"] == {"cases": 3}


async def test_each_side_of_a_referral_is_told_its_own_steps(as_: As) -> None:
    sent = (await change(as_("st-jobcenter-system"), SUBMIT, **new_referral()))["referral"]
    query = "query($id: ID!) { referral(id: $id) { access { canAccept canWithdraw } } }"

    async def told(persona: str) -> Any:
        return (await as_(persona).data(query, id=sent["id"]))["referral"]["access"]

    assert await told("st-jobcenter-system") == {"canAccept": False, "canWithdraw": True}
    receiving = await told("rheine-caritas-case-manager")
    assert receiving["canWithdraw"] is False


async def test_money_is_read_by_more_people_than_may_change_it(as_: As) -> None:
    query = """{ awards(first: 1, filter: {book: LIVE}) { edges { node { id version allowedActions
      access { canEdit canAmend canGrant canAllocate }
      positions { access { canOccupy } } } } } }"""

    async def told(persona: str) -> Any:
        (edge,) = (await as_(persona).data(query))["awards"]["edges"]
        return edge["node"]

    officer, reader = await told("waf-funding-officer"), await told("waf-coordinator")
    assert officer["allowedActions"] == reader["allowedActions"]
    assert officer["access"] == {
        "canEdit": True,
        "canAmend": True,
        "canGrant": False,
        "canAllocate": True,
    }
    assert set(reader["access"].values()) == {False}
    assert {one["access"]["canOccupy"] for one in officer["positions"]} == {True}
    assert {one["access"]["canOccupy"] for one in reader["positions"]} == {False}


async def test_a_person_and_a_note_say_it_too(as_: As) -> None:
    person = await record(as_(SAMIRA))
    found = (await as_(SAMIRA).data(PERSON_ACCESS, id=person["id"]))["person"]
    assert found["access"] == FREE
    await bound(as_(ANNA))
    case = await opened(as_(ANNA))
    given = {"caseId": case["id"], "kind": "FILE", "text": "Termin.", "heldOn": "2022-05-23"}
    fields = f"NoteSuccess note {{ owner {NOTE_ACCESS} }}"
    note = await done(as_(ANNA), "writeNote", fields, **given)
    mine = {"owner": note["owner"], "readAs": "OWNER", "canCorrect": True}
    assert note["access"] == mine | {"canHandOn": False}
    entrusted = await done(as_(ANNA), "writeNote", fields, **given | {"kind": "CONVERSATION"})
    assert entrusted["access"] == mine | {"canHandOn": True}
    query = f"query($id: ID!) {{ case(id: $id) {{ notes {{ {NOTE_ACCESS} }} }} }}"
    colleague = await as_(BERND).data(query, id=case["id"])
    # A colleague is not even told of the entrusted one.
    theirs = {"owner": note["owner"], "readAs": "UNIT", "canCorrect": False, "canHandOn": False}
    assert colleague["case"]["notes"] == [{"access": theirs}]


async def test_what_a_restriction_of_the_person_refuses_is_not_offered(as_: As) -> None:
    await bound(as_(ANNA))
    case = await opened(as_(ANNA), municipalityAgs="05570044", contact="0170 000000")
    person = (await as_(ANNA).data(PERSON_ACCESS, id=case["personId"]))["person"]
    assert person["access"] == FREE
    restricted = await on_person(
        as_(BERND), "restrictPerson", "RestrictPersonInput", person, isRestricted=True
    )
    assert restricted["__typename"] == "PersonSuccess"
    closed = {"canEditWhereabouts": False, "canRestrict": False, "canMerge": False}
    (theirs, mine) = [await as_(who).data(PERSON_ACCESS, id=person["id"]) for who in (BERND, ANNA)]
    assert theirs["person"]["access"] == FREE | closed
    assert mine["person"]["access"] == FREE
    tried = await on_person(
        as_(BERND), "keepAddresses", "KeepAddressesInput", theirs["person"], addresses=[]
    )
    assert (tried["__typename"], tried["code"]) == ("ForbiddenError", "person-is-restricted")
    kept = await on_person(
        as_(ANNA), "keepAddresses", "KeepAddressesInput", mine["person"], addresses=[]
    )
    assert kept["__typename"] == "PersonSuccess"
    for who, masked in ((BERND, ["contact", "municipalityAgs"]), (ANNA, [])):
        seen = (await as_(who).data(MASKED_CASE, id=case["id"]))["case"]
        assert (seen["maskedFields"], seen["file"]["maskedFields"]) == (masked, masked)
        assert (seen["municipalityAgs"] is None) is bool(masked)
