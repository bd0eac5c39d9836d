"""The blind check across units, and what stays after erasure."""

from collections.abc import Callable
from typing import Any

import asyncpg

from shared.messaging.consumer import Consumer
from tests.engines import ServiceDatabase
from tests.names import invented
from tests.services.cases.conftest import Person, SignedIn, client_named, today
from tests.services.cases.erasing import answer_archive, confirm_erasure, erase, long_ended


async def test_hazard_11_the_check_names_the_other_unit_and_nothing_else(
    signed_in: SignedIn,
) -> None:
    caritas = signed_in("rheine-caritas-case-manager")
    lernen = signed_in("rheine-lernen-foerdern-case-manager")
    name = invented()
    client = client_named(name, birthDate="1990-05-17")
    theirs = await caritas.post("/v1/cases", {"origin": "SELF_CONTACT", "members": [client]})
    spelt = client_named(name.upper(), "OLENA", birthDate="1990-05-17")
    ours = await lernen.post("/v1/cases", {"origin": "SELF_CONTACT", "members": [spelt]})
    checked = await lernen.post(f"/v1/cases/{ours['id']}/double-care-checks")
    assert checked["contactUnits"] == ["rheine-caritas"]
    assert checked["isExact"] is True
    assert theirs["id"] not in str(checked)
    log = await signed_in("st-dpo").get("/v1/audit-entries", action="check-double-care", first="1")
    assert log["items"][0]["recordIds"] == [ours["id"]]
    assert log["items"][0]["changes"] == {"isAnotherServiceInvolved": True}


async def test_the_check_finds_family_members_too(signed_in: SignedIn) -> None:
    caritas = signed_in("rheine-caritas-case-manager")
    lernen = signed_in("rheine-lernen-foerdern-case-manager")
    name = invented()
    son = {"familyName": name, "givenNames": "Danylo", "birthDate": "2008-03-02"}
    await caritas.post(
        "/v1/cases",
        {
            "origin": "SELF_CONTACT",
            "members": [client_named(name), {"role": "CHILD", "person": son}],
        },
    )
    members = [{"role": "CLIENT", "person": son}]
    ours = await lernen.post("/v1/cases", {"origin": "OUTREACH", "members": members})
    checked = await lernen.post(f"/v1/cases/{ours['id']}/double-care-checks")
    assert checked["contactUnits"] == ["rheine-caritas"]


async def test_an_inexact_birth_date_is_never_matched_by_machine(signed_in: SignedIn) -> None:
    caritas = signed_in("rheine-caritas-case-manager")
    lernen = signed_in("rheine-lernen-foerdern-case-manager")
    opening = {"origin": "OUTREACH", "members": [client_named(invented(), birthDate="1990")]}
    await caritas.post("/v1/cases", opening)
    ours = await lernen.post("/v1/cases", opening)
    checked = await lernen.post(f"/v1/cases/{ours['id']}/double-care-checks")
    assert (checked["isExact"], checked["contactUnits"]) == (False, [])


async def test_a_case_of_another_tenant_is_not_found(anna: Person, signed_in: SignedIn) -> None:
    opening = {
        "origin": "OUTREACH",
        "members": [client_named(invented(), birthDate="1990-05-17")],
    }
    await signed_in("rheine-caritas-case-manager").post("/v1/cases", opening)
    ours = await anna.post("/v1/cases", opening)
    checked = await anna.post(f"/v1/cases/{ours['id']}/double-care-checks")
    assert checked["contactUnits"] == []


async def test_erasure_leaves_a_tombstone_and_takes_entrusted_notes_with_it(
    anna: Person,
    bernd: Person,
    case_in_monitoring: dict[str, Any],
    consumer: Consumer,
    database: Callable[[str], ServiceDatabase],
) -> None:
    """C19: also what the eraser could never see."""
    case_id = case_in_monitoring["id"]
    entrusted = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case_id}/notes", entrusted)
    await anna.act(case_id, "record-death")
    await answer_archive(anna, case_id)
    problem = await anna.act(case_id, "erase", status=422)
    assert problem["guards"] == ["deletion-due", "erasure-confirmed"]

    await long_ended(database("cases"), case_id)
    assert (await anna.act(case_id, "erase", status=422))["guards"] == ["erasure-confirmed"]
    version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
    await anna.post(f"/v1/cases/{case_id}/erasure", version=version, status=202)
    await anna.act(case_id, "place-legal-hold")
    await confirm_erasure(consumer, database("cases"), case_id)
    assert (await bernd.act(case_id, "erase", status=422))["guards"] == ["no-legal-hold"]
    await anna.act(case_id, "lift-legal-hold")

    erased = await bernd.act(case_id, "erase")
    assert (await anna.get(f"/v1/cases/{case_id}/erasure"))["erasedAt"] is not None
    assert erased["state"] == "ERASED"
    assert erased["reference"] == case_in_monitoring["reference"]
    empty = ("personId", "familyId", "pseudonym", "contact", "caseManager", "currentPlan")
    assert [erased[key] for key in empty] == [None] * 6
    assert erased["assessmentEntries"] == erased["informationNotices"] == []
    await anna.get(f"/v1/persons/{case_in_monitoring['personId']}", status=404)
    await anna.get(f"/v1/notes/{note['id']}", status=404)
    assert erased["allowedActions"] == []
    owner = await asyncpg.connect(database("cases").owner_dsn)
    async with owner.transaction():
        for table in ("note", "consent", "goal", "measure"):
            await owner.execute(f"alter table {table} no force row level security")
            left = await owner.fetchval(f"select count(*) from {table} where case_id = $1", case_id)
            await owner.execute(f"alter table {table} force row level security")
            assert left == 0
    await owner.close()


async def test_people_of_another_case_survive_the_erasure_of_one(
    anna: Person, consumer: Consumer, database: Callable[[str], ServiceDatabase]
) -> None:
    first = await anna.post(
        "/v1/cases", {"origin": "OUTREACH", "members": [client_named(invented())]}
    )
    await anna.post("/v1/cases", {"origin": "OUTREACH", "personId": first["personId"]})
    await anna.act(first["id"], "decline", declineReason="CAPACITY")
    await erase(anna, consumer, database("cases"), first["id"])
    assert (await anna.get(f"/v1/persons/{first['personId']}"))["id"] == first["personId"]
    assert (await anna.get(f"/v1/families/{first['familyId']}"))["id"] == first["familyId"]
