"""The offer directory and releases of restricted persons through the one door."""

from typing import Any

from tests.gateway.conftest import As
from tests.gateway.test_people import invented
from tests.gateway.working import ANNA, BERND, ELSEWHERE, LEAD, bound, done, opened, tried

OFFER = "OfferSuccess offer { id version state title areaAgs provider places }"
COURSE = {
    "state": "EXISTING", "topic": "LANGUAGE", "areaAgs": ["05570004"],
    "provider": "Träger (Beispiel)", "places": 20,
}  # fmt: skip
FINDING = "FindingSuccess finding { id version offers { offerId relation title state } }"
RELEASES = """query($id: ID!) { restrictionReleases(personId: $id) {
  edges { node { actor basis endedAt } } } }"""


async def test_a_finding_says_what_is_missing_in_the_directory(as_: As) -> None:
    anna = as_(ANNA)
    await bound(anna)
    case = await opened(anna)
    course = await done(anna, "recordOffer", OFFER, **COURSE, title=invented("Sprachtreff"))
    gap = await done(
        anna, "recordOffer", OFFER, state="MISSING", title=invented("Kurs"), topic="LANGUAGE"
    )
    assert (course["places"], gap["provider"], gap["areaAgs"]) == (20, None, [])
    extract = {
        "caseId": case["id"], "fieldOfAction": "LANGUAGE", "problem": "Kurse beginnen zu selten.",
    }  # fmt: skip
    given = {"title": "Kurse", "fieldOfAction": "LANGUAGE", "extracts": [extract]}
    finding = await done(anna, "recordFinding", FINDING, **given)
    link = {"findingId": finding["id"], "offerId": gap["id"], "relation": "MISSING"}
    finding = await done(anna, "linkFindingOffer", FINDING, **link)
    assert [(one["offerId"], one["relation"]) for one in finding["offers"]] == [
        (gap["id"], "MISSING")
    ]
    wrong = await tried(anna, "linkFindingOffer", "__typename", **link | {"offerId": course["id"]})
    assert (wrong["__typename"], wrong["code"]) == ("ValidationError", "relation-does-not-fit")
    query = """query($id: ID!) { offer(id: $id) { title version }
      offers(first: 100, filter: {state: [MISSING], topic: ["LANGUAGE"]}) {
        edges { node { id } } } }"""
    for persona in (ANNA, LEAD):
        seen = await as_(persona).data(query, id=gap["id"])
        assert seen["offer"] == {"title": gap["title"], "version": gap["version"]}
        assert gap["id"] in {edge["node"]["id"] for edge in seen["offers"]["edges"]}


async def test_an_offer_is_changed_in_the_version_that_was_seen(as_: As) -> None:
    anna = as_(ANNA)
    offer = await done(anna, "recordOffer", OFFER, **COURSE, title=invented("Beratung"))
    changed: dict[str, Any] = COURSE | {"offerId": offer["id"], "title": offer["title"]}
    stale = await tried(
        anna, "changeOffer", "__typename", **changed, expectedVersion=offer["version"] + 1
    )
    assert stale["__typename"] == "StaleVersionError"
    fewer = changed | {"places": 12, "expectedVersion": offer["version"]}
    assert (await done(anna, "changeOffer", OFFER, **fewer))["places"] == 12


async def test_only_another_person_releases_somebody_from_a_restriction(as_: As) -> None:
    anna, bernd, lead = as_(ANNA), as_(BERND), as_("waf-team-lead")
    await bound(anna)
    case = await opened(anna)
    person = {"personId": case["personId"]}
    shown = await anna.data("query($id: ID!) { person(id: $id) { version } }", id=case["personId"])
    restricted = {"isRestricted": True, "expectedVersion": shown["person"]["version"]}
    await done(anna, "restrictPerson", "PersonSuccess person { id }", **person, **restricted)
    actor = (await bernd.data("{ viewer { actor } }"))["viewer"]["actor"]
    given = {**person, "actor": actor, "reason": "Vertretung im Urlaub."}
    own = await tried(bernd, "grantRestrictionRelease", "__typename", **given)
    assert (own["__typename"], own["code"]) == ("ForbiddenError", "release-not-yours")
    fields = "RestrictionReleaseSuccess release { actor basis endedAt }"
    released = await done(lead, "grantRestrictionRelease", fields, **given)
    assert (released["basis"], released["endedAt"]) == ("RELEASED", None)
    edges = (await lead.data(RELEASES, id=case["personId"]))["restrictionReleases"]["edges"]
    assert {edge["node"]["basis"] for edge in edges} == {"RELEASED", "IN_CHARGE"}
    elsewhere = await as_(ELSEWHERE).ask(RELEASES, id=case["personId"])
    assert "RELEASED" not in str(elsewhere)
    ended = await done(lead, "endRestrictionRelease", fields, **person, actor=actor)
    assert ended["endedAt"] is not None
