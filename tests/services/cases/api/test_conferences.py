"""Case conferences: who was told what, on which basis, and who was refused (R-S4-8, H1)."""

from typing import Any

import pytest

from tests.services.cases.conftest import Person, SignedIn, consent_for, today

JOBCENTER = {"unit": "waf-jobcenter", "unitType": "JOBCENTER_ACTIVE", "basis": "CONSENT"}
ABH = {"unit": "waf-abh", "unitType": "ABH", "basis": "STATUTORY", "ground": "AUFENTHG_87_1"}
DECISION = {"reason": "Anfrage nach § 87 (1) AufenthG.", "isClientInformed": True}


def conference_with(*participants: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "heldOn": today(),
        "topics": ["WORK", "LANGUAGE"],
        "extract": "Eine Person sucht Arbeit und wartet auf einen Kurs.",
        "participants": list(participants),
        "outcomes": [
            {"kind": "DECISION", "text": "Kurs zuerst."},
            {"kind": "TASK", "text": "Kursplatz anfragen.", "responsibleUnit": "waf-cm"},
        ],
        **changes,
    }


@pytest.fixture
async def consent(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    """To tell the Jobcenter language and work in a conference; active."""
    body = consent_for(
        case["personId"],
        purpose="CASE_CONFERENCE",
        dataCategories=["LANGUAGE", "EDUCATION_WORK"],
        recipientUnit="waf-jobcenter",
        direction="OUT",
    )
    drafted = await anna.post(f"/v1/cases/{case['id']}/consents", body)
    return await anna.give(drafted)


async def refused(anna: Person, case: dict[str, Any], body: dict[str, Any]) -> str:
    """The code of the refusal, after which nothing has changed."""
    before = await anna.get(f"/v1/cases/{case['id']}")
    problem = await anna.post(f"/v1/cases/{case['id']}/conferences", body, status=422)
    assert (await anna.get(f"/v1/cases/{case['id']}/conferences"))["items"] == []
    assert await anna.get(f"/v1/cases/{case['id']}") == before
    return str(problem["code"])


async def test_a_conference_records_what_was_disclosed_to_whom_and_why(
    anna: Person, signed_in: SignedIn, case: dict[str, Any], consent: dict[str, Any]
) -> None:
    told = JOBCENTER | {"consentId": consent["id"], "fieldsDisclosed": ["LANGUAGE"]}
    own = {"unit": "waf-cm", "unitType": "CM_TEAM", "basis": "OWN_UNIT", "fieldsDisclosed": []}
    body = conference_with(own, told)
    conference = await anna.post(f"/v1/cases/{case['id']}/conferences", body)
    shown = next(one for one in conference["participants"] if one["unit"] == "waf-jobcenter")
    assert (shown["basis"], shown["consentId"]) == ("CONSENT", consent["id"])
    assert shown["fieldsDisclosed"] == ["LANGUAGE"]
    assert [one["kind"] for one in conference["outcomes"]] == ["DECISION", "TASK"]

    query = {"action": "disclose-in-conference", "first": "5"}
    log = (await signed_in("waf-dpo").get("/v1/audit-entries", **query))["items"]
    [entry] = [one for one in log if one["recordIds"] == [case["id"]]]
    assert entry["changes"] == {
        "conferenceId": conference["id"],
        "recipientUnit": "waf-jobcenter",
        "fields": ["LANGUAGE"],
        "basis": "CONSENT",
        "consentId": consent["id"],
    }


async def test_hazard_01_an_authority_without_a_disclosure_decision_is_refused(
    anna: Person, case: dict[str, Any]
) -> None:
    told = ABH | {"fieldsDisclosed": ["LANGUAGE"]}
    assert await refused(anna, case, conference_with(told)) == "disclosure-decision-missing"
    notes = ABH | {"fieldsDisclosed": ["ASSESSMENT"], "decision": DECISION}
    assert await refused(anna, case, conference_with(notes)) == "never-to-authorities"
    decided = told | {"decision": DECISION}
    path = f"/v1/cases/{case['id']}/conferences"
    conference = await anna.post(path, conference_with(decided))
    [shown] = conference["participants"]
    assert shown["decisionReason"] == DECISION["reason"]
    assert shown["decidedBy"].endswith("|waf-case-manager")


async def test_f19_a_revoked_or_narrower_consent_refuses_the_conference(
    anna: Person, case: dict[str, Any], consent: dict[str, Any]
) -> None:
    told = JOBCENTER | {"consentId": consent["id"], "fieldsDisclosed": ["HOUSING"]}
    assert await refused(anna, case, conference_with(told)) == "disclosure-not-covered"
    path = f"/v1/consents/{consent['id']}/actions/revoke"
    await anna.post(path, version=consent["version"], status=200)
    told = told | {"fieldsDisclosed": ["LANGUAGE"]}
    assert await refused(anna, case, conference_with(told)) == "disclosure-not-covered"
    nothing = JOBCENTER | {"fieldsDisclosed": ["LANGUAGE"]}
    assert await refused(anna, case, conference_with(nothing)) == "disclosure-basis-missing"


async def test_the_extract_of_a_conference_names_nobody(anna: Person, case: dict[str, Any]) -> None:
    told = ABH | {"fieldsDisclosed": [], "decision": DECISION}
    body = conference_with(told, extract="Kowalenko sucht Arbeit.")
    assert await refused(anna, case, body) == "names-suspected"


async def test_conferences_are_read_by_their_unit_and_counted_for_coordination(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    """Below three nothing is shown; from three on the number is."""
    told = ABH | {"fieldsDisclosed": [], "decision": DECISION}
    body = conference_with(told, heldOn="2019-05-19", topics=["DEBT"])
    path = f"/v1/cases/{case['id']}/conferences"
    hatice = signed_in("waf-coordinator")
    for number in (1, 2, 3):
        conference = await anna.post(path, body)
        assert [one["code"] for one in conference["warnings"]] == ["WEEKEND_DATE"]
        figures = await hatice.get("/v1/reports/case-conferences", year="2019")
        second = figures["byQuarter"][1]
        shown = number if number == 3 else None
        assert second["conferences"] == shown
        assert second["topics"] == [{"topic": "DEBT", "conferences": shown}]
    await hatice.get(path, status=403)
    await hatice.get(f"/v1/case-conferences/{conference['id']}", status=403)
    stranger = signed_in("rheine-caritas-case-manager")
    await stranger.get(f"/v1/case-conferences/{conference['id']}", status=404)
