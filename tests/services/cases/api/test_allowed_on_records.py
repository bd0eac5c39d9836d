"""What a person's record and a note say can be done with them is what the operations let pass."""

from typing import Any

import pytest

from tests.services.cases.api.test_hand_on import RISK, hand_on
from tests.services.cases.api.test_merged_persons import merge
from tests.services.cases.api.test_persons_in_full import HOME, PHONE, keep, record
from tests.services.cases.api.test_restricted_persons import opened
from tests.services.cases.conftest import Person, actor_of, client_named

KEPT = {
    "contact-points": {"contactPoints": [PHONE]},
    "addresses": {"addresses": [HOME]},
    "legal-representatives": {"legalRepresentatives": []},
}
OPEN = {"edit", "keep-whereabouts", "restrict", "merge"}
OFFICE = {"kind": "OFFICIAL_GUARDIAN", "name": "Jugendamt Ahlen", "validFrom": "2020-01-01"}


async def allowed(who: Person, person_id: str) -> set[str]:
    one = await who.get(f"/v1/persons/{person_id}")
    (listed,) = (await who.get("/v1/persons", ids=person_id))["items"]
    assert one["allowedActions"] == listed["allowedActions"]
    return set(one["allowedActions"])


@pytest.fixture
async def case(anna: Person) -> dict[str, Any]:
    found = await opened(anna, members=[client_named("Sperrig")])
    assigned: dict[str, Any] = await anna.act(found["id"], "assign")
    return assigned


async def test_a_restriction_leaves_open_what_is_not_about_the_whereabouts(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    person = {"id": case["personId"]}
    await keep(anna, person, "legal-representatives", {"legalRepresentatives": [OFFICE]})
    for who in (anna, bernd):
        assert await allowed(who, person["id"]) == OPEN
    await keep(anna, person, "restriction", {"isRestricted": True})
    assert await allowed(anna, person["id"]) == OPEN - {"restrict"} | {"lift-restriction"}
    assert await allowed(bernd, person["id"]) == {"edit"}
    for who, name, masked in ((anna, OFFICE["name"], []), (bernd, None, ["name"])):
        (seen,) = (await who.get(f"/v1/persons/{person['id']}"))["legalRepresentatives"]
        assert (seen["name"], seen["maskedFields"]) == (name, masked)
    for part, body in KEPT.items():
        refused = await keep(bernd, person, part, body, status=403)
        assert refused["code"] == "person-is-restricted"
        await keep(anna, person, part, body)
    languages = {"languages": [{"language": "ukr", "level": "C1"}]}
    await keep(bernd, person, "languages", languages)


async def test_a_merged_record_is_changed_in_the_one_that_stays(anna: Person) -> None:
    stays, goes = await record(anna), await record(anna)
    merged = await merge(anna, stays, goes)
    assert set(merged["allowedActions"]) == OPEN | {"unmerge"}
    assert await allowed(anna, goes["id"]) == set()
    refused = await keep(anna, goes, "addresses", {"addresses": []}, status=409)
    assert refused["code"] == "person-is-merged"


async def test_each_reader_of_a_note_is_told_as_what_and_what_can_be_done(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    receiver = await actor_of(bernd, "manager-2")
    path = f"/v1/cases/{case['id']}/notes"
    body = {"kind": "CONVERSATION", "text": "Im Vertrauen.", "heldOn": "2022-05-23"}
    entrusted = await anna.post(path, body)
    assert (entrusted["readAs"], entrusted["allowedActions"]) == ("OWNER", ["correct", "hand-on"])
    await hand_on(anna, entrusted, RISK | {"receiver": receiver}, status=200)
    read = await bernd.get(f"/v1/notes/{entrusted['id']}")
    assert (read["readAs"], read["allowedActions"]) == ("RECEIVER", [])
    normal = await bernd.post(path, body | {"kind": "FILE"})
    assert (normal["readAs"], normal["allowedActions"]) == ("OWNER", ["correct"])
    read = await anna.get(f"/v1/notes/{normal['id']}")
    # Of the person in charge of the case, who may correct it.
    assert (read["readAs"], read["allowedActions"]) == ("UNIT", ["correct"])
    secret = await bernd.post(path, body | {"kind": "FILE", "confidentiality": "CONFIDENTIAL"})
    read = await anna.get(f"/v1/notes/{secret['id']}")
    assert (read["readAs"], read["allowedActions"]) == ("IN_CHARGE", ["correct"])
