"""Warnings are confirmed or not: what is not confirmed stores nothing (F16: a Sunday)."""

from typing import Any
from uuid import uuid4

from tests.gateway.conftest import As, Asker
from tests.gateway.test_findings import MEETING
from tests.gateway.test_main_job import SUBMIT, change, mutation, new_referral
from tests.gateway.working import LEAD, tried

SUNDAY = "2022-05-22"
SAID = """... on WarningsError {
    severity messageDe messageEn warnings { pointer code message messageDe messageEn } }
  ... on MeetingSuccess { isReplayed meeting { id } warnings { code messageDe messageEn } }"""
MEETINGS = "{ meetings(first: 100) { edges { node { id bodyName } } } }"
LEDGER = """{ auditEntries(service: CASES, first: 1, filter: {action: "record-meeting"})
  { edges { node { id } } } }"""


async def recorded(asker: Asker, **more: Any) -> Any:
    given = MEETING | {"heldOn": SUNDAY} | more
    return await change(asker, mutation("recordMeeting", "RecordMeetingInput", SAID), **given)


async def test_f16_a_sunday_is_confirmed_before_it_is_stored(as_: As) -> None:
    lead, named = as_(LEAD), f"Lenkungsgruppe {uuid4().hex[:8]}"
    key = {"idempotencyKey": f"sunday-{uuid4().hex}", "bodyName": named}

    async def stored() -> list[str]:
        edges = (await as_(LEAD).data(MEETINGS))["meetings"]["edges"]
        return [one["node"]["id"] for one in edges if one["node"]["bodyName"] == named]

    log = await as_("waf-dpo").data(LEDGER)
    stopped = await recorded(lead, **key, confirmWarnings=[])
    other = await recorded(lead, **key, confirmWarnings=["offer-overlaps"])
    assert await stored() == []
    assert await as_("waf-dpo").data(LEDGER) == log

    confirmed = await recorded(lead, **key, confirmWarnings=["WEEKEND_DATE"])
    again = await recorded(lead, **key, confirmWarnings=["WEEKEND_DATE"])

    assert stopped == other
    assert (stopped["__typename"], stopped["code"]) == ("WarningsError", "warnings-unconfirmed")
    assert (stopped["severity"], stopped["pointer"]) == ("WARNING", "/heldOn")
    assert stopped["warnings"] == [
        {
            "pointer": "/heldOn",
            "code": "WEEKEND_DATE",
            "message": "Das Datum liegt auf einem Wochenende.",
            "messageDe": "Das Datum liegt auf einem Wochenende.",
            "messageEn": "The date is on a weekend.",
        }
    ]
    assert (confirmed["__typename"], confirmed["isReplayed"]) == ("MeetingSuccess", False)
    assert (again["meeting"], again["isReplayed"]) == (confirmed["meeting"], True)
    assert await stored() == [confirmed["meeting"]["id"]]


async def test_without_a_word_about_warnings_the_change_is_made(as_: As) -> None:
    made = await recorded(as_(LEAD))
    assert made["warnings"] == [
        {
            "code": "WEEKEND_DATE",
            "messageDe": "Das Datum liegt auf einem Wochenende.",
            "messageEn": "The date is on a weekend.",
        }
    ]


async def test_nothing_to_think_over_stops_nothing(as_: As) -> None:
    made = await recorded(as_(LEAD), heldOn="2022-05-23", confirmWarnings=[])
    assert (made["__typename"], made["warnings"]) == ("MeetingSuccess", [])


async def test_a_trial_stops_where_the_change_would(as_: As) -> None:
    lead = as_(LEAD)
    lead.headers["KIM-Dry-Run"] = "true"
    stopped = await recorded(lead, confirmWarnings=[])
    assert stopped["__typename"] == "WarningsError"
    answer = await lead.ask(
        mutation("recordMeeting", "RecordMeetingInput", SAID), input=MEETING | {"heldOn": SUNDAY}
    )
    assert answer["data"]["result"]["__typename"] == "MeetingSuccess"
    (warning,) = answer["extensions"]["dryRun"]["warnings"]
    assert (warning["code"], warning["title"]["en"]) == (
        "WEEKEND_DATE",
        "The date is on a weekend.",
    )


async def test_a_full_unit_is_confirmed_before_a_referral_is_sent(as_: As) -> None:
    asker = as_("rheine-caritas-team-lead")
    query = '{ unitService(unitId: "rheine-caritas", serviceCode: "CASE_MANAGEMENT") { version } }'

    async def seats(free: int) -> None:
        found = (await asker.data(query))["unitService"]
        seen = {} if found is None else {"expectedVersion": found["version"]}
        of = {"unitId": "rheine-caritas", "serviceCode": "CASE_MANAGEMENT", "accepts": True}
        told = await tried(asker, "tellCapacity", "", **of, **seen, seatsFree=free)
        assert told["__typename"] == "UnitServiceSuccess", told

    outbox = "{ referralOutbox(first: 1) { edges { node { id } } } }"
    jobcenter = as_("st-jobcenter-system")
    await seats(0)
    try:
        before = await jobcenter.data(outbox)
        stopped = await change(jobcenter, SUBMIT, **new_referral(confirmWarnings=[]))
        assert (stopped["__typename"], stopped["pointer"]) == ("WarningsError", "/recipientUnit")
        assert await jobcenter.data(outbox) == before
        sent = await change(jobcenter, SUBMIT, **new_referral(confirmWarnings=["service-full"]))
        assert sent["__typename"] == "ReferralSuccess"
    finally:
        await seats(5)


async def test_codes_that_no_warning_has_are_refused_before_a_service_is_asked(as_: As) -> None:
    refused = await recorded(as_(LEAD), confirmWarnings=["a b, c"])
    assert (refused["__typename"], refused["code"], refused["pointer"]) == (
        "ValidationError",
        "warning-codes-unreadable",
        "/confirmWarnings",
    )
