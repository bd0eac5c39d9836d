"""The offer directory, and what findings say about it (R-S4-13); the line that pays (R-S4-11)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.engines import ServiceDatabase
from tests.services.cases.api.test_findings import FINDINGS, act, finding_of, step
from tests.services.cases.conftest import Person, SignedIn

COURSE = {
    "state": "EXISTING",
    "title": "Sprachtreff (Beispiel)",
    "topic": "LANGUAGE",
    "areaAgs": ["05570004"],
    "provider": "Träger (Beispiel)",
    "providerUnit": "rheine-caritas",
    "places": 20,
}
GAP = {"state": "MISSING", "title": "Kurs mit Kinderbetreuung", "topic": "LANGUAGE"}


@pytest.fixture
async def finding(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    recorded: dict[str, Any] = await anna.post(FINDINGS, finding_of(case))
    return recorded


async def test_a_finding_says_which_offers_are_missing_and_which_exist(
    anna: Person, signed_in: SignedIn, case: dict[str, Any], finding: dict[str, Any]
) -> None:
    course = await anna.post("/v1/offers", COURSE)
    gap = await anna.post("/v1/offers", GAP)
    path = f"{FINDINGS}/{finding['id']}/offers"
    await anna.post(path, {"offerId": gap["id"], "relation": "MISSING"})
    body = {"offerId": course["id"], "relation": "INSUFFICIENT"}
    linked = await anna.post(path, body)
    assert [(one["offerId"], one["relation"]) for one in linked["offers"]] == [
        (gap["id"], "MISSING"),
        (course["id"], "INSUFFICIENT"),
    ]
    assert linked["version"] == finding["version"] + 2
    assert (await anna.post(path, body, status=409))["code"] == "already-exists"
    wrong = {"offerId": course["id"], "relation": "MISSING"}
    assert (await anna.post(path, wrong, status=422))["code"] == "relation-does-not-fit"
    await anna.post(path, body | {"offerId": str(uuid4())}, status=404)

    hatice = signed_in("waf-coordinator")
    shown = await hatice.get(f"{FINDINGS}/{finding['id']}")
    assert [one["title"] for one in shown["offers"]] == [GAP["title"], COURSE["title"]]
    for trace in (case["id"], case["reference"], case["personId"], "Kowalenko"):
        assert trace not in str(shown)
    listed = await hatice.get("/v1/offers", topic="LANGUAGE", state="MISSING")
    assert gap["id"] in [one["id"] for one in listed["items"]]


async def test_a_second_offer_on_one_topic_in_one_area_is_worth_a_warning(anna: Person) -> None:
    topic = {**COURSE, "topic": "DEBT"}
    first = await anna.post("/v1/offers", topic | {"areaAgs": ["05570008"]})
    assert first["warnings"] == []
    elsewhere = await anna.post("/v1/offers", topic | {"areaAgs": ["05570012"]})
    assert elsewhere["warnings"] == []
    everywhere = await anna.post("/v1/offers", topic | {"areaAgs": []})
    assert [one["code"] for one in everywhere["warnings"]] == ["offer-overlaps"]


@pytest.mark.parametrize(
    "change", [{"provider": None}, {"state": "MISSING"}, {"state": "MISSING", "provider": None}]
)
async def test_an_existing_offer_has_a_provider_and_a_missing_one_nothing(
    anna: Person, change: dict[str, Any]
) -> None:
    before = await anna.get("/v1/offers", first="1", sort="-recordedAt")
    problem = await anna.post("/v1/offers", COURSE | change, status=422)
    assert problem["code"] == "offer-incomplete"
    assert await anna.get("/v1/offers", first="1", sort="-recordedAt") == before


async def test_an_offer_changes_in_the_version_that_was_seen(
    anna: Person, signed_in: SignedIn
) -> None:
    offer = await anna.post("/v1/offers", COURSE)
    path = f"/v1/offers/{offer['id']}"
    ended = COURSE | {"state": "ENDED"}
    await anna.put(path, ended, status=428)
    hatice = signed_in("waf-coordinator")
    assert (await hatice.put(path, ended, version=1))["state"] == "ENDED"
    await anna.put(path, COURSE, version=1, status=412)
    await signed_in("waf-team-lead").put(path, COURSE, version=2, status=403)
    for stranger in ("waf-b3-officer", "rheine-caritas-case-manager"):
        await signed_in(stranger).get(path, status=404)


async def test_the_measure_names_the_line_that_pays_and_the_others_hear_of_it(
    anna: Person,
    signed_in: SignedIn,
    finding: dict[str, Any],
    database: Callable[[str], ServiceDatabase],
) -> None:
    """R-S4-11: the id is of the funding service; its shape is all that is checked here."""
    await step(anna, finding, "COLLECT")
    await act(anna, finding, "begin-analysis")
    line = str(uuid4())
    particulars = {
        "title": "Zu wenige Kurse",
        "fieldOfAction": "LANGUAGE",
        "participantUnits": [],
        "partnerUnits": [],
        "proposedMeasure": "Brückenkurs.",
        "fundingReference": "INTERFACE_MEASURES",
        "fundingLineId": line,
    }
    path = f"{FINDINGS}/{finding['id']}"
    version = (await anna.get(path))["version"]
    await anna.put(path, particulars | {"fundingLineId": "b1"}, version=version, status=422)
    described = await anna.put(path, particulars, version=version)
    assert described["fundingLineId"] == line
    await anna.put(path, particulars, version=described["version"])
    officer = signed_in("waf-funding-officer")
    [found] = (await officer.get(FINDINGS, fundingLineId=line))["items"]
    assert found["id"] == finding["id"]

    relay = await asyncpg.connect(database("cases").relay_dsn)
    told = await relay.fetch(
        "select payload -> 'data' ->> 'fundingLineId' as line from outbox_message"
        " where subject = 'kim.cases.finding-measure-funded.v1' and payload::text like $1",
        f"%{finding['id']}%",
    )
    await relay.close()
    assert [row["line"] for row in told] == [line]


async def test_statutory_grounds_are_dated_data_that_a_lawyer_must_confirm(anna: Person) -> None:
    grounds = await anna.get("/v1/code-lists/statutory-grounds")
    assert {code["code"]: code["validFrom"] for code in grounds["codes"]} == {
        "SGB_X_69": None,
        "SGB_VIII_64": None,
        "KKG_4": "2012-01-01",
        "SGB_X_71_2": None,
        "AUFENTHG_87_1": "2005-01-01",
        "STAG_32_1": None,
    }
    assert all(code["norms"] for code in grounds["codes"])
    paragraphs = await anna.get("/v1/code-lists/residence-paragraphs")
    for found in (grounds, paragraphs):
        assert "juristisch" in found["note"]["de"]
        assert "lawyer" in found["note"]["en"]
    way_in = next(code for code in paragraphs["codes"] if code["code"] == "AUFENTHG_104C")
    assert (way_in["validFrom"], way_in["validTo"]) == ("2022-12-31", "2025-12-31")
