"""Signposting over HTTP: the person goes alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral

SIGNPOST = {
    "serviceCode": "DEBT_COUNSELLING",
    "topic": "DEBT",
    "targetName": "Schuldnerberatung im Kreishaus",
    "municipalityAgs": "05570052",
}


async def recorded(desk: Desk, **changes: Any) -> dict[str, Any]:
    answer = await desk.post("/v1/signpostings", SIGNPOST | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def act(desk: Desk, signposting: dict[str, Any], action: str, body: Any) -> Any:
    path = f"/v1/signpostings/{signposting['id']}/actions/{action}"
    return await desk.post(path, body, version=signposting["version"])


async def test_a_signposting_is_recorded_informed_and_told(case_manager: Desk) -> None:
    made = await recorded(case_manager)
    assert (made["state"], made["allowedActions"]) == ("RECORDED", ["inform", "hand-over"])
    informed = await act(
        case_manager, made, "inform", {"informedOn": "2026-03-10", "language": "kmr"}
    )
    assert informed.json()["state"] == "INFORMED"
    by_partner = await act(
        case_manager, informed.json(), "record-outcome", {"outcome": "NO_SHOW", "source": "PARTNER"}
    )
    assert (by_partner.status_code, by_partner.json()["guards"]) == (422, ["client-told-it"])
    told = await act(
        case_manager,
        informed.json(),
        "record-outcome",
        {"outcome": "SERVICE_STARTED", "source": "CLIENT"},
    )
    assert (told.json()["state"], told.json()["outcome"]) == ("OUTCOME_KNOWN", "SERVICE_STARTED")
    again = await act(
        case_manager, told.json(), "inform", {"informedOn": "2026-03-10", "language": "kmr"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "transition-not-allowed")


async def test_v1_nothing_leaves_the_unit(case_manager: Desk, jobcenter: Desk, owner: Any) -> None:
    before = await owner.fetchval("select count(*) from outbox_message")
    made = await recorded(case_manager, targetUnit="waf-jobcenter", serviceCode="JOB_PLACEMENT")
    assert await owner.fetchval("select count(*) from outbox_message") == before
    assert made["id"] not in (await jobcenter.get("/v1/events?first=100")).text
    assert (await jobcenter.get(f"/v1/signpostings/{made['id']}")).status_code == 403


async def test_nothing_about_the_person_can_be_entered(case_manager: Desk) -> None:
    for field in ("name", "clientName", "note", "birthDate"):
        answer = await case_manager.post("/v1/signpostings", SIGNPOST | {field: "x"})
        assert (answer.status_code, answer.json()["code"]) == (422, "fields-refused")


async def test_v5_a_handover_makes_a_linked_draft(case_manager: Desk, subject: str) -> None:
    made = await recorded(case_manager, serviceCode="JOB_PLACEMENT")
    body = referral(
        subject,
        mode="WARM_HANDOVER",
        serviceCode="JOB_PLACEMENT",
        purpose="WORK_AND_TRAINING",
        recipientUnit="waf-jobcenter",
        legalGround=None,
    )
    body.pop("submit")
    answer = await act(case_manager, made, "hand-over", body)
    assert answer.status_code == 201
    draft = answer.json()
    assert (draft["state"], draft["mode"], draft["signpostingId"]) == (
        "DRAFT",
        "WARM_HANDOVER",
        made["id"],
    )
    after = (await case_manager.get(f"/v1/signpostings/{made['id']}")).json()
    assert (after["state"], after["referralId"]) == ("RECORDED", draft["id"])


async def test_v4_the_clock_closes_what_brought_no_news(
    case_manager: Desk, app_database: Database
) -> None:
    made = await recorded(case_manager)
    today = datetime.now(UTC).date()
    body = {"informedOn": today.isoformat(), "language": "kmr"}
    informed = (await act(case_manager, made, "inform", body)).json()
    noon = datetime.now(UTC).replace(hour=12)
    await do_due_work(app_database, Terms(), noon + timedelta(days=90))
    path = f"/v1/signpostings/{informed['id']}"
    assert (await case_manager.get(path)).json()["state"] == "INFORMED"
    await do_due_work(app_database, Terms(), noon + timedelta(days=91))
    assert (await case_manager.get(path)).json()["state"] == "OUTCOME_UNKNOWN"
