"""Persons and families through the one door."""

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import TODAY, change, mutation
from tests.names import invented

SAMIRA, TOBIAS = "waf-case-manager", "waf-case-manager-2"
ELSEWHERE = "rheine-caritas-case-manager"
WHOLE = """
  id version familyName isRestricted maskedFields literacy interpreting disputedFields mergedIntoId
  contactPoints { kind value isPreferred } addresses { ags district validTo }
  languageSkills { language level } disputes { field note }
  nationalityDetails { key iso labelDe labelEn validTo }
  legalRepresentatives { kind name representative { id familyName } }
"""
READ = f"query($id: ID!) {{ person(id: $id) {{ {WHOLE} }} }}"
SEARCH = """query($input: PersonSearchInput!, $first: Int! = 20, $after: String) {
  searchPersons(input: $input, first: $first, after: $after) {
    edges { cursor node { id score reasons person { version } } } pageInfo { hasNextPage endCursor }
  } }"""


async def record(asker: Asker, **more: Any) -> Any:
    fields = f"... on PersonSuccess {{ person {{ {WHOLE} }} }}"
    given = {"familyName": invented("Haddad"), "givenNames": "Rima", **more}
    done = await change(asker, mutation("recordPerson", "RecordPersonInput", fields), **given)
    assert done["__typename"] == "PersonSuccess", done
    return done["person"]


async def on_person(asker: Asker, name: str, kind: str, person: Any, **given: Any) -> Any:
    """A change of a person in the version that was seen."""
    fields = f"... on PersonSuccess {{ person {{ {WHOLE} }} }}"
    asked = {"personId": person["id"], "expectedVersion": person["version"], **given}
    return await change(asker, mutation(name, kind, fields), **asked)


async def done(asker: Asker, name: str, kind: str, person: Any, **given: Any) -> Any:
    answer = await on_person(asker, name, kind, person, **given)
    assert answer["__typename"] == "PersonSuccess", answer
    return answer["person"]


async def test_a_person_is_kept_in_full_and_another_unit_sees_nothing(as_: As) -> None:
    samira = as_(SAMIRA)
    mother = await record(samira)
    person = await record(samira, nationalities=["TUR"], birthDate="2015-04")
    phone = {"kind": "MOBILE", "value": "0170 000000", "isPreferred": True}
    home = {
        "street": "Emsstraße", "houseNumber": "12a", "postcode": "48291", "town": "Telgte",
        "ags": "05570044", "district": "Westbevern", "validFrom": "2022-03-15",
    }  # fmt: skip
    skills = [{"language": "kmr", "level": "C2"}, {"language": "deu", "level": "NONE"}]
    parents = [{"kind": "PARENT", "representativeId": mother["id"], "validFrom": "2015-04-01"}]
    for name, kind, given in (
        ("keepContactPoints", "KeepContactPointsInput", {"contactPoints": [phone]}),
        ("keepAddresses", "KeepAddressesInput", {"addresses": [home]}),
        ("keepLanguages", "KeepLanguagesInput", {"languages": skills, "literacy": "NOT_LITERATE",
                                                 "interpreting": "VIDEO"}),
        ("keepLegalRepresentatives", "KeepLegalRepresentativesInput",
         {"legalRepresentatives": parents}),
        ("notePersonDisputes", "NotePersonDisputesInput",
         {"disputes": [{"field": "nationalities", "note": "Staatenlos."}]}),
    ):  # fmt: skip
        person = await done(samira, name, kind, person, **given)
    answer = await samira.ask(READ, id=person["id"])
    seen = answer["data"]["person"]
    assert seen == person
    assert seen["contactPoints"] == [phone]
    turkish = {"key": "163", "iso": "TUR", "labelDe": "Türkei", "labelEn": "Türkiye"}
    assert seen["nationalityDetails"] == [turkish | {"validTo": None}]
    assert seen["addresses"] == [{"ags": "05570044", "district": "Westbevern", "validTo": None}]
    assert (seen["languageSkills"], seen["interpreting"]) == (skills, "VIDEO")
    assert seen["legalRepresentatives"][0]["representative"] == {
        "id": mother["id"],
        "familyName": mother["familyName"],
    }
    assert seen["disputes"] == [{"field": "nationalities", "note": "Staatenlos."}]
    assert answer["extensions"]["upstreamCalls"] == 2
    assert await as_(ELSEWHERE).data(READ, id=person["id"]) == {"person": None}


async def test_a_stale_version_or_a_wrong_part_changes_nothing(as_: As) -> None:
    samira = as_(SAMIRA)
    person = await record(samira)
    stale = await on_person(
        samira, "restrictPerson", "RestrictPersonInput", {**person, "version": 9}, isRestricted=True
    )
    assert (stale["__typename"], stale["currentVersion"]) == ("StaleVersionError", 1)
    twice = [{"language": "deu", "level": "A1"}] * 2
    refused = await on_person(samira, "keepLanguages", "KeepLanguagesInput", person,
                              languages=twice)  # fmt: skip
    assert (refused["__typename"], refused["code"]) == ("ValidationError", "language-twice")
    assert (await samira.data(READ, id=person["id"]))["person"] == person


async def test_a_restriction_masks_and_only_the_one_in_charge_lifts_it(as_: As) -> None:
    samira, tobias = as_(SAMIRA), as_(TOBIAS)
    opened = await change(
        samira,
        mutation(
            "openCase", "OpenCaseInput", "... on CaseSuccess { case { id personId version } }"
        ),
        origin="OUTREACH", municipalityAgs="05570044", isAreaResolved=True,
        members=[{"role": "CLIENT",
                  "person": {"familyName": invented("Melnyk"), "givenNames": "Iryna"}}],
    )  # fmt: skip
    case = opened["case"]
    act = mutation(
        "performCaseAction", "PerformCaseActionInput", "... on CaseSuccess { __typename }"
    )
    given = {"caseId": case["id"], "action": "ASSIGN", "expectedVersion": case["version"]}
    assert (await change(samira, act, **given))["__typename"] == "CaseSuccess"
    person = (await samira.data(READ, id=case["personId"]))["person"]
    masked = await done(tobias, "restrictPerson", "RestrictPersonInput", person, isRestricted=True)
    assert masked["maskedFields"] == ["addresses", "contactPoints", "legalRepresentatives"]
    refused = await on_person(
        tobias, "restrictPerson", "RestrictPersonInput", masked, isRestricted=False
    )
    assert (refused["__typename"], refused["code"]) == ("ForbiddenError", "person-is-restricted")
    asked = {"name": person["familyName"]}
    assert (await tobias.data(SEARCH, input=asked))["searchPersons"]["edges"] == []
    (edge,) = (await samira.data(SEARCH, input=asked))["searchPersons"]["edges"]
    assert edge["node"]["id"] == person["id"]


async def test_persons_are_searched_in_any_spelling_page_by_page(as_: As) -> None:
    samira, name = as_(SAMIRA), invented("Şahin")
    known = {(await record(samira, familyName=name))["id"] for _ in range(3)}
    asked = {"name": name.replace("Ş", "s").upper()}
    answer = await samira.ask(SEARCH, input=asked)
    whole = answer["data"]["searchPersons"]["edges"]
    assert {edge["node"]["id"] for edge in whole} == known
    assert all(edge["node"]["reasons"] for edge in whole)
    assert answer["extensions"]["upstreamCalls"] == 2
    rest = await samira.data(SEARCH, input=asked, first=1, after=whole[0]["cursor"])
    assert rest["searchPersons"]["edges"][0]["node"]["id"] == whole[1]["node"]["id"]
    assert rest["searchPersons"]["pageInfo"]["hasNextPage"] is True
    assert (await as_(ELSEWHERE).data(SEARCH, input=asked))["searchPersons"]["edges"] == []


@pytest.mark.parametrize("given", [{}, {"operationName": "B"}])
async def test_a_search_for_persons_never_travels_in_a_url(
    door: httpx.AsyncClient, given: dict[str, str]
) -> None:
    """Nor in an operation that stands beside the one that is asked for."""
    query = 'query A { searchPersons(input: {name: "Kowalenko"}) { edges { node { id } } } }'
    if given:
        query += " query B { viewer { actor } }"
    answer = await door.get(f"/graphql?{urlencode({'query': query, **given})}")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (
        405,
        "METHOD_NOT_ALLOWED",
    )


async def test_duplicates_are_named_merged_by_hand_and_parted_again(as_: As) -> None:
    samira, name = as_(SAMIRA), invented("Bondar")
    one = await record(samira, familyName=name, birthDate="1990-05-17")
    same = await record(samira, familyName=name, birthDate="1990-05-17")
    query = """query($id: ID!) { person(id: $id) {
      duplicateCandidates { id score reasons } mergedInto { id }
      merges { survivorId mergedId unmergedAt } legacyName { familyName { text isExact } } } }"""
    before = (await samira.data(query, id=one["id"]))["person"]
    assert [(hit["id"], hit["score"]) for hit in before["duplicateCandidates"]] == [
        (same["id"], 100)
    ]
    assert before["legacyName"] == {"familyName": {"text": name, "isExact": True}}
    merged = await done(samira, "mergePersons", "MergePersonsInput", one, mergedPersonId=same["id"])
    hidden = (await samira.data(query, id=same["id"]))["person"]
    assert hidden["mergedInto"] == {"id": one["id"]}
    again = await on_person(
        samira, "mergePersons", "MergePersonsInput", merged, mergedPersonId=same["id"]
    )
    assert (again["__typename"], again["code"]) == ("ConflictError", "merge-impossible")
    await done(samira, "unmergePersons", "MergePersonsInput", merged, mergedPersonId=same["id"])
    after = (await samira.data(query, id=one["id"]))["person"]
    (merge,) = after["merges"]
    assert (merge["mergedId"], merge["unmergedAt"] is None) == (same["id"], False)
    assert (await samira.data(READ, id=same["id"]))["person"]["mergedIntoId"] is None


FAMILY = "id version arrivalCohort members { id role fromOn toOn person { id familyName } }"


async def on_family(asker: Asker, name: str, kind: str, **given: Any) -> Any:
    fields = f"... on FamilySuccess {{ family {{ {FAMILY} }} }}"
    return await change(asker, mutation(name, kind, fields), **given)


async def test_a_family_grows_and_shrinks_and_stands_in_the_case(as_: As) -> None:
    samira = as_(SAMIRA)
    mother, child = await record(samira), await record(samira)
    members = [{"personId": mother["id"], "role": "CLIENT", "fromOn": "2022-03-15"}]
    made = await on_family(samira, "composeFamily", "ComposeFamilyInput", members=members)
    family = made["family"]
    stale = await on_family(
        samira, "recordArrivalCohort", "RecordArrivalCohortInput",
        familyId=family["id"], expectedVersion=7, arrivalCohort=None,
    )  # fmt: skip
    assert stale["__typename"] == "StaleVersionError"
    grown = await on_family(
        samira, "addFamilyMember", "AddFamilyMemberInput",
        familyId=family["id"], expectedVersion=family["version"],
        personId=child["id"], role="CHILD", fromOn="2022-03-15",
    )  # fmt: skip
    family = grown["family"]
    assert [one["person"]["id"] for one in family["members"]] == [mother["id"], child["id"]]
    ended = await on_family(
        samira, "endFamilyMembership", "EndFamilyMembershipInput",
        familyId=family["id"], expectedVersion=family["version"],
        memberId=family["members"][1]["id"], toOn=TODAY,
    )  # fmt: skip
    assert [one["toOn"] for one in ended["family"]["members"]] == [None, TODAY]
    query = f"query($id: ID!) {{ family(id: $id) {{ {FAMILY} }} node(id: $id) {{ id }} }}"
    assert await samira.data(query, id=family["id"]) == {
        "family": ended["family"],
        "node": {"id": family["id"]},
    }
    assert await as_(ELSEWHERE).data(query, id=family["id"]) == {"family": None, "node": None}
    await change(
        samira,
        mutation("openCase", "OpenCaseInput", "... on CaseSuccess { case { id } }"),
        origin="OUTREACH", municipalityAgs="05570044", personId=mother["id"],
        familyId=family["id"],
    )  # fmt: skip
    cases = (
        f"{{ cases(first: 5) {{ edges {{ node {{ person {{ id }} family {{ {FAMILY} }} }} }} }} }}"
    )
    answer = await samira.ask(cases)
    assert answer["data"]["cases"]["edges"][0]["node"]["family"]["id"] == family["id"]
    # The list, its persons and families, the members of these.
    assert answer["extensions"]["upstreamCalls"] <= 4


async def test_a_family_is_parted_and_put_together_again(as_: As) -> None:
    samira = as_(SAMIRA)
    people = [await record(samira) for _ in range(2)]
    members = [
        {"personId": person["id"], "role": role, "fromOn": "2022-03-15"}
        for person, role in zip(people, ("CLIENT", "PARTNER"), strict=True)
    ]
    made = await on_family(samira, "composeFamily", "ComposeFamilyInput", members=members)
    whole = made["family"]
    gone = {"memberIds": [whole["members"][1]["id"]], "effectiveOn": "2024-01-01"}
    parted = await on_family(
        samira, "splitFamily", "SplitFamilyInput",
        familyId=whole["id"], expectedVersion=whole["version"], **gone,
    )  # fmt: skip
    new = parted["family"]
    assert [one["person"]["id"] for one in new["members"]] == [people[1]["id"]]
    stale = await on_family(
        samira, "splitFamily", "SplitFamilyInput",
        familyId=whole["id"], expectedVersion=whole["version"], **gone,
    )  # fmt: skip
    assert stale["__typename"] == "StaleVersionError"
    joined = await on_family(
        samira, "joinFamilies", "JoinFamiliesInput",
        familyId=whole["id"], expectedVersion=stale["currentVersion"],
        otherFamilyId=new["id"], otherVersion=new["version"], effectiveOn=TODAY,
    )  # fmt: skip
    assert joined["__typename"] == "FamilySuccess", joined
    query = "query($id: ID!) { person(id: $id) { families { id joinedIntoId } } }"
    seen = (await samira.data(query, id=people[1]["id"]))["person"]["families"]
    assert [(one["id"], one["joinedIntoId"]) for one in seen] == [(whole["id"], None)]
