"""Why somebody sees a case or a person: agrees with what the records' own GET answer."""

from typing import Any
from uuid import uuid4

import pytest

from services.cases.domain.access_rules import CASE_RULES, PERSON_RULES
from shared.service.access_explanations import AccessExplanationView
from tests.apis import bearer
from tests.explanations import agrees, codes, shown_at, without_request
from tests.services.cases.api.test_persons_in_full import HOME, PHONE, invented, keep
from tests.services.cases.conftest import Person, SignedIn, client_named

EVERYBODY = (
    "waf-case-manager",
    "waf-case-manager-2",
    "waf-team-lead",
    "waf-coordinator",
    "waf-funding-officer",
    "waf-unit-head",
    "waf-dpo",
    "waf-admin",
    "waf-integrator",
    "waf-jobcenter-system",
    "waf-b3-officer",
    "rheine-caritas-case-manager",
)
OFFICE = {"kind": "OFFICIAL_GUARDIAN", "name": "Jugendamt Ahlen", "validFrom": "2020-01-01"}
PLACE = {"contact", "municipalityAgs"}
WHEREABOUTS = {"addresses", "contactPoints", "legalRepresentatives.name"}


@pytest.fixture
async def held(anna: Person) -> dict[str, Any]:
    """A case held by Anna, with all that a restriction would mask."""
    opening = {
        "origin": "OUTREACH",
        "contact": "0170 000000",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [client_named(invented("Sicht"))],
    }
    case = await anna.post("/v1/cases", opening)
    case = await anna.act(case["id"], "assign")
    person = {"id": case["personId"]}
    await keep(anna, person, "addresses", {"addresses": [HOME]})
    await keep(anna, person, "contact-points", {"contactPoints": [PHONE]})
    await keep(anna, person, "legal-representatives", {"legalRepresentatives": [OFFICE]})
    held: dict[str, Any] = case
    return held


async def explained(who: Person, record_id: str) -> dict[str, Any]:
    found: dict[str, Any] = await who.get(f"/v1/access-explanations/{record_id}")
    AccessExplanationView.model_validate(found)
    return found


async def both_of(who: Person, case: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Case and person as they are read, each with its explanation, which agrees."""
    found = []
    for noun, record_id in (("cases", case["id"]), ("persons", case["personId"])):
        document = await who.get(f"/v1/{noun}/{record_id}")
        explanation = await explained(who, record_id)
        agrees(explanation, document)
        found.append((document, explanation))
    return found


@pytest.mark.parametrize("persona", EVERYBODY)
async def test_a_record_is_explained_exactly_to_who_reads_it(
    signed_in: SignedIn, held: dict[str, Any], persona: str
) -> None:
    who = signed_in(persona)
    for noun, record_id in (("cases", held["id"]), ("persons", held["personId"])):
        path = f"/v1/access-explanations/{record_id}"
        read = await who.client.get(f"/v1/{noun}/{record_id}", headers=bearer(who.token))
        asked = await who.client.get(path, headers=bearer(who.token))
        assert asked.status_code == read.status_code
        if asked.status_code != 200:
            nobodys = await who.client.get(
                f"/v1/access-explanations/{uuid4()}", headers=bearer(who.token)
            )
            assert without_request(asked.json()) == without_request(nobodys.json())
            assert without_request(asked.json()) == without_request(read.json())
            assert asked.headers.keys() == nobodys.headers.keys()


async def test_nothing_is_hidden_where_nobody_is_restricted(
    anna: Person, bernd: Person, held: dict[str, Any]
) -> None:
    for who in (anna, bernd):
        (_, case), (_, person) = await both_of(who, held)
        assert (case["kind"], person["kind"]) == ("CASE", "PERSON")
        assert (case["hiddenBy"], person["hiddenBy"], person["narrowedBy"]) == ([], [], [])
        assert codes(person, "shownBy") == {"person-of-own-unit"}
        assert "notes-entrusted" in codes(case, "narrowedBy")
    mine, theirs = await explained(anna, held["id"]), await explained(bernd, held["id"])
    assert codes(mine, "shownBy") == {"case-of-own-unit", "case-in-charge"}
    assert codes(theirs, "shownBy") == {"case-of-own-unit"}
    assert codes(theirs, "narrowedBy") - codes(mine, "narrowedBy") == {"notes-confidential"}


async def test_a_restriction_is_named_with_its_law_and_with_every_member_that_it_hides(
    anna: Person, bernd: Person, held: dict[str, Any]
) -> None:
    before = {who.token: await both_of(who, held) for who in (anna, bernd)}
    await keep(anna, {"id": held["personId"]}, "restriction", {"isRestricted": True})

    for members, (document, explanation) in zip(
        (PLACE, WHEREABOUTS), await both_of(bernd, held), strict=True
    ):
        assert set(explanation["hiddenMembers"]) == members
        (rule,) = explanation["hiddenBy"]
        assert rule["basis"] == {
            "de": "§ 51 BMG; Entscheidung 0011",
            "en": "§ 51 BMG; decision 0011",
        }
        assert "Auskunftssperre" in rule["text"]["de"]
        # What the document calls masked is the same, named by the member.
        assert {one.split(".")[0] for one in members} == set(document["maskedFields"])
    (case, why_case), (person, why_person) = await both_of(anna, held)
    assert (why_case["hiddenMembers"], why_person["hiddenMembers"]) == ([], [])
    assert "person-released" in codes(why_person, "shownBy")
    for document, members in ((case, PLACE), (person, WHEREABOUTS)):
        assert all(shown_at(document, one) for one in members)
    # All else that Bernd read before, he still reads: nothing is hidden without being named.
    after = await both_of(bernd, held)
    for (old, _), (new, explanation) in zip(before[bernd.token], after, strict=True):
        gone = {key for key, value in old.items() if value and not new[key]}
        assert gone == {one for one in explanation["hiddenMembers"] if "." not in one}


async def test_an_explanation_leaves_the_same_entry_in_the_audit_log_as_a_read(
    anna: Person, signed_in: SignedIn, held: dict[str, Any]
) -> None:
    dpo = signed_in("waf-dpo")
    for record_id, kind in ((held["id"], "case"), (held["personId"], "person")):
        of_it = {"recordId": record_id, "action": "read", "first": "50"}
        before = len((await dpo.get("/v1/audit-entries", **of_it))["items"])
        await explained(anna, record_id)
        entries = (await dpo.get("/v1/audit-entries", **of_it))["items"]
        assert len(entries) == before + 1
        assert {one["recordKind"] for one in entries} == {kind}


def test_every_rule_has_a_code_of_its_own() -> None:
    for rules in (CASE_RULES, PERSON_RULES):
        assert len({rule.code for rule in rules}) == len(rules)
